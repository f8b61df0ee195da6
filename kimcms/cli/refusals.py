"""Refusals of the services and of the database as one clear line on the shell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from kimcms.domain.refusal import Refused
from kimcms.web.sentences import sentence


@contextmanager
def said() -> Iterator[None]:
    """Turns a `Refused` into a message and exit status 1."""
    try:
        yield
    except Refused as refusal:
        raise click.ClickException(sentence(refusal)) from None


@contextmanager
def answering() -> Iterator[None]:
    """Turns a database that does not answer, or has no tables yet, into a message."""
    try:
        yield
    except (OperationalError, ProgrammingError) as problem:
        reason = str(problem).splitlines()[0]
        raise click.ClickException(
            f"The database cannot be used ({reason}). `flask doctor` says what to do."
        ) from None


class Noun(AppGroup):
    """The commands of one noun."""

    def invoke(self, ctx: click.Context) -> Any:
        with answering():
            return super().invoke(ctx)
