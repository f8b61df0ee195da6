"""What waits for one person in all their KIMs, in one query however many those are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.workflow import Exposure, FeedState, TextState
from kimcms.models.article import Article, Revision
from kimcms.models.event import Event
from kimcms.queries.desk import Line, list_of_lines

SIZE = 5  # of each pile; how many there are is said


class Pile(StrEnum):
    """Why an item is on somebody's home; an item lies on the first that fits."""

    RETURNED = "returned"  # own, came back from the editor
    SUBMITTED = "submitted"  # waits for an editor
    ASKED = "asked"  # the Forum wants a change
    SCHEDULED = "scheduled"  # comes by itself
    CHANGED = "changed"  # readers see another text than the newest
    DRAFT = "draft"  # own


@dataclass(frozen=True, slots=True)
class Heap:
    """The first lines of a pile, and how many there are."""

    lines: list[Line]
    total: int
    changed: set[int]  # ids of items that somebody changed after this person last worked on them

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


def heaps(
    user_id: int, kim_ids: Collection[int], edits: Collection[int], now: dt.datetime
) -> dict[int, dict[Pile, Heap]]:
    """By KIM. Of the KIMs in `edits` everybody's items, but for drafts; of the others the own
    ones. Submitted ones come oldest first, the next scheduled one first, others newest first."""
    own = Article.author_id == user_id
    edited = Article.kim_id.in_(edits)
    later = sa.and_(Article.exposure == Exposure.PUBLIC, Article.public_at > now)
    pile = sa.case(
        (sa.and_(Article.text_state == TextState.RETURNED, own), Pile.RETURNED),
        (Article.text_state == TextState.SUBMITTED, Pile.SUBMITTED),
        (Article.feed_state == FeedState.CHANGE_ASKED, Pile.ASKED),
        (later, Pile.SCHEDULED),
        (
            sa.and_(Article.text_state == TextState.DRAFT, Article.exposure == Exposure.PUBLIC),
            Pile.CHANGED,
        ),
        (sa.and_(Article.text_state == TextState.DRAFT, own), Pile.DRAFT),
    ).label("pile")
    first = sa.case(
        (Article.text_state == TextState.SUBMITTED, Article.touched_at),
        (later, Article.public_at),
    )
    order = (first, Article.touched_at.desc(), Article.id.desc())
    lot = (Article.kim_id, pile)
    placed = (
        sa.select(
            Article.id,
            pile,
            sa.func.row_number().over(partition_by=lot, order_by=order).label("place"),
            sa.func.count().over(partition_by=lot).label("total"),
        )
        .where(
            Article.kim_id.in_(kim_ids),
            sa.or_(own, edited),
            pile.is_not(None),
        )
        .subquery()
    )
    worked = (
        sa.select(sa.func.max(Event.at))
        .where(
            Event.object_type == Article.__tablename__,
            Event.object_id == Article.id,
            Event.actor_id == user_id,
        )
        .correlate(Article)
        .scalar_subquery()
    )
    changed = sa.and_(Revision.author_id != user_id, Revision.created_at > worked)
    statement = (
        list_of_lines()
        .add_columns(placed.c.pile, placed.c.total, sa.case((changed, 1), else_=0))
        .join(placed, placed.c.id == Article.id)
        .where(placed.c.place <= SIZE)
        .order_by(placed.c.place)
    )
    found: dict[int, dict[Pile, Heap]] = defaultdict(dict)
    for *line, name, total, changed_since in db.session.execute(statement):
        item = Line(*line)
        heap = found[item.kim_id].setdefault(Pile(name), Heap([], total, set()))
        heap.lines.append(item)
        if changed_since:
            heap.changed.add(item.id)
    return found
