"""Writing: each verb's state, event and notices; the same key twice; two people at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.refusal import Refused
from kimcms.domain.workflow import Exposure, FeedState, TextState
from kimcms.models.article import Article, ArticleSlug, Fingerprint, Revision
from kimcms.models.cluster import LedgerEntry
from kimcms.models.counter import PageCounter
from kimcms.models.event import Event
from kimcms.models.idempotency import IdempotencyKey
from kimcms.models.notice import Notice
from kimcms.services import articles, publishing
from kimcms.services.articles import Edit
from tests.world import City

KEY = "0123456789abcdef"
STATES = {state.value for kind in (TextState, Exposure, FeedState) for state in kind}
TRACES = (Article, Revision, Event, Notice, LedgerEntry, IdempotencyKey, ArticleSlug, Fingerprint)


def count(table: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def trace() -> dict[str, Any]:
    """All that a verb may leave behind."""
    rows = {table.__tablename__: count(table) for table in TRACES}
    states = db.session.execute(
        sa.select(
            Article.id,
            Article.text_state,
            Article.exposure,
            Article.feed_state,
            Article.newest_revision_id,
            Article.live_revision_id,
            Article.public_at,
            Article.touched_at,
            Article.slug,
        ).order_by(Article.id)
    ).all()
    return {**rows, "states": [tuple(row) for row in states], "counters": counters()}


def counters() -> dict[str, int]:
    return {row.tag: row.value for row in db.session.scalars(sa.select(PageCounter))}


def bumped(before: dict[str, int]) -> set[str]:
    """The counters that moved since."""
    return {tag for tag, value in counters().items() if before.get(tag) != value}


def events(article_id: int) -> list[Event]:
    found = db.session.scalars(
        sa.select(Event)
        .where(Event.object_type == "article", Event.object_id == article_id)
        .order_by(Event.id)
    )
    return list(found)


def last_event(article: Article) -> Event:
    return events(article.id)[-1]


def told(city: City, kind: str) -> list[str]:
    """Who has a notice of this kind, each as often as they have one."""
    names = {user_id: name for name, user_id in city.cast.users.items()}
    found = db.session.scalars(sa.select(Notice.user_id).where(Notice.kind == kind))
    return sorted(names[user_id] for user_id in found)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Refused with this code, and nothing left behind."""
    before = trace()
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code
    assert trace() == before


def at_once(city: City, *acts: Callable[[], Any]) -> list[str]:
    """Each act in a thread and an app context of its own, begun at the same moment.

    What came of it: "ok", the code of a refusal, or the name of an error.
    """
    db.session.rollback()
    barrier = threading.Barrier(len(acts))
    outcomes = [""] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        with city.app.app_context():
            barrier.wait()
            try:
                act()
                outcomes[place] = "ok"
            except Refused as refusal:
                outcomes[place] = refusal.code
            except Exception as error:  # noqa: BLE001 - the test names it
                outcomes[place] = repr(error)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return sorted(outcomes)


def stored(article_id: int) -> Article:
    """The article in this thread's own session."""
    found = db.session.get(Article, article_id)
    if found is None:
        raise Refused("gone")
    return found


def words(city: City, article: Article, **changes: Any) -> Edit:
    return Edit(city.draft(**changes), article.newest_revision_id)


# --- verbs -------------------------------------------------------------------------------------


def test_create(city: City) -> None:
    before = counters()
    article = city.write()
    assert article.newest
    assert (article.text_state, article.exposure, article.feed_state) == ("draft", "never", "none")
    assert (article.newest.number, article.live_revision_id, article.public_at) == (1, None, None)
    assert article.slug == "warga-rw-04-bersihkan-saluran-air"
    assert article.author_id == city.cast.users["nukus_pewarta"]
    (event,) = events(article.id)
    assert (event.verb, event.actor_id, event.kim_id) == (
        "article.save",
        article.author_id,
        article.kim_id,
    )
    assert event.at == city.now
    assert event.before == {}
    assert event.after["text"] == "draft"
    assert event.after["newest"] == article.newest_revision_id
    assert bumped(before) == set()
    assert count(Notice) == 0


def test_save_appends_a_revision_and_changes_no_page(city: City) -> None:
    article = city.write()
    first, before = article.newest_revision_id, counters()
    city.clock.forward(minutes=1)
    editor = city.actor("nukus_editor")
    articles.save(editor, article, words(city, article, title="Judul lain"), city.now)
    assert article.newest
    assert (article.newest.number, article.newest.author_id) == (2, editor.user_id)
    assert article.author_id == city.cast.users["nukus_pewarta"]
    assert article.touched_at == city.now
    assert article.slug == "warga-rw-04-bersihkan-saluran-air"
    event = last_event(article)
    assert (event.before, event.after) == (
        {"newest": first},
        {"newest": article.newest_revision_id},
    )
    assert bumped(before) == set()


def test_saving_what_is_there_is_no_revision_and_no_event(city: City) -> None:
    article = city.write()
    before = trace()
    articles.save(city.actor("nukus_pewarta"), article, words(city, article), city.now)
    assert trace() == before


def test_submit_and_who_is_told(city: City) -> None:
    article = city.write()
    articles.submit(city.actor("nukus_pewarta"), article, city.now)
    assert article.text_state is TextState.SUBMITTED
    event = last_event(article)
    assert (event.verb, event.before, event.after) == (
        "article.submit",
        {"text": "draft"},
        {"text": "submitted"},
    )
    assert told(city, "article.submitted") == ["nukus_editor", "nukus_head"]
    with refused("move_not_open"):
        articles.submit(city.actor("nukus_pewarta"), article, city.now)
    with refused("not_allowed"):  # only editor and head edit a submitted text
        articles.save(
            city.actor("nukus_pewarta"), article, words(city, article, title="x"), city.now
        )
    editor = city.actor("nukus_editor")
    articles.save(editor, article, words(city, article, title="Judul lain"), city.now)
    assert article.text_state is TextState.SUBMITTED


def test_an_editor_who_submits_is_not_told(city: City) -> None:
    article = city.write("nukus_editor")
    articles.submit(city.actor("nukus_editor"), article, city.now)
    assert told(city, "article.submitted") == ["nukus_head"]


def test_submit_with_the_words_on_the_screen(city: City) -> None:
    article = city.write(title="", body="")
    pewarta = city.actor("nukus_pewarta")
    with refused("not_ready"):
        articles.submit(pewarta, article, city.now)
    with refused("not_ready"):
        articles.submit(pewarta, article, city.now, words(city, article, title="\u200b \0"))
    articles.submit(pewarta, article, city.now, words(city, article))
    assert article.text_state is TextState.SUBMITTED
    assert [e.verb for e in events(article.id)] == [
        "article.save",
        "article.save",
        "article.submit",
    ]


def test_take_back_and_return(city: City) -> None:
    article = city.write()
    pewarta, editor = city.actor("nukus_pewarta"), city.actor("nukus_editor")
    with refused("move_not_open"):
        articles.take_back(pewarta, article, city.now)
    articles.submit(pewarta, article, city.now)
    articles.take_back(pewarta, article, city.now)
    assert article.text_state is TextState.DRAFT
    assert last_event(article).verb == "article.take_back"

    city.clock.forward(minutes=1)
    articles.submit(pewarta, article, city.now)
    assert told(city, "article.submitted") == ["nukus_editor"] * 2 + ["nukus_head"] * 2
    with refused("not_allowed"):
        articles.return_to_author(pewarta, article, "Kurang lengkap.", city.now)
    with refused("reason_missing"):
        articles.return_to_author(editor, article, " \u200b\n", city.now)
    articles.return_to_author(editor, article, "Tulis nama\nketua RW.", city.now)
    assert article.text_state is TextState.RETURNED
    assert article.returned_note == "Tulis nama ketua RW."
    assert last_event(article).after == {"text": "returned"}
    assert told(city, "article.returned") == ["nukus_pewarta"]

    articles.save(pewarta, article, words(city, article, title="Dengan nama"), city.now)
    assert (article.text_state, article.returned_note) == ("draft", "Tulis nama ketua RW.")
    articles.submit(pewarta, article, city.now)
    assert article.returned_note == ""


def test_delete_leaves_the_history_and_nothing_else(city: City) -> None:
    article = city.write()
    article_id, slug = article.id, article.slug
    for name in ("gerabah_head", "moderator", "diskominfo", "moderator_nukus"):
        with refused("not_allowed"):
            articles.delete(city.actor(name), article, city.now)
    articles.delete(city.actor("nukus_pewarta"), article, city.now)
    assert (count(Article), count(Revision), count(ArticleSlug)) == (0, 0, 0)
    assert [event.verb for event in events(article_id)] == ["article.save", "article.delete"]
    assert city.write().slug == slug


def test_only_what_was_never_public_can_be_deleted(city: City) -> None:
    article = city.publish()
    head = city.actor("nukus_head")
    with refused("was_public"):
        articles.delete(head, article, city.now)
    publishing.unpublish(head, article, city.now)
    with refused("was_public"):
        articles.delete(head, article, city.now)

    later = city.now.replace(hour=20)
    planned = city.publish(title="Rencana besok", at=later)
    with refused("was_public"):
        articles.delete(head, planned, city.now)
    publishing.unpublish(head, planned, city.now)
    articles.delete(head, planned, city.now)
    assert count(Article) == 1


def test_a_deleted_article_is_gone_for_whoever_still_has_it_open(city: City) -> None:
    pewarta, editor = city.actor("nukus_pewarta"), city.actor("nukus_editor")
    for verb in (
        lambda a, edit: articles.save(pewarta, a, edit, city.now),
        lambda a, edit: articles.submit(pewarta, a, city.now, edit),
        lambda a, _edit: articles.delete(pewarta, a, city.now),
        lambda a, _edit: publishing.publish(editor, a, city.now),
    ):
        article = city.write()
        edit = words(city, article, title="Terlambat")
        with city.app.app_context():
            articles.delete(city.actor("nukus_head"), stored(article.id), city.now)
        with pytest.raises(Refused, match="gone"):
            verb(article, edit)
    assert (count(Article), count(Revision), count(ArticleSlug)) == (0, 0, 0)


# --- who may not -------------------------------------------------------------------------------


def test_a_refused_verb_leaves_no_trace(city: City) -> None:
    article, public = city.write(), city.publish(title="Sudah terbit")
    kim, edit, now = city.kim(), words(city, article, title="Diubah"), city.now
    outsiders = ("gerabah_pewarta", "gerabah_editor", "gerabah_head", "moderator", "diskominfo")
    for name in (*outsiders, "moderator_nukus"):
        actor = city.actor(name)
        if name != "moderator_nukus":
            with refused("not_allowed"):
                articles.create(actor, kim, Edit(city.draft(), key=KEY), now)
        for verb in (
            lambda a=actor: articles.save(a, article, edit, now),
            lambda a=actor: articles.submit(a, article, now, edit),
            lambda a=actor: articles.take_back(a, article, now),
            lambda a=actor: articles.return_to_author(a, article, "Sebab.", now),
            lambda a=actor: publishing.publish(a, article, now),
            lambda a=actor: publishing.unpublish(a, public, now),
            lambda a=actor: publishing.change_slug(a, public, "lain", now),
        ):
            with refused("not_allowed"):
                verb()
    for verb in (publishing.publish, publishing.unpublish):
        with refused("not_allowed"):
            verb(city.actor("nukus_pewarta"), public, now)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "x" * 141}, "too_long_field"),
        ({"lead": "x" * 401}, "too_long_field"),
        ({"photo_caption": "x" * 301}, "too_long_field"),
        ({"photo_credit": "x" * 81}, "too_long_field"),
        ({"repost_source": "x" * 141}, "too_long_field"),
        ({"body": "x" * 64_001}, "too_long"),
        ({"body": "<div>" * 101}, "too_deep"),
        ({"photo_id": 10**30}, "photo_unknown"),
        ({"photo_id": 999}, "photo_unknown"),
        ({"photo_id": -1}, "photo_unknown"),
        ({"category_id": 999}, "category_unknown"),
    ],
)
def test_words_that_are_refused(on_sqlite: City, changes: dict[str, Any], code: str) -> None:
    pewarta, article = on_sqlite.actor("nukus_pewarta"), on_sqlite.write()
    with refused(code):
        edit = Edit(on_sqlite.draft(**changes), key=KEY)
        articles.create(pewarta, on_sqlite.kim(), edit, on_sqlite.now)
    with refused(code):
        articles.save(pewarta, article, words(on_sqlite, article, **changes), on_sqlite.now)


def test_events_hold_no_text(on_sqlite: City) -> None:
    city = on_sqlite
    pewarta, editor = city.actor("nukus_pewarta"), city.actor("nukus_editor")
    article = city.write(title="RAHASIA satu", lead="RAHASIA", photo_credit="RAHASIA")
    articles.save(pewarta, article, words(city, article, body="<p>RAHASIA</p>"), city.now)
    articles.submit(pewarta, article, city.now)
    articles.return_to_author(editor, article, "RAHASIA", city.now)
    publishing.publish(editor, article, city.now)
    city.accept(article)
    publishing.unpublish(editor, article, city.now)
    for event in events(article.id):
        assert "RAHASIA" not in json.dumps([event.before, event.after]), event.verb
        for value in (*event.before.values(), *event.after.values()):
            assert value is None or isinstance(value, int) or value in STATES, event.verb


# --- the same key, and an old base -------------------------------------------------------------


def test_the_same_key_twice_is_one_article(city: City) -> None:
    pewarta, kim = city.actor("nukus_pewarta"), city.kim()
    one = articles.create(pewarta, kim, Edit(city.draft(), key=KEY), city.now)
    before = trace()
    again = articles.create(pewarta, kim, Edit(city.draft(), key=KEY), city.now)
    assert again.id == one.id
    with refused("key_used"):  # other words under a used key are not dropped silently
        articles.create(pewarta, kim, Edit(city.draft(title="Lain"), key=KEY), city.now)
    assert trace() == before
    other = articles.create(city.actor("nukus_editor"), kim, Edit(city.draft(), key=KEY), city.now)
    assert other.id != one.id  # another person's key


def test_the_same_key_twice_saves_once(city: City) -> None:
    article = city.write()
    pewarta, base = city.actor("nukus_pewarta"), article.newest_revision_id
    edit = Edit(city.draft(title="Sekali saja"), base, KEY)
    articles.save(pewarta, article, edit, city.now)
    before = trace()
    articles.save(pewarta, article, edit, city.now)  # its base is old now, and that is no conflict
    assert trace() == before


def test_a_key_serves_one_verb(city: City) -> None:
    pewarta = city.actor("nukus_pewarta")
    article = articles.create(pewarta, city.kim(), Edit(city.draft(), key=KEY), city.now)
    with refused("bad_key"):
        articles.save(
            pewarta,
            article,
            Edit(city.draft(title="Lain"), article.newest_revision_id, KEY),
            city.now,
        )


def test_a_refused_form_does_not_use_up_its_key(city: City) -> None:
    pewarta, kim = city.actor("nukus_pewarta"), city.kim()
    with refused("too_long_field"):
        articles.create(pewarta, kim, Edit(city.draft(title="x" * 200), key=KEY), city.now)
    assert articles.create(pewarta, kim, Edit(city.draft(), key=KEY), city.now).id


def test_the_key_of_a_deleted_draft_is_gone(city: City) -> None:
    pewarta, kim = city.actor("nukus_pewarta"), city.kim()
    article = articles.create(pewarta, kim, Edit(city.draft(), key=KEY), city.now)
    articles.delete(pewarta, article, city.now)
    with refused("gone"):
        articles.create(pewarta, kim, Edit(city.draft(), key=KEY), city.now)


@pytest.mark.parametrize(
    "key", ["", "kurang", "x" * 65, "ada spasi di sini", "kunci-é-kunci", "--" * 9]
)
def test_what_is_no_key(on_sqlite: City, key: str) -> None:
    with refused("bad_key"):
        articles.create(
            on_sqlite.actor("nukus_pewarta"),
            on_sqlite.kim(),
            Edit(on_sqlite.draft(), key=key),
            on_sqlite.now,
        )


def test_an_old_base_is_refused(city: City) -> None:
    article = city.write()
    pewarta, editor = city.actor("nukus_pewarta"), city.actor("nukus_editor")
    old = article.newest_revision_id
    articles.save(editor, article, Edit(city.draft(title="Dari editor"), old), city.now)
    for base in (old, None, 10**30, -1):
        mine = Edit(city.draft(title="Dari pewarta"), base)
        with refused("stale"):
            articles.save(pewarta, article, mine, city.now)
        with refused("stale"):
            articles.submit(pewarta, article, city.now, mine)
    assert article.newest
    assert article.newest.title == "Dari editor"


# --- at the same moment ------------------------------------------------------------------------


def test_twenty_identical_creates_at_once(city: City) -> None:
    pewarta, draft = city.actor("nukus_pewarta"), city.draft()
    made = []

    def create() -> None:
        made.append(articles.create(pewarta, city.kim(), Edit(draft, key=KEY), city.now).id)

    assert at_once(city, *[create] * 20) == ["ok"] * 20
    assert len(set(made)) == 1
    assert (count(Article), count(Revision), len(events(made[0]))) == (1, 1, 1)


def test_the_same_title_at_once_gets_different_addresses(city: City) -> None:
    pewarta, draft = city.actor("nukus_pewarta"), city.draft()

    def create() -> None:
        articles.create(pewarta, city.kim(), Edit(draft), city.now)

    assert at_once(city, *[create] * 6) == ["ok"] * 6
    slugs = set(db.session.scalars(sa.select(Article.slug)))
    dated = {f"warga-rw-04-bersihkan-saluran-air-20261124-{number}" for number in range(2, 6)}
    assert slugs == dated | {
        "warga-rw-04-bersihkan-saluran-air",
        "warga-rw-04-bersihkan-saluran-air-20261124",
    }


def test_two_saves_at_once_lose_nothing(city: City) -> None:
    article = city.write()
    article_id, base = article.id, article.newest_revision_id
    drafts = [city.draft(title=f"Dari orang {number}") for number in range(4)]
    actors = [city.actor(n) for n in ("nukus_pewarta", "nukus_editor", "nukus_head")]
    acts = [
        lambda a=actor, d=draft: articles.save(a, stored(article_id), Edit(d, base), city.now)
        for actor, draft in zip(actors, drafts, strict=False)
    ]
    assert at_once(city, *acts) == ["ok", "stale", "stale"]
    assert count(Revision) == 2
    assert len(events(article_id)) == 2


def test_save_and_delete_at_once(city: City) -> None:
    article = city.write()
    article_id, edit = article.id, words(city, article, title="Masih ditulis")
    pewarta, head = city.actor("nukus_pewarta"), city.actor("nukus_head")
    outcomes = at_once(
        city,
        lambda: articles.save(pewarta, stored(article_id), edit, city.now),
        lambda: articles.delete(head, stored(article_id), city.now),
    )
    assert outcomes in (["ok", "ok"], ["gone", "ok"])
    assert (count(Article), count(Revision), count(ArticleSlug)) == (0, 0, 0)


def test_submits_at_once_tell_once(city: City) -> None:
    article_id = city.write().id
    pewarta = city.actor("nukus_pewarta")
    outcomes = at_once(city, *[lambda: articles.submit(pewarta, stored(article_id), city.now)] * 4)
    assert outcomes == ["move_not_open"] * 3 + ["ok"]
    assert told(city, "article.submitted") == ["nukus_editor", "nukus_head"]
