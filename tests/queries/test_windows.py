"""An evaluation reads a part of the ledger, and says what it says on the whole of it."""

from __future__ import annotations

import datetime as dt
import random

import pytest
import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain import ledger as facts
from kimcms.domain.assessments import to_json
from kimcms.domain.clock import DAY, WEEK, monday_of, start_of
from kimcms.domain.clusters import evaluate
from kimcms.domain.ledger import Proof, Reason
from kimcms.domain.standing import State, Why
from kimcms.domain.terms import Standing
from kimcms.models.cluster import LedgerEntry
from kimcms.queries import clusters
from kimcms.services import ledger
from kimcms.services.unit import atomic
from tests.world import City

FIRST = dt.date(2022, 1, 3)
YEARS = 5 * 52


def lived(kim_id: int, seed: int) -> int:
    """Five years of a KIM with schedules that were moved or given up, withdrawals, rest weeks and
    proof; how many lines."""
    rng = random.Random(seed)
    told = [(start_of(FIRST), facts.Opened, {"day": FIRST})]
    told.append(
        (
            start_of(FIRST + DAY),
            facts.DecreeVerified,
            {"decree_id": 1, "start": FIRST, "end": dt.date(2026, 6, 1)},
        )
    )
    for number in range(1, 240):
        at = start_of(FIRST) + dt.timedelta(hours=rng.randrange(YEARS * 7 * 24))
        one = {"article_id": number, "credited": rng.random() < 0.8}
        ahead = dt.timedelta(days=rng.choice((0, 0, 0, 10, 200)))
        told.append((at, facts.Published, {**one, "public_at": at + ahead}))
        later = at + dt.timedelta(hours=rng.choice((1, 71, 100)))
        if rng.random() < 0.3:
            away = {"article_id": number, "at": later, "shown": False, "reason": None}
            away["reason"] = rng.choice((Reason.FALSE, Reason.CHILD, None))
            told.append((later, facts.Exposure, away))
            if ahead:
                again = later + DAY
                told.append((again, facts.Published, {**one, "public_at": again + 30 * DAY}))
            elif rng.random() < 0.5:
                back = {"article_id": number, "at": later + 40 * DAY, "shown": True}
                told.append((later + 40 * DAY, facts.Exposure, back))
    for number in range(40):
        at = start_of(FIRST + rng.randrange(YEARS * 7) * DAY)
        rest = {"monday": monday_of(at.date()) + rng.randrange(3) * WEEK, "city": False}
        told.append((at, facts.RestWeek, {**rest, "lifted": rng.random() < 0.1}))
        proof = {"evidence_id": number, "kind": rng.choice(list(Proof)), "day": at.date()}
        told.append((at, facts.EvidenceSubmitted, proof))
        answer = facts.EvidenceVerified if rng.random() < 0.8 else facts.EvidenceReturned
        told.append((at + 9 * DAY, answer, proof))
    with atomic(CITY, start_of(FIRST), eventless=True):
        for at, kind, values in sorted(told, key=lambda line: line[0]):
            ledger.append(kind, kim_id, at, None, **values)
            db.session.flush()
    return len(told)


@pytest.mark.parametrize("seed", range(4))
def test_a_part_says_what_the_whole_says(on_sqlite: City, seed: int) -> None:
    kim_id = on_sqlite.kim().id
    lines = lived(kim_id, seed)
    rules, whole = clusters.rules(), clusters.ledgers([kim_id])[kim_id]
    seen = set()
    for week in range(5, YEARS + 30, 3):
        monday = FIRST + week * WEEK
        before = State(
            at=start_of(monday - WEEK),
            monday=monday - WEEK,
            p_on=bool(week % 2),
            g_on=bool(week % 2),
            computed=Standing.THREE,
            ruled=Standing.THREE,
            official=Standing.THREE,
            since=FIRST,
            why=Why.RULE,
        )
        part = clusters.windows(rules, [kim_id], monday)[kim_id]
        result = evaluate(rules, part, before, monday)
        assert to_json(result) == to_json(evaluate(rules, whole, before, monday))
        assert len(part.up_to(start_of(monday)).entries) <= len(whole.entries)
        seen.add((result.publishing.filled, result.organisation.met))
    assert len(seen) > 20
    assert len(part.entries) < lines * 0.75


def test_the_window_is_read_by_its_index(on_sqlite: City) -> None:
    """Not the years before it, which grow."""
    with on_sqlite.counting() as asked:
        clusters.windows(clusters.rules(), [on_sqlite.kim().id], FIRST)
    for name in ("ix_ledger_entry_public", "ix_ledger_entry_lasting"):
        assert any(name in plan(statement) for statement in asked), name


def plan(statement: str) -> str:
    if "ledger_entry" not in statement:
        return ""
    values = tuple("2022-01-03" for _ in range(statement.count("?")))
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return " ".join(str(row) for row in rows)


def test_only_publications_have_their_instant(on_sqlite: City) -> None:
    article = on_sqlite.publish()
    rows = db.session.scalars(sa.select(LedgerEntry)).all()
    assert {row.kind for row in rows if row.public_at} == {"published"}
    assert [row.public_at for row in rows if row.kind == "published"] == [article.public_at]
