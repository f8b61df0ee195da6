from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from kimcms.db import Base, BigId

_MOST_PLACES = 255  # of one word in a tsvector, and the highest place below
_HIGHEST = 16_383


class Stems(TypeDecorator[str]):
    """Stems, parted by spaces: text on SQLite, where FTS5 reads it, a tsvector on PostgreSQL."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        kind = TSVECTOR() if dialect.name == "postgresql" else sa.Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        if value is None:
            return None
        words = value.split()
        if dialect.name != "postgresql":
            return f" {' '.join(words)} "
        places = defaultdict[str, list[str]](list)
        for place, word in enumerate(words, 1):
            if place <= _HIGHEST and len(places[word]) < _MOST_PLACES:
                places[word].append(str(place))
        # Words are letters, digits and "_", so that nothing here needs a quote.
        return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items() if at)


class SearchEntry(Base):
    """The live words of an exposed article, as the search reads them.

    `place` is its public hour and, where two share one, its id: the order of the lists is the
    order of the rows. On SQLite triggers keep the FTS5 table `search_index` like this
    one. Whether readers may see it is asked of the article each time.
    """

    __tablename__ = "search_entry"
    __table_args__ = (sa.Index("ix_search_entry_kim_id_place", "kim_id", "place"),)

    place: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), unique=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    revision_id: Mapped[int] = mapped_column(BigId)
    title: Mapped[str] = mapped_column(Stems)
    body: Mapped[str] = mapped_column(Stems)  # title and marks of KIM and topic included


class SearchSlip(Base):
    """A stem of a title under each form that lacks one letter: how slips find it.

    Titles that are public no longer stay in it, so what it gives must be asked of the articles.
    """

    __tablename__ = "search_slip"

    slip: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    stem: Mapped[str] = mapped_column(sa.String(40), primary_key=True)


def is_index_of_search(name: str | None, kind: str) -> bool:
    """Whether only the migration describes this: FTS5's tables, and PostgreSQL's GIN indexes, for
    which SQLite has no word."""
    if kind == "index":
        return name in ("ix_search_entry_body", "ix_search_entry_title")
    return kind == "table" and (name or "").startswith("search_index")
