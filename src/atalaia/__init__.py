"""Atalaia: a monitoring server that keeps Nagios Core's semantics, made for containers."""

__version__ = "0.1.0"
