"""What the activity tracker is told: entries are appended in the transaction of the change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from kimcms.db import db
from kimcms.domain import ledger as facts
from kimcms.domain.clock import day_of
from kimcms.models.article import Article
from kimcms.models.cluster import LedgerEntry
from kimcms.models.kim import Kim

_Entry = TypeVar("_Entry", bound=facts.Entry)


def append(
    entry: type[_Entry], kim_id: int | None, now: dt.datetime, ref_id: int | None, /, **values: Any
) -> LedgerEntry:
    """One entry of this kind; `kim_id` None is the whole city."""
    row = _row(kim_id, now, ref_id, *facts.row_of(entry(id=0, recorded_at=now, **values)))
    db.session.add(row)
    return row


def _row(
    kim_id: int | None, now: dt.datetime, ref_id: int | None, kind: str, data: dict[str, Any]
) -> LedgerEntry:
    return LedgerEntry(
        kim_id=kim_id,
        recorded_at=now,
        kind=kind,
        ref_id=ref_id,
        public_at=facts.public_from(now, kind, data),
        data=data,
    )


def opened(kim: Kim, now: dt.datetime) -> None:
    """The subsite was opened."""
    append(facts.Opened, kim.id, now, kim.id, day=day_of(now))


def taken_over(survivor: Kim, rows: Iterable[tuple[str, dict[str, Any]]], now: dt.datetime) -> None:
    """The publications of a KIM that was merged into this one, as the domain hands them over."""
    for kind, data in rows:
        db.session.add(_row(survivor.id, now, data["article_id"], kind, data))


def exposed(
    article: Article,
    *,
    shown: bool,
    now: dt.datetime,
    first: bool = False,
    reason: str | None = None,
    until: dt.datetime | None = None,
) -> None:
    """An article came before readers or went from them.

    `first` says that its first publication is set or moved, with the credit verdict on it; `until`
    that it is hidden and comes back by itself then.
    """
    if first:
        assert article.public_at is not None
        assert article.credit is not None
        append(
            facts.Published,
            article.kim_id,
            now,
            article.id,
            article_id=article.id,
            public_at=article.public_at,
            credited=bool(article.credit["counts"]),
        )
    elif not shown or article.public_at is not None:
        append(
            facts.Exposure,
            article.kim_id,
            now,
            article.id,
            article_id=article.id,
            at=now,
            shown=shown,
            reason=facts.Reason(reason) if reason else None,
            until=until,
        )
