"""Keyset paging: a cursor names the last row seen, so that pages neither repeat nor skip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from kimcms.db import LARGEST_ID
from kimcms.domain.refusal import Refused

_Row = TypeVar("_Row")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Cursor:
    """A place in a list that is ordered by an instant and an id."""

    at: dt.datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND:x}-{self.id:x}"

    @classmethod
    def read(cls, text: str | None) -> Cursor | None:
        """The cursor in an address; raises `Refused("bad_cursor")` for anything that is none."""
        if not text:
            return None
        try:
            at, _, number = text.partition("-")
            if len(text) > 40 or not (at + number).isalnum() or not (at + number).isascii():
                raise ValueError
            cursor = cls(EPOCH + int(at, 16) * MICROSECOND, int(number, 16))
        except (ValueError, OverflowError):
            raise Refused("bad_cursor") from None
        if cursor.id > LARGEST_ID:
            raise Refused("bad_cursor")
        return cursor


@dataclass(frozen=True)
class Page(Generic[_Row]):
    """One page of a list; `after` is the cursor of the next one, None on the last."""

    rows: Sequence[_Row]
    after: Cursor | None = None


def beyond(at: Any, row_id: Any, cursor: Cursor | None, *, oldest_first: bool = False) -> Any:
    """The rows after a cursor in a list that is ordered newest first (or oldest first)."""
    if cursor is None:
        return sa.true()
    place = sa.tuple_(at, row_id)
    here = sa.tuple_(sa.literal(cursor.at, at.type), sa.literal(cursor.id))
    return place > here if oldest_first else place < here
