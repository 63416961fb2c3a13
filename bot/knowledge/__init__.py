"""What the bot knows: the article's record, its passages, the facts, the entries."""
