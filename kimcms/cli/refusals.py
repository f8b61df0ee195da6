"""Refusals of the services as one clear line on the shell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from kimcms.domain.refusal import Refused
from kimcms.web.sentences import sentence


@contextmanager
def said() -> Iterator[None]:
    """Turns a `Refused` into a message and exit status 1."""
    try:
        yield
    except Refused as refusal:
        raise click.ClickException(sentence(refusal)) from None
