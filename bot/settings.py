"""The settings; the only reader of the environment."""

from pathlib import Path

from platformdirs import user_cache_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import UsageError


class Settings(BaseSettings):
    """What an operator can set, from the environment or a `.env` file, each name with the prefix ``TESTIGO_``."""

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
        description="The folder of the cached index.",
    )


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
        raise UsageError(f"TESTIGO_{name}: {first['msg']}") from error
