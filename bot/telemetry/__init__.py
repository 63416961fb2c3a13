"""What is measured while the bot runs."""
