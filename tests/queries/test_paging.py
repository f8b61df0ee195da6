"""Keyset paging: nothing twice, nothing left out, whatever arrives meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimcms.domain.refusal import Refused
from kimcms.models.article import Article
from kimcms.queries import articles, desk, review
from kimcms.queries.paging import Cursor, Page
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
    try:
        cursor = Cursor.read(text)
    except Refused as refused:
        assert refused.code == "bad_cursor"
    else:
        assert cursor is None or dt.datetime.max.year >= cursor.at.year >= 1970


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
        after = Cursor.read(str(page.after))
        between()


def test_pages_neither_repeat_nor_skip(city: City) -> None:
    """Seven items at three hours; newer ones, and one of the same instant, arrive meanwhile."""
    hours = [0, 0, 0, 1, 1, 2, 2]
    made = [publish(city, number, hour) for number, hour in enumerate(hours)]
    wanted = [a.id for a in sorted(made, key=lambda a: (a.public_at, a.id), reverse=True)]
    kim_id, numbers = city.kim().id, iter(range(100, 200))
    end = city.now + dt.timedelta(days=1)

    def read(size: int) -> Callable[[Cursor | None], Page[Any]]:
        where = [Article.kim_id == kim_id, articles.is_public(end)]
        return lambda after: articles.cards(where, after, size)

    for size in (1, 2, 3, 6, 7, 8):
        assert walk(read(size)) == wanted
    page = read(7)(None)
    assert page.after is None  # no empty page at the end

    seen = walk(read(2), lambda: publish(city, next(numbers), 2))
    assert seen == wanted


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
