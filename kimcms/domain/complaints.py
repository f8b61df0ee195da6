"""Complaints of readers: what they are about, how they move, the clock, and who looks like a robot.

The clock runs in absolute time, on weekends and holidays too: what arrives on Friday at 16:00 WIB
is due on Sunday at 16:00 WIB, and overdue one minute later.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

from kimcms.domain.accounts import Limit
from kimcms.domain.htmllimits import strip_controls
from kimcms.domain.refusal import Refused

TEXT_LONGEST = 4000
NAME_LONGEST = 80
LINKS_MOST = 3
ACCEPTED_AFTER = dt.timedelta(days=14)  # an answer to which nobody says anything
FASTEST = dt.timedelta(seconds=3)  # nobody fills the form in less
OLDEST = dt.timedelta(days=1)
# Beyond the first of each pair a complaint is held for the Forum, beyond the second it is refused.
BY_ADDRESS = (Limit(3, dt.timedelta(hours=1)), Limit(20, dt.timedelta(hours=1)))
BY_KIM = (Limit(20, dt.timedelta(hours=1)), Limit(200, dt.timedelta(hours=1)))

_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_BLANKS = re.compile(r"\n{3,}")


class Kind(StrEnum):
    REPLY = "reply"  # hak jawab
    CORRECTION = "correction"  # hak koreksi
    VIOLATION = "violation"  # of the guidelines or of the law
    PRIVACY = "privacy"  # personal data


class State(StrEnum):
    HELD = "held"  # the Forum looks first whether it is one
    OPEN = "open"  # the KIM has to answer
    ANSWERED = "answered"
    DISPUTED = "disputed"  # the sender does not agree with the answer: the Forum has to look
    CLOSED = "closed"
    SPAM = "spam"


class Move(StrEnum):
    RELEASE = "release"
    REJECT = "reject"
    ANSWER = "answer"
    ACCEPT = "accept"
    DISPUTE = "dispute"
    CLOSE = "close"


class Outcome(StrEnum):
    """What an answer says was done."""

    PUBLISHED = "published"  # a reply stands at the item
    CORRECTED = "corrected"
    DONE = "done"  # changed, removed, withdrawn
    REFUSED = "refused"


class Stage(StrEnum):
    """Where the clock stands while a complaint waits for its first answer."""

    EARLY = "early"
    HALF = "half"
    OVERDUE = "overdue"


_S = State
MOVES: dict[tuple[State, Move], State] = {
    (_S.HELD, Move.RELEASE): _S.OPEN,
    (_S.HELD, Move.REJECT): _S.SPAM,
    (_S.OPEN, Move.REJECT): _S.SPAM,
    (_S.OPEN, Move.ANSWER): _S.ANSWERED,
    (_S.DISPUTED, Move.ANSWER): _S.ANSWERED,
    (_S.ANSWERED, Move.ACCEPT): _S.CLOSED,
    (_S.ANSWERED, Move.DISPUTE): _S.DISPUTED,
    (_S.OPEN, Move.CLOSE): _S.CLOSED,
    (_S.ANSWERED, Move.CLOSE): _S.CLOSED,
    (_S.DISPUTED, Move.CLOSE): _S.CLOSED,
}
WAITING = (State.OPEN, State.DISPUTED)
UNSEEN = (State.HELD, State.SPAM)  # by the KIM
OVER = (State.CLOSED, State.SPAM)

_SPANS = {Kind.PRIVACY: dt.timedelta(hours=72)}
_SPAN = dt.timedelta(hours=48)


def step(state: State, move: Move) -> State:
    """The state after a move; raises `Refused("complaint_moved")` where there is none."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise Refused("complaint_moved") from None


def span(kind: Kind) -> dt.timedelta:
    """How long there is to answer."""
    return _SPANS.get(kind, _SPAN)


def due_at(kind: Kind, arrived: dt.datetime) -> dt.datetime:
    """The last instant at which an answer is in time."""
    return arrived + span(kind)


def half_at(kind: Kind, arrived: dt.datetime) -> dt.datetime:
    """When the KIM is reminded."""
    return arrived + span(kind) / 2


def stage(kind: Kind, arrived: dt.datetime, now: dt.datetime) -> Stage:
    """Where the clock stands; computed, so that a stopped process changes nothing in it."""
    if now > due_at(kind, arrived):
        return Stage.OVERDUE
    return Stage.HALF if now >= half_at(kind, arrived) else Stage.EARLY


def in_time(kind: Kind, arrived: dt.datetime, answered: dt.datetime | None) -> bool:
    """Whether the first answer came in time."""
    return answered is not None and answered <= due_at(kind, arrived)


def forum_may_answer(state: State, clock: Stage) -> bool:
    """Where the KIM did not, or where its answer is disputed."""
    return state is State.DISPUTED or (state is State.OPEN and clock is Stage.OVERDUE)


def number(year: int, complaint_id: int) -> str:
    """ "ADU-2026-000123": what the sender and the KIM call it."""
    return f"ADU-{year}-{complaint_id:06}"


def links(text: str) -> int:
    """How many addresses a text holds."""
    return len(_LINK.findall(text))


def is_robot(*, trapped: bool, quick: bool, links: int) -> bool:
    """Beyond doubt: a person may fill the trap by a browser's help, but not in two seconds too."""
    return trapped and (quick or links > LINKS_MOST)


def clean_text(typed: str, longest: int = TEXT_LONGEST) -> str:
    """What was typed as plain lines, without control characters and rows of empty lines."""
    lines = (line.rstrip() for line in strip_controls(typed).replace("\t", " ").split("\n"))
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()[:longest].rstrip()
