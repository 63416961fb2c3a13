"""Entry point: ``python -m bot``."""

from bot.terminal.commands import main

if __name__ == "__main__":
    main(prog_name="testigo")
