"""G of the cluster rule: does the organisation run?

Five marks, g1 to g5, each proved by evidence that a moderator verified. The board (g1) is
needed always, of the others some. Turning on takes verified proof; for staying on, proof that
the Forum has not answered yet counts as if verified, so that nobody falls by the Forum's delay.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass

from kimcms.domain.clock import months_before
from kimcms.domain.ledger import Evidence, EvidenceReturned, EvidenceVerified, Ledger, Proof
from kimcms.domain.policy import Policy


class Level(enum.StrEnum):
    """How the proof stands, in words for people."""

    ENOUGH = "enough"  # would turn on by itself
    THIN = "thin"  # on, and just enough to stay
    FAILING = "failing"  # on, but not enough to stay: the days to the end are running
    SHORT = "short"  # off, and not enough to turn on


@dataclass(frozen=True)
class Mark:
    """One mark: `have` of `need` pieces, verified; `pending` counts those unanswered as well.

    `counted` is false for the invitations where there were too few to judge by.
    """

    proof: Proof
    met: bool
    have: int
    need: int
    met_pending: bool
    pending: int
    counted: bool
    evidence: tuple[int, ...]
    entries: tuple[int, ...]


@dataclass(frozen=True)
class Organisation:
    """G at one cut. `met` of `of` marks are verified; `need` of them beside the board."""

    on: bool
    met: int
    of: int
    need: int
    level: Level
    failing_since: dt.date | None
    off_days: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class _Tally:
    """One mark counted one way: with or without the proof that is still unanswered."""

    have: int
    need: int
    counted: bool
    used: tuple[Evidence, ...]

    @property
    def met(self) -> bool:
        return self.counted and self.have >= self.need


def read(
    policy: Policy,
    ledger: Ledger,
    monday: dt.date,
    *,
    was_on: bool,
    failing_since: dt.date | None,
) -> Organisation:
    """G at the cut of a Monday, from a ledger that holds what this cut sees.

    `failing_since` is the first of the unbroken run of cuts before this one at which the proof
    was not enough to stay (or the day of the baseline), None where the last cut was good.
    """
    latest = {entry.evidence_id: entry for entry in ledger.of(Evidence)}
    verified = {proof: _tally(policy, latest.values(), proof, monday, False) for proof in Proof}
    hoped = {proof: _tally(policy, latest.values(), proof, monday, True) for proof in Proof}
    proved = _enough(policy, verified, slack=0)
    stays = _enough(policy, hoped, slack=policy.g_slack)
    failing = (failing_since or monday) if was_on and not stays else None
    over = failing is not None and (monday - failing).days >= policy.g_off_days
    on = (was_on and not over) or proved
    failing = failing if on else None
    counted = [tally for tally in verified.values() if tally.counted]
    return Organisation(
        on=on,
        met=sum(tally.met for tally in counted),
        of=len(counted),
        need=_need(policy, verified),
        level=_level(on, proved, failing),
        failing_since=failing,
        off_days=policy.g_off_days,
        marks=tuple(_mark(proof, verified[proof], hoped[proof]) for proof in Proof),
    )


def _level(on: bool, proved: bool, failing: dt.date | None) -> Level:
    if proved:
        return Level.ENOUGH
    if not on:
        return Level.SHORT
    return Level.FAILING if failing else Level.THIN


def _need(policy: Policy, tallies: dict[Proof, _Tally]) -> int:
    """How many marks beside the board; fewer where the invitations are left out."""
    invited = tallies[Proof.INVITATION].counted
    return policy.g_need if invited else policy.g_need_uninvited


def _enough(policy: Policy, tallies: dict[Proof, _Tally], slack: int) -> bool:
    others = sum(tally.met for proof, tally in tallies.items() if proof is not Proof.BOARD)
    return tallies[Proof.BOARD].met and others >= _need(policy, tallies) - slack


def _mark(proof: Proof, verified: _Tally, hoped: _Tally) -> Mark:
    return Mark(
        proof=proof,
        met=verified.met,
        have=verified.have,
        need=verified.need,
        met_pending=hoped.met,
        pending=hoped.have - verified.have,
        counted=verified.counted,
        evidence=tuple(sorted(entry.evidence_id for entry in hoped.used)),
        entries=tuple(sorted(entry.id for entry in hoped.used)),
    )


def _tally(
    policy: Policy, latest: Iterable[Evidence], proof: Proof, monday: dt.date, hopeful: bool
) -> _Tally:
    """Counts one mark's evidence at a cut; `hopeful` takes the unanswered for verified."""
    of_kind = [entry for entry in latest if entry.kind is proof and entry.day < monday]
    good = [entry for entry in of_kind if _counts(entry, hopeful)]
    if proof is Proof.PROGRAMME:
        used = [entry for entry in good if _serves(policy, entry, monday)]
        return _Tally(len(used), 1, True, tuple(used))
    if proof is Proof.INVITATION:
        return _invitations(policy, of_kind, monday, hopeful)
    months, need = {
        Proof.BOARD: (policy.board_months, 1),
        Proof.MEETING: (policy.meeting_months, policy.meetings),
        Proof.REPORT: (policy.report_months, policy.reports),
    }[proof]
    used = [entry for entry in good if entry.day >= months_before(monday, months)]
    return _Tally(len(used), need, True, tuple(used))


def _counts(entry: Evidence, hopeful: bool) -> bool:
    return isinstance(entry, EvidenceVerified) or (
        hopeful and not isinstance(entry, EvidenceReturned)
    )


def _serves(policy: Policy, entry: Evidence, monday: dt.date) -> bool:
    """This year's programme, or until 31 March last year's."""
    year = entry.day.year if entry.year is None else entry.year
    last_year_too = monday.month <= policy.programme_until_month
    return year == monday.year or (last_year_too and year == monday.year - 1)


def _invitations(policy: Policy, entries: list[Evidence], monday: dt.date, hopeful: bool) -> _Tally:
    """At least half of the invitations of 12 months attended; left out under two.

    A claim of having come that nobody answered is left aside when only the verified counts,
    neither came nor stayed away: otherwise handing in proof could make a KIM worse.
    """
    since = months_before(monday, policy.invitation_months)
    recent = [entry for entry in entries if entry.day >= since]
    settled = [e for e in recent if hopeful or not (e.attended and not _answered(e))]
    came = [entry for entry in settled if entry.attended and _counts(entry, hopeful)]
    need = -(-len(settled) * policy.invitation_percent // 100)  # rounded up
    return _Tally(len(came), need, len(settled) >= policy.invitations_least, tuple(settled))


def _answered(entry: Evidence) -> bool:
    return isinstance(entry, EvidenceVerified | EvidenceReturned)
