"""A page of the Forum's queue as a statement: its places, what may be left out, its parameters.

The statement is large, and built once for each shape that it has.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kimcms.db import BigId, UtcDateTime
from kimcms.domain.clock import day_of
from kimcms.domain.refusal import Refused
from kimcms.domain.waiting import CLAIM_LASTS, Kind
from kimcms.models.claim import Claim
from kimcms.models.kim import Kim
from kimcms.queries.paging import Cursor
from kimcms.queries.visible import NOW

ME: Any = sa.bindparam("me", type_=BigId)
MOST: Any = sa.bindparam("most", type_=sa.Integer)
_KIM: Any = sa.bindparam("kim", type_=BigId)
_NOT_OF: Any = sa.bindparam("not_of", type_=BigId, expanding=True)
_TODAY: Any = sa.bindparam("today", type_=sa.Date)
_LIVE: Any = sa.bindparam("live", type_=UtcDateTime)
_AT: Any = sa.bindparam("at", type_=UtcDateTime)
_BEYOND: Any = sa.bindparam("beyond", type_=BigId)

NOTHING: Any = sa.literal("")
_NO_INSTANT: Any = sa.cast(sa.null(), UtcDateTime)
_NO_DAY: Any = sa.cast(sa.null(), sa.Date)


@dataclass(frozen=True)
class Place:
    """A place in the queue, which is ordered by instant, kind and id."""

    at: dt.datetime
    kind: Kind
    id: int

    def __str__(self) -> str:
        return f"{self.kind.rank:x}.{Cursor(self.at, self.id)}"

    @classmethod
    def read(cls, text: str | None) -> Place | None:
        """The place in an address; raises `Refused("bad_cursor")` for anything that is none."""
        if not text:
            return None
        rank, _, rest = text.partition(".")
        cursor = Cursor.read(rest)
        if cursor is None or rank not in _BY_RANK:
            raise Refused("bad_cursor")
        return cls(cursor.at, _BY_RANK[rank], cursor.id)


_BY_RANK = {f"{kind.rank:x}": kind for kind in Kind}


@dataclass(frozen=True)
class Asked:
    """What to leave out. `me` is the person who asks: what they may not be the one to decide is
    not theirs to see, and what they have read is marked."""

    kind: Kind | None = None
    kim_id: int | None = None
    overdue: bool = False
    mine: bool = False  # claimed by me
    me: int | None = None


EVERYTHING = Asked()


@dataclass(frozen=True)
class Shape:
    """What a statement differs by; everything else is given when it runs (`values`)."""

    kind: Kind | None
    of_kim: bool
    overdue: bool
    mine: bool
    after: Kind | None


def shape(asked: Asked, after: Place | None) -> Shape:
    """The shape of a page."""
    return Shape(
        asked.kind,
        asked.kim_id is not None,
        asked.overdue,
        asked.mine,
        after.kind if after else None,
    )


def values(
    asked: Asked, now: dt.datetime, not_of: tuple[int, ...], after: Place | None, limit: int
) -> dict[str, Any]:
    """What the parameters of the statement are for one page."""
    return {
        "now": now,
        "today": day_of(now),
        "live": now - CLAIM_LASTS,
        "me": asked.me,
        "kim": asked.kim_id,
        "not_of": list(not_of),
        "at": after.at if after else None,
        "beyond": after.id if after else None,
        "most": limit,
    }


@dataclass(frozen=True)
class Source:
    """Where things of one kind wait. Its index gives them in the order of the queue, so that a
    page reads as many rows as it shows, whatever waits."""

    kind: Kind
    since: Any
    id: Any
    kim_id: Any
    where: tuple[Any, ...]  # `Kim` is joined
    claimed: str  # the table under which it is claimed
    title: Any = NOTHING
    detail: Any = NOTHING
    due_at: Any = _NO_INSTANT
    due_on: Any = _NO_DAY

    def select(self, shape: Shape) -> Any:
        """The rows of this kind on a page."""
        where = [*self.where, self.kim_id.not_in(_NOT_OF), self._beyond(shape.after)]
        if shape.of_kim:
            where.append(self.kim_id == _KIM)
        if shape.overdue:
            where.append(sa.or_(self.due_at < NOW, self.due_on < _TODAY))
        if shape.mine:
            held = sa.select(Claim.object_id).where(
                Claim.user_id == ME, Claim.kind == self.claimed, Claim.seen_at > _LIVE
            )
            where.append(self.id.in_(held))
        return (
            sa.select(
                sa.literal(self.kind.rank).label("rank"),
                self.id.label("id"),
                self.kim_id.label("kim_id"),
                self.since.label("since"),
                self.due_at.label("due_at"),
                self.due_on.label("due_on"),
                sa.literal(self.claimed).label("claimed"),
                self.title.label("title"),
                self.detail.label("detail"),
            )
            .join(Kim, Kim.id == self.kim_id)
            .where(*where)
            .order_by(self.since, self.id)
            .limit(MOST)
        )

    def _beyond(self, after: Kind | None) -> Any:
        """The rows after a place, as a bound of the index."""
        if after is None:
            return sa.true()
        if self.kind.rank > after.rank:
            return self.since >= _AT
        if self.kind.rank < after.rank:
            return self.since > _AT
        return sa.tuple_(self.since, self.id) > sa.tuple_(_AT, _BEYOND)
