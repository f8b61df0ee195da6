"""The Forum's lists of words and hosts; what they are for stands in `domain/lists.py`."""

from __future__ import annotations

import datetime as dt

from kimcms.db import CITY, db
from kimcms.domain.lists import MOST, Name, spelt
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.models.lists import ListChange
from kimcms.queries import lists
from kimcms.services.unit import atomic


def add(actor: Actor, name: Name, typed: str, now: dt.datetime) -> str:
    """Put a term on a list; how it stands there. Raises `Refused`: what `spelt` raises,
    "term_there", "list_full"."""
    return _set(actor, name, spelt(name, typed), True, now)


def strike(actor: Actor, name: Name, term: str, now: dt.datetime) -> str:
    """Take a term from a list, one of the program too. Raises `Refused("term_gone")`."""
    return _set(actor, name, term, False, now)


def _set(actor: Actor, name: Name, term: str, counts: bool, now: dt.datetime) -> str:
    with atomic(CITY, now) as unit:
        if not actor.may(Verb.EDIT_LISTS, None, now):
            raise Refused("not_allowed")
        there = lists.lists()[name]
        if (term in there) is counts:
            raise Refused("term_there" if counts else "term_gone", term=term)
        if counts and len(there) >= MOST:
            raise Refused("list_full", limit=MOST)
        row = lists.change(name, term)
        if row is None:
            row = ListChange(name=name, term=term)
            db.session.add(row)
        row.counts, row.changed_at, row.changed_by = counts, now, actor.user_id
        verb = "list.add" if counts else "list.strike"
        unit.record(actor, verb, row, after={"list": name.value, "term": term})
        return term
