"""What to reply."""
