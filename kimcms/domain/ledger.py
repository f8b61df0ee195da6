"""The ledger of one KIM: everything that the activity tracker may know, in the order it was told.

Append-only. `recorded_at` is when the system learned of a thing and decides what a cut sees;
days inside an entry say what the thing speaks of, and may be older. Ids rise with recorded_at.
One `now` serves a whole newsroom verb, so an article published now has public_at == recorded_at.
"""

from __future__ import annotations

import datetime as dt
import enum
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, TypeVar, cast

from kimcms.domain import codec
from kimcms.domain.terms import Standing
from kimcms.domain.workflow import Withdrawal


class Proof(enum.StrEnum):
    """What the five marks of a running organisation (g1 to g5) are proved with."""

    BOARD = "board"
    PROGRAMME = "programme"
    MEETING = "meeting"
    REPORT = "report"
    INVITATION = "invitation"


# Why an article went away: the credit rule speaks of the newsroom's own reasons.
Reason = Withdrawal


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the ledger. `id` is its number there, `recorded_at` an aware instant."""

    KIND: ClassVar[str]
    id: int
    recorded_at: dt.datetime

    def __post_init__(self) -> None:
        if self.recorded_at.tzinfo is None:
            raise ValueError("recorded_at has no time zone")


@dataclass(frozen=True, kw_only=True)
class Opened(Entry):
    """The subsite was opened; the first one counts for day 1, one after `Closed` reopens."""

    KIND = "opened"
    day: dt.date


@dataclass(frozen=True, kw_only=True)
class Closed(Entry):
    """The KIM was closed or merged into another; it is not evaluated while that lasts."""

    KIND = "closed"
    day: dt.date
    merged_into: int | None = None


@dataclass(frozen=True, kw_only=True)
class Published(Entry):
    """An article's way to its first publication, with the credit verdict of that revision.

    Recorded when publishing is pressed; `public_at` may lie ahead. While it does, a newer entry
    moves it and an `Exposure` that hides clears it. `moved_from` is the KIM that was merged into
    this one and brought the article along.
    """

    KIND = "published"
    article_id: int
    public_at: dt.datetime
    credited: bool
    moved_from: int | None = None


@dataclass(frozen=True, kw_only=True)
class Exposure(Entry):
    """An article went away or came back at `at`. `until` is set for an emergency hide alone."""

    KIND = "exposure"
    article_id: int
    at: dt.datetime
    shown: bool
    reason: Reason | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DecreeVerified(Entry):
    """Diskominfo verified a decree; a newer entry with the same decree_id corrects its dates."""

    KIND = "decree_verified"
    decree_id: int
    start: dt.date
    end: dt.date
    assumed_end: bool = False


@dataclass(frozen=True, kw_only=True)
class RenewalRequested(Entry):
    """The KIM asked for the renewal of this decree; the day that counts is the recorded one."""

    KIND = "renewal_requested"
    decree_id: int
    day: dt.date


@dataclass(frozen=True, kw_only=True)
class RenewalRefused(Entry):
    KIND = "renewal_refused"
    decree_id: int
    day: dt.date


@dataclass(frozen=True, kw_only=True)
class Evidence(Entry):
    """What a piece of proof says. `year` is the programme's; else the day's year is taken.
    The Forum enters an invitation as submitted, not attended; the KIM's claim of having come
    is a newer entry with the same evidence_id and `attended`.
    """

    evidence_id: int
    kind: Proof
    day: dt.date
    year: int | None = None
    attended: bool = False


@dataclass(frozen=True, kw_only=True)
class EvidenceSubmitted(Evidence):
    KIND = "evidence_submitted"


@dataclass(frozen=True, kw_only=True)
class EvidenceVerified(Evidence):
    KIND = "evidence_verified"


@dataclass(frozen=True, kw_only=True)
class EvidenceReturned(Evidence):
    """Not accepted, also when it had been verified before."""

    KIND = "evidence_returned"


@dataclass(frozen=True, kw_only=True)
class RestWeek(Entry):
    """A week without duty, for the city or this KIM; `lifted` takes an earlier entry back."""

    KIND = "rest_week"
    monday: dt.date
    city: bool
    lifted: bool = False


@dataclass(frozen=True, kw_only=True)
class NewEnded(Entry):
    """The Forum ends `new` early: the next evaluation gives the first cluster."""

    KIND = "new_ended"


@dataclass(frozen=True, kw_only=True)
class BaselineSet(Entry):
    """Where a KIM older than the system stood on `day`, and from which source that is known."""

    KIND = "baseline_set"
    cluster: Standing
    p: bool
    g: bool
    day: dt.date
    source: str


@dataclass(frozen=True, kw_only=True)
class Answered(Entry):
    """The Forum's answer to the proposal for `to` that was opened on `opened`."""

    KIND = "answered"
    to: Standing
    opened: dt.date
    yes: bool


@dataclass(frozen=True, kw_only=True)
class OverrideApproved(Entry):
    """A second moderator approved showing `to`; acts from the recorded day, which is day 1."""

    KIND = "override_approved"
    to: Standing
    objection_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ObjectionRaised(Entry):
    """The KIM objects to the standing that a change or proposal gave or would give it."""

    KIND = "objection_raised"
    objection_id: int
    against: Standing


@dataclass(frozen=True, kw_only=True)
class ObjectionDeclined(Entry):
    KIND = "objection_declined"
    objection_id: int


_KINDS: dict[str, type[Entry]] = {
    cls.KIND: cls
    for cls in (
        *(Opened, Closed, Published, Exposure),
        *(DecreeVerified, RenewalRequested, RenewalRefused),
        *(EvidenceSubmitted, EvidenceVerified, EvidenceReturned),
        *(RestWeek, NewEnded, BaselineSet, Answered, OverrideApproved),
        *(ObjectionRaised, ObjectionDeclined),
    )
}


def row_of(entry: Entry) -> tuple[str, dict[str, Any]]:
    """(kind, JSON-safe data) for an append-only table; id and recorded_at have own columns."""
    data = codec.dump(entry)
    del data["id"], data["recorded_at"]
    return entry.KIND, data


def entry_from_row(id: int, recorded_at: dt.datetime, kind: str, data: Mapping[str, Any]) -> Entry:
    """The entry that `row_of` took apart; an unknown kind is a KeyError."""
    return codec.load(_KINDS[kind], data, id=id, recorded_at=recorded_at)


def public_from(recorded_at: dt.datetime, kind: str, data: Mapping[str, Any]) -> dt.datetime | None:
    """When what a row records came or comes before readers, as `Article.public_at` has it; None
    where it is no publication."""
    if kind != Published.KIND:
        return None
    public_at = dt.datetime.fromisoformat(data["public_at"])
    return public_at if data.get("moved_from") is not None else max(public_at, recorded_at)


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Ledger:
    """The entries of one KIM (city-wide rest weeks among them), kept by (recorded_at, id).

    What a Monday's evaluation must be given: every Opened, Closed, decree and renewal entry;
    rest weeks and publications of the window (13 weeks and the rest weeks in them) and later,
    with the exposures of those articles; evidence of the last 12 months, and the last two
    years' programmes; and whatever was recorded since the previous state. Of one week's
    articles without exposures the earliest credited one is enough.
    """

    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.entries, key=lambda entry: (entry.recorded_at, entry.id)))
        object.__setattr__(self, "entries", ordered)

    def of(self, cls: type[E]) -> tuple[E, ...]:
        """All entries of one class (or base), oldest record first."""
        found = self.memo.get(cls)
        if found is None:
            found = self.memo[cls] = tuple(e for e in self.entries if isinstance(e, cls))
        return cast(tuple[E, ...], found)

    def up_to(self, cut: dt.datetime) -> Ledger:
        """What a cut sees: entries recorded before it, whatever day they speak of."""
        return self._first(bisect_left(self._times, cut))

    def through(self, moment: dt.datetime) -> Ledger:
        """What is known at a moment: entries recorded by then, this very instant included."""
        return self._first(bisect_right(self._times, moment))

    def at(self, moment: dt.datetime) -> tuple[Entry, ...]:
        """The entries recorded at this very instant."""
        start = bisect_left(self._times, moment)
        return self.entries[start : bisect_right(self._times, moment)]

    def since(self, moment: dt.datetime) -> tuple[Entry, ...]:
        """The entries recorded at this instant or later."""
        return self.entries[bisect_left(self._times, moment) :]

    def only(self, kinds: type[Entry] | tuple[type[Entry], ...]) -> Ledger:
        """The entries of these classes alone."""
        return _kept(tuple(entry for entry in self.entries if isinstance(entry, kinds)))

    def _first(self, count: int) -> Ledger:
        return self if count == len(self.entries) else _kept(self.entries[:count])

    @cached_property
    def _times(self) -> list[dt.datetime]:
        return [entry.recorded_at for entry in self.entries]

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """What its readers worked out from all of it, since a ledger never changes."""
        return {}


def _kept(entries: tuple[Entry, ...]) -> Ledger:
    """Entries that stand in their order already."""
    ledger = object.__new__(Ledger)
    object.__setattr__(ledger, "entries", entries)
    return ledger


def is_open(ledger: Ledger) -> bool:
    """Whether the KIM is evaluated: closed and merged ones are not, until they reopen."""
    doors = (*ledger.of(Opened), *ledger.of(Closed))
    return not isinstance(max(doors, key=lambda e: (e.recorded_at, e.id), default=None), Closed)
