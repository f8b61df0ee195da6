"""An item's life in the city feed: asked for a change, trusted, read, removed, appealed."""

from __future__ import annotations

import pytest

from kimcms.db import CITY, db
from kimcms.domain.review import Reason, Why
from kimcms.domain.workflow import FeedState, Withdrawal
from kimcms.models.article import Article
from kimcms.queries import accounts as people
from kimcms.queries import appeals
from kimcms.queries import review as queue
from kimcms.services import articles, corrections, members, publishing, review
from kimcms.services.relief import relieved
from kimcms.services.unit import atomic
from tests.services.test_articles import last_event, refused, stored, told, words
from tests.world import City

WHY = Why(Reason.SOURCE, "Sebut dari mana angkanya.")
EVERYBODY_OF_THE_KIM = ["nukus_editor", "nukus_head", "nukus_pewarta"]


def live(article: Article) -> int:
    assert article.live_revision_id
    return article.live_revision_id


def trusted(city: City) -> None:
    """KIM Nukus is under review-after."""
    with atomic(CITY, city.now, eventless=True):
        city.kim().accepted_first = 10
    review.set_trust(city.actor("moderator"), city.kim(), True, "", city.now)


def changed(city: City, article: Article, **more: object) -> Article:
    """Other words go live."""
    editor = city.actor("nukus_editor")
    city.clock.forward(minutes=5)
    correction = more.pop("correction", None)
    articles.save(editor, article, words(city, article, **more), city.now)
    assert correction is None or isinstance(correction, corrections.Words)
    return publishing.publish(editor, article, city.now, correction=correction)


def on_portal(city: City) -> bool:
    return "Warga RW 04" in city.reader().get("/").text


def test_a_change_is_asked_for_and_made(city: City) -> None:
    article, moderator = city.publish(), city.actor("moderator")
    with refused("reason_missing"):
        review.ask_change(moderator, article, live(article), Why(Reason.OTHER, " \n"), city.now)
    review.ask_change(moderator, article, live(article), WHY, city.now)
    assert (article.feed_state, article.review_why) == ("change_asked", "source")
    assert told(city, "article.change_asked") == EVERYBODY_OF_THE_KIM
    assert not on_portal(city)
    with refused("move_not_open"):
        review.accept(moderator, article, live(article), city.now)
    with refused("move_not_open"):  # nothing to appeal against
        review.appeal(city.actor("nukus_editor"), article, "Sudah benar.", city.now)
    for name in ("nukus_pewarta", "nukus_editor"):
        page = city.desk(name).get(f"/k/nukus/berita/{article.id}").text
        for said in (
            "Forum minta perubahan",
            "Sumbernya belum jelas",
            WHY.text,
            "dengan sendirinya",
        ):
            assert said in page, said
    assert WHY.text in city.desk("nukus_pewarta").get("/").text

    changed(city, article, lead="Dengan sumber.")
    assert article.feed_state is FeedState.PENDING
    assert article.offered_at == city.now
    assert [row.id for row in queue.waiting(city.now).rows] == [article.id]
    city.accept(article)
    assert article.review_why is None
    assert city.kim().accepted_first == 0  # not at first decision


def test_trust_is_proposed_given_and_lost(city: City) -> None:
    moderator, kim = city.actor("moderator"), city.kim()
    city.accept(city.publish())
    assert city.kim().accepted_first == 1
    for name in ("nukus_head", "moderator_nukus", "diskominfo"):
        with refused("not_allowed"):
            review.set_trust(city.actor(name), kim, True, "", city.now)
    with refused("trust_early"):
        review.set_trust(moderator, kim, True, "", city.now)
    trusted(city)
    assert told(city, "kim.review_after") == ["nukus_editor", "nukus_head"]

    article = city.publish(title="Langsung tampil")
    assert (article.feed_state, article.reviewed_at) == ("accepted", None)
    assert article.unread_since == city.now
    assert "Langsung tampil" in city.reader().get("/").text
    assert [(row.kind, row.id) for row in queue.waiting(city.now).rows] == [("unread", article.id)]
    review.read(moderator, article, live(article), city.now)
    assert (article.unread_since, article.reviewed_revision_id) == (None, live(article))
    assert queue.waiting(city.now).rows == []
    assert last_event(article).verb == "article.read"
    assert told(city, "article.accepted") == EVERYBODY_OF_THE_KIM  # of the first one only
    with refused("already_read"):
        review.read(moderator, article, live(article), city.now)

    with refused("reason_missing"):
        review.set_trust(moderator, kim, False, " ", city.now)
    other = city.publish(title="Dicabut")
    publishing.withdraw(city.actor("nukus_head"), other, Withdrawal.PRIVACY, "NIK.", city.now)
    assert city.kim().review_after
    third = city.publish(title="Salinan")
    publishing.withdraw(city.actor("nukus_head"), third, Withdrawal.COPIED, "Salinan.", city.now)
    assert not city.kim().review_after
    assert city.kim().accepted_first == 0
    assert told(city, "kim.review_before") == ["nukus_editor", "nukus_head"]
    assert article.feed_state is FeedState.ACCEPTED  # what stands there stays
    assert city.publish(title="Lagi").feed_state is FeedState.PENDING


def test_changes_of_what_is_accepted(city: City) -> None:
    """Berubah: stays in the feed and is read again, or waits."""
    article, moderator = city.publish(), city.actor("moderator")
    city.accept(article)
    said = corrections.Words(corrections.Kind.RALAT, "Empat puluh.", "Lima puluh.")
    changed(city, article, lead="Lima puluh warga.", correction=said)
    assert (article.feed_state, article.unread_since) == ("accepted", city.now)
    assert article.is_changed
    since = city.now
    changed(city, article, lead="Lima puluh satu warga.", correction=said)
    assert article.unread_since == since  # it has waited since then
    review.read(moderator, article, live(article), city.now)
    assert not article.is_changed
    changed(city, article, lead="Tanpa ralat.")
    assert article.feed_state is FeedState.PENDING
    city.accept(article)

    trusted(city)
    changed(city, article, lead="Sebuah kata lain.")
    assert article.feed_state is FeedState.ACCEPTED
    assert on_portal(city)
    changed(city, article, lead="NIK 3573014505990001 tercatat.")
    assert (article.feed_state, article.unread_since) == ("pending", None)
    assert article.signals == [["identity", "3573…01", "lead"]]
    assert not on_portal(city)
    changed(city, article, lead="Tanpa nomor.")
    assert (article.feed_state, article.signals) == ("pending", None)  # nobody has looked yet


def test_a_removal_and_its_appeal(city: City) -> None:
    trusted(city)
    article, moderator = city.publish(), city.actor("moderator")
    review.remove(moderator, article, live(article), WHY, city.now)
    assert (article.feed_state, article.unread_since) == ("removed", None)
    assert told(city, "article.removed") == EVERYBODY_OF_THE_KIM
    assert not city.kim().review_after
    changed(city, article, lead="Lain.")  # a new revision is no appeal
    assert article.feed_state is FeedState.REMOVED
    with refused("not_allowed"):
        review.appeal(city.actor("nukus_pewarta"), article, "Tolong.", city.now)
    with refused("appeal_words"):
        review.appeal(city.actor("nukus_editor"), article, "\u200b ", city.now)
    city.clock.forward(hours=1)
    review.appeal(city.actor("nukus_editor"), article, "Sumbernya lurah.", city.now)
    assert (article.feed_state, article.offered_at) == ("pending", city.now)
    assert (last_event(article).verb, last_event(article).reason) == ("article.appeal", "")
    with refused("appeal_other"):
        review.accept(moderator, article, live(article), city.now)
    for name in ("diskominfo", "moderator_nukus"):
        with refused("not_allowed"):
            review.accept(city.actor(name), article, live(article), city.now)
    city.accept(article, "moderator2")
    assert article.feed_state is FeedState.ACCEPTED
    answered = appeals.of(article.id)
    assert answered
    assert answered.answered_at == city.now
    review.remove(moderator, article, live(article), WHY, city.now)
    with refused("appealed"):
        review.appeal(city.actor("nukus_head"), article, "Sekali lagi.", city.now)


def test_diskominfo_answers_where_the_only_other_moderator_decided(city: City) -> None:
    article, moderator = city.publish(), city.actor("moderator")
    review.decline(moderator, article, live(article), WHY, city.now)
    for member in people.members(None):
        if member.user_id == city.cast.users["moderator2"]:
            row = people.membership(member.membership_id, None)
            assert row
            members.end_role(city.actor("diskominfo"), row, None, city.now)
    assert not relieved(article.kim_id, city.now)
    review.appeal(city.actor("nukus_head"), article, "Sumbernya lurah.", city.now)
    page = city.desk("diskominfo").get(f"/tinjauan/{article.id}")
    assert page.status_code == 200
    city.accept(article, "diskominfo")
    assert article.feed_state is FeedState.ACCEPTED


def test_several_at_once(city: City) -> None:
    first, second = city.publish(title="Satu"), city.publish(title="Dua")
    own, read = city.publish("gerabah_pewarta", title="Tiga"), live(second)
    changed(city, second, title="Dua lagi")
    chosen = [(first.id, live(first)), (second.id, read), (own.id, live(own)), (10**9, 1)]
    answers = review.accept_several(city.actor("moderator"), chosen, city.now)
    codes = {which: refusal and refusal.code for which, refusal in answers.items()}
    assert codes == {first.id: None, second.id: "stale", own.id: None, 10**9: "gone"}
    states = [stored(article.id).feed_state.value for article in (first, second, own)]
    assert states == ["accepted", "pending", "accepted"]


@pytest.mark.parametrize("verb", ["ask_change", "decline", "remove", "read"])
def test_nobody_decides_about_the_own_kim(on_sqlite: City, verb: str) -> None:
    city, article = on_sqlite, on_sqlite.publish()
    if verb in {"remove", "read"}:
        city.accept(article)
    for name in ("moderator_nukus", "nukus_head", "diskominfo", "gerabah_editor"):
        act = getattr(review, verb)
        with refused("not_allowed"):
            act(
                city.actor(name),
                article,
                live(article),
                *([] if verb == "read" else [WHY]),
                city.now,
            )
    db.session.rollback()
