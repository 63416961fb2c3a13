"""The errors that end a command with one line.

TestigoError
├── DataError        the knowledge base is missing, malformed or contradicts itself
├── ArticleError     the operator's copy of the article cannot be read or does not match
├── DiscordError     Discord refuses the bot, or cannot be reached at the start
├── DrawingError     the picture of the figures cannot be drawn or kept
└── UsageError       an option or an input file cannot be used
"""


class TestigoError(Exception):
    """An error whose message is meant for the person who runs the program."""

    __test__ = False  # pytest would otherwise take the name for a test class


class DataError(TestigoError):
    """The knowledge base is missing, malformed or contradicts itself."""


class ArticleError(TestigoError):
    """The operator's copy of the article cannot be read or does not match the record."""


class DiscordError(TestigoError):
    """Discord refuses the bot, or cannot be reached at the start."""


class DrawingError(TestigoError):
    """The picture of the figures cannot be drawn or kept."""


class UsageError(TestigoError):
    """An option or an input file cannot be used."""
