"""What a writer hands in, and what a text needs before it goes out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from kimcms.domain.attachments import Attachment
from kimcms.domain.refusal import Refused
from kimcms.domain.text import clean_line

TITLE_LONGEST = 140
LEAD_LONGEST = 400
CAPTION_LONGEST = 300
CREDIT_LONGEST = 80
NOTE_LONGEST = 500


def fitting(field: str, text: str, longest: int) -> str:
    """A text as one clean line. Too long is refused, not cut: nothing that was typed is dropped
    silently."""
    line = clean_line(text, 10 * longest)
    if len(line) > longest:
        raise Refused("too_long_field", field=field, longest=longest)
    return line


@dataclass(frozen=True)
class Draft:
    """The words of one save, as typed. `body` is HTML, or Markdown where `markdown` says so."""

    title: str
    body: str
    lead: str = ""
    markdown: bool = False
    category_id: int | None = None
    event_on: dt.date | None = None
    repost_source: str = ""
    photo_id: int | None = None
    photo_caption: str = ""
    photo_alt: str = ""
    photo_credit: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Readiness:
    """What is still missing, as codes in the order of the form. Nothing missing is ready."""

    to_submit: tuple[str, ...] = ()
    to_publish: tuple[str, ...] = ()
    words: int = field(default=0, compare=False)


def readiness(
    *,
    title: str,
    words: int,
    category_id: int | None,
    photo_id: int | None,
    photo_caption: str,
    photo_alt: str,
    pictures_without_text: int,
) -> Readiness:
    """A text is sent with a headline and a body; it goes out with a topic, and with a caption and
    an alternative text for every picture."""
    basic = [code for code, missing in (("title", not title), ("body", words == 0)) if missing]
    more = [
        code
        for code, missing in (
            ("category", category_id is None),
            ("photo_caption", photo_id is not None and not photo_caption),
            ("photo_alt", photo_id is not None and not photo_alt),
            ("pictures", pictures_without_text > 0),
        )
        if missing
    ]
    return Readiness(tuple(basic), tuple(basic + more), words)
