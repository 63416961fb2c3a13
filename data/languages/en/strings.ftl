# What the bot says around the answers, in English.

as-of = The article is from { $date }.
clarify = I am not sure which of these you mean:
either = Two answers come close to your question:
off-topic = I can only answer questions about the article, and this does not seem to be one. You can ask, for example:
help = Ask me a question about the article, in your own words. For example:
too-long = That is too long for me: please ask in at most { $limit } characters.
sources = Sources
related = Related questions
none-before = There is no answer yet to explain.
why-matched = Matched phrasing
why-sure = How sure
why-scores = Scores: words { $words }, meaning { $meaning }, spelling { $spelling }
why-runner-up = Second closest
chat-welcome = Testigo answers questions about { $title }. Write a question, or /help.
chat-help = Ask anything about the article. A number picks a suggestion. /topics lists what can be asked, /why explains the last answer, /lang en, es or pt sets the language (/lang auto: that of the question), /quit ends.
chat-unknown-command = There is no such command. /help lists them.
chat-unknown-language = I do not speak that language. Choose one of: { $languages }.
chat-language-set = I will answer in English.
chat-language-auto = I will answer in the language of each question.
chat-goodbye = Goodbye.

# Discord: the commands
command-ask = ask
command-ask-description = Ask a question about the article
command-topics = topics
command-topics-description = Browse the questions by topic
command-article = article
command-article-description = The article: its record, its passages and links to them
command-figures = figures
command-figures-description = The figures of the article, as a picture and in words
command-help = help
command-help-description = What this bot is, and what it is not
command-answer-message = Answer this question
option-question = question
option-question-description = Your question, in your own words or from the list
option-language = language
option-language-description = The language of the answer
option-private = private
option-private-description = Only you see the answer
language-name = English

# Discord: buttons
button-sources = Sources
button-why = Why this answer
button-related = Related
button-follow-up = Ask a follow-up
button-share = Share
button-report = Report an error
button-helpful = Helpful
button-not-helpful = Not helpful
button-delete = Delete
button-none-of-these = None of these
button-previous-page = Back
button-next-page = More
button-topics = Browse the topics

# Discord: replies
first-contact = I am Testigo, an automated bot: I answer questions about one article with answers that people wrote, and show the passage behind each.
closest = Closest in the article:
sources-of-answer = The passages behind this answer
why-title = Why this answer
why-note = A phrasing is only how somebody might ask; it is not a statement of the article. People wrote the answer; the bot only chose it.
why-not-shown = one that is better not repeated here
related-choose = Choose a question
rephrase = Please ask again in other words, as concretely as you can: who, what, where, when, how many. /topics shows what can be asked.
delete-only-asker = Only the person who asked can delete this answer.
thanks-rating = Noted. Thank you.
thanks-report = Thank you. The people who look after the answers can read your report.
answer-gone = This answer is no longer in the knowledge base. Please ask again.
old-button = This button is from an older version. Please ask again.
message-empty = There is no text in that message that I could answer.

# Discord: forms
follow-up-title = Ask a follow-up
follow-up-label = Your question
follow-up-description = It may continue the answer above, for example: and the women?
report-title = Report an error
report-reason = What is wrong with this answer?
report-note = Anything to add? (optional)
report-note-description = Please do not write names or other personal details.
reason-wrong = It is wrong
reason-incomplete = Something is missing
reason-outdated = It is out of date
reason-offensive = It is offensive
reason-translation = It is badly translated or worded

# Discord: browsing
topics-title = What can be asked
topics-text = Choose a topic, then a question. Or ask in your own words.
topics-choose-topic = Choose a topic
topics-choose-question = Choose a question
article-title = The article
article-authors = By { $authors }
article-published = Published on { $date }
article-updated = updated on { $date }
article-passages = Passages { $first } to { $last } of { $count }. p1s2 means paragraph 1, sentence 2; each link opens the article at the passage.
article-version = Testigo { $program }, knowledge base { $knowledge }: { $answers } answers, { $gaps } questions that the article does not answer.
figures-none = There are no figures for this article.
figures-no-picture = The picture could not be drawn just now; here are the figures in words.
help-title = What Testigo is
help-is = An automated bot that answers questions about one article: “{ $title }” ({ $outlet }, { $date }). People wrote every answer and checked it against the article; no AI writes replies. Each answer shows the passage that says so. Where the article does not say, I tell you that.
help-is-not = I am no search engine and no authority: I know this article only, as of its date. I cannot help you find a person. /privacy tells what is kept.
help-how = How to ask: /ask, a direct message, or mention me in a channel. On a message: Apps, “Answer this question”. /topics lists the questions, /figures shows the numbers, /article the source. Languages: { $languages }.

# Discord: when it does not work
cooldown = You have asked many questions in a short time. Please wait { $seconds } s and ask again.
busy = Very many people are asking at this moment. Please try again in a few seconds.
closing = I am being restarted. Please ask again in a minute.
took-too-long = That took too long. Please ask again.
went-wrong = Something went wrong on my side. If you report it, this code helps to find it: { $reference }
command-changed = This command has changed. Please reload Discord and try again.
cannot-write = I am not allowed to write in that channel, so here is the answer. A moderator can give me the permission to send messages there.

# Discord: settings
command-settings = settings
command-settings-description = How the bot behaves in this server
settings-title = Testigo in this server
settings-language = Language where a person's own is not known: { $language }
settings-automatic = that of the server
settings-private-on = Answers to /ask: private, unless the person wants otherwise
settings-private-off = Answers to /ask: for everybody in the channel, unless the person wants otherwise
settings-channels = Channels where mentions are answered: { $channels }
settings-everywhere = all
settings-keeps-on = Questions are kept for { $days } days, without names, so that the answers can be improved. Switching this off deletes those kept so far.
settings-keeps-off = Questions are not kept, only counted.
settings-curators = Who may curate: { $role } and those who may manage the server
settings-curators-none = Who may curate: those who may manage the server
settings-choose-language = Choose a language
settings-choose-channels = Channels where mentions are answered (none: all)
settings-choose-role = Choose the role that may curate
settings-make-private = Make answers private
settings-make-public = Show answers to everybody
settings-keep = Keep questions
settings-keep-not = Do not keep questions
settings-saved = Saved.
settings-forbidden = Only those who may manage this server can do this.
only-in-server = This works only in a server.
store-gone = This cannot be read or saved just now. Please try again later.

# Discord: curation
command-curate = curate
command-curate-description = Review what people asked and did not get
command-review = queue
command-review-description = Go through the questions to review
command-retract = retract
command-retract-description = Withdraw an answer at once, everywhere
command-restore = restore
command-restore-description = Give a withdrawn answer again
option-entry = answer
option-entry-description = The question that it answers
option-reason = reason
option-reason-description = Why; people who ask will read it
curate-title = Question { $number } of { $count } to review
curate-empty = There is nothing to review.
curate-times = Asked { $count } times in similar words.
curate-reasons = Why it is here: { $reasons }
curate-note = Note: { $note }
reason-unanswered = not answered
reason-not-helpful = not helpful
reason-reported = reported
curate-nearest = Nearest answers
curate-choose = Add as a phrasing of …
curate-language = The question is in { $language }
curate-entry = Propose an answer
curate-gap = Propose a gap
curate-off-topic = Off topic
curate-dismiss = Dismiss
curate-skip = Skip
curate-drafted = Noted as a draft. Nothing changes until somebody reviews and applies it.
curate-report = Reported: { $reason }
curate-reviewed = Somebody else has reviewed this meanwhile.
curate-dismissed = Dismissed.
curate-forbidden = Only curators of this server can do this.
owner-forbidden = Only those who run this bot can do this.
no-such-answer = There is no such answer. Choose one from the list.
retracted = Withdrawn. Whoever asks now reads the reason.
restored = The answer is given again.
withdrawn = This answer was withdrawn on { $date }. The reason given: { $reason }
reload-refused = The changed data was refused; I go on answering from the earlier data. The reason: { $reason }

# Discord: statistics
command-stats = stats
command-stats-description = What was asked, and how often it could be answered
stats-title = Questions of the last { $days } days
stats-none = Nothing was asked in the last { $days } days.
stats-by-outcome = By outcome
stats-by-language = By language
stats-by-day = By day
stats-by-entry = Asked most
stats-groups = To review, most often asked
stats-asked = questions
stats-answered = answered
stats-helpful = found helpful, of those rated
outcome-answer = answered
outcome-gap = the article does not say
outcome-clarify = asked back
outcome-off-topic = off topic
outcome-meta = about the bot

# Discord: privacy
command-privacy = privacy
command-privacy-description = What is kept about you, and how to delete it
privacy-title = What is kept
privacy-counts = What is asked is counted by day, server, outcome, answer and language, without names and without your words.
privacy-kept-here = The words of questions asked here are kept for { $days } days, for people to read and improve the answers. E-mail addresses, long numbers, mentions and links are masked; your account is kept only as a code that cannot be turned back without a secret key, which is not in the database. Wordings that those people take over as ways to ask stay longer, without your account.
privacy-not-kept-here = The words of questions asked here are not kept.
privacy-feedback = What you say of answers (helpful, not helpful) is kept in the same way for { $days } days where words are kept; elsewhere it is only counted. A report that you send in is kept for { $days } days, to be read.
privacy-opted-out = You have opted out: your questions and what you say of answers are not kept, only counted.
privacy-show = Show mine
privacy-export = Export
privacy-delete = Delete mine
privacy-opt-out = Keep nothing of me
privacy-opt-in = Allow keeping again
privacy-agree = Keep my questions here
privacy-disagree = Do not keep my questions here
privacy-mine = Questions kept of you: { $questions }. Remarks on answers: { $feedback }.
privacy-off = “Keep nothing of me” and “Do not keep my questions here” delete at once what was kept.
privacy-deleted = Deleted. Nothing is kept of what you asked and said until now.
