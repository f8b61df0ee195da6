"""Keyset paging: nothing twice, nothing left out, whatever arrives meanwhile."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from kimcms.db import db
from kimcms.domain.archive import Month
from kimcms.domain.refusal import Refused
from kimcms.domain.workflow import Exposure, FeedState
from kimcms.models.article import Article, Revision
from kimcms.queries import articles, desk, review
from kimcms.queries.paging import Cursor, Page
from kimcms.services import bulk
from tests.world import CAST_AT, City

LATEST = dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC)


@given(
    st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(9999, 12, 31), timezones=st.just(dt.UTC)),
    st.integers(0, 2**63 - 1),
)
def test_a_cursor_survives_an_address(at: dt.datetime, row_id: int) -> None:
    text = str(Cursor(at, row_id))
    assert Cursor.read(text) == Cursor(at, row_id)
    assert text.replace("-", "").isalnum()
    assert len(text) <= 40


def test_the_largest_cursor() -> None:
    assert Cursor.read(str(Cursor(LATEST, 2**63 - 1))) == Cursor(LATEST, 2**63 - 1)


@pytest.mark.parametrize("text", [None, ""])
def test_no_cursor_is_the_beginning(text: str | None) -> None:
    assert Cursor.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("-", "1", "1-", "-1", "a", "x-y", "1-2-3", "1--2", "--", " 1-1", "1-1 ", "1 -1"),
        *("1-g", "0x-1", "1_0-1", "+1-1", "1-+1", "1.0-1", "\0", "1-1\0", "١-١", "\ufffd"),
        "1-" + "f" * 16,  # more than an id can be
        "1-8000000000000000",
        "f" * 16 + "-1",  # beyond the year 9999
        "1-" + "0" * 39,
        "f" * 3000,
        "'; DROP TABLE article",
    ],
)
def test_junk_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Cursor.read(text)
    assert refused.value.code == "bad_cursor"


@given(st.text(max_size=50))
def test_whatever_is_typed_is_a_cursor_or_refused(text: str) -> None:
    with contextlib.suppress(Refused):
        cursor = Cursor.read(text)
        assert cursor is None or cursor.at.year >= 1970


def publish(city: City, number: int, hour: int) -> Article:
    city.clock.now = CAST_AT + dt.timedelta(hours=hour)
    return city.publish(title=f"Kabar nomor {number}")


def walk(
    read: Callable[[Cursor | None], Page[Any]], between: Callable[[], object] = lambda: None
) -> list[int]:
    """The ids of a list, page by page, each cursor through an address."""
    ids, after = [], None
    while True:
        page = read(after)
        ids += [row.id for row in page.rows]
        if page.after is None:
            return ids
        after = type(page.after).read(str(page.after))
        between()


def fill(city: City, hours: list[int]) -> list[int]:
    """Accepted items of these hours; their ids in the order of the pages."""
    moments = [CAST_AT + dt.timedelta(hours=hour) for hour in hours]
    common = {"kim_id": city.kim().id, "author_id": city.cast.users["nukus_pewarta"]}
    with bulk.bulk(city.now):
        rows = [
            {
                **common,
                "slug": f"kabar-{place}",
                "created_at": at,
                "touched_at": at,
                "public_at": at,
                "offered_at": at,
                "exposure": Exposure.PUBLIC,
                "feed_state": FeedState.ACCEPTED,
                "category_id": city.topic(),
            }
            for place, at in enumerate(moments)
        ]
        bulk.insert(Article, rows)
        made = db.session.execute(sa.select(Article.public_at, Article.id)).all()
        words = [
            {**common, "article_id": n, "number": 1, "created_at": at, "title": "Kabar"}
            for at, n in made
        ]
        bulk.insert(Revision, words)
        live = sa.select(Revision.id).where(Revision.article_id == Article.id).scalar_subquery()
        db.session.execute(sa.update(Article).values(live_revision_id=live))
    return [n for _at, n in sorted((at, n) for at, n in made)][::-1]


def test_pages_neither_repeat_nor_skip(city: City) -> None:
    """Items of few instants, so that pages end in the middle of one; newer ones arrive."""
    size = articles.PAGE
    hours = [0] * (size - 2) + [1] * (size + 5) + [2] * 7
    wanted = fill(city, hours)
    assert len(wanted) == 2 * size + 10
    city.clock.now = CAST_AT + dt.timedelta(hours=2)
    kim_id, topic, numbers = city.kim().id, city.topic(), iter(range(100, 400))
    author, both = city.cast.users["nukus_pewarta"], list(city.cast.kims.values())
    month = Month(2026, 11)
    november = {"since": month.since, "until": month.until}

    def arrive() -> None:
        city.accept(publish(city, next(numbers), 2))

    for read in (
        lambda after: articles.public_articles(kim_id, city.now, after),
        lambda after: articles.public_articles(kim_id, city.now, after, category_id=topic),
        lambda after: articles.public_articles(kim_id, city.now, after, author_id=author),
        lambda after: articles.public_articles(kim_id, city.now, after, **november),
        lambda after: articles.feed_articles(city.now, after, **november),
        lambda after: articles.feed_articles(city.now, after, kim_ids=both),
        lambda after: articles.feed_articles(city.now, after),
        lambda after: articles.feed_articles(city.now, after, category_id=topic),
        lambda after: articles.feed_articles(city.now, after, kim_ids=[kim_id]),
    ):
        before = walk(read)
        assert before[-len(wanted) :] == wanted
        assert walk(read, arrive) == before
        assert len(walk(read)) == len(before) + (len(before) - 1) // size


def test_a_full_last_page_leads_nowhere(city: City) -> None:
    fill(city, [0] * articles.PAGE)
    page = articles.public_articles(city.kim().id, city.now)
    assert (len(page.rows), page.after) == (articles.PAGE, None)


def test_the_newsrooms_list(city: City) -> None:
    made = [city.write(title=f"Naskah {number}") for number in range(5)]
    read = lambda after: desk.lines(city.kim().id, after=after, size=2)  # noqa: E731
    assert walk(read) == [article.id for article in reversed(made)]


def test_the_review_queue_is_oldest_first(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "PAGE", 2)
    made = [publish(city, number, hour) for number, hour in enumerate([0, 0, 0, 1, 1])]
    ids, numbers = [article.id for article in made], iter(range(100, 200))
    assert walk(lambda after: review.waiting(city.now, after=after)) == ids
    late: list[int] = []

    def arrive() -> None:
        if len(late) < 3:
            late.append(publish(city, next(numbers), 1).id)

    assert walk(lambda after: review.waiting(city.now, after=after), arrive) == ids + late


def test_the_feed_page_of_a_site(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """The links on the pages themselves lead through all of it."""
    total = articles.PAGE + 3
    for number in range(total):
        city.accept(city.publish(title=f"Kabar nomor {number} selesai"))
    for visit in (city.site(), city.reader()):
        shown, path = set[int](), "/"
        for _ in range(3):
            text = visit.get(path).text
            shown |= {n for n in range(total) if f"Kabar nomor {n} selesai" in text}
            if "sesudah=" not in text:
                break
            path = "/?sesudah=" + text.split("sesudah=")[1].split('"')[0]
        assert shown == set(range(total)), visit.host
