"""What readers see, said twice: as a pure function and as SQL. Here the two are held together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kimcms.db import db
from kimcms.domain import visibility
from kimcms.domain.workflow import Exposure, FeedState
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.queries import visible
from kimcms.services import bulk
from tests.world import CAST_AT, City

NOW = CAST_AT
TICK = dt.timedelta(microseconds=1)
MOMENTS = (
    None,
    NOW - dt.timedelta(days=9),
    NOW - TICK,
    NOW,
    NOW + TICK,
    NOW + dt.timedelta(days=9),
)


@dataclass(frozen=True)
class Item:
    """An article's columns that decide."""

    exposure: Exposure
    public_at: dt.datetime | None
    hidden_until: dt.datetime | None
    feed_state: FeedState
    slug: str = "nukus"


@dataclass(frozen=True)
class Gates:
    """A KIM's columns that decide."""

    opened_at: dt.datetime | None
    suspended_at: dt.datetime | None
    closed_at: dt.datetime | None

    @property
    def open(self) -> bool:
        return self.opened_at is not None and self.suspended_at is None and self.closed_at is None


OPEN = Gates(NOW, None, None)
SHOWN = Item(Exposure.PUBLIC, NOW, None, FeedState.ACCEPTED)
moments = st.sampled_from(MOMENTS)
gates = st.builds(Gates, *[st.sampled_from((None, NOW - TICK))] * 3)
items = st.builds(
    Item,
    st.sampled_from(Exposure),
    moments,
    moments,
    st.sampled_from(FeedState),
    st.sampled_from(("nukus", "gerabah")),
)


class Undo(Exception):
    """Ends a unit of work without keeping it."""


def seen(city: City, given_items: list[Item], doors: dict[str, Gates]) -> dict[str, set[int]]:
    """What the SQL says, as places in the list."""
    found: dict[str, set[int]] = {}
    try:
        with bulk.bulk(NOW):
            for slug, door in doors.items():
                kim = sa.update(Kim).where(Kim.id == city.cast.kims[slug])
                values = {"opened_at": door.opened_at, "suspended_at": door.suspended_at}
                db.session.execute(kim.values(**values, closed_at=door.closed_at))
            bulk.insert(Article, [row(city, place, item) for place, item in enumerate(given_items)])
            for name in ("is_public", "in_feed"):
                asked = sa.select(Article.id).join(Kim).where(getattr(visible, name)(NOW))
                found[name] = {article_id - 1000 for article_id in db.session.scalars(asked)}
            raise Undo
    except Undo:
        return found


def row(city: City, place: int, item: Item) -> dict[str, Any]:
    return {
        "id": 1000 + place,
        "kim_id": city.cast.kims[item.slug],
        "author_id": city.cast.users["nukus_pewarta"],
        "slug": f"x{place}",
        "created_at": NOW,
        "touched_at": NOW,
        "exposure": item.exposure,
        "public_at": item.public_at,
        "hidden_until": item.hidden_until,
        "feed_state": item.feed_state,
    }


def expected(given_items: list[Item], doors: dict[str, Gates]) -> dict[str, set[int]]:
    """What the pure functions say."""
    return {
        name: {
            place
            for place, item in enumerate(given_items)
            if getattr(visibility, name)(item, doors[item.slug].open, NOW)
        }
        for name in ("is_public", "in_feed")
    }


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(items, min_size=1, max_size=40), gates, gates)
@example([SHOWN, replace(SHOWN, slug="gerabah")], OPEN, OPEN)
@example([SHOWN], Gates(None, None, None), OPEN)
def test_the_two_say_the_same(
    city: City, given_items: list[Item], ours: Gates, theirs: Gates
) -> None:
    doors = {"nukus": ours, "gerabah": theirs}
    assert seen(city, given_items, doors) == expected(given_items, doors)
    kim = Kim(opened_at=ours.opened_at, suspended_at=ours.suspended_at, closed_at=ours.closed_at)
    assert kim.is_open is ours.open


def test_every_combination_behind_an_open_door(city: City) -> None:
    every = [
        Item(exposure, public_at, hidden, feed)
        for exposure in Exposure
        for public_at in MOMENTS
        for hidden in MOMENTS
        for feed in FeedState
    ]
    doors = {"nukus": OPEN, "gerabah": OPEN}
    found = seen(city, every, doors)
    assert found == expected(every, doors)
    # By hand: public, one of three hours that have come, and four ways of not being hidden.
    assert len(found["is_public"]) == 1 * 3 * 4 * len(FeedState)
    assert len(found["in_feed"]) == 1 * 3 * 4
