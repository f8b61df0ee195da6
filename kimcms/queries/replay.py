"""Is what was stored what the ledger says? All history once more, compared byte by byte."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.assessments import to_json
from kimcms.domain.clock import start_of
from kimcms.domain.clusters import replay
from kimcms.domain.ledger import Ledger, Opened
from kimcms.domain.policy import Timeline
from kimcms.models.cluster import Assessment
from kimcms.models.kim import Kim
from kimcms.queries import clusters

CHUNK = 500  # KIMs whose history is held in memory at a time
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first Monday at which a KIM's stored result is another than the recomputed one.

    `where` is the path of the first value that differs, "" where a whole result is missing.
    """

    kim: str
    monday: dt.date
    where: str
    stored: str
    computed: str


def differences(progress: Progress = lambda _done, _all: None) -> Iterator[Difference]:
    """The first difference of each KIM that has one. Three queries per chunk of KIMs."""
    last = clusters.last_evaluation()
    if last is None:
        return
    rules = clusters.rules()
    names = {row.id: row.slug for row in db.session.execute(sa.select(Kim.id, Kim.slug))}
    ids = sorted(names)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        entries, stored = clusters.ledgers(chunk), _stored(chunk)
        for kim_id in chunk:
            found = _first(names[kim_id], rules, entries[kim_id], stored.get(kim_id, {}), last)
            if found is not None:
                yield found
        progress(start + len(chunk), len(ids))


def _stored(kim_ids: list[int]) -> dict[int, dict[dt.date, str]]:
    found: dict[int, dict[dt.date, str]] = {}
    rows = db.session.execute(
        sa.select(Assessment.kim_id, Assessment.monday, Assessment.result).where(
            Assessment.kim_id.in_(kim_ids)
        )
    )
    for row in rows:
        found.setdefault(row.kim_id, {})[row.monday] = row.result
    return found


def _first(
    kim: str, rules: Timeline, own: Ledger, stored: dict[dt.date, str], last: dt.date
) -> Difference | None:
    openings = own.of(Opened)
    computed: dict[dt.date, str] = {}
    if openings:
        # Before its opening a KIM is not evaluated; the city's rest weeks may be older.
        computed = {
            result.monday: to_json(result)
            for result in replay(rules, own, last)
            if start_of(result.monday) > openings[0].recorded_at
        }
    for monday in sorted(stored.keys() | computed.keys()):
        old, new = stored.get(monday, ""), computed.get(monday, "")
        if old != new:
            return Difference(kim, monday, *_where(old, new))
    return None


def _where(old: str, new: str) -> tuple[str, str, str]:
    """The path of the first value that differs, with both values."""
    try:
        pair = json.loads(old), json.loads(new)
    except ValueError:
        return "", old[:60] or "-", new[:60] or "-"
    return next(_differing("", *pair), ("", old[:60], new[:60]))


def _differing(path: str, old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from _differing(f"{path}.{key}".lstrip("."), old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differing(f"{path}[{number}]", one, other)
    elif old != new:
        yield path, json.dumps(old)[:60], json.dumps(new)[:60]
