"""What the tracker is told by each verb, and that its rule reads it as it was meant."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kimcms.db import CITY, db
from kimcms.domain import publishing as rule
from kimcms.domain.clock import WEEK, WIB, day_of, monday_of, start_of
from kimcms.domain.ledger import Exposure, Opened, Published
from kimcms.domain.policy import Policy
from kimcms.domain.roles import SYSTEM
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.queries import clusters
from kimcms.services import articles, media, publishing
from kimcms.services.unit import atomic
from tests.services.test_articles import words
from tests.world import CAST_AT, LONG, City, picture

WEEK_OF_CAST = monday_of(day_of(CAST_AT))
FORTY = " ".join(LONG.split()[:45])


def told(city: City, article: Article) -> list[tuple[Any, ...]]:
    """The entries about an article, in short."""
    found: list[tuple[Any, ...]] = []
    for entry in clusters.ledgers()[city.kim().id].entries:
        if isinstance(entry, Published | Exposure):
            assert entry.article_id == article.id
        if isinstance(entry, Published):
            found.append(("published", entry.recorded_at, entry.public_at, entry.credited))
        elif isinstance(entry, Exposure):
            assert entry.at == entry.recorded_at
            assert entry.until is None
            found.append(("shown" if entry.shown else "away", entry.at, entry.reason))
    return found


def credited(city: City, cut: dt.date | dt.datetime | None = None) -> list[dt.date]:
    """The weeks that are filled at a cut, by default that of the Monday after now."""
    moment = cut or monday_of(day_of(city.now)) + WEEK
    if not isinstance(moment, dt.datetime):
        moment = start_of(moment)
    seen = clusters.ledgers()[city.kim().id].up_to(moment)
    return sorted(rule.credited_weeks(Policy(), seen, moment, dt.date(2026, 1, 5)))


def test_opening(city: City) -> None:
    (entry,) = clusters.ledgers()[city.kim().id].entries
    assert isinstance(entry, Opened)
    assert entry.day == day_of(CAST_AT - dt.timedelta(days=60))


def test_publish_unpublish_and_publish_again_are_one_credit(city: City) -> None:
    editor, first = city.actor("nukus_editor"), city.now
    article = city.write()
    assert told(city, article) == []  # drafts are nobody's business
    publishing.publish(editor, article, city.now)
    wanted: list[tuple[Any, ...]] = [("published", first, first, True)]
    assert told(city, article) == wanted
    assert article.credit
    assert article.credit["counts"]

    city.clock.forward(hours=1)
    articles.save(editor, article, words(city, article, body=f"<p>Ralat. {LONG}</p>"), city.now)
    publishing.publish(editor, article, city.now)
    assert told(city, article) == wanted  # a correction changes nothing

    city.clock.forward(hours=1)
    publishing.unpublish(editor, article, city.now)
    wanted.append(("away", city.now, None))
    assert told(city, article) == wanted
    assert credited(city) == []

    city.clock.forward(days=8)  # in the next week
    publishing.publish(editor, article, city.now)
    wanted.append(("shown", city.now, None))
    assert told(city, article) == wanted
    assert credited(city) == [WEEK_OF_CAST]


@pytest.mark.parametrize(("hours", "stands"), [(71, False), (72, True), (73, True)])
def test_three_days_before_readers_are_enough(city: City, hours: int, stands: bool) -> None:
    article = city.publish()
    city.clock.forward(hours=hours)
    publishing.unpublish(city.actor("nukus_editor"), article, city.now)
    assert credited(city) == ([WEEK_OF_CAST] if stands else [])


def test_a_schedule_is_moved_cleared_and_made_again(city: City) -> None:
    editor = city.actor("nukus_editor")
    sunday = dt.datetime(2026, 11, 29, 23, 59, tzinfo=WIB)
    article = city.publish(at=sunday)
    wanted: list[tuple[Any, ...]] = [("published", city.now, sunday, True)]
    assert told(city, article) == wanted
    assert credited(city, WEEK_OF_CAST + WEEK) == [WEEK_OF_CAST]

    city.clock.forward(hours=1)
    monday = sunday + dt.timedelta(minutes=1)
    publishing.publish(editor, article, city.now, at=monday)
    wanted.append(("published", city.now, monday, True))
    assert told(city, article) == wanted
    assert credited(city, WEEK_OF_CAST + WEEK) == []
    assert credited(city, WEEK_OF_CAST + 2 * WEEK) == [WEEK_OF_CAST + WEEK]

    city.clock.forward(hours=1)
    publishing.unpublish(editor, article, city.now)
    wanted.append(("away", city.now, None))
    assert told(city, article) == wanted
    assert article.credit is None
    assert credited(city, WEEK_OF_CAST + 2 * WEEK) == []

    city.clock.forward(days=14)
    publishing.publish(editor, article, city.now)
    wanted.append(("published", city.now, city.now, True))
    assert told(city, article) == wanted
    assert credited(city) == [WEEK_OF_CAST + 2 * WEEK]


@pytest.mark.parametrize("why", list(Withdrawal))
def test_withdrawn_and_restored(city: City, why: Withdrawal) -> None:
    """Within the first 72 hours only what protects somebody keeps its credit; later only what was
    false, copied or gambling loses it."""
    article, first = city.publish(), city.now
    city.clock.forward(hours=5)
    publishing.withdraw(city.actor("nukus_head"), article, why, "Sebabnya begini.", city.now)
    wanted = [("published", first, first, True), ("away", city.now, why)]
    assert told(city, article) == wanted
    protects = why.value in {"child", "privacy", "source", "law"}
    assert credited(city) == ([WEEK_OF_CAST] if protects else [])

    city.clock.forward(hours=5)
    publishing.restore(city.actor("moderator"), article, city.now)
    assert told(city, article) == [*wanted, ("shown", city.now, None)]
    assert credited(city) == [WEEK_OF_CAST]

    city.clock.forward(days=10)
    publishing.withdraw(city.actor("nukus_head"), article, why, "Sekali lagi.", city.now)
    ends = why.value in {"false", "copied", "gambling"}
    assert credited(city) == ([] if ends else [WEEK_OF_CAST])


@pytest.mark.parametrize(("waits", "week"), [(1, 0), (9, 1)])
def test_withdrawn_before_its_hour_and_restored(city: City, waits: int, week: int) -> None:
    """Nobody had read it: its credit is that of the hour, or of the restoration after it."""
    hour = city.now + dt.timedelta(days=2)
    article = city.publish(at=hour)
    why = Withdrawal.OTHER
    publishing.withdraw(city.actor("nukus_head"), article, why, "Belum tepat.", city.now)
    assert credited(city) == []
    city.clock.forward(days=waits)
    assert credited(city) == []
    publishing.restore(city.actor("moderator"), article, city.now)
    assert credited(city) == [WEEK_OF_CAST + week * WEEK]
    assert told(city, article)[-1] == ("published", city.now, hour, True)


def imported(city: City) -> Article:
    article = city.write()
    with atomic(CITY, city.now) as unit:
        article.imported = True
        unit.record(SYSTEM, "test", article)
    return publishing.publish(city.actor("nukus_editor"), article, city.now)


def repost(city: City) -> Article:
    return city.publish(repost_source="Diskominfo Kota Malang")


def short(city: City) -> Article:
    return city.publish(body=f"<p>{FORTY}</p>")


def copied(city: City) -> Article:
    """From the neighbours, with two words changed."""
    city.publish("gerabah_pewarta")
    city.clock.forward(minutes=1)
    body = LONG.replace("Warga RW 04", "Penduduk RW 09")
    return city.publish(body=f"<p>{body}</p>", title="Kerja bakti")


@pytest.mark.parametrize(
    ("write", "reason"),
    [(imported, "imported"), (repost, "repost"), (short, "too_short"), (copied, "too_alike")],
)
def test_what_earns_no_credit(city: City, write: Any, reason: str) -> None:
    article = write(city)
    db.session.refresh(article)
    assert article.credit is not None
    assert (article.credit["counts"], article.credit["reasons"]) == (False, [reason])
    assert told(city, article) == [("published", city.now, city.now, False)]
    assert credited(city) == []


def test_fewer_words_are_enough_beside_a_captioned_photo(city: City) -> None:
    photo = media.add(city.actor("nukus_pewarta"), city.kim(), picture(), city.media, city.now)
    article = city.publish(
        body=f"<p>{FORTY}</p>", photo_id=photo.id, photo_caption="Warga.", photo_alt="Warga."
    )
    assert article.credit is not None
    assert (article.credit["counts"], article.credit["needed"]) == (True, 40)
    assert credited(city) == [WEEK_OF_CAST]


def test_five_hundred_imports_in_one_evening_fill_no_week(on_sqlite: City) -> None:
    for number in range(5):  # of five hundred
        on_sqlite.clock.forward(seconds=number)
        imported(on_sqlite)
    entries = clusters.ledgers()[on_sqlite.kim().id].of(Published)
    assert [entry.credited for entry in entries] == [False] * 5
    assert credited(on_sqlite) == []
