"""A register of any size with a ledger of two years, for measuring the tracker.

Only what the tracker reads: KIMs, their ledgers, and where they stood a week ago. Publications
stand in the order in which they came, so that those of one KIM lie far apart, as in life.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain import ledger as facts
from kimcms.domain.assessments import to_json
from kimcms.domain.clock import DAY, WEEK, start_of
from kimcms.domain.clusters import evaluate
from kimcms.domain.ledger import Proof
from kimcms.domain.standing import State, Why
from kimcms.domain.terms import Standing as Cluster
from kimcms.models.cluster import Assessment, Evaluation, LedgerEntry, Standing
from kimcms.queries import clusters
from kimcms.seed import crowd
from kimcms.services import bulk

WEEKS = 104
MONDAY = dt.date(2026, 11, 23)  # the evaluation that is measured
_CHUNK = 20_000
_SEED = 1

_Row = tuple[int, str, str, str | None, str]  # kim, recorded_at, kind, public_at, data


def load(kims: int, publications: int) -> None:
    """So many KIMs and publications, and the results of the Monday before `MONDAY`."""
    first = MONDAY - WEEKS * WEEK
    crowd.load(kims, 0, _SEED, start_of(first))
    with bulk.bulk(start_of(MONDAY)):
        table: Any = LedgerEntry.__table__
        for index in table.indexes:
            index.drop(db.session.connection())
        _insert(_papers(kims, first))
        _insert(_news(kims, publications, first))
        for index in table.indexes:
            index.create(db.session.connection())
        _last_week()


def _insert(rows: Iterator[_Row]) -> None:
    """By the driver itself: ten million rows, and no page shows them."""
    statement = (
        "INSERT INTO ledger_entry (kim_id, recorded_at, kind, ref_id, public_at, data)"
        " VALUES (?, ?, ?, NULL, ?, ?)"
    )
    connection = db.session.connection()
    while some := list(islice(rows, _CHUNK)):
        connection.exec_driver_sql(statement, some)


def _told(kim_id: int, at: dt.datetime, entry: facts.Entry) -> _Row:
    kind, data = facts.row_of(entry)
    return kim_id, _text(at), kind, None, json.dumps(data)


def _text(at: dt.datetime) -> str:
    """As the column stores an instant on SQLite."""
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


def _papers(kims: int, first: dt.date) -> Iterator[_Row]:
    """Opening and decree of each KIM; board, programme, meetings and reports of the last year,
    which some have and some have not."""
    at = start_of(first)
    for kim in range(1, kims + 1):
        yield _told(kim, at, facts.Opened(id=0, recorded_at=at, day=first))
        # One in fifty ends within these days.
        end = MONDAY + (kim % 50 - 31 if kim % 50 < 2 else 100 + kim % 700) * DAY
        paper: dict[str, Any] = {"decree_id": kim, "start": first, "end": end}
        yield _told(kim, at, facts.DecreeVerified(id=0, recorded_at=at, **paper))
    proofs = (
        *((Proof.BOARD, 300), (Proof.PROGRAMME, 290), (Proof.MEETING, 250), (Proof.MEETING, 160)),
        *((Proof.REPORT, 150), (Proof.MEETING, 90), (Proof.MEETING, 30), (Proof.REPORT, 20)),
    )
    for number, (proof, ago) in enumerate(proofs):
        for kim in range(1, kims + 1):
            if (kim + number) % 4 == 0:
                continue
            day = MONDAY - (ago + kim % 7) * DAY
            said: dict[str, Any] = {"evidence_id": kim * 10 + number, "kind": proof, "day": day}
            at = start_of(day + DAY)
            yield _told(kim, at, facts.EvidenceSubmitted(id=0, recorded_at=at, **said))
            at += DAY
            yield _told(kim, at, facts.EvidenceVerified(id=0, recorded_at=at, **said))


def _news(kims: int, publications: int, first: dt.date) -> Iterator[_Row]:
    """Some KIMs publish often and some seldom; every hundredth article is taken down again."""
    rng = random.Random(_SEED)
    step = WEEKS * WEEK / publications
    begin = start_of(first)
    for number in range(1, publications + 1):
        at = begin + number * step - dt.timedelta(minutes=1)
        kim = 1 + int(kims * rng.random() ** 1.5)
        credited = "false" if number % 10 == 0 else "true"
        data = (
            f'{{"article_id": {number}, "public_at": "{at.isoformat()}",'
            f' "credited": {credited}, "moved_from": null}}'
        )
        text = _text(at)
        yield kim, text, facts.Published.KIND, text, data
        if number % 100 == 0:
            said: dict[str, Any] = {"article_id": number, "at": at, "shown": False}
            yield _told(kim, at, facts.Exposure(id=0, recorded_at=at, **said))


def _last_week() -> None:
    """Where all stood a week ago, by the rule itself, without the moves that led there."""
    monday = MONDAY - WEEK
    now, rules = start_of(monday), clusters.rules()
    before = State(
        at=start_of(monday - WEEK),
        monday=monday - WEEK,
        computed=Cluster.THREE,
        ruled=Cluster.THREE,
        official=Cluster.THREE,
        since=monday - WEEK,
        why=Why.RULE,
    )
    version = rules.on(monday).version
    bulk.insert(Evaluation, [{"monday": monday, "policy_version": version, "finished_at": now}])
    for ids in clusters.chunks():
        found = {
            kim_id: evaluate(rules, own, before, monday)
            for kim_id, own in clusters.windows(rules, ids, monday).items()
        }
        results = [
            {
                "kim_id": kim_id,
                "monday": monday,
                "policy_version": version,
                "result": to_json(result),
                "written_at": now,
            }
            for kim_id, result in found.items()
        ]
        standings = [
            {
                "kim_id": kim_id,
                "standing": result.official.value,
                "since": result.since,
                "state": result.state.as_dict(),
            }
            for kim_id, result in found.items()
        ]
        bulk.insert(Assessment, results)
        bulk.insert(Standing, standings)
        bulk.judged(list(found), monday)


def counted() -> tuple[int, int]:
    """How many lines the ledger has, and how many KIMs stand elsewhere than a week ago."""
    lines = db.session.scalar(sa.select(sa.func.count()).select_from(LedgerEntry)) or 0
    moved = sa.select(sa.func.count()).select_from(Standing).where(Standing.since >= MONDAY)
    return lines, db.session.scalar(moved) or 0
