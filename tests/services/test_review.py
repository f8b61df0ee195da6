"""The Forum's decisions: who, about which revision, told to whom, and two at once."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain.review import Reason, Why
from kimcms.domain.workflow import FeedState
from kimcms.queries import accounts as people
from kimcms.queries import review as queue
from kimcms.services import articles, members, publishing, review
from kimcms.services.relief import relieved
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
from tests.world import City

SAID = Why(Reason.FACTS, "Sebab.")
EVERYBODY_BUT_THE_FORUM = (
    *("nukus_pewarta", "nukus_editor", "nukus_head", "gerabah_editor", "gerabah_head"),
    *("moderator_nukus", "diskominfo"),
)


def test_accept(city: City) -> None:
    article = city.publish()
    revision, before, moderator = article.live_revision_id, counters(), city.actor("moderator")
    assert revision
    city.clock.forward(minutes=1)
    review.accept(moderator, article, revision, city.now)
    assert article.feed_state is FeedState.ACCEPTED
    assert (article.reviewed_revision_id, article.reviewed_by) == (revision, moderator.user_id)
    assert (article.reviewed_at, article.review_reason) == (city.now, "")
    event = last_event(article)
    assert (event.verb, event.actor_id, event.before, event.after) == (
        "article.accept",
        moderator.user_id,
        {"feed": "pending"},
        {"feed": "accepted", "revision": revision, "waited": 1},
    )
    assert told(city, "article.accepted") == ["nukus_editor", "nukus_head", "nukus_pewarta"]
    assert bumped(before) == {"feed"}
    assert "Warga RW 04" in city.reader().get("/").text
    assert queue.waiting(city.now).rows == []
    for act in (
        lambda: review.accept(moderator, article, revision, city.now),
        lambda: review.decline(moderator, article, revision, SAID, city.now),
    ):
        with refused("move_not_open"):
            act()


def test_decline(city: City) -> None:
    article = city.publish()
    revision, moderator = article.live_revision_id, city.actor("moderator")
    assert revision
    with refused("reason_missing"):
        review.decline(moderator, article, revision, Why(Reason.OTHER, "\u200b \n"), city.now)
    why = Why(Reason.SOURCE, "Sumber\nbelum jelas.")
    review.decline(moderator, article, revision, why, city.now)
    assert (article.feed_state, article.review_reason) == ("declined", "Sumber belum jelas.")
    assert article.review_why is Reason.SOURCE
    assert last_event(article).after["why"] == "source"
    assert last_event(article).reason == "Sumber belum jelas."
    assert told(city, "article.declined") == ["nukus_editor", "nukus_head", "nukus_pewarta"]
    assert city.site().get(f"/berita/{article.slug}").status_code == 200
    assert "Warga RW 04" not in city.reader().get("/").text

    editor = city.actor("nukus_editor")  # a new revision is no appeal
    articles.save(editor, article, words(city, article, title="Judul lain"), city.now)
    publishing.publish(editor, article, city.now)
    assert article.feed_state is FeedState.DECLINED
    assert queue.waiting(city.now).rows == []


@pytest.mark.parametrize("name", EVERYBODY_BUT_THE_FORUM)
def test_who_may_not(on_sqlite: City, name: str) -> None:
    article, actor = on_sqlite.publish(), on_sqlite.actor(name)
    revision = article.live_revision_id
    assert revision
    with refused("not_allowed"):
        review.accept(actor, article, revision, on_sqlite.now)
    with refused("not_allowed"):
        review.decline(actor, article, revision, SAID, on_sqlite.now)


def test_only_of_other_kims(city: City) -> None:
    theirs = city.publish("gerabah_pewarta")
    city.accept(theirs, "moderator_nukus")
    assert theirs.feed_state is FeedState.ACCEPTED
    ours = city.publish()
    assert [row.id for row in queue.waiting(city.now).rows] == [ours.id]
    own = city.actor("moderator_nukus").impartial_from(city.now)
    assert queue.waiting(city.now, own).rows == []


def test_only_the_revision_that_was_read(city: City) -> None:
    article = city.publish()
    read, editor = article.live_revision_id, city.actor("nukus_editor")
    articles.save(editor, article, words(city, article, title="Judul lain"), city.now)
    assert article.live_revision_id == read
    newest = article.newest_revision_id
    assert read
    assert newest
    with refused("stale"):
        review.accept(city.actor("moderator"), article, newest, city.now)
    publishing.publish(editor, article, city.now)
    for number in (read, 0, -1, 10**30):
        with refused("stale"):
            review.accept(city.actor("moderator"), article, number, city.now)
        with refused("stale"):
            review.decline(city.actor("moderator"), article, number, SAID, city.now)
    city.accept(article)
    assert article.reviewed_revision_id == newest


def test_what_was_not_offered_cannot_be_taken(city: City) -> None:
    article, moderator = city.write(), city.actor("moderator")
    publishing.publish(city.actor("nukus_editor"), article, city.now, site_only=True)
    assert article.live_revision_id
    with refused("move_not_open"):
        review.accept(moderator, article, article.live_revision_id, city.now)


def test_what_nobody_can_read_yet_is_not_decided(city: City) -> None:
    planned = city.publish(at=city.now + dt.timedelta(hours=1))
    assert city.desk("moderator").get(f"/tinjauan/{planned.id}").status_code == 404
    assert planned.live_revision_id
    with refused("not_allowed"):
        review.accept(city.actor("moderator"), planned, planned.live_revision_id, city.now)


def test_relief(city: City) -> None:
    kim_id = city.kim().id
    assert not relieved(kim_id, city.now)
    article, other = city.publish(), city.publish("gerabah_pewarta")
    for member in people.members(None):
        if member.user_id in {city.cast.users["moderator"], city.cast.users["moderator2"]}:
            row = people.membership(member.membership_id, None)
            assert row
            members.end_role(city.actor("diskominfo"), row, None, city.now)
    assert relieved(kim_id, city.now)
    assert not relieved(city.kim("gerabah").id, city.now)
    city.accept(article, "diskominfo")
    assert other.live_revision_id
    with refused("not_allowed"):  # moderator_nukus is free for this one
        review.accept(city.actor("diskominfo"), other, other.live_revision_id, city.now)


@pytest.mark.parametrize("verbs", [("accept",) * 4, ("accept", "decline"), ("decline",) * 3])
def test_decisions_at_once_are_one(city: City, verbs: tuple[str, ...]) -> None:
    article = city.publish()
    article_id, revision = article.id, article.live_revision_id
    assert revision
    actors = [city.actor(name) for name in ("moderator", "moderator2")] * 2

    def act(verb: str, number: int) -> None:
        actor, found = actors[number], stored(article_id)
        if verb == "accept":
            review.accept(actor, found, revision, city.now)
        else:
            review.decline(
                actor, found, revision, Why(Reason.OTHER, f"Sebab nomor {number}."), city.now
            )

    acts = [lambda v=verb, n=number: act(v, n) for number, verb in enumerate(verbs)]
    assert at_once(city, *acts) == ["move_not_open"] * (len(verbs) - 1) + ["ok"]
    assert len(events(article_id)) == 3
    assert stored(article_id).feed_state in {"accepted", "declined"}
    names = told(city, "article.accepted") + told(city, "article.declined")
    assert names == ["nukus_editor", "nukus_head", "nukus_pewarta"]


def test_accepting_while_it_is_withdrawn_and_published_anew(city: City) -> None:
    """Whatever the order, nothing is half done and nobody gets an error."""
    article = city.publish()
    editor, moderator = city.actor("nukus_editor"), city.actor("moderator")
    articles.save(editor, article, words(city, article, title="Judul lain"), city.now)
    article_id, read = article.id, article.live_revision_id
    assert read
    outcomes = at_once(
        city,
        lambda: review.accept(moderator, stored(article_id), read, city.now),
        lambda: publishing.publish(editor, stored(article_id), city.now),
    )
    found = stored(article_id)
    if outcomes == ["ok", "ok"]:
        assert (found.feed_state, found.reviewed_revision_id) == ("pending", read)
    else:
        assert outcomes == ["ok", "stale"]
        assert (found.feed_state, found.reviewed_revision_id) == ("pending", None)
    assert found.live_revision_id == found.newest_revision_id
