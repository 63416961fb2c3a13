"""The settings; the only reader of the environment."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
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
    index: Path | None = Field(
        default=None, description="A folder with an index computed before, which is only read, as in a container."
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
    database_url_file: Path | None = Field(default=None, description="A file with the database's address.")
    secret: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="What people's ids are hashed with; without it, made once and kept in a file of the user's.",
    )
    secret_file: Path | None = Field(default=None, description="A file with that secret.")
    retention: int = Field(default=30, ge=1, le=30, description="Days for which questions are kept where they are.")
    shard_id: Annotated[int, Field(ge=0)] | None = Field(
        default=None,
        description="Which of several processes this is: a number from 0, or a name that ends with one (testigo-3).",
    )
    shard_count: int = Field(default=1, ge=1, le=4096, description="How many processes there are.")
    metrics_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="The port at which Prometheus reads metrics; without it, there are none.",
    )
    metrics_host: str = Field(default="127.0.0.1", description="The address of that port.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="What is logged: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["console", "json"] = Field(default="console", description="How it is logged: console or json.")

    @property
    def state(self) -> Path:
        """The folder of what must outlive an update: the database and its secret."""
        return user_data_path("testigo", appauthor=False)

    @property
    def heartbeat(self) -> Path:
        """The file by which another process sees that the event loop lives."""
        return self.cache / ("heartbeat" if self.shard_id is None else f"heartbeat-{self.shard_id}")

    @property
    def database_address(self) -> str:
        """The address of the database.

        Raises:
            UsageError: the file with it cannot be read.
        """
        if self.database_url is not None:
            return self.database_url.get_secret_value().strip()
        if self.database_url_file is not None:
            return _read_secret("TESTIGO_DATABASE_URL_FILE", self.database_url_file)
        return f"sqlite:///{self.state / 'testigo.db'}"

    @property
    def given_secret(self) -> bytes | None:
        """The secret, where one is given.

        Raises:
            UsageError: the file with it cannot be read.
        """
        if self.secret is not None:
            return self.secret.get_secret_value().encode()
        if self.secret_file is not None:
            return _read_secret("TESTIGO_SECRET_FILE", self.secret_file).encode()
        return None

    @field_validator("shard_id", mode="before")
    @classmethod
    def _ordinal(cls, value: object) -> object:
        return value.rpartition("-")[2] if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_one_of_the_shards(self) -> Self:
        if self.shard_id is None and self.shard_count > 1:
            raise ValueError("TESTIGO_SHARD_ID is missing: there are several shards")
        if self.shard_id is not None and self.shard_id >= self.shard_count:
            raise ValueError("TESTIGO_SHARD_ID must be less than TESTIGO_SHARD_COUNT")
        return self

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


def read_settings(**given: object) -> Settings:
    """Read the settings; those `given` come before the environment's, but for None.

    Raises:
        UsageError: a setting cannot be used; the message names it.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # pyright: ignore[reportArgumentType]
    except ValidationError as error:
        first = error.errors()[0]
        if not first["loc"]:
            raise UsageError(first["msg"].removeprefix("Value error, ")) from error
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
        name = "DISCORD_TOKEN_FILE"
        token = _read_secret(name, settings.token_file)
    else:
        raise UsageError("DISCORD_TOKEN is missing: the README tells how to get one")
    if not TOKEN.fullmatch(token):
        raise UsageError(f"{name}: this is no token: copy it anew from the Developer Portal, page Bot")
    return token


def _read_secret(name: str, path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        # The path is not shown: it may be the secret itself, put into the wrong setting.
        raise UsageError(f"{name}: the file it names cannot be read") from error
