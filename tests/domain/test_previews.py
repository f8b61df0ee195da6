"""What the holder of a preview's address gets, and until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from kimcms.domain.previews import Fate, Ticket, fate, may_share, shared_until
from kimcms.domain.workflow import Exposure, FeedState

NOW = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Item:
    exposure: Exposure = Exposure.NEVER
    public_at: dt.datetime | None = None
    hidden_until: dt.datetime | None = None
    feed_state: FeedState = FeedState.NONE
    previewed_at: dt.datetime | None = NOW


SHARED = Ticket(1, NOW, shared=True)
LOOK = Ticket(1, NOW, shared=False)
OUT = Item(Exposure.PUBLIC, NOW - DAY)
TABLE = [
    # item, after, shared, look
    (Item(), HOUR / 2, Fate.SHOWN, Fate.SHOWN),
    (Item(), HOUR, Fate.SHOWN, Fate.ENDED),
    (Item(), 7 * DAY - HOUR, Fate.SHOWN, Fate.ENDED),
    (Item(), 7 * DAY, Fate.ENDED, Fate.ENDED),
    (Item(previewed_at=None), HOUR / 2, Fate.ENDED, Fate.SHOWN),
    (Item(previewed_at=NOW + HOUR), HOUR / 2, Fate.ENDED, Fate.SHOWN),
    (Item(Exposure.PUBLIC, NOW + DAY), HOUR / 2, Fate.SHOWN, Fate.SHOWN),
    (Item(Exposure.PUBLIC, NOW + DAY), DAY, Fate.MOVED, Fate.ENDED),
    (OUT, HOUR / 2, Fate.MOVED, Fate.SHOWN),
    (OUT, 8 * DAY, Fate.MOVED, Fate.ENDED),
    (Item(Exposure.PUBLIC, NOW - DAY, NOW + DAY), HOUR / 2, Fate.ENDED, Fate.ENDED),
    (Item(Exposure.UNPUBLISHED, NOW - DAY), HOUR / 2, Fate.SHOWN, Fate.SHOWN),
    (Item(Exposure.WITHDRAWN, NOW - DAY), HOUR / 2, Fate.ENDED, Fate.ENDED),
]


@pytest.mark.parametrize(("item", "later", "shared", "look"), TABLE)
def test_what_is_shown(item: Item, later: dt.timedelta, shared: Fate, look: Fate) -> None:
    assert fate(SHARED, item, NOW + later) is shared
    assert fate(LOOK, item, NOW + later) is look


@pytest.mark.parametrize(("item", "may"), [(item, item.exposure) for item, *_rest in TABLE])
def test_what_is_out_or_gone_is_not_shared(item: Item, may: Exposure) -> None:
    ahead = item.public_at is not None and item.public_at > NOW
    allowed = may in {Exposure.NEVER, Exposure.UNPUBLISHED} or (may is Exposure.PUBLIC and ahead)
    assert may_share(item, NOW) is allowed
    if not allowed:
        assert shared_until(item, NOW) is None
