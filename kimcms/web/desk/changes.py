"""What changed between two revisions, for pages."""

from __future__ import annotations

from flask_babel import gettext as _

from kimcms.domain import attachments
from kimcms.domain.compare import Passage, Piece, passages, pieces
from kimcms.models.article import Revision
from kimcms.web.desk.merging import FIELDS
from kimcms.web.rendering import day

_PLAIN = ("title", "lead", "repost_source", "photo_caption", "photo_alt", "photo_credit")


def fields(
    old: Revision | None, new: Revision, topics: dict[int, str]
) -> list[tuple[str, list[Piece]]]:
    """The fields besides the text that differ, by their names in the form, word by word."""
    found = []
    for name in FIELDS:
        before = _shown(old, name, topics) if old else ""
        after = _shown(new, name, topics)
        if before != after:
            found.append((FIELDS[name], pieces(before, after)))
    return found


def text(old: Revision | None, new: Revision) -> list[Passage]:
    """The text, paragraph by paragraph."""
    return passages(old.body if old else "", new.body)


def _shown(revision: Revision, name: str, topics: dict[int, str]) -> str:
    value = getattr(revision, name)
    if name in _PLAIN:
        return str(value)
    if not value:
        return ""
    if name == "attachments":
        return "\n".join(one.title for one in attachments.read(value))
    if name == "category_id":
        return topics.get(value, "")
    return day(value) if name == "event_on" else _("foto nomor %(number)s", number=value)
