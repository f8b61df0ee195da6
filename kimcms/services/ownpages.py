"""Own pages: the portal's by Diskominfo, a subsite's by its head. No words are lost: an undo
brings back the state before the last change, and doing it twice takes the undo back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kimcms.db import CITY, db, kim_scope
from kimcms.domain.html import check_size, clean_html, from_markdown
from kimcms.domain.ownpage import MOST_PAGES, SLUG_LONGEST, TITLE_LONGEST
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line, slugify
from kimcms.models.kim import Kim
from kimcms.models.ownpage import OwnPage
from kimcms.queries import ownpages
from kimcms.services import idempotency
from kimcms.services.unit import atomic

_KEPT = ("title", "body", "published")


@dataclass(frozen=True)
class Words:
    """What is typed of a page; the text is Markdown. No slug: the one it has, else its title's."""

    title: str
    text: str
    published: bool
    slug: str = ""

    def cleaned(self) -> dict[str, Any]:
        """As it is stored, through the one sanitiser. Raises `Refused`."""
        title = clean_line(self.title, TITLE_LONGEST)
        check_size(self.text)
        body = clean_html(from_markdown(self.text), {})
        if not title or not body:
            raise Refused("page_empty")
        return {"title": title, "body": body, "published": self.published}


def create(
    actor: Actor, kim: Kim | None, words: Words, now: dt.datetime, key: str | None = None
) -> OwnPage:
    """A new page, the last in the menu."""
    kim_id = kim.id if kim else None
    with atomic(_scope(kim_id), now) as unit:
        _allowed(actor, kim_id, now)
        earlier = idempotency.earlier(actor, key, "page.create", now)
        if earlier is not None:
            made = ownpages.page(kim_id, earlier)
            if made is None:
                raise Refused("bad_key")
            return made
        siblings = _siblings(kim_id)
        if len(siblings) >= MOST_PAGES:
            raise Refused("page_many", limit=MOST_PAGES)
        values = words.cleaned()
        page = OwnPage(
            kim_id=kim_id,
            slug=_free(slugify(words.slug or values["title"], SLUG_LONGEST), siblings),
            former=[],
            rank=max((sibling.rank for sibling in siblings), default=0) + 1,
            version=1,
            changed_at=now,
            changed_by=actor.user_id,
            **values,
        )
        db.session.add(page)
        unit.record(actor, "page.create", page, after={"published": page.published})
        idempotency.done(actor, key, page.id)
        return page


def change(actor: Actor, page: OwnPage, words: Words, version: int, now: dt.datetime) -> OwnPage:
    """New words for a page that looked as it did in `version`. Its old address leads to the new
    one."""
    with atomic(_scope(page.kim_id), now) as unit:
        siblings = _held(page)
        _allowed(actor, page.kim_id, now)
        if page.version != version:
            raise Refused("page_stale")
        values = words.cleaned()
        changed = sorted(name for name in _KEPT if getattr(page, name) != values[name])
        slug = slugify(words.slug, SLUG_LONGEST) if words.slug.strip() else page.slug
        if slug != page.slug:
            if slug in _taken(one for one in siblings if one.id != page.id):
                raise Refused("slug_taken", slug=slug)
            page.former = [old for old in (*page.former, page.slug) if old != slug]
            page.slug = slug
            changed.append("slug")
        if changed:
            _turn(actor, page, values, now)
            unit.record(actor, "page.change", page, after={"fields": changed})
        return page


def undo(actor: Actor, page: OwnPage, now: dt.datetime) -> OwnPage:
    """Back to what it was before the last change; the address stays."""
    with atomic(_scope(page.kim_id), now) as unit:
        _held(page)
        _allowed(actor, page.kim_id, now)
        if page.before is None:
            raise Refused("page_first")
        _turn(actor, page, page.before, now)
        unit.record(actor, "page.undo", page)
        return page


def move(actor: Actor, page: OwnPage, now: dt.datetime, *, up: bool) -> OwnPage:
    """One place up or down in the menu; at its end it stays."""
    with atomic(_scope(page.kim_id), now) as unit:
        siblings = _held(page)
        _allowed(actor, page.kim_id, now)
        order = sorted(siblings, key=lambda one: (one.rank, one.id))
        place = order.index(page)
        other = max(place - 1, 0) if up else min(place + 1, len(order) - 1)
        order[place], order[other] = order[other], order[place]
        for rank, one in enumerate(order, 1):
            one.rank = rank
        unit.record(actor, "page.move", page, after={"place": other + 1})
        return page


def delete(actor: Actor, page: OwnPage, now: dt.datetime) -> None:
    """For good; its addresses are free again."""
    with atomic(_scope(page.kim_id), now) as unit:
        _held(page)
        _allowed(actor, page.kim_id, now)
        unit.record(actor, "page.delete", page, before={"title": page.title})
        db.session.delete(page)


def _siblings(kim_id: int | None) -> list[OwnPage]:
    """All pages of one menu as they are now, held until the unit ends: two who add at once do not
    become 13, and two who move at once move one after the other."""
    if kim_id is not None:
        db.session.execute(sa.select(Kim.id).where(Kim.id == kim_id).with_for_update())
    return ownpages.pages(kim_id, hold=True)


def _held(page: OwnPage) -> list[OwnPage]:
    """The page as it is now, among its siblings. Raises `Refused` where it was deleted."""
    siblings = _siblings(page.kim_id)
    if page not in siblings:
        raise Refused("page_gone")
    return siblings


def _turn(actor: Actor, page: OwnPage, values: dict[str, Any], now: dt.datetime) -> None:
    page.before = {name: getattr(page, name) for name in _KEPT}
    for name in _KEPT:
        setattr(page, name, values[name])
    page.version += 1
    page.changed_at, page.changed_by = now, actor.user_id


def _taken(siblings: Iterable[OwnPage]) -> set[str]:
    return {slug for page in siblings for slug in (page.slug, *page.former)}


def _free(base: str, siblings: list[OwnPage]) -> str:
    taken = _taken(siblings)
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _scope(kim_id: int | None) -> str:
    return CITY if kim_id is None else kim_scope(kim_id)


def _allowed(actor: Actor, kim_id: int | None, now: dt.datetime) -> None:
    verb = Verb.MANAGE_PORTAL if kim_id is None else Verb.MANAGE_LOOK
    if not actor.may(verb, kim_id, now):
        raise Refused("not_allowed")
