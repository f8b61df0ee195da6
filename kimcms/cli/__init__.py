"""Commands for the operator's shell."""

from flask import Flask


def install(app: Flask) -> None:
    """Attach all commands. Called once by the wiring."""
