"""Search results are what the predicate says, whatever happened to the articles and KIMs."""

from __future__ import annotations

import datetime as dt
import random
import runpy
from pathlib import Path

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain import visibility
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import SYSTEM
from kimcms.domain.search import Question
from kimcms.domain.stems import stems
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim
from kimcms.models.search import SearchEntry, SearchSlip
from kimcms.queries import search
from kimcms.queries.matches import Scope
from kimcms.services import articles, publishing, review
from kimcms.services.articles import Edit
from kimcms.services.unit import atomic
from tests.lengths import later, on_postgres_later
from tests.world import City

VERSIONS = Path(__file__).parent.parent.parent / "migrations" / "versions"
WORDS = ("banjir", "posyandu", "lomba", "panen", "ronda")


def act(city: City, dice: random.Random) -> None:
    """One thing that people may do, or are refused."""
    found = list(db.session.scalars(sa.select(Article).order_by(Article.id)))
    title = " ".join(dice.sample(WORDS, 2))
    if not found or dice.random() < 0.25:
        at = dice.choice((None, None, city.now + dt.timedelta(hours=dice.randrange(1, 9))))
        city.publish(dice.choice(("nukus_pewarta", "gerabah_pewarta")), title=title, at=at)
        return
    article = dice.choice(found)
    kim = db.session.get_one(Kim, article.kim_id)
    editor = city.actor(f"{kim.slug}_editor")
    what = dice.randrange(9)
    if what == 0:
        edit = Edit(city.draft(title=title), article.newest_revision_id)
        articles.save(editor, article, edit, city.now)
    elif what == 1:
        publishing.publish(editor, article, city.now)
    elif what == 2:
        publishing.unpublish(editor, article, city.now)
    elif what == 3:
        publishing.withdraw(editor, article, Withdrawal.PRIVACY, "Memuat nama.", city.now)
    elif what == 4:
        publishing.restore(city.actor("moderator"), article, city.now)
    elif what in (5, 6) and article.live_revision_id:
        review.accept(city.actor("moderator"), article, article.live_revision_id, city.now)
    elif what == 7:
        with atomic("city", city.now) as unit:
            hours = dice.randrange(1, 5)
            article.hidden_until = city.now + dt.timedelta(hours=hours)
            unit.record(SYSTEM, "article.hide", article)
    elif dice.random() < 0.5:
        with atomic("city", city.now) as unit:
            kim.suspended_at = None if kim.suspended_at else city.now
            unit.record(SYSTEM, "kim.suspend", kim)
    city.clock.forward(hours=dice.randrange(4))


def expected(city: City, word: str, kim_id: int | None) -> list[int]:
    """What the pure predicate says, newest first."""
    found = []
    for article, title, lead, body in db.session.execute(
        sa.select(Article, Revision.title, Revision.lead, Revision.body).join(
            Revision, Revision.id == Article.live_revision_id
        )
    ):
        door = db.session.get_one(Kim, article.kim_id).is_open
        shown = visibility.in_feed if kim_id is None else visibility.is_public
        here = kim_id in (None, article.kim_id) and shown(article, door, city.now)
        if here and word in stems(f"{title} {lead} {body}"):
            found.append((article.public_at, article.id))
    return [article_id for _, article_id in sorted(found, reverse=True)]


@on_postgres_later
@pytest.mark.parametrize("seed", [0, *later(1, 2, 3)])
def test_results_are_what_the_predicate_says(city: City, seed: int) -> None:
    dice = random.Random(seed)
    compared = 0
    for step in range(45):
        try:
            act(city, dice)
        except Refused:
            city.clock.forward(minutes=7)
        if step % 5:
            continue
        for word in WORDS:
            for kim_id in (None, *city.cast.kims.values()):
                scope = Scope(kim_id is None, None if kim_id is None else (kim_id,))
                want = expected(city, word, kim_id)
                question = Question.read(word)
                newest = search.newest(question, scope, city.now)
                best = search.best(question, scope, city.now)
                assert [hit.card.id for hit in newest.rows] == want[: search.PAGE], (word, kim_id)
                assert {hit.card.id for hit in best.rows} <= set(want)
                assert len(best.rows) == min(len(want), search.PAGE)
                assert newest.after is None or len(want) > search.PAGE
                slip = search.meant(Question.read(word[:2] + word[3:]), scope, city.now)
                assert (slip == word) is bool(want), (word, kim_id)
                compared += bool(want)
    assert compared > 10


def test_the_migration_fills_the_index_from_what_is_live(city: City) -> None:
    for word in WORDS:
        city.publish(title=f"Kabar {word}")
    city.write(title="Naskah yang belum terbit")
    entries = sa.select(SearchEntry.place, SearchEntry.title, SearchEntry.body)
    slips = sa.select(SearchSlip.slip, SearchSlip.stem).order_by(SearchSlip.slip, SearchSlip.stem)
    before = db.session.execute(entries).all(), db.session.execute(slips).all()
    (file,) = VERSIONS.glob("0006_*.py")
    migration = runpy.run_path(str(file))
    with atomic("city", city.now, eventless=True):
        db.session.execute(sa.delete(SearchEntry))
        db.session.execute(sa.delete(SearchSlip))
        migration["fill"](db.session.connection())
    assert (db.session.execute(entries).all(), db.session.execute(slips).all()) == before
    assert len(before[0]) == len(WORDS)
    here = Scope(False, (city.cast.kims["nukus"],))
    assert len(search.newest(Question.read("ronda"), here, city.now).rows) == 1
