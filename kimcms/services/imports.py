"""What a city brings along at go-live: KIMs, decrees and boards, and where old KIMs stood.

Each line goes through the services that people use, within one unit of work: a dry run does
everything and takes it back, so its report is what would happen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kimcms.db import CITY, db
from kimcms.domain import decrees as rule
from kimcms.domain import ledger as facts
from kimcms.domain.board import POSITIONS
from kimcms.domain.clock import day_of
from kimcms.domain.ledger import BaselineSet
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Grant, Role
from kimcms.domain.standing import State, baseline_problem
from kimcms.domain.tables import YES_NO, Problem, Row, read
from kimcms.domain.terms import Standing
from kimcms.models import cluster
from kimcms.models.decree import Decree
from kimcms.models.kim import Kim
from kimcms.queries import clusters, kims
from kimcms.services import boards, decrees, ledger, notices
from kimcms.services import clusters as tracker
from kimcms.services.boards import Seat
from kimcms.services.decrees import DecreeFacts
from kimcms.services.kims import open_kim
from kimcms.services.unit import Unit, atomic

# The operator works at the shell, where nobody is signed in, with Diskominfo's rights.
OPERATOR = Actor(None, (Grant(Role.DISKOMINFO, None, dt.datetime(2000, 1, 1, tzinfo=dt.UTC)),))

COLUMNS = (
    *("jenis", "kim", "kelurahan", "nama", "berdiri"),
    *("nomor", "tanggal", "mulai", "akhir", "akhir_perkiraan", "penandatangan", "verified"),
    *("jabatan", "sejak"),
)
BASELINE_COLUMNS = ("kim", "cluster", "p", "g", "day", "source")
_STANDINGS = {s.value: s for s in Standing if s.number}


@dataclass
class Report:
    """Line by line what is (or would be) made, and all that is wrong."""

    made: list[tuple[int, str, str]] = field(default_factory=list)  # line, what, of which
    problems: list[Problem] = field(default_factory=list)
    written: bool = False


class _TakenBack(Exception):
    pass


def load(text: str, now: dt.datetime, *, write: bool) -> Report:
    """KIMs, decrees and boards from one file. All of it or nothing; without `write` nothing.

    Decrees are unverified unless their line says otherwise. Raises `Refused` for a file that is
    no such table.
    """
    rows = read(text, COLUMNS, ("jenis", "kim"))
    newest: dict[int, Decree] = {}
    steps = {"kim": _kim, "sk": _decree, "pengurus": _seat}

    def take(row: Row, report: Report) -> None:
        step = row.one_of("jenis", steps)
        if step is not None:
            step(row, report, newest, now)

    return _all_or_nothing(rows, take, now, write)


def baseline(text: str, now: dt.datetime, *, write: bool) -> Report:
    """Where KIMs older than the system stood, as `docs/panduan-operator.md` describes it."""
    rows = read(text, BASELINE_COLUMNS, BASELINE_COLUMNS)

    def take(row: Row, report: Report) -> None:
        _baseline(row, report, now)

    return _all_or_nothing(rows, take, now, write)


def _all_or_nothing(
    rows: Iterable[Row], take: Callable[[Row, Report], None], now: dt.datetime, write: bool
) -> Report:
    report = Report()
    try:
        with atomic(CITY, now):
            for row in rows:
                try:
                    take(row, report)
                except Refused as refusal:
                    row.problems.append(Problem(row.line, "", refusal))
                report.problems += row.problems
            if report.problems or not write:
                raise _TakenBack
            notices.quiet("decree.entered", now)
            report.written = bool(report.made)
    except _TakenBack:
        pass
    return report


def _kim(row: Row, report: Report, _newest: dict[int, Decree], now: dt.datetime) -> None:
    slug, name = row.text("kim", needed=True).lower(), row.text("nama", needed=True)
    wanted = row.text("kelurahan", needed=True)
    founded = row.day("berdiri")
    place = kims.kelurahan_named(wanted) if wanted else None
    if wanted and place is None:
        row.wrong("kelurahan", "kelurahan_unknown", found=wanted)
    if founded is not None and founded > day_of(now):
        row.wrong("berdiri", "founded_when")
    if row.problems or place is None:
        return
    opened = open_kim(OPERATOR, place, name, slug, now)
    opened.founded_on = founded
    report.made.append((row.line, "kim", f"{name} ({slug}), {place.name}"))


def _decree(row: Row, report: Report, newest: dict[int, Decree], now: dt.datetime) -> None:
    kim, number = _named(row), row.text("nomor", needed=True)
    dated, starts, ends = (row.day(name, needed=True) for name in ("tanggal", "mulai", "akhir"))
    assumed = row.one_of("akhir_perkiraan", YES_NO, needed=False)
    verified = row.one_of("verified", YES_NO, needed=False)
    if row.problems or kim is None or not (dated and starts and ends):
        return
    paper = DecreeFacts(
        number=number,
        dated_on=dated,
        starts_on=starts,
        ends_on=ends,
        signer=row.text("penandatangan"),
        end_assumed=bool(assumed),
    )
    decree = decrees.enter(OPERATOR, kim, paper, now)
    db.session.flush()
    newest[kim.id] = decree
    if verified:
        decrees.verify(OPERATOR, decree, now)
    what = "sk_verified" if verified else "sk"
    report.made.append((row.line, what, f"{number}, {kim.name}, {starts} - {ends}"))


def _seat(row: Row, report: Report, newest: dict[int, Decree], now: dt.datetime) -> None:
    kim, name = _named(row), row.text("nama", needed=True)
    position = row.one_of("jabatan", {seat.lower(): seat for seat in POSITIONS})
    since = row.day("sejak")
    decree = newest.get(kim.id) if kim else None
    since = since or (decree.starts_on if decree else None)
    if since is None and not row.problems:
        row.wrong("sejak", "cell_empty")
    if row.problems or kim is None or position is None or since is None:
        return
    decree_id = decree.id if decree else None
    boards.add(OPERATOR, kim, Seat(position, name), since, now, decree_id=decree_id)
    report.made.append((row.line, "seat", f"{name}, {position}, {kim.name}"))


def _baseline(row: Row, report: Report, now: dt.datetime) -> None:
    kim = _named(row)
    standing = row.one_of("cluster", _STANDINGS)
    p, g = row.one_of("p", YES_NO), row.one_of("g", YES_NO)
    day, source = row.day("day", needed=True), row.text("source", needed=True)
    if day is not None and day > day_of(now):
        row.wrong("day", "baseline_ahead")
    if row.problems or kim is None or standing is None or p is None or g is None or day is None:
        return
    own = clusters.ledgers([kim.id])[kim.id]
    decree = rule.read(clusters.policy_in_force(now), own, day_of(now))
    problem = baseline_problem(standing, decree)
    if problem is not None:
        row.wrong("cluster", f"baseline_{problem}")
        return
    if not _may_set(kim.id, own):
        row.wrong("kim", "baseline_again")
        return
    with atomic(CITY, now) as unit:
        _set(unit, kim, BaselineValues(standing, p, g, day, source[:200]), now)
    values = f"{kim.name}: {standing.value}, P {int(p)}, G {int(g)}, {day}"
    report.made.append((row.line, "baseline", values))


@dataclass(frozen=True)
class BaselineValues:
    cluster: Standing
    p: bool
    g: bool
    day: dt.date
    source: str


def _set(unit: Unit, kim: Kim, values: BaselineValues, now: dt.datetime) -> None:
    entry = ledger.append(
        BaselineSet,
        kim.id,
        now,
        None,
        cluster=values.cluster,
        p=values.p,
        g=values.g,
        day=values.day,
        source=values.source,
    )
    after = {"cluster": values.cluster.value, "day": values.day.isoformat()}
    unit.record(OPERATOR, "cluster.baseline", entry, kim_id=kim.id, after=after)
    tracker.act_now(unit, OPERATOR, kim.id, now)


def _may_set(kim_id: int, own: facts.Ledger) -> bool:
    """Once; or again while no evaluation has built on it, to mend a slip."""
    if not own.of(BaselineSet):
        return True
    held = db.session.get(cluster.Standing, kim_id)
    state = State.from_dict(held.state) if held else None
    return state is not None and state.baseline is not None and not state.baseline_evaluations


def _named(row: Row) -> Kim | None:
    """The open KIM that a line is about; a line further up may have made it."""
    slug = row.text("kim", needed=True).lower()
    kim = kims.by_slug(slug) if slug else None
    if slug and (kim is None or kim.closed_at is not None):
        row.wrong("kim", "kim_unknown", found=slug)
        return None
    return kim
