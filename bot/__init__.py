"""Testigo: answers about one event, from one article, each with the passage that says so."""

__version__ = "0.1.0"
