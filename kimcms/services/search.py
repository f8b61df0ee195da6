"""The search index: what it holds of an article is written in the article's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from kimcms.db import db
from kimcms.domain.search import ROOM, index_words, place_of, slips, text_words
from kimcms.domain.workflow import Exposure
from kimcms.models.article import Article, Revision
from kimcms.models.search import SearchEntry, SearchSlip

_CHUNK = 1_000
_LIVE: tuple[Any, ...] = (
    Revision.id,
    Revision.category_id,
    Revision.title,
    Revision.lead,
    Revision.body,
)


def keep(article: Article) -> None:
    """Make the index say what the article now says: the live words while it is exposed, its hour
    come or not, else nothing. Within a unit of work."""
    db.session.flush()
    entry = db.session.scalar(sa.select(SearchEntry).where(SearchEntry.article_id == article.id))
    shown = article.exposure is Exposure.PUBLIC and article.live_revision_id is not None
    if entry is not None and shown and _same(entry, article):
        return
    if entry is not None:
        db.session.delete(entry)
        db.session.flush()
    if not shown:
        return
    assert article.public_at is not None
    live = db.session.execute(sa.select(*_LIVE).where(_LIVE[0] == article.live_revision_id)).one()
    row = _entry((article.id, article.kim_id, article.public_at, *live))
    db.session.execute(sa.insert(SearchEntry), [row])
    _remember(set(row["title"].split()))


def _same(entry: SearchEntry, article: Article) -> bool:
    """The words are those of the live revision, and the place is that of its hour."""
    assert article.public_at is not None
    first = place_of(article.public_at)
    return entry.revision_id == article.live_revision_id and entry.place // ROOM == first // ROOM


def rebuild() -> int:
    """Empty the index and fill it from what is live; how many articles it holds. Within a unit
    of work."""
    db.session.execute(sa.delete(SearchEntry))
    db.session.execute(sa.delete(SearchSlip))
    return fill()


def fill(after_id: int = 0, read: Callable[[str, str], str] = text_words) -> int:
    """Add all exposed articles with a higher id, none of which is in the index yet; how many.
    Whoever knows that many share a text may `read` each once."""
    statement = (
        sa.select(Article.id, Article.kim_id, Article.public_at, *_LIVE)
        .join(Revision, Revision.id == Article.live_revision_id)
        .where(Article.exposure == Exposure.PUBLIC, Article.id > sa.bindparam("after"))
        .order_by(Article.id)
        .limit(_CHUNK)
    )
    done, known = 0, set[str]()
    while found := db.session.execute(statement, {"after": after_id}).all():
        entries = [_entry(row, read) for row in found]
        db.session.execute(sa.insert(SearchEntry), entries)
        titles = {word for entry in entries for word in entry["title"].split()}
        _remember(titles - known)
        known |= titles
        done, after_id = done + len(found), found[-1][0]
    return done


def _entry(row: Sequence[Any], read: Callable[[str, str], str] = text_words) -> dict[str, Any]:
    article_id, kim_id, at, revision_id, category_id, title, lead, text = row
    own, whole = index_words(kim_id, category_id, title, lead, read(lead, text))
    return {
        # Two who publish at once do not meet in one place, though neither sees the other.
        "place": place_of(at) + article_id % ROOM,
        "article_id": article_id,
        "kim_id": kim_id,
        "revision_id": revision_id,
        "title": own,
        "body": whole,
    }


def _remember(words: set[str]) -> None:
    """Note title words under the slips that should find them."""
    pairs = sorted((slip, word) for word in words for slip in slips(word, 1))
    insert: Any = sqlite.insert
    if db.session.get_bind().dialect.name == "postgresql":
        insert = postgresql.insert
    if pairs:
        rows = [{"slip": slip, "stem": word} for slip, word in pairs]
        db.session.execute(insert(SearchSlip).on_conflict_do_nothing(), rows)
