"""What a bot's author would use instead, each method from the same wordings."""
