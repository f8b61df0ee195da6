"""Corrections in words, the same on pages, in feeds and for search engines."""

from __future__ import annotations

from flask_babel import gettext as _

from kimcms.domain.corrections import Note
from kimcms.domain.replies import Reply
from kimcms.domain.text import excerpt
from kimcms.web import words


def told(note: Note) -> str:
    """A correction as one paragraph of plain text."""
    said: str = _(
        "%(kind)s. Sebelumnya: %(mistake)s Yang benar: %(correct)s",
        kind=words.CORRECTIONS[note.kind],
        mistake=_ended(note.mistake),
        correct=_ended(note.correct),
    )
    return said


def replied(reply: Reply, longest: int = 400) -> str:
    """The beginning of a right of reply as one paragraph of plain text."""
    said: str = _(
        "Hak jawab dari %(name)s: %(text)s", name=reply.name, text=excerpt(reply.text, longest)
    )
    return said


def _ended(text: str) -> str:
    return text if text[-1] in ".!?…" else f"{text}."
