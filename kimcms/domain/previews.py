"""Looking at an item before readers may: who holds its address sees it, for a while."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from kimcms.domain.visibility import Showable, is_public
from kimcms.domain.workflow import Exposure

SHARED_LASTS = dt.timedelta(days=7)
LOOK_LASTS = dt.timedelta(hours=1)


class Previewable(Showable, Protocol):
    @property
    def previewed_at(self) -> dt.datetime | None: ...


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the address of a preview says, under the program's signature.

    A shared one is given to others, and is good while the article names its instant. Else it is
    the look of an editor: for one hour, and of what readers see already, too.
    """

    article_id: int
    made_at: dt.datetime
    shared: bool

    @property
    def until(self) -> dt.datetime:
        return self.made_at + (SHARED_LASTS if self.shared else LOOK_LASTS)


class Fate(Enum):
    """What the holder of a ticket gets."""

    SHOWN = auto()
    MOVED = auto()  # readers see it: to its address
    ENDED = auto()


def may_share(article: Showable, now: dt.datetime) -> bool:
    """Not what is out, or was taken away for good: neither by a hide nor otherwise does a preview
    bring it back."""
    if article.exposure is Exposure.WITHDRAWN:
        return False
    return article.exposure is not Exposure.PUBLIC or not _was_due(article, now)


def shared_until(article: Previewable, now: dt.datetime) -> dt.datetime | None:
    """The end of the link that is shared now; None where there is none."""
    if article.previewed_at is None or not may_share(article, now):
        return None
    until = article.previewed_at + SHARED_LASTS
    return until if now < until else None


def fate(ticket: Ticket, article: Previewable, now: dt.datetime) -> Fate:
    """The subsite is open, or nobody had come as far as here."""
    if not ticket.shared:
        hidden = article.hidden_until is not None and article.hidden_until > now
        gone = hidden or article.exposure is Exposure.WITHDRAWN
        return Fate.ENDED if gone or now >= ticket.until else Fate.SHOWN
    if article.previewed_at != ticket.made_at:
        return Fate.ENDED
    if is_public(article, True, now):
        return Fate.MOVED
    return Fate.SHOWN if shared_until(article, now) else Fate.ENDED


def _was_due(article: Showable, now: dt.datetime) -> bool:
    return article.public_at is not None and article.public_at <= now
