"""Starts the example environment and Atalaia watching it, and ends both together."""
