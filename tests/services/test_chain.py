"""The history is chained with each change; whatever is done to it behind the program is found."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from kimcms.db import CITY, db, kim_scope
from kimcms.domain.chain import CITY_CHAIN, Fault, Head
from kimcms.domain.roles import SYSTEM
from kimcms.models.event import ChainHead, Event
from kimcms.models.kim import Kim
from kimcms.queries import chain
from kimcms.services import bulk
from kimcms.services.unit import atomic
from tests.cli.test_commands import run
from tests.world import City

OTHER: dict[str, Any] = {
    "id": 10**9,
    "at": "2026-11-24 05:00:00.000001",
    "actor_id": None,
    "verb": "article.savE",
    "kim_id": None,
    "object_type": "articlE",
    "object_id": 10**9,
    "reason": " ",
    "before": '{"text":  "draft"}',  # one blank more
    "after": '{"text": "drafT"}',
    "place": 10**9,
    "hash": "0" * 64,
}


def behind(city: City, statement: str, *values: Any) -> Any:
    """Somebody who has the database does this to it. Plain values: each database reads them by
    the types of its columns."""
    db.session.rollback()
    mark = "%s" if city.database == "postgresql" else "?"
    with db.engine.begin() as connection:
        done = connection.exec_driver_sql(statement.replace("?", mark), values)
        return done.first() if done.returns_rows else None


def faults(kept: dict[int, Head] | None = None) -> dict[int, Fault]:
    db.session.rollback()
    return dict(chain.faults(kept or {}))


def storied(city: City, many: int = 12) -> tuple[int, Event]:
    """A KIM with a history, and an entry in the middle of it."""
    kim = city.kim()
    kim_id = kim.id
    for number in range(many):
        with atomic(kim_scope(kim_id), city.now) as unit:
            before = {"text": "draft"}
            unit.record(
                city.actor("nukus_editor"), "article.save", kim, kim_id=kim_id,
                reason=f"ke-{number}", before=before, after=before,
            )  # fmt: skip
    newest = sa.select(Event).where(Event.kim_id == kim_id).order_by(Event.id.desc())
    return kim_id, db.session.scalars(newest.offset(2)).first()  # type: ignore[return-value]


def test_any_column_of_an_entry(city: City) -> None:
    kim_id, entry = storied(city)
    at, place = entry.id, entry.place
    assert place is not None
    assert faults() == {}
    assert OTHER.keys() == set(Event.__table__.columns.keys())
    wanted = {"place": "reordered", "kim_id": "missing"}
    for name, value in OTHER.items():
        (true,) = behind(city, f"SELECT CAST({name} AS TEXT) FROM event WHERE id = ?", at)
        behind(city, f"UPDATE event SET {name} = ? WHERE id = ?", value, at)
        found = faults()[kim_id]
        assert (found.kind, found.place) == (wanted.get(name, "changed"), place), name
        assert found.id in {at, value, None}, name
        last = value if name == "id" else at
        behind(city, f"UPDATE event SET {name} = ? WHERE id = ?", true, last)
        assert faults() == {}, name
    if city.database == "sqlite":  # which holds bytes that are no text
        behind(city, "UPDATE event SET reason = CAST(x'ff' AS TEXT) WHERE id = ?", at)
        assert faults() == {kim_id: Fault("changed", place, at)}


def test_entries_taken_put_in_and_moved(city: City) -> None:
    kim_id, entry = storied(city)
    at, place = entry.id, entry.place
    assert place is not None
    columns = ", ".join(name for name in OTHER if name not in {"id", "place", "hash"})
    behind(
        city,
        f"INSERT INTO event (id, place, hash, {columns}) "
        f"SELECT id + 1000000, NULL, NULL, {columns} FROM event WHERE id = ?",
        at,
    )
    assert faults() == {kim_id: Fault("inserted", None, at + 1000000)}
    storied(city, 1)  # the program does not take it in
    assert faults() == {kim_id: Fault("inserted", None, at + 1000000)}
    behind(city, "DELETE FROM event WHERE id = ?", at + 1000000)
    for swap in ((-1, at), (place, at + 1), (place + 1, at)):
        behind(city, "UPDATE event SET place = ? WHERE id = ?", *swap)
    assert faults() == {kim_id: Fault("reordered", place, at + 1)}
    behind(city, "DELETE FROM event WHERE id = ?", at)
    assert faults()[kim_id].place == place
    behind(city, "DELETE FROM event WHERE kim_id = ?", kim_id)
    assert faults() == {kim_id: Fault("missing", 1)}


def test_the_end_is_found_by_what_was_kept(city: City, tmp_path: Path) -> None:
    kim_id, _entry = storied(city)
    heads = tmp_path / "heads.jsonl"
    heads.write_text(run(city, "audit", "heads"))
    lines = [json.loads(line) for line in heads.read_text().splitlines()]
    assert [line["chain"] for line in lines][:2] == [CITY, kim_scope(1)]
    assert "3 chains" in run(city, "audit", "verify", "--heads", str(heads))
    storied(city, 1)
    assert "are what was written" in run(city, "audit", "verify", "--heads", str(heads))

    end = chain.heads()[kim_id]
    behind(city, "DELETE FROM event WHERE kim_id = ? AND place >= ?", kim_id, end.place - 1)
    said = run(city, "audit", "verify", fails=True)
    assert f"kim:{kim_id}: the entry at place {end.place - 1} is missing" in said
    # Whoever knows of the table of heads puts it right, and is found by what lies elsewhere.
    (before,) = behind(
        city, "SELECT hash FROM event WHERE kim_id = ? AND place = ?", kim_id, end.place - 2
    )
    now_is = (end.place - 2, before, kim_id)
    behind(city, "UPDATE chain_head SET place = ?, hash = ? WHERE chain = ?", *now_is)
    assert "are what was written" in run(city, "audit", "verify")
    said = run(city, "audit", "verify", "--heads", str(heads), fails=True)
    assert f"kim:{kim_id}: the entry at place {end.place - 1} is missing" in said
    heads.write_text('{"chain": "city"}\n')
    assert "line 1" in run(city, "audit", "verify", "--heads", str(heads), fails=True)


def test_two_who_write_at_once_make_no_fork(city: City) -> None:
    """Both chains, in opposite order of what they write first; the new chain begins twice."""
    ids = [city.kim(slug).id for slug in ("nukus", "gerabah")]
    with atomic(CITY, city.now) as unit:
        db.session.execute(sa.delete(ChainHead).where(ChainHead.chain.in_(ids)))
        db.session.execute(sa.delete(Event).where(Event.kim_id.in_(ids)))
        unit.record(SYSTEM, "test", None)
    gate = threading.Barrier(4)

    def write(order: list[int]) -> None:
        with city.app.app_context():
            gate.wait()
            for _time in range(8):
                with atomic(CITY, city.now) as unit:
                    for kim_id in order:
                        kim = db.session.get_one(Kim, kim_id)
                        unit.record(SYSTEM, "test", kim, kim_id=kim_id)
                    unit.record(SYSTEM, "test", None)
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, [ids, ids[::-1], ids, ids[::-1]]))
    assert faults() == {}
    assert {chain.heads()[kim_id].place for kim_id in ids} == {32}


def test_the_city_without_its_sample_is_one_chain(city: City) -> None:
    with bulk.bulk(city.now) as unit:
        db.session.execute(sa.update(Kim).where(Kim.slug == "nukus").values(is_sample=True))
        db.session.execute(sa.text("UPDATE user_account SET is_sample = true"))
        unit.record(SYSTEM, "test", None)
    long = chain.heads()[CITY_CHAIN].place
    gone = city.kim().id
    bulk.clear_sample([city.media], city.now)
    assert faults() == {}
    assert gone not in chain.heads()
    assert 1 < chain.heads()[CITY_CHAIN].place < long
