"""PDFs that an article offers for download: what stands in the form and in a revision."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from kimcms.domain.refusal import Refused

MOST = 5
TITLE_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF under the title that an article gives it. `size` is in bytes."""

    media_id: int
    title: str
    size: int = 0


def typed(text: str) -> tuple[Attachment, ...]:
    """Out of a form: JSON pairs of id and title. Raises `Refused("pdf_unknown")` for anything
    else, "pdf_many" beyond five."""
    if not text:
        return ()
    try:
        pairs = json.loads(text)
        found = tuple(Attachment(int(media_id), str(title)) for media_id, title in pairs)
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise Refused("pdf_unknown") from None
    if len(found) > MOST:
        raise Refused("pdf_many", limit=MOST)
    if len({one.media_id for one in found}) < len(found):
        raise Refused("pdf_twice")
    return found


def stored(attachments: Iterable[Attachment]) -> str:
    """As a revision keeps them: one spelling for the same ones, empty for none."""
    rows = [[one.media_id, one.title, one.size] for one in attachments]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def read(text: str) -> tuple[Attachment, ...]:
    """Out of a revision."""
    return tuple(Attachment(*row) for row in json.loads(text)) if text else ()


def shown(text: str) -> tuple[Attachment, ...]:
    """Out of a form for its own page again: nothing where it cannot be read."""
    try:
        return typed(text)
    except Refused:
        return ()


def for_form(text: str) -> str:
    """What a revision has, as the form carries it."""
    rows = [[one.media_id, one.title] for one in read(text)]
    return json.dumps(rows, ensure_ascii=False) if rows else ""
