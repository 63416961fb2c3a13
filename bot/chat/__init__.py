"""Testigo on Discord."""
