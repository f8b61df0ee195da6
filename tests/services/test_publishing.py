"""Coming before readers and going from them: states, hours, addresses, and two at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.workflow import Exposure, FeedState, TextState, Withdrawal
from kimcms.models.article import Article, ArticleSlug, Fingerprint
from kimcms.models.cluster import LedgerEntry
from kimcms.models.counter import PageMoment
from kimcms.queries import accounts as people
from kimcms.queries import review as queue
from kimcms.queries.slugs import current_slug
from kimcms.services import articles, media, members, publishing
from tests.services.test_articles import (
    at_once,
    bumped,
    counters,
    events,
    last_event,
    refused,
    stored,
    told,
    words,
)
from tests.world import City, picture

SECOND = dt.timedelta(seconds=1)
PATH = "/berita/warga-rw-04-bersihkan-saluran-air"


def status(city: City, article: Article) -> int:
    """What a reader gets at the article's address."""
    answer: int = city.site().get(f"/berita/{article.slug}").status_code
    return answer


def waiting(city: City) -> list[int]:
    return [row.id for row in queue.waiting(city.now).rows]


def entries(article: Article) -> list[str]:
    """What the tracker was told about an article."""
    found = db.session.scalars(
        sa.select(LedgerEntry).where(LedgerEntry.ref_id == article.id).order_by(LedgerEntry.id)
    )
    return [row.kind for row in found if row.data.get("article_id") == article.id]


def test_publish(city: City) -> None:
    article = city.write()
    revision, before = article.newest_revision_id, counters()
    publishing.publish(city.actor("nukus_editor"), article, city.now)
    assert (article.text_state, article.exposure, article.feed_state) == (
        "clean",
        "public",
        "pending",
    )
    assert (article.live_revision_id, article.public_at) == (revision, city.now)
    assert article.offered_at == city.now
    assert article.credit is not None
    event = last_event(article)
    assert (event.verb, event.before, event.after) == (
        "article.publish",
        {"exposure": "never", "feed": "none", "live": None, "text": "draft"},
        {"exposure": "public", "feed": "pending", "live": revision, "text": "clean"},
    )
    assert told(city, "article.published") == ["nukus_pewarta"]
    assert bumped(before) == {f"kim:{article.kim_id}", "feed"}
    assert status(city, article) == 200
    assert waiting(city) == [article.id]
    with refused("nothing_new"):
        publishing.publish(city.actor("nukus_editor"), article, city.now)


def test_who_publishes_the_own_text_is_not_told(city: City) -> None:
    city.publish("nukus_editor")
    assert told(city, "article.published") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"body": "<p> &nbsp; </p>"},
        {"category_id": None},
        {"body": '<p>Kata.</p><img src="/media/1/480.webp">'},
        {"photo_id": 1, "photo_alt": "Warga."},
        {"photo_id": 1, "photo_caption": "Warga."},
    ],
)
def test_what_is_not_ready(on_sqlite: City, changes: dict[str, Any]) -> None:
    city = on_sqlite
    photo = media.add(city.actor("nukus_pewarta"), city.kim(), picture(), city.media, city.now)
    assert photo.id == 1
    article = city.write(**changes)
    with refused("not_ready"):
        publishing.publish(city.actor("nukus_editor"), article, city.now)


def test_publishing_what_the_editor_did_not_see(city: City) -> None:
    article = city.write()
    seen, editor = article.newest_revision_id, city.actor("nukus_editor")
    articles.save(
        city.actor("nukus_pewarta"), article, words(city, article, title="Diam-diam"), city.now
    )
    for number in (seen, 0, -1, 10**30):
        with refused("stale"):
            publishing.publish(editor, article, city.now, seen_revision_id=number)
    publishing.publish(editor, article, city.now, seen_revision_id=article.newest_revision_id)
    assert article.exposure is Exposure.PUBLIC


# --- the hour ----------------------------------------------------------------------------------


def test_a_scheduled_item_appears_at_its_second_without_a_job(city: City) -> None:
    hour = city.now + dt.timedelta(hours=3)
    article = city.publish(at=hour)
    assert (article.exposure, article.public_at) == (Exposure.PUBLIC, hour)
    assert article.offered_at == hour
    tag = city.site().get("/").headers["ETag"]
    assert status(city, article) == 404
    assert waiting(city) == []
    kept = {(m.tag, m.at) for m in db.session.scalars(sa.select(PageMoment))}
    assert (f"kim:{article.kim_id}", hour) in kept
    city.clock.now = hour - SECOND
    assert status(city, article) == 404
    city.clock.now = hour
    assert status(city, article) == 200
    assert waiting(city) == [article.id]
    assert city.site().get("/", headers={"If-None-Match": tag}).status_code == 200


def test_a_scheduled_hour_can_be_moved_until_it_has_come(city: City) -> None:
    hour, editor = city.now + dt.timedelta(hours=3), city.actor("nukus_editor")
    article = city.publish(at=hour)
    later = hour + dt.timedelta(days=2)
    publishing.publish(editor, article, city.now, at=later)
    assert (article.public_at, article.offered_at) == (later, later)
    earlier = city.now + dt.timedelta(minutes=1)
    publishing.publish(editor, article, city.now, at=earlier)
    assert (article.public_at, article.offered_at) == (earlier, earlier)
    city.clock.now = earlier
    with refused("nothing_new"):
        publishing.publish(editor, article, city.now, at=later)
    articles.save(editor, article, words(city, article, title="Judul baru"), city.now)
    publishing.publish(editor, article, city.now, at=later)
    assert (article.public_at, article.offered_at) == (earlier, earlier)
    assert [e.verb for e in events(article.id)].count("article.publish") == 4


def test_a_scheduled_item_goes_out_now(city: City) -> None:
    article = city.publish(at=city.now + dt.timedelta(hours=3))
    publishing.publish(city.actor("nukus_editor"), article, city.now)
    assert (article.public_at, article.offered_at) == (city.now, city.now)
    assert status(city, article) == 200


def test_a_scheduled_hour_can_be_cleared(city: City) -> None:
    article = city.publish(at=city.now + dt.timedelta(hours=3))
    editor = city.actor("nukus_editor")
    publishing.unpublish(editor, article, city.now)
    assert (article.exposure, article.feed_state) == (Exposure.NEVER, FeedState.NONE)
    assert (article.public_at, article.live_revision_id, article.credit) == (None, None, None)
    assert last_event(article).verb == "article.clear"
    assert not db.session.scalars(sa.select(Fingerprint)).all()
    city.clock.forward(hours=4)
    assert status(city, article) == 404
    assert waiting(city) == []
    publishing.publish(editor, article, city.now)
    assert article.public_at == city.now
    assert status(city, article) == 200


def test_the_hour_has_an_end(city: City) -> None:
    article, editor = city.write(), city.actor("nukus_editor")
    with refused("too_far_ahead"):
        publishing.publish(editor, article, city.now, at=city.now + dt.timedelta(days=367))
    with refused("too_far_ahead"):
        far = dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC)
        publishing.publish(editor, article, city.now, at=far)
    past = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
    publishing.publish(editor, article, city.now, at=past)
    assert article.public_at == city.now  # never in the past


# --- the feed ----------------------------------------------------------------------------------


def test_only_on_our_site(city: City) -> None:
    article = city.write()
    before = counters()
    publishing.publish(city.actor("nukus_editor"), article, city.now, site_only=True)
    assert (article.site_only, article.feed_state) == (True, FeedState.NONE)
    assert status(city, article) == 200
    assert waiting(city) == []
    assert bumped(before) == {f"kim:{article.kim_id}"}
    editor = city.actor("nukus_editor")
    articles.save(editor, article, words(city, article, title="Lain"), city.now)
    publishing.publish(editor, article, city.now)
    assert (article.feed_state, waiting(city)) == (FeedState.NONE, [])


def test_only_on_our_site_may_be_decided_until_the_hour(city: City) -> None:
    hour, editor = city.now + dt.timedelta(hours=1), city.actor("nukus_editor")
    article = city.publish(at=hour)
    publishing.publish(editor, article, city.now, at=hour, site_only=True)
    assert article.feed_state is FeedState.NONE
    other = city.publish(title="Lain lagi", at=hour)
    publishing.publish(editor, other, city.now, at=hour, site_only=True)
    publishing.publish(editor, other, city.now, at=hour)
    city.clock.now = hour
    assert waiting(city) == [other.id]


def test_a_change_of_a_published_item_waits_for_its_publication(city: City) -> None:
    article = city.publish()
    city.accept(article)
    live, public_at, editor = (
        article.live_revision_id,
        article.public_at,
        city.actor("nukus_editor"),
    )
    before = counters()
    city.clock.forward(minutes=5)
    articles.save(
        city.actor("nukus_pewarta"), article, words(city, article, title="Judul baru"), city.now
    )
    assert (article.text_state, article.live_revision_id) == (TextState.DRAFT, live)
    assert bumped(before) == set()
    assert "Judul baru" not in city.site().get(PATH).text

    publishing.publish(editor, article, city.now)
    assert (article.text_state, article.public_at) == (TextState.CLEAN, public_at)
    assert article.live_revision_id == article.newest_revision_id != live
    assert "Judul baru" in city.site().get(PATH).text  # at the same address
    assert article.feed_state is FeedState.PENDING  # other words than the Forum has read
    assert waiting(city) == [article.id]
    assert "Judul baru" not in city.reader().get("/").text
    assert bumped(before) == {f"kim:{article.kim_id}", "feed"}
    assert entries(article) == ["published"]  # counted once


# --- going -------------------------------------------------------------------------------------


def test_unpublish_and_publish_again_keeps_the_hour(city: City) -> None:
    article = city.publish()
    first, editor, before = article.public_at, city.actor("nukus_editor"), counters()
    city.clock.forward(hours=2)
    publishing.unpublish(editor, article, city.now)
    assert (article.exposure, article.public_at) == (Exposure.UNPUBLISHED, first)
    assert last_event(article).after == {"exposure": "unpublished"}
    assert status(city, article) == 404
    assert waiting(city) == []
    assert f"kim:{article.kim_id}" in bumped(before)
    with refused("move_not_open"):
        publishing.unpublish(editor, article, city.now)
    publishing.publish(editor, article, city.now, at=city.now + dt.timedelta(hours=9))
    assert (article.exposure, article.public_at) == (Exposure.PUBLIC, first)
    assert status(city, article) == 200
    assert waiting(city) == [article.id]
    assert entries(article) == ["published", "exposure", "exposure"]


def test_withdraw_and_restore(city: City) -> None:
    article = city.publish()
    city.accept(article)
    before, editor = counters(), city.actor("nukus_editor")
    with refused("reason_missing"):
        publishing.withdraw(editor, article, Withdrawal.PRIVACY, " ", city.now)
    publishing.withdraw(editor, article, Withdrawal.PRIVACY, "Memuat nomor telepon.", city.now)
    assert article.exposure is Exposure.WITHDRAWN
    assert (article.withdrawn_for, article.withdrawn_note, article.withdrawn_at) == (
        Withdrawal.PRIVACY,
        "Memuat nomor telepon.",
        city.now,
    )
    assert (last_event(article).verb, last_event(article).reason) == ("article.withdraw", "privacy")
    assert told(city, "article.withdrawn") == ["nukus_head", "nukus_pewarta"]
    assert bumped(before) == {f"kim:{article.kim_id}", "feed"}
    gone = city.site().get(PATH)
    assert gone.status_code == 410
    assert "Memuat nomor telepon." in gone.text
    assert "Warga RW 04" not in city.reader().get("/").text
    for verb in (publishing.publish, publishing.unpublish):
        with refused("move_not_open"):
            verb(editor, article, city.now)

    for name in ("nukus_head", "nukus_editor", "diskominfo", "moderator_nukus", "gerabah_head"):
        with refused("not_allowed"):
            publishing.restore(city.actor(name), article, city.now)
    publishing.restore(city.actor("moderator2"), article, city.now)
    assert (article.exposure, article.withdrawn_for) == (Exposure.PUBLIC, None)
    assert (article.withdrawn_note, article.withdrawn_at) == ("", None)
    assert told(city, "article.restored") == ["nukus_head", "nukus_pewarta"]
    assert status(city, article) == 200
    assert "Warga RW 04" in city.reader().get("/").text
    with refused("move_not_open"):
        publishing.restore(city.actor("moderator2"), article, city.now)


def test_a_moderator_withdraws_what_has_been_seen_but_not_of_the_own_kim(city: City) -> None:
    planned = city.publish(title="Belum tampil", at=city.now + dt.timedelta(hours=1))
    article = city.publish()
    why = Withdrawal.FALSE
    for item, name in (
        (planned, "moderator"),
        (article, "moderator_nukus"),
        (article, "diskominfo"),
    ):
        with refused("not_allowed"):
            publishing.withdraw(city.actor(name), item, why, "Keliru.", city.now)
    publishing.withdraw(city.actor("moderator"), article, why, "Keliru.", city.now)
    assert told(city, "article.withdrawn") == ["nukus_head", "nukus_pewarta"]
    never = city.write()
    with refused("move_not_open"):
        publishing.withdraw(city.actor("nukus_head"), never, why, "Keliru.", city.now)


def test_who_left_a_kim_does_not_restore_its_articles(city: City) -> None:
    article = city.publish()
    publishing.withdraw(city.actor("nukus_head"), article, Withdrawal.LAW, "Putusan.", city.now)
    for member in people.members(city.kim().id):
        if member.user_id == city.cast.users["moderator_nukus"]:
            row = people.membership(member.membership_id, city.kim().id)
            assert row
            members.end_role(city.actor("nukus_head"), row, city.kim(), city.now)
    with refused("not_allowed"):
        publishing.restore(city.actor("moderator_nukus"), article, city.now)
    city.clock.forward(days=732)
    publishing.restore(city.actor("moderator_nukus"), article, city.now)
    assert article.exposure is Exposure.PUBLIC


def test_diskominfo_restores_where_no_moderator_is_free(city: City) -> None:
    article = city.publish()
    publishing.withdraw(city.actor("nukus_head"), article, Withdrawal.LAW, "Putusan.", city.now)
    for member in people.members(None):
        if member.user_id in {city.cast.users["moderator"], city.cast.users["moderator2"]}:
            row = people.membership(member.membership_id, None)
            assert row
            members.end_role(city.actor("diskominfo"), row, None, city.now)
    publishing.restore(city.actor("diskominfo"), article, city.now)
    assert article.exposure is Exposure.PUBLIC


# --- addresses ---------------------------------------------------------------------------------


def test_an_old_address_leads_to_the_new_one_for_ever(city: City) -> None:
    article, editor = city.publish(), city.actor("nukus_editor")
    before = counters()
    publishing.change_slug(editor, article, "Kerja Bakti RW 04!", city.now)
    assert article.slug == "kerja-bakti-rw-04"
    assert bumped(before) >= {f"kim:{article.kim_id}"}
    moved = city.site().get(PATH)
    assert moved.status_code == 308
    assert moved.location.endswith("/berita/kerja-bakti-rw-04")
    publishing.change_slug(editor, article, "ketiga", city.now)
    for old in (PATH, "/berita/kerja-bakti-rw-04"):
        assert city.site().get(old).location.endswith("/berita/ketiga")
    assert city.site("gerabah").get(PATH).status_code == 404
    publishing.change_slug(editor, article, "kerja-bakti-rw-04", city.now)  # its own, taken back
    assert city.site().get("/berita/ketiga").location.endswith("/berita/kerja-bakti-rw-04")


def test_a_used_address_is_never_given_to_another(city: City) -> None:
    article, editor = city.publish(), city.actor("nukus_editor")
    old = article.slug
    publishing.change_slug(editor, article, "lain", city.now)
    other = city.publish()
    assert other.slug == f"{old}-20261124"
    publishing.change_slug(editor, other, "lain", city.now)
    assert other.slug == "lain-20261124"
    neighbour = city.publish("gerabah_pewarta")
    assert neighbour.slug == old  # each KIM has its own addresses
    owners = db.session.execute(sa.select(ArticleSlug.kim_id, ArticleSlug.slug)).all()
    assert len(owners) == len(set(owners)) == 5


def test_nothing_leads_to_what_readers_may_not_see(city: City) -> None:
    article, editor = city.publish(), city.actor("nukus_editor")
    publishing.change_slug(editor, article, "lain", city.now)
    publishing.unpublish(editor, article, city.now)
    assert city.site().get(PATH).status_code == 404
    assert current_slug(article.kim_id, PATH.removeprefix("/berita/"), city.now) is None


def test_the_address_follows_the_headline_until_it_is_published(city: City) -> None:
    article, editor = city.write(title="Judul sementara"), city.actor("nukus_editor")
    articles.save(editor, article, words(city, article, title="Judul jadi"), city.now)
    publishing.publish(editor, article, city.now)
    assert article.slug == "judul-jadi"
    articles.save(editor, article, words(city, article, title="Judul diperbaiki"), city.now)
    publishing.publish(editor, article, city.now)
    assert article.slug == "judul-jadi"


def test_an_address_that_was_chosen_before_publishing_stays(city: City) -> None:
    article, editor = city.write(), city.actor("nukus_editor")
    publishing.change_slug(editor, article, "pilihan-editor", city.now)
    publishing.publish(editor, article, city.now, at=city.now + dt.timedelta(hours=1))
    assert article.slug == "pilihan-editor"
    publishing.change_slug(editor, article, "pilihan-lain", city.now)
    publishing.publish(editor, article, city.now)
    assert article.slug == "pilihan-lain"


# --- at the same moment ------------------------------------------------------------------------


def test_publishing_at_once_publishes_once(city: City) -> None:
    article_id, editor = city.write().id, city.actor("nukus_editor")
    acts = [lambda: publishing.publish(editor, stored(article_id), city.now)] * 4
    assert at_once(city, *acts) == ["nothing_new"] * 3 + ["ok"]
    assert [e.verb for e in events(article_id)] == ["article.save", "article.publish"]
    assert told(city, "article.published") == ["nukus_pewarta"]
    assert entries(stored(article_id)) == ["published"]


def test_withdrawing_and_unpublishing_at_once(city: City) -> None:
    article_id = city.publish().id
    editor, moderator = city.actor("nukus_editor"), city.actor("moderator")
    outcomes = at_once(
        city,
        lambda: publishing.unpublish(editor, stored(article_id), city.now),
        lambda: publishing.withdraw(
            moderator, stored(article_id), Withdrawal.LAW, "Putusan.", city.now
        ),
    )
    assert outcomes in (["ok", "ok"], ["move_not_open", "ok"])
    assert stored(article_id).exposure is Exposure.WITHDRAWN


def test_the_same_address_at_once_goes_to_one(city: City) -> None:
    ids = [city.publish(title=f"Kabar nomor {number}").id for number in range(4)]
    editor = city.actor("nukus_editor")
    acts = [
        lambda i=article_id: publishing.change_slug(editor, stored(i), "rebutan", city.now)
        for article_id in ids
    ]
    assert at_once(city, *acts) == ["ok"] * 4
    assert len(set(db.session.scalars(sa.select(Article.slug)))) == 4


def test_publications_of_two_kims_at_once_do_not_wait_in_a_circle(city: City) -> None:
    ours = [city.write(title=f"Kabar kita {n}").id for n in range(3)]
    theirs = [city.write("gerabah_pewarta", title=f"Kabar mereka {n}").id for n in range(3)]
    editors = (city.actor("nukus_editor"), city.actor("gerabah_editor"))
    acts = [
        lambda i=article_id, e=editor: publishing.publish(e, stored(i), city.now)
        for ids, editor in zip((ours, theirs), editors, strict=True)
        for article_id in ids
    ]
    assert at_once(city, *acts) == ["ok"] * 6
    assert counters()["feed"] >= 6
