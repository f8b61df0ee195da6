"""The emergency hide: a moderator takes an item from readers at once, for a day, until a second
one makes it a withdrawal or lifts it."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

HIDE_LASTS = dt.timedelta(hours=24)


class Hideable(Protocol):
    @property
    def hidden_until(self) -> dt.datetime | None: ...


def is_hidden(article: Hideable, now: dt.datetime) -> bool:
    """Whether a hide holds at an instant. Unanswered it ends by itself."""
    return article.hidden_until is not None and article.hidden_until > now
