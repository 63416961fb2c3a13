"""The errors that end a command with one line.

TestigoError
├── DataError        the knowledge base is missing, malformed or contradicts itself
├── ArticleError     the operator's copy of the article cannot be read or does not match
├── DiscordError     Discord cannot be reached at the start, or would not do what it was asked
│   └── RefusedByDiscordError   Discord refuses the bot, and would do so again
├── DrawingError     the picture of the figures cannot be drawn or kept
├── StorageError     the database cannot be opened or used, or is newer than the program
└── UsageError       an option or an input file cannot be used
"""


class TestigoError(Exception):
    """An error whose message is meant for the person who runs the program."""

    __test__ = False  # pytest would otherwise take the name for a test class
    exit_status = 2


class DataError(TestigoError):
    """The knowledge base is missing, malformed or contradicts itself."""


class ArticleError(TestigoError):
    """The operator's copy of the article cannot be read or does not match the record."""


class DiscordError(TestigoError):
    """Discord cannot be reached at the start, or would not do what it was asked."""


class RefusedByDiscordError(DiscordError):
    """Discord refuses the bot, and would do so again: a supervisor must not start it anew by itself."""

    exit_status = 3


class DrawingError(TestigoError):
    """The picture of the figures cannot be drawn or kept."""


class StorageError(TestigoError):
    """The database cannot be opened or used, or is newer than the program."""

    def __init__(self, message: str, *, may_pass: bool = False) -> None:
        super().__init__(message)
        self.may_pass = may_pass
        """Whether trying again later may help: the database is down, locked or full, not wrong."""


class UsageError(TestigoError):
    """An option or an input file cannot be used."""
