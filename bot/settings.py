"""The settings; the only reader of the environment."""

import re
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import UsageError


class Settings(BaseSettings):
    """What an operator can set, from the environment or a `.env` file.

    Each name has the prefix ``TESTIGO_``, but for the token's.
    """

    model_config = SettingsConfigDict(
        env_prefix="TESTIGO_",
        env_file=".env",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        env_ignore_empty=True,
    )

    data: Path | None = Field(
        default=None, description="The data folder; without it, the one that came with the program."
    )
    article: Path | None = Field(default=None, description="A copy of the article's text; citations then quote it.")
    links: Path | None = Field(
        default=None,
        description="A links.toml of your own: where somebody in danger or searching for a relative is sent.",
    )
    language: str | None = Field(
        default=None, description="The language to answer in; without it, that of the question."
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("testigo", appauthor=False),
        description="The folder of the cached index, the picture of the figures and the record of commands.",
    )
    token: SecretStr | None = Field(
        default=None, validation_alias="DISCORD_TOKEN", description="The bot's token, from Discord's Developer Portal."
    )
    token_file: Path | None = Field(
        default=None, validation_alias="DISCORD_TOKEN_FILE", description="A file with the token, for container secrets."
    )
    owners: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), description="The user ids of who runs the bot, with commas; they have no cooldown."
    )
    cooldown: float = Field(
        default=2.0,
        ge=0,
        le=3600,
        description="Seconds in which each person may ask one question in the long run (ten at once); 0 for no limit.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="The database: sqlite:////folder/testigo.db or postgresql://...; without it, a file of the user's.",
    )
    secret: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="What people's ids are hashed with; without it, made once and kept in a file of the user's.",
    )
    retention: int = Field(default=30, ge=1, le=30, description="Days for which questions are kept where they are.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="What is logged: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["console", "json"] = Field(default="console", description="How it is logged: console or json.")

    @property
    def state(self) -> Path:
        """The folder of what must outlive an update: the database and its secret."""
        return user_data_path("testigo", appauthor=False)

    @property
    def database_address(self) -> str:
        """The address of the database."""
        if self.database_url is not None:
            return self.database_url.get_secret_value().strip()
        return f"sqlite:///{self.state / 'testigo.db'}"

    @property
    def given_secret(self) -> bytes | None:
        """The secret, where one is given."""
        return self.secret.get_secret_value().encode() if self.secret is not None else None

    @field_validator("owners", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


TOKEN = re.compile(r"[\w-]+(\.[\w-]+)*")
"""What a token is made of; whether it is the right one, only Discord knows."""


def read_settings() -> Settings:
    """Read the settings.

    Raises:
        UsageError: a setting cannot be used; the message names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        prefix = "" if name.startswith("DISCORD_") else "TESTIGO_"
        raise UsageError(f"{prefix}{name}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(".env: cannot be read as UTF-8 text") from error


def read_token(settings: Settings) -> str:
    """Return the bot's token.

    Raises:
        UsageError: there is none, or it cannot be one; the message does not show it.
    """
    if settings.token is not None:
        name, token = "DISCORD_TOKEN", settings.token.get_secret_value().strip()
    elif settings.token_file is not None:
        name, token = "DISCORD_TOKEN_FILE", _read_secret(settings.token_file)
    else:
        raise UsageError("DISCORD_TOKEN is missing: the README tells how to get one")
    if not TOKEN.fullmatch(token):
        raise UsageError(f"{name}: this is no token: copy it anew from the Developer Portal, page Bot")
    return token


def _read_secret(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        # The path is not shown: it may be the token, put into the wrong setting.
        raise UsageError("DISCORD_TOKEN_FILE: the file it names cannot be read") from error
