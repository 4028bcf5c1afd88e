"""The command `calque`: what a person types, and all that is ever printed."""

from calque.cli.run import main

__all__ = ["main"]
