"""PDFs: kept as they were sent, so looked at before. They are handed out as downloads only."""

from __future__ import annotations

from kimcms.domain.refusal import Refused
from kimcms.storage.images import MAX_BYTES, Processed, is_page

NAME = "berkas.pdf"
_START, _END = b"%PDF-", b"%%EOF"


def is_pdf(data: bytes) -> bool:
    """Whether it claims to be one."""
    return data.startswith(_START)


def take(data: bytes) -> Processed:
    """The one file of a PDF. Raises `Refused`: "pdf_big", "not_a_pdf" (a page as well, or
    something else), "pdf_damaged" (its end is missing)."""
    if len(data) > MAX_BYTES:
        raise Refused("pdf_big", limit=MAX_BYTES)
    if not is_pdf(data) or is_page(data):
        raise Refused("not_a_pdf")
    if _END not in data[-1024:]:
        raise Refused("pdf_damaged")
    return Processed(0, 0, (), {NAME: data})
