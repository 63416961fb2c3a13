"""Hold a conversation in a terminal, or with whatever is piped in."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from bot.answering.answerer import next_turn
from bot.answering.conversation import Turn
from bot.answering.reply import Reply
from bot.answering.testigo import Testigo
from bot.knowledge.model import Kind, Language
from bot.knowledge.strings import Strings
from bot.terminal.rendering import print_reply


class Chat:
    """One conversation: what was said last, and the language asked for."""

    def __init__(self, testigo: Testigo, console: Console, language: Language | None) -> None:
        self._testigo = testigo
        self._console = console
        self._language = language
        self._previous: Turn | None = None
        self._reply: Reply | None = None

    def hold(self, lines: Iterable[str]) -> None:
        """Welcome the person and reply to each line until they are through or quit."""
        self._say(self._strings.text("chat-welcome", title=self._testigo.knowledge.record.title))
        for line in lines:
            text = line.strip()
            if text == "/quit":
                break
            if text.startswith("/"):
                self._command(text)
            elif text:
                self._ask(text)
        self._say(self._strings.text("chat-goodbye"))

    @property
    def _strings(self) -> Strings:
        language = self._language or (
            self._previous.language if self._previous else self._testigo.knowledge.languages[0]
        )
        return self._testigo.strings[language]

    def _ask(self, text: str) -> None:
        picked = self._picked(text)
        if picked is not None and self._reply is not None:
            reply = self._testigo.answerer.reply_with([picked], self._language or self._reply.language)
        else:
            reply = self._testigo.answerer.answer(text, self._language, self._previous)
        self._reply = reply
        self._previous = next_turn(reply, self._previous)
        print_reply(self._console, reply, self._testigo.strings[reply.language])
        self._console.print()

    def _picked(self, text: str) -> str | None:
        """Return the entry of the suggestion whose number was typed."""
        if self._reply is None or not (text.isascii() and text.isdigit() and len(text) == 1):
            return None
        number = int(text)
        suggestions = self._reply.suggestions
        return suggestions[number - 1].entry if 1 <= number <= len(suggestions) else None

    def _command(self, text: str) -> None:
        name, _, argument = text.partition(" ")
        match name:
            case "/help":
                self._say(self._strings.text("chat-help"))
            case "/lang":
                self._set_language(argument.strip())
            case "/why":
                self._explain()
            case "/topics":
                print_topics(self._console, self._testigo, self._strings.language)
            case _:
                self._say(self._strings.text("chat-unknown-command"))

    def _set_language(self, language: str) -> None:
        languages = self._testigo.knowledge.languages
        if language == "auto":
            self._language = None
            self._say(self._strings.text("chat-language-auto"))
        elif language in languages:
            self._language = language
            self._say(self._strings.text("chat-language-set"))
        else:
            self._say(self._strings.text("chat-unknown-language", languages=", ".join([*languages, "auto"])))

    def _explain(self) -> None:
        explanation = self._reply.explanation if self._reply else None
        if explanation is None:
            self._say(self._strings.text("none-before"))
            return
        utterance = explanation.utterance or self._strings.text("why-not-shown")
        self._say(f"{self._strings.text('why-matched')}: {utterance}")
        self._say(f"{self._strings.text('why-sure')}: {explanation.probability:.0%}")
        words, meaning, spelling = explanation.words, explanation.meaning, explanation.spelling
        scores = {"words": f"{words:+.2f}", "meaning": f"{meaning:.2f}", "spelling": f"{spelling:.2f}"}
        self._say(self._strings.text("why-scores", **scores))
        if explanation.runner_up is not None:
            runner_up = f"{explanation.runner_up.question} ({explanation.runner_up_probability:.0%})"
            self._say(f"{self._strings.text('why-runner-up')}: {runner_up}")

    def _say(self, text: str) -> None:
        self._console.print(Text(text))


def print_topics(console: Console, testigo: Testigo, language: Language) -> None:
    """Print the canonical questions by topic, those that the article answers before those that it does not."""
    knowledge = testigo.knowledge
    for kind in (Kind.ANSWER, Kind.GAP, Kind.META):
        for topic in (topic for topic in knowledge.topics.values() if topic.kind is kind):
            console.print(Text(topic.title[language], style="bold"))
            for entry in knowledge.entries.values():
                if entry.topic == topic.id:
                    console.print(Text(f"  {entry.question[language]}"))
