"""An article's life: three columns that move independently, each one table.

`text` is the newest revision, `exposure` what readers may see, `feed` the place in the city feed.
A move that is not in a table does not exist. Who may make it stands in `roles.py`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from kimcms.domain.refusal import Refused


class TextState(StrEnum):
    CLEAN = "clean"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"


class Exposure(StrEnum):
    NEVER = "never"
    PUBLIC = "public"
    UNPUBLISHED = "unpublished"
    WITHDRAWN = "withdrawn"


class FeedState(StrEnum):
    NONE = "none"
    PENDING = "pending"
    ACCEPTED = "accepted"
    CHANGE_ASKED = "change_asked"
    DECLINED = "declined"
    REMOVED = "removed"


class Move(StrEnum):
    SAVE = "save"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    CLEAR = "clear"  # the hour of a scheduled item is taken away before it came
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    OFFER = "offer"  # a new live revision waits until the Forum has decided
    TRUST = "trust"  # a new live revision needs nobody first; see `offering`
    HOLD = "hold"  # a sign was found in an item of the feed
    ACCEPT = "accept"
    READ = "read"  # what came in by trust, or changed since, was read and stays
    ASK_CHANGE = "ask_change"
    DECLINE = "decline"
    REMOVE = "remove"
    APPEAL = "appeal"


_T, _E, _F = TextState, Exposure, FeedState

TEXT: dict[tuple[TextState, Move], TextState] = {
    (_T.CLEAN, Move.SAVE): _T.DRAFT,
    (_T.DRAFT, Move.SAVE): _T.DRAFT,
    (_T.RETURNED, Move.SAVE): _T.DRAFT,
    (_T.SUBMITTED, Move.SAVE): _T.SUBMITTED,  # only editor and head edit a submitted text
    (_T.DRAFT, Move.SUBMIT): _T.SUBMITTED,
    (_T.RETURNED, Move.SUBMIT): _T.SUBMITTED,
    (_T.SUBMITTED, Move.TAKE_BACK): _T.DRAFT,
    (_T.SUBMITTED, Move.RETURN): _T.RETURNED,
    (_T.DRAFT, Move.PUBLISH): _T.CLEAN,
    (_T.SUBMITTED, Move.PUBLISH): _T.CLEAN,
    (_T.RETURNED, Move.PUBLISH): _T.CLEAN,
    (_T.CLEAN, Move.PUBLISH): _T.CLEAN,  # an unpublished text goes out again as it stands
}

EXPOSURE: dict[tuple[Exposure, Move], Exposure] = {
    (_E.NEVER, Move.PUBLISH): _E.PUBLIC,
    (_E.UNPUBLISHED, Move.PUBLISH): _E.PUBLIC,
    (_E.PUBLIC, Move.PUBLISH): _E.PUBLIC,  # a new live revision
    (_E.PUBLIC, Move.UNPUBLISH): _E.UNPUBLISHED,
    (_E.PUBLIC, Move.CLEAR): _E.NEVER,
    (_E.PUBLIC, Move.WITHDRAW): _E.WITHDRAWN,
    (_E.UNPUBLISHED, Move.WITHDRAW): _E.WITHDRAWN,
    (_E.WITHDRAWN, Move.RESTORE): _E.PUBLIC,
}

FEED: dict[tuple[FeedState, Move], FeedState] = {
    (_F.NONE, Move.OFFER): _F.PENDING,
    (_F.PENDING, Move.OFFER): _F.PENDING,
    (_F.ACCEPTED, Move.OFFER): _F.PENDING,
    (_F.CHANGE_ASKED, Move.OFFER): _F.PENDING,
    (_F.DECLINED, Move.OFFER): _F.DECLINED,  # comes back by appeal only, as what was removed
    (_F.REMOVED, Move.OFFER): _F.REMOVED,
    (_F.NONE, Move.TRUST): _F.ACCEPTED,
    (_F.PENDING, Move.TRUST): _F.PENDING,  # what waits has a reason to wait
    (_F.ACCEPTED, Move.TRUST): _F.ACCEPTED,  # stays in the feed, and is read again
    (_F.CHANGE_ASKED, Move.TRUST): _F.PENDING,
    (_F.DECLINED, Move.TRUST): _F.DECLINED,
    (_F.REMOVED, Move.TRUST): _F.REMOVED,
    (_F.ACCEPTED, Move.HOLD): _F.PENDING,
    (_F.NONE, Move.CLEAR): _F.NONE,
    (_F.PENDING, Move.CLEAR): _F.NONE,
    (_F.ACCEPTED, Move.CLEAR): _F.NONE,  # by trust, before its hour came
    (_F.PENDING, Move.ACCEPT): _F.ACCEPTED,
    (_F.PENDING, Move.ASK_CHANGE): _F.CHANGE_ASKED,
    (_F.PENDING, Move.DECLINE): _F.DECLINED,
    (_F.ACCEPTED, Move.READ): _F.ACCEPTED,
    (_F.ACCEPTED, Move.ASK_CHANGE): _F.CHANGE_ASKED,
    (_F.ACCEPTED, Move.REMOVE): _F.REMOVED,
    (_F.DECLINED, Move.APPEAL): _F.PENDING,
    (_F.REMOVED, Move.APPEAL): _F.PENDING,
}

_State = TypeVar("_State", TextState, Exposure, FeedState)


def step(table: dict[tuple[_State, Move], _State], state: _State, move: Move) -> _State:
    """The state after a move; raises `Refused("move_not_open")` where the table has none."""
    try:
        return table[state, move]
    except KeyError:
        raise Refused("move_not_open", move=move, state=state) from None


def offering(state: FeedState, *, trusted: bool, signalled: bool, corrected: bool) -> Move:
    """How a new live revision comes before the Forum: what shows a risk always waits; the rest
    of a KIM under review-after does not, nor does an item of the feed whose change tells readers
    of a correction."""
    eased = trusted or (corrected and state is FeedState.ACCEPTED)
    return Move.TRUST if eased and not signalled else Move.OFFER


def opens(state: TextState | Exposure | FeedState, move: Move) -> bool:
    """Whether any table knows the move from this state: what a page may offer as a button."""
    return any((state, move) in table for table in (TEXT, EXPOSURE, FEED))


class Withdrawal(StrEnum):
    """Why an article was taken away for good; the words stand on its 410 page."""

    FALSE = "false"
    COPIED = "copied"
    GAMBLING = "gambling"
    CHILD = "child"
    PRIVACY = "privacy"
    SOURCE = "source"
    LAW = "law"
    OTHER = "other"
