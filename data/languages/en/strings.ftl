# What the bot says around the answers, in English.

as-of = The article is from { $date }.
clarify = I am not sure which of these you mean:
gap-unsure = The article does not seem to say that. Closest to it:
off-topic = I can only answer questions about the article, and this does not seem to be one. You can ask, for example:
help = Ask me a question about the article, in your own words. For example:
too-long = That is too long for me: please ask in at most { $limit } characters.
sources = Sources
related = Related questions
none-before = There is no answer yet to explain.
why-matched = Matched phrasing
why-sure = How sure
why-scores = Scores: words { $words }, meaning { $meaning }, spelling { $spelling }
why-runner-up = Runner-up
chat-welcome = Testigo answers questions about { $title }. Write a question, or /help.
chat-help = Ask anything about the article. A number picks a suggestion. /topics lists what can be asked, /why explains the last answer, /lang en, es or pt sets the language (/lang auto: that of the question), /quit ends.
chat-unknown-command = There is no such command. /help lists them.
chat-unknown-language = There is no such language. Choose one of: { $languages }.
chat-language-set = I will answer in English.
chat-language-auto = I will answer in the language of each question.
chat-goodbye = Goodbye.
