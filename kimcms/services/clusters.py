"""Evaluations: the rule of `domain/clusters.py`, run over what the ledger holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from kimcms.db import CITY, db, kim_scope
from kimcms.domain import ledger as facts
from kimcms.domain.assessments import Assessment as Result
from kimcms.domain.assessments import state_of, to_json
from kimcms.domain.clock import WEEK, day_of, monday_of, start_of
from kimcms.domain.clusters import daily, evaluate, replay
from kimcms.domain.ledger import Ledger, Opened, is_open
from kimcms.domain.policy import Timeline
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import KIM_ROLES, SYSTEM, Actor, Verb
from kimcms.domain.standing import State
from kimcms.domain.terms import Standing as Cluster
from kimcms.models.cluster import Assessment, Evaluation, LedgerEntry, Standing
from kimcms.models.kim import Kim
from kimcms.queries import accounts, clusters
from kimcms.queries.clusters import Held
from kimcms.services import bulk, casebook, ledger, notices
from kimcms.services.relief import relieved
from kimcms.services.unit import Unit, atomic, upsert

Progress = Callable[[dt.date, int, int], None]


def _silent(_monday: dt.date, _done: int, _all: int) -> None:
    """Tells nobody how far it is."""


def run(now: dt.datetime, progress: Progress = _silent) -> list[dt.date]:
    """Write every evaluation that is due, oldest first; the Mondays that were written.

    Each Monday is one unit of work whose row is its claim: two schedulers evaluate once, and one
    that is killed leaves nothing behind. Running it again changes nothing.
    """
    written = make_up(now, progress)
    if not written:
        work_off_days(now)
    return written


def make_up(now: dt.datetime, progress: Progress = _silent) -> list[dt.date]:
    """Missed evaluations, week by week: they are written before any answer is accepted."""
    written = []
    for monday in list(_due(now)):
        with atomic(CITY, now) as unit:
            if _claim(monday, now):
                _evaluate_all(unit, monday, now, progress)
                written.append(monday)
    return written


def preview(monday: dt.date) -> dict[int, Result]:
    """What the evaluation of a Monday gives for each KIM, from the whole ledger; writes nothing."""
    if monday.weekday():
        raise Refused("not_a_monday", monday=monday)
    timeline = clusters.rules()
    found = {}
    for chunk in clusters.chunks():
        for kim_id, entries in clusters.ledgers(chunk).items():
            results = replay(timeline, entries, monday) if entries.of(Opened) else ()
            if results and results[-1].monday == monday:
                found[kim_id] = results[-1]
    return found


def answer(actor: Actor, kim: Kim, yes: bool, now: dt.datetime) -> None:
    """The Forum's answer to the KIM's open proposal; acts when it is recorded.

    Evaluations that were missed come first, since they may let the proposal lapse.
    """
    make_up(now)
    with atomic(kim_scope(kim.id), now) as unit:
        relief = relieved(kim.id, now)
        if not actor.may(Verb.DECIDE_CLUSTER, kim.id, now, relief=relief):
            raise Refused("not_allowed")
        held = _hold([kim.id]).get(kim.id)
        case = State.from_dict(held.state).open_proposal if held else None
        if case is None or case.to is None:
            raise Refused("no_proposal")
        entry = ledger.append(
            facts.Answered, kim.id, now, None, to=case.to, opened=case.opened, yes=yes
        )
        unit.record(
            actor, "cluster.answer", entry, kim_id=kim.id, after={"to": case.to.value, "yes": yes}
        )
        act_now(unit, actor, kim.id, now)


def act_now(unit: Unit, actor: Actor, kim_id: int, now: dt.datetime) -> None:
    """The daily step for one KIM, within the running unit: decrees and answers act at once."""
    db.session.flush()
    standings = _hold([kim_id])
    held = standings.get(kim_id)
    before = State.from_dict(held.state) if held else None
    step = daily(clusters.rules(), clusters.ledgers([kim_id])[kim_id], before, now)
    _keep(unit, actor, kim_id, held, step.state, now)


def _hold(kim_ids: Collection[int]) -> dict[int, Standing]:
    """Where these KIMs stand, held until the unit ends: the tracker's steps come one after the
    other, so that none starts from what another is about to replace."""
    _lock(kim_ids)
    return _rows(kim_ids)


def _rows(kim_ids: Collection[int]) -> dict[int, Standing]:
    if not kim_ids:
        return {}
    rows = sa.select(Standing).where(Standing.kim_id.in_(kim_ids))
    found = db.session.scalars(rows.execution_options(populate_existing=True))
    return {row.kim_id: row for row in found}


def _lock(kim_ids: Collection[int]) -> None:
    """The row of the KIM is held, since one without a standing has no other; publications are
    not kept waiting."""
    held = sa.select(Kim.id).where(Kim.id.in_(kim_ids)).order_by(Kim.id)
    db.session.execute(held.with_for_update(key_share=True)).all()


def _due(now: dt.datetime) -> Iterator[dt.date]:
    """The Mondays that are over and not evaluated yet."""
    newest = clusters.last_evaluation()
    if newest is not None:
        monday = newest + WEEK
    else:
        # The first line; the smallest time would be looked for in all of them.
        lines = sa.select(LedgerEntry.recorded_at).order_by(LedgerEntry.id)
        first = db.session.scalar(lines.limit(1))
        if first is None:
            return
        monday = monday_of(day_of(first)) + WEEK
    while start_of(monday) <= now:
        yield monday
        monday += WEEK


def _claim(monday: dt.date, now: dt.datetime) -> bool:
    version = clusters.rules().on(monday).version
    row = {"monday": monday, "policy_version": version, "finished_at": now}
    return upsert(Evaluation, row, None)


def _evaluate_all(unit: Unit, monday: dt.date, now: dt.datetime, progress: Progress) -> None:
    """All KIMs, chunk by chunk, so that memory does not grow with them; one unit of work all the
    same, so that a Monday is written whole or not at all."""
    timeline, done = clusters.rules(), 0
    chunks = list(clusters.chunks())
    total = sum(map(len, chunks))
    for chunk in chunks:
        _lock(chunk)
        held = clusters.held(chunk)
        _write(unit, timeline, _judged(timeline, chunk, held, monday), held, now)
        done += len(chunk)
        progress(monday, done, total)
    evaluation = db.session.get_one(Evaluation, monday)
    unit.record(SYSTEM, "cluster.evaluate", evaluation, after={"monday": monday.isoformat()})


def _judged(
    timeline: Timeline,
    kim_ids: Collection[int],
    held: Mapping[int, Held],
    monday: dt.date,
) -> dict[int, tuple[Ledger, Result]]:
    """The results of those that are open and evaluated, with the ledgers that they came from."""
    cut, found = start_of(monday), {}
    for kim_id, own in clusters.windows(timeline, kim_ids, monday).items():
        seen = own.up_to(cut)
        if seen.of(Opened) and is_open(seen):
            stored = held[kim_id].result if kim_id in held else None
            last = state_of(stored) if stored else None
            found[kim_id] = own, evaluate(timeline, seen, last, monday)
    return found


def _write(
    unit: Unit,
    rules: Timeline,
    judged: Mapping[int, tuple[Ledger, Result]],
    held: Mapping[int, Held],
    now: dt.datetime,
) -> None:
    """Store the results of a chunk, and bring the standings up to date."""
    _store([(kim_id, result) for kim_id, (_, result) in judged.items()], now)
    quiet: list[dict[str, Any]] = []
    moved: dict[int, State] = {}
    for kim_id, (own, result) in judged.items():
        # What acted at once since the cut acts still: a week that is made up late moves nobody
        # back. The next evaluation starts from the stored result, not from this state.
        state = daily(rules, own, result.state, max(result.state.at, now)).state
        before, stored = held.get(kim_id), state.as_dict()
        if before is not None and _stays(before, stored):
            quiet.append({"kim": kim_id, "stored": stored})
        else:
            moved[kim_id] = state
        if result.tell and result.p_off:
            _warn(kim_id, result.p_off, now)
    if quiet:
        bulk.restate(quiet)
    rows = _rows(moved.keys() & held.keys())
    for kim_id, state in moved.items():
        _keep(unit, SYSTEM, kim_id, rows.get(kim_id), state, now)
    db.session.flush()
    if judged:
        (_, result) = next(iter(judged.values()))
        bulk.judged(list(judged), result.monday)


def _store(results: Iterable[tuple[int, Result]], now: dt.datetime) -> None:
    rows = [
        {
            "kim_id": kim_id,
            "monday": result.monday,
            "policy_version": result.policy_version,
            "result": to_json(result),
            "written_at": now,
        }
        for kim_id, result in results
    ]
    if rows:
        bulk.insert(Assessment, rows)


def _stays(before: Held, stored: Mapping[str, Any]) -> bool:
    """Whether nothing changed that people see or decide on."""
    shown = before.standing, before.since.isoformat(), before.state.get("proposal")
    return shown == (stored["official"], stored["since"], stored["proposal"])


def _keep(
    unit: Unit,
    actor: Actor,
    kim_id: int,
    held: Standing | None,
    state: State,
    now: dt.datetime,
) -> None:
    """Bring the standing up to date; a move is recorded, and told to the KIM."""
    before = held.standing if held else None
    if held is None:
        held = Standing(kim_id=kim_id)
        db.session.add(held)
    stored, earlier = state.as_dict(), held.state or {}
    held.standing, held.since, held.state = state.official.value, state.since, stored
    casebook.keep(actor, kim_id, earlier, stored, state, now)
    if before == held.standing:
        return
    unit.record(
        actor,
        "cluster.move",
        held,
        kim_id=kim_id,
        reason=state.why.value,
        before={"standing": before},
        after={"standing": held.standing, "since": state.since.isoformat()},
    )
    if before is not None:
        kind = "cluster.new" if state.official is Cluster.NEW else "cluster.changed"
        mark = f"cluster.changed:{kim_id}:{state.since}:{state.official}"
        _tell(kim_id, kind, mark, now, before=before, to=state.official.value)


def _tell(kim_id: int, kind: str, key: str, now: dt.datetime, **data: str) -> None:
    kim = db.session.get_one(Kim, kim_id)
    notices.tell(
        accounts.holders(kim_id, KIM_ROLES, now),
        kind,
        key,
        now,
        kim_id=kim_id,
        path=f"/k/{kim.slug}/klaster",
        kim=kim.name,
        **data,
    )


def _warn(kim_id: int, day: dt.date, now: dt.datetime) -> None:
    """P goes off on `day` if nothing is published; the rule says when the KIM is told so."""
    key = f"cluster.warning:{kim_id}:{day}"
    _tell(kim_id, "cluster.warning", key, now, day=day.isoformat())


def work_off_days(now: dt.datetime) -> None:
    """The daily step of all KIMs: decrees that died, overrides that ended. Two queries per chunk
    where nothing has moved, and then nobody is kept waiting."""
    rules = clusters.rules()
    for chunk in clusters.chunks():
        moved = dict(_moved(rules, clusters.states(chunk), clusters.acting(chunk), now))
        if not moved:
            continue
        with atomic(CITY, now, eventless=True) as unit:
            standings = _hold(moved)
            states = {kim_id: State.from_dict(row.state) for kim_id, row in standings.items()}
            for kim_id, state in _moved(rules, states, clusters.acting(moved), now):
                _keep(unit, SYSTEM, kim_id, standings[kim_id], state, now)


def _moved(
    rules: Timeline, states: Mapping[int, State], ledgers: Mapping[int, Ledger], now: dt.datetime
) -> Iterator[tuple[int, State]]:
    """What the days up to now made of these states, where that is anything."""
    for kim_id, state in sorted(states.items()):
        if state.at < now:
            reached = daily(rules, ledgers[kim_id], state, now).state
            if replace(reached, at=state.at) != state:
                yield kim_id, reached
