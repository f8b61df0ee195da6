"""The portal's own pages, written by Diskominfo. Nothing is lost: an undo brings back the state
before the last change, and doing it twice takes the undo back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from kimcms.db import CITY, db
from kimcms.domain.citypage import MOST_PAGES, TITLE_LONGEST
from kimcms.domain.html import check_size, clean_html, from_markdown
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line, slugify
from kimcms.models.citypage import CityPage
from kimcms.queries import citypages
from kimcms.services import idempotency
from kimcms.services.unit import atomic, lock

_KEPT = ("title", "body", "rank", "published")
_SLUG_LONGEST = 63


@dataclass(frozen=True)
class Words:
    """What is typed of a page; the text is Markdown."""

    title: str
    text: str
    rank: int
    published: bool

    def cleaned(self) -> dict[str, Any]:
        """As it is stored, through the one sanitiser. Raises `Refused`."""
        title = clean_line(self.title, TITLE_LONGEST)
        check_size(self.text)
        body = clean_html(from_markdown(self.text), {})
        if not title or not body:
            raise Refused("page_empty")
        return {"title": title, "body": body, "rank": self.rank, "published": self.published}


def create(actor: Actor, words: Words, now: dt.datetime, key: str | None = None) -> CityPage:
    """A new page; its address follows from its title and stays."""
    with atomic(CITY, now) as unit:
        _allowed(actor, now)
        earlier = idempotency.earlier(actor, key, "page.create", now)
        if earlier is not None:
            return db.session.get_one(CityPage, earlier)
        taken = citypages.slugs()
        if len(taken) >= MOST_PAGES:
            raise Refused("page_many", limit=MOST_PAGES)
        values = words.cleaned()
        page = CityPage(
            slug=_free(values["title"], taken),
            version=1,
            changed_at=now,
            changed_by=actor.user_id,
            **values,
        )
        db.session.add(page)
        unit.record(actor, "page.create", page, after={"published": page.published})
        idempotency.done(actor, key, page.id)
        return page


def change(actor: Actor, page: CityPage, words: Words, version: int, now: dt.datetime) -> CityPage:
    """New words for a page that looked as it did in `version`."""
    with atomic(CITY, now) as unit:
        lock(page)
        _allowed(actor, now)
        if page.version != version:
            raise Refused("page_stale")
        values = words.cleaned()
        changed = sorted(name for name in _KEPT if getattr(page, name) != values[name])
        if changed:
            _turn(actor, page, values, now)
            unit.record(actor, "page.change", page, after={"fields": changed})
        return page


def undo(actor: Actor, page: CityPage, now: dt.datetime) -> CityPage:
    """Back to what it was before the last change."""
    with atomic(CITY, now) as unit:
        lock(page)
        _allowed(actor, now)
        if page.before is None:
            raise Refused("page_first")
        _turn(actor, page, page.before, now)
        unit.record(actor, "page.undo", page)
        return page


def _turn(actor: Actor, page: CityPage, values: dict[str, Any], now: dt.datetime) -> None:
    page.before = {name: getattr(page, name) for name in _KEPT}
    for name in _KEPT:
        setattr(page, name, values[name])
    page.version += 1
    page.changed_at, page.changed_by = now, actor.user_id


def _free(title: str, taken: set[str]) -> str:
    base = slugify(title, _SLUG_LONGEST - 3)
    names = (base, *(f"{base}-{number}" for number in range(2, MOST_PAGES + 2)))
    return next(name for name in names if name not in taken)


def _allowed(actor: Actor, now: dt.datetime) -> None:
    if not actor.may(Verb.MANAGE_PORTAL, None, now):
        raise Refused("not_allowed")
