"""Cities of any size for measuring, by bulk insert. Deterministic for the same seed and clock."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.html import clean_html, from_markdown
from kimcms.domain.look import ACCENTS
from kimcms.domain.roles import SYSTEM
from kimcms.domain.search import text_words
from kimcms.domain.text import slugify
from kimcms.models.account import User
from kimcms.models.article import Article, ArticleSlug, Revision
from kimcms.models.kelurahan import Kecamatan, Kelurahan
from kimcms.models.kim import Kim, KimSlug
from kimcms.queries.articles import categories
from kimcms.seed import reference
from kimcms.seed.stories import Newsroom, Place
from kimcms.services import bulk, search

_CHUNK = 5_000
_STORIES = 300
_LARGEST_SHARE = 5  # a fifth of all articles stands in one KIM


def load(kims: int, articles: int, seed: int, now: dt.datetime) -> str:
    """A city of so many KIMs and public, accepted articles; what was written, in one line.

    Kelurahan beyond the city's 57 are made up and numbered: this is for measuring only.
    """
    reference.load(now)
    rng = random.Random(seed)  # noqa: S311
    topics = [topic.id for topic in categories()]
    with bulk.bulk(now) as unit:
        author = User(name="Akun contoh", created_at=now, is_sample=True)
        db.session.add(author)
        unit.record(SYSTEM, "sample.crowd", author, after={"kims": kims, "articles": articles})
        _places(kims)
        _kims(kims, now)
        first = (db.session.scalar(sa.select(sa.func.max(Article.id))) or 0) + 1
        texts = list(_texts(seed, now))
        for start in range(0, articles, _CHUNK):
            numbers = range(start, min(start + _CHUNK, articles))
            rows = [
                _row(first + n, n, articles, kims, author.id, topics, texts, rng, now)
                for n in numbers
            ]
            _write(rows)
        search.fill(first - 1, lru_cache(_STORIES)(text_words))
        for table in (Kim, Article, Revision):
            bulk.numbered(db.session.connection(), table.metadata.tables[table.__tablename__])
    return f"{kims} KIMs, {articles} articles"


def _places(wanted: int) -> None:
    """Enough kelurahan for one KIM each."""
    have = db.session.scalar(sa.select(sa.func.count(Kelurahan.id))) or 0
    parent = db.session.scalar(sa.select(sa.func.min(Kecamatan.id)))
    more = [
        {
            "kecamatan_id": parent,
            "code": f"99.{number:08d}",
            "name": f"Contoh {number}",
            "other_spelling": "",
            "slug": f"contoh-{number}",
        }
        for number in range(have + 1, wanted + 1)
    ]
    if more:
        bulk.insert(Kelurahan, more)


def _kims(wanted: int, now: dt.datetime) -> None:
    places = db.session.execute(
        sa.select(Kelurahan.id, Kelurahan.name, Kelurahan.slug).order_by(Kelurahan.id).limit(wanted)
    ).all()
    accents = list(ACCENTS)
    rows = [
        {
            "id": number,
            "kelurahan_id": place.id,
            "name": f"KIM {place.name}",
            "slug": place.slug,
            "tagline": "",
            "about": "",
            "address": "",
            "phone": "",
            "email": "",
            "links": [],
            "accent": accents[number % len(accents)],
            "opened_at": now - dt.timedelta(days=4000),
            "is_sample": True,
        }
        for number, place in enumerate(places, 1)
    ]
    bulk.insert(Kim, rows)
    bulk.insert(KimSlug, [{"slug": row["slug"], "kim_id": row["id"]} for row in rows])


def _texts(seed: int, now: dt.datetime) -> Iterator[tuple[str, str, str]]:
    """Title, lead and clean body of some hundred stories, which the articles share."""
    newsroom = Newsroom(seed)
    place = Place("KIM Contoh", "Contoh", "Contoh")
    for number in range(_STORIES):
        day = now.date() - dt.timedelta(days=number % 200)
        story = newsroom.story(place, day)
        yield story.title, story.lead, clean_html(from_markdown(story.body), {})


def _row(
    article_id: int,
    number: int,
    total: int,
    kims: int,
    author_id: int,
    topics: list[int],
    texts: list[tuple[str, str, str]],
    rng: random.Random,
    now: dt.datetime,
) -> dict[str, Any]:
    title, lead, body = rng.choice(texts)
    title = f"{title} ({number})"
    kim_id = 1 if number % _LARGEST_SHARE == 0 else rng.randrange(kims) + 1
    # Oldest first, so that ids and times rise together, ten years at the most.
    age = dt.timedelta(days=3650) * (1 - (number + 1) / total)
    return {
        "id": article_id,
        "kim_id": kim_id,
        "author_id": author_id,
        "slug": f"{slugify(title, 60)}-{number}",
        "at": now - age - dt.timedelta(minutes=1),
        "category_id": rng.choice(topics),
        "title": title[:140],
        "lead": lead,
        "body": body,
    }


def _write(rows: list[dict[str, Any]]) -> None:
    """Articles first without their revision, since the two name each other."""
    bulk.insert(
        Article,
        [
            {
                "id": row["id"],
                "kim_id": row["kim_id"],
                "author_id": row["author_id"],
                "slug": row["slug"],
                "created_at": row["at"],
                "touched_at": row["at"],
                "public_at": row["at"],
                "offered_at": row["at"],
                "category_id": row["category_id"],
                "text_state": "clean",
                "exposure": "public",
                "feed_state": "accepted",
                "withdrawn_note": "",
                "site_only": False,
                "review_reason": "",
                "returned_note": "",
                "imported": True,
            }
            for row in rows
        ],
    )
    bulk.insert(
        Revision,
        [
            {
                "id": row["id"],
                "article_id": row["id"],
                "kim_id": row["kim_id"],
                "number": 1,
                "author_id": row["author_id"],
                "created_at": row["at"],
                "title": row["title"],
                "lead": row["lead"],
                "body": row["body"],
                "category_id": row["category_id"],
                "repost_source": "",
                "photo_caption": "",
                "photo_alt": "",
                "photo_credit": "",
            }
            for row in rows
        ],
    )
    bulk.insert(
        ArticleSlug,
        [{"kim_id": row["kim_id"], "slug": row["slug"], "article_id": row["id"]} for row in rows],
    )
    span = Article.id.between(rows[0]["id"], rows[-1]["id"])
    statement = sa.update(Article).where(span)
    same = {"newest_revision_id": Article.id, "live_revision_id": Article.id}
    db.session.execute(statement.values(**same), execution_options={"synchronize_session": False})
