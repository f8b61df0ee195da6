"""What waits for a decision of the Forum, and how long an opened thing is somebody's."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

# How long a claim holds after its page was last open before somebody.
CLAIM_LASTS = dt.timedelta(minutes=15)


class Kind(StrEnum):
    """Why something waits. Where two things wait since the same instant, they stand in this
    order: a new kind goes to the end, so that cursors that are on their way still hold."""

    OFFERED = "offered"  # an item that is to come into the city feed
    UNREAD = "unread"  # came in by trust or changed since, and nobody has read it
    APPEAL = "appeal"
    EVIDENCE = "evidence"
    PROPOSAL = "proposal"  # a move of the cluster rule, or a colleague's override
    OBJECTION = "objection"
    COMPLAINT = "complaint"
    ASSISTANCE = "assistance"  # a KIM that asked for help waits for an answer
    SECOND = "second"  # a text that speaks of gambling wants a second person before it goes out
    HIDDEN = "hidden"  # in an emergency: a second person answers within a day

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {kind: place for place, kind in enumerate(Kind)}
KINDS = tuple(Kind)  # by rank
