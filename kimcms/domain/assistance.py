"""Assistance (pendampingan): a KIM tells a difficulty, the Forum helps until the KIM says so.

A case always has a next date, and is overdue without one. It ends by the KIM's word; only where
the KIM was asked for it and stays silent, by the Forum's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kimcms.domain.attention import Reason
from kimcms.domain.clock import DAY, day_of
from kimcms.domain.refusal import Refused
from kimcms.domain.standing import Why
from kimcms.domain.text import clean_line, clean_text

WORDS_LONGEST = 2000
LINE_LONGEST = 140  # place of a visit, and who comes
MOST_OPEN = 5  # cases of one KIM at a time
ANSWER_DAYS = 3  # within which the Forum answers what a KIM wrote
NEXT_DAYS = 7  # that a form proposes
SILENT_DAYS = 14  # after which the Forum may close without the KIM's word
LONGEST_AHEAD = 366 * DAY


class Difficulty(StrEnum):
    """What it is about."""

    NEWS = "news"  # no news, or nobody who writes
    BOARD = "board"  # board and decree
    ACTIVITY = "activity"  # meetings, programme, reports
    TECHNICAL = "technical"  # subsite or phone
    KELURAHAN = "kelurahan"  # the kelurahan's office
    OTHER = "other"


class Phase(StrEnum):
    OPEN = "open"
    PLANNED = "planned"  # a visit has a day
    ASKED = "asked"  # waits for the KIM's word
    CLOSED = "closed"


class Deed(StrEnum):
    """What is done to a case. Each leaves one entry in it."""

    WRITE = "write"  # the KIM adds words
    ANSWER = "answer"
    PLAN = "plan"  # a visit, or another day for it
    FOUND = "found"  # what the visit found
    NOTE = "note"  # for the Forum only
    HAND = "hand"  # taken, or given to another moderator
    ASK = "ask"  # is the KIM helped?
    HELPED = "helped"  # the KIM's word: yes
    NOT_YET = "not_yet"  # the KIM's word: no
    SILENT = "silent"  # closed without the KIM's word


# The KIM speaks: it waits for the Forum's answer.
SPOKEN = frozenset({Deed.WRITE, Deed.NOT_YET})
# The Forum's own: the KIM sees nothing of it, and it answers nothing.
INNER = frozenset({Deed.NOTE, Deed.HAND})
OF_KIM = SPOKEN | {Deed.HELPED}
# Without words these say nothing.
WORDY = frozenset({Deed.WRITE, Deed.ANSWER, Deed.FOUND, Deed.NOTE, Deed.NOT_YET, Deed.SILENT})

_O, _P, _A, _C = Phase.OPEN, Phase.PLANNED, Phase.ASKED, Phase.CLOSED

PHASES: dict[Deed, dict[Phase, Phase]] = {
    Deed.WRITE: {_O: _O, _P: _P},  # asked for its word, it says that
    Deed.ANSWER: {_O: _O, _P: _P, _A: _A},
    Deed.PLAN: {_O: _P, _P: _P, _A: _P},
    Deed.FOUND: {_P: _O},
    Deed.NOTE: {_O: _O, _P: _P, _A: _A},
    Deed.HAND: {_O: _O, _P: _P, _A: _A},
    Deed.ASK: {_O: _A, _P: _A},
    Deed.HELPED: {_O: _C, _P: _C, _A: _C},  # a KIM may know it before it is asked
    Deed.NOT_YET: {_A: _O},
    Deed.SILENT: {_A: _C},
}


@dataclass(frozen=True)
class Said:
    """What comes with a deed. `day` is the next date, and of a plan the day of the visit."""

    words: str = ""
    day: dt.date | None = None
    place: str = ""
    who: str = ""  # comes to the visit

    def clean(self) -> Said:
        """As it is stored."""
        return Said(
            clean_text(self.words, WORDS_LONGEST),
            self.day,
            clean_line(self.place, LINE_LONGEST),
            clean_line(self.who, LINE_LONGEST),
        )


@dataclass(frozen=True)
class Course:
    """Where a case is."""

    phase: Phase = Phase.OPEN
    next_on: dt.date | None = None
    visit_on: dt.date | None = None  # while one is planned
    waits_since: dt.datetime | None = None  # the KIM, for an answer
    asked_at: dt.datetime | None = None  # the KIM, for its word


def go_on(course: Course, deed: Deed, said: Said, now: dt.datetime) -> Course:
    """The course after a deed. Raises `Refused` for what is not open, or lacks something."""
    today = day_of(now)
    phase = _phase(course, deed, today)
    if deed in WORDY and not said.words:
        raise Refused("assistance_words")
    if deed is Deed.PLAN and not (said.day and said.place and said.who):
        raise Refused("assistance_visit")
    check_next(said.day, today)
    waits = course.waits_since
    if deed in SPOKEN:
        waits = waits or now
    elif deed not in INNER:
        waits = None
    visit = said.day if deed is Deed.PLAN else course.visit_on
    asked = now if deed is Deed.ASK else course.asked_at
    return Course(
        phase,
        _next(course, deed, said, today),
        visit if phase is Phase.PLANNED else None,
        waits,
        asked if phase is Phase.ASKED else None,
    )


def _phase(course: Course, deed: Deed, today: dt.date) -> Phase:
    if course.phase not in PHASES[deed]:
        closed = course.phase is Phase.CLOSED
        raise Refused("assistance_closed" if closed else "assistance_deed")
    if deed is Deed.FOUND and course.visit_on and course.visit_on > today:
        raise Refused("assistance_visit_ahead")
    if deed is Deed.SILENT and not silent(course, today):
        raise Refused("assistance_not_silent", days=SILENT_DAYS)
    return PHASES[deed][course.phase]


def _next(course: Course, deed: Deed, said: Said, today: dt.date) -> dt.date | None:
    if deed in SPOKEN:  # an answer is due, whatever was planned for later
        due = answer_by(today)
        return min(course.next_on, due) if course.next_on else due
    if deed is Deed.ASK:
        return today + SILENT_DAYS * DAY
    if deed is Deed.HAND:
        return course.next_on
    return said.day  # a deed that closes brings none


def silent(course: Course, today: dt.date) -> bool:
    """Whether the KIM, asked for its word, has been silent for so long that the Forum may close."""
    return course.asked_at is not None and today >= day_of(course.asked_at) + SILENT_DAYS * DAY


def offered(course: Course, today: dt.date) -> frozenset[Deed]:
    """What a page may offer."""
    found = {deed for deed in Deed if course.phase in PHASES[deed]}
    if not silent(course, today):
        found.discard(Deed.SILENT)
    if course.visit_on and course.visit_on > today:
        found.discard(Deed.FOUND)
    return frozenset(found)


def likely(course: Course, deed: Deed, today: dt.date) -> dt.date:
    """The next date that a form begins with."""
    if deed is Deed.NOTE and course.next_on and course.next_on >= today:
        return course.next_on
    if course.visit_on and course.visit_on >= today and deed is not Deed.FOUND:
        return course.visit_on
    return today + NEXT_DAYS * DAY


def answer_by(day: dt.date) -> dt.date:
    """The last day on which the Forum answers what a KIM wrote on this one."""
    return day + ANSWER_DAYS * DAY


def overdue(phase: Phase, next_on: dt.date | None, today: dt.date) -> bool:
    """An open case without a next date, or whose next date has passed."""
    return phase is not Phase.CLOSED and (next_on is None or next_on < today)


def check_next(next_on: dt.date | None, today: dt.date) -> None:
    """Raises `Refused` for a next date that has passed or is too far away."""
    if next_on is not None and not today <= next_on <= today + LONGEST_AHEAD:
        raise Refused("assistance_day")


def about(reason: Reason, why: Why | None = None) -> Difficulty:
    """The difficulty that the tracker's reason to call a KIM speaks of."""
    if reason in (Reason.STOPS, Reason.SILENT) or why is Why.PUBLISHING_OFF:
        return Difficulty.NEWS
    if reason is Reason.RETURNED or reason is Reason.FALL:
        return Difficulty.ACTIVITY
    return Difficulty.BOARD
