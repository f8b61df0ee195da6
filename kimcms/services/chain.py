"""Appending to the chains of the history: the last thing that a change does before its commit."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.chain import CITY_CHAIN, START, Head, link
from kimcms.models.event import ChainHead, Event
from kimcms.queries import chain

_BATCH = 500
_EVENT: Any = Event.__table__
_HEAD: Any = ChainHead.__table__
# Two changes may begin a chain at once; the same words in both databases.
_BEGIN = sa.text(
    "INSERT INTO chain_head (chain, place, hash) VALUES (:chain, 0, :start) ON CONFLICT DO NOTHING"
)


def seal(ids: Collection[int]) -> None:
    """Give these new entries their place and hash, within the running unit.

    The heads are held from here to the commit, in order of their chains: two changes of one KIM
    come one after the other, and never wait for each other in a circle.
    """
    if not ids:
        return
    left = iter(sorted(ids))
    batches = iter(lambda: list(islice(left, _BATCH)), [])
    found = [line for batch in batches for line in chain.by_id(batch)]
    ends = _held({whose for whose, _line in found})
    written = []
    for whose, line in found:
        end = ends[whose]
        ends[whose] = Head(end.place + 1, link(end.hash, line.values))
        written.append({"entry": line.id, "at_place": end.place + 1, "link": ends[whose].hash})
    _update(_EVENT, _EVENT.c.id == sa.bindparam("entry"), written)
    ending = [
        {"whose": whose, "at_place": end.place, "link": end.hash} for whose, end in ends.items()
    ]
    _update(_HEAD, _HEAD.c.chain == sa.bindparam("whose"), ending)


def seal_city_anew() -> None:
    """After the sample went, and with it entries of the city: the others are one chain again."""
    whole = _EVENT.c.kim_id.is_(None)
    connection = db.session.connection()
    connection.execute(sa.delete(_HEAD).where(_HEAD.c.chain == CITY_CHAIN))
    connection.execute(sa.update(_EVENT).where(whole).values(place=None, hash=None))
    seal(list(connection.scalars(sa.select(_EVENT.c.id).where(whole))))


def _held(chains: set[int]) -> dict[int, Head]:
    """The ends of these chains, held; a chain that is new begins now."""
    held = sa.select(_HEAD).where(_HEAD.c.chain.in_(chains)).order_by(_HEAD.c.chain)
    connection = db.session.connection()
    found = connection.execute(held.with_for_update()).all()
    if len(found) < len(chains):
        new = sorted(chains - {row.chain for row in found})
        connection.execute(_BEGIN, [{"chain": whose, "start": START} for whose in new])
        found = connection.execute(held.with_for_update()).all()
    return {row.chain: Head(row.place, row.hash) for row in found}


def _update(table: Any, which: Any, rows: list[dict[str, Any]]) -> None:
    values: dict[str, Any] = {"place": sa.bindparam("at_place"), "hash": sa.bindparam("link")}
    db.session.connection().execute(sa.update(table).where(which).values(values), rows)
