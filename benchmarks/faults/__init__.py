"""Inject every fault that the bot has to survive, and tell in a table what became of the questions asked meanwhile."""
