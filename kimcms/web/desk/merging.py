"""Two texts of one item: the form that chooses between them, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import request
from wtforms import IntegerField
from wtforms.validators import Optional

from kimcms.domain import attachments
from kimcms.domain.draft import Draft
from kimcms.domain.html import Photo, to_markdown
from kimcms.domain.merge import PHOTO, Field, Pick, Two, two
from kimcms.domain.refusal import Refused
from kimcms.models.article import Article, Revision
from kimcms.queries import desk as newsroom
from kimcms.queries import media as pictures
from kimcms.queries.articles import categories
from kimcms.services import revisions
from kimcms.services.articles import Edit
from kimcms.web.desk.forms import ArticleForm
from kimcms.web.rendering import day

# The fields of a draft as the form calls them.
FIELDS = {
    "title": "judul",
    "lead": "ringkasan",
    "category_id": "topik",
    "event_on": "tanggal",
    "repost_source": "sumber",
    "photo_id": "foto",
    "photo_caption": "keterangan",
    "photo_alt": "alt",
    "photo_credit": "kredit",
    "attachments": "lampiran_daftar",
}
_PREFIX = "pilih-"


class MergeForm(ArticleForm):
    """What was typed, now over `dasar`, the other's revision; `pangkal` is what both began with."""

    pangkal = IntegerField(validators=[Optional()])


@dataclass(frozen=True)
class Side:
    """One of two values of a field, as the page shows it."""

    text: str = ""
    photo: Photo | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Both texts and what was chosen so far, for the page."""

    two: Two
    theirs: Revision
    base_id: int | None
    picks: dict[str, Pick]
    topics: dict[int, str]
    photos: dict[int, Photo]

    def side(self, draft: Draft, names: tuple[str, ...]) -> Side:
        """What one of the two says in a field."""
        value = getattr(draft, names[0])
        if names == ("attachments",):
            return Side("\n".join(one.title for one in value))
        if names == PHOTO:
            shown = self.photos.get(value) if value else None
            notes = (draft.photo_caption, draft.photo_alt, draft.photo_credit)
            return Side(photo=shown, notes=tuple(note for note in notes if note))
        if names[0] == "category_id":
            return Side(self.topics.get(value, ""))
        if names[0] == "event_on":
            return Side(day(value) if value else "")
        return Side(value or "")

    def both_say(self, field: Field) -> str:
        """The two in one, in words; empty where that cannot be."""
        if field.both is None:
            return ""
        if isinstance(field.both, str):
            return field.both
        return self.side(replace(self.two.mine, attachments=field.both), field.names).text

    def picked(self, name: str, suggested: Pick | None) -> Pick | None:
        """What is marked on the page."""
        return self.picks.get(name, suggested)


def between(article: Article, mine: Draft, base_id: int | None) -> Conflict:
    """The draft beside the newest revision. Raises `Refused` where it could not be saved at all."""
    theirs = article.newest
    assert theirs is not None
    found = two(_draft(article, base_id), revisions.cleaned(article, mine), _of(theirs))
    ids = [draft.photo_id for draft in (found.mine, found.theirs) if draft.photo_id]
    return Conflict(
        found,
        theirs,
        base_id,
        sent_picks(),
        {topic.id: topic.name for topic in categories()},
        pictures.photos(article.kim_id, ids) if ids else {},
    )


def chosen(article: Article, form: MergeForm) -> Edit:
    """One text by the choices that were sent, over the other's revision.

    Raises `Refused("stale")` where that is gone, `Refused("undecided")` where a choice is missing.
    """
    theirs = _draft(article, form.dasar.data)
    if theirs is None:
        raise Refused("stale")
    sent = form.edit()
    found = two(_draft(article, form.pangkal.data), revisions.cleaned(article, sent.draft), theirs)
    picks = sent_picks()
    if any(name not in picks for name in found.undecided):
        raise Refused("undecided")
    return Edit(found.merged(picks), form.dasar.data, sent.key)


def sent_picks() -> dict[str, Pick]:
    """The choices that were sent, by name."""
    known = {pick.value: pick for pick in Pick}
    return {
        name.removeprefix(_PREFIX): known[value]
        for name, value in request.form.items()
        if name.startswith(_PREFIX) and value in known
    }


def values(draft: Draft, base_id: int | None) -> dict[str, Any]:
    """The fields of `ArticleForm` that hold a draft; the text is Markdown for the plain field."""
    found = {field: getattr(draft, name) for name, field in FIELDS.items() if name != "photo_id"}
    return found | {
        "isi": to_markdown(draft.body),
        "lampiran_daftar": attachments.for_form(attachments.stored(draft.attachments)),
        "topik": str(draft.category_id or ""),
        "foto_id": draft.photo_id,
        "dasar": base_id,
    }


def _draft(article: Article, revision_id: int | None) -> Draft | None:
    revision = newsroom.revision(article.id, revision_id or 0)
    return _of(revision) if revision else None


def _of(revision: Revision) -> Draft:
    return revisions.draft_of(revision)
