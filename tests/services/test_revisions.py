"""Autosaves: few entries and events, the newest words always, and nobody overwritten."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.refusal import Refused
from kimcms.domain.workflow import TextState
from kimcms.models.article import Article, Revision, RevisionMedia
from kimcms.models.event import Event
from kimcms.services import articles, publishing, revisions
from kimcms.services.articles import Edit
from tests.world import City

NAMES = ("nukus_pewarta", "nukus_editor")


def autosave(
    city: City,
    article: Article,
    title: str,
    *,
    by: str = "nukus_pewarta",
    base: int | None = None,
    key: str | None = None,
) -> int:
    """The base that the page has from then on."""
    base = base if base is not None else article.newest_revision_id
    draft = city.draft(title=title)
    edit = Edit(draft, base, key, auto=True)
    articles.save(city.actor(by), article, edit, city.now)
    assert article.newest_revision_id
    return article.newest_revision_id


def entries(article: Article) -> list[str]:
    """Titles in the history, oldest first."""
    shown = sa.select(Revision.title).where(
        Revision.article_id == article.id, Revision.folded_at.is_(None)
    )
    return list(db.session.scalars(shown.order_by(Revision.number)))


def verbs(article: Article) -> list[str]:
    found = sa.select(Event.verb).where(Event.object_id == article.id, Event.verb.like("article.%"))
    return [verb.removeprefix("article.") for verb in db.session.scalars(found.order_by(Event.id))]


def test_autosaves_of_a_session_are_one_entry_and_one_event(city: City) -> None:
    article = city.write()
    saved = article.newest
    for number in range(20):
        city.clock.forward(seconds=10)
        autosave(city, article, f"Ketikan {number}")
    assert entries(article) == [saved.title if saved else "", "Ketikan 19"]
    assert verbs(article) == ["save", "save"]
    assert article.newest
    assert article.newest.title == "Ketikan 19"
    assert article.touched_at == city.now
    event = db.session.scalar(sa.select(Event).order_by(Event.id.desc()))
    assert event
    assert event.after == {}  # names no row that a later autosave folds


def test_what_is_saved_by_hand_always_stands(city: City) -> None:
    article = city.write()
    for number in range(3):
        autosave(city, article, f"Ketikan {number}")
        edit = Edit(city.draft(title=f"Simpan {number}"), article.newest_revision_id)
        articles.save(city.actor("nukus_pewarta"), article, edit, city.now)
    assert entries(article)[1:] == [
        "Ketikan 0", "Simpan 0", "Ketikan 1", "Simpan 1", "Ketikan 2", "Simpan 2",
    ]  # fmt: skip


def test_another_person_in_between_ends_the_run(city: City) -> None:
    article = city.write()
    for title, by in (("A1", 0), ("A2", 0), ("B1", 1), ("B2", 1), ("A3", 0)):
        autosave(city, article, title, by=NAMES[by])
    assert entries(article)[1:] == ["A2", "B2", "A3"]


def test_what_was_sent_returned_or_published_is_never_folded(city: City) -> None:
    pewarta, editor = city.actor("nukus_pewarta"), city.actor("nukus_editor")
    article = city.write()
    autosave(city, article, "Dikirim")
    articles.submit(pewarta, article, city.now)
    articles.return_to_author(editor, article, "Perbaiki judulnya.", city.now)
    autosave(city, article, "Diperbaiki")
    assert article.text_state is TextState.DRAFT
    publishing.publish(editor, article, city.now)
    live = article.live_revision_id
    autosave(city, article, "Sesudah terbit 1")
    autosave(city, article, "Sesudah terbit 2")
    assert entries(article)[1:] == ["Dikirim", "Diperbaiki", "Sesudah terbit 2"]
    assert article.live_revision_id == live
    assert article.live
    assert article.live.title == "Diperbaiki"


def test_another_person_with_a_folded_base_is_told(city: City) -> None:
    article = city.write()
    base = autosave(city, article, "Satu")
    autosave(city, article, "Dua")
    with pytest.raises(Refused, match="stale"):
        autosave(city, article, "Dari editor", by="nukus_editor", base=base)
    with pytest.raises(Refused, match="stale"):  # nor is another device of the same person silent
        autosave(city, article, "Dari laptop", base=base)
    assert entries(article)[-1] == "Dua"


def test_the_same_autosave_twice(city: City) -> None:
    article = city.write()
    base = article.newest_revision_id
    assert base
    made = autosave(city, article, "Satu", base=base, key="kunci-0001")
    assert autosave(city, article, "Satu", base=base, key="kunci-0001") == made
    autosave(city, article, "Dari editor", by="nukus_editor")
    with pytest.raises(Refused, match="stale"):  # else it would go on from the editor's words
        autosave(city, article, "Satu", base=base, key="kunci-0001")


def test_folded_words_stay_a_while(city: City) -> None:
    article = city.write()
    for title in ("Satu", "Dua", "Tiga"):
        autosave(city, article, title)
    assert revisions.forget_folded(city.now + revisions.FOLDED_LASTS) == 0
    assert revisions.forget_folded(city.now + revisions.FOLDED_LASTS + dt.timedelta(1)) == 2
    assert entries(article)[-1] == "Tiga"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RevisionMedia)) == 0


def test_what_one_sent_oneself_is_never_folded(city: City) -> None:
    article = city.write("nukus_editor")
    autosave(city, article, "Dikirim", by="nukus_editor")
    articles.submit(city.actor("nukus_editor"), article, city.now)
    autosave(city, article, "Sesudahnya", by="nukus_editor")
    assert entries(article)[1:] == ["Dikirim", "Sesudahnya"]
