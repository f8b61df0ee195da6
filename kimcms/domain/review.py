"""Why the Forum says no to an item, and what it says to the author."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.refusal import Refused
from kimcms.domain.text import clean_line

APPEAL_LONGEST = 1000


class Reason(StrEnum):
    """The list from which a moderator chooses when asking for a change, declining or removing."""

    SOURCE = "source"
    FACTS = "facts"
    BALANCE = "balance"
    CHILD = "child"
    PRIVACY = "privacy"
    COPIED = "copied"
    DUPLICATE = "duplicate"
    PROMOTION = "promotion"
    GAMBLING = "gambling"
    OUTSIDE = "outside"
    WRITING = "writing"
    OTHER = "other"


@dataclass(frozen=True)
class Why:
    """A reason of the list, and what the moderator writes beside it. The author reads both."""

    reason: Reason
    text: str

    def said(self) -> str:
        """The words as one clean line; `Refused("reason_missing")` where there are none."""
        line = clean_line(self.text, NOTE_LONGEST)
        if not line:
            raise Refused("reason_missing")
        return line
