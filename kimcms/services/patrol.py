"""Every night what readers see is held against the lists: what was imported, and everything after
the Forum has added a word."""

from __future__ import annotations

import datetime as dt

from kimcms.db import CITY
from kimcms.domain import signals
from kimcms.domain.lists import Lists
from kimcms.domain.roles import SYSTEM, Role
from kimcms.domain.signals import WATCHED, Signal
from kimcms.domain.workflow import FEED, FeedState, Move, step
from kimcms.models.article import Article
from kimcms.queries import accounts, lists
from kimcms.queries.patrol import unchecked
from kimcms.services import notices, signs
from kimcms.services.relief import deciders
from kimcms.services.unit import Unit, atomic

_AT_ONCE = 100
MOST = 5_000  # in one night; the rest follows in the next


def run(now: dt.datetime) -> int:
    """Look at what is due; how many items showed something new. In portions, so that nobody waits
    for it, and each portion knows by itself where the one before it ended."""
    found, since = 0, lists.watched_since()
    for _portion in range(MOST // _AT_ONCE):
        with atomic(CITY, now, eventless=True) as unit:
            rows = unchecked(since, _AT_ONCE)
            known = lists.lists() if rows else {}
            found += sum(_check(unit, article, known) for article in rows)
        if len(rows) < _AT_ONCE:
            break
    return found


def _check(unit: Unit, article: Article, known: Lists) -> bool:
    """An item with something new waits for the Forum; the KIM and the Forum are told."""
    assert article.live is not None
    before = signals.read(article.signals)
    there = [s for s in signs.in_text(article.live, known) if s.kind in WATCHED]
    new = signals.only_new(there, before)
    signs.keep(article, [*new, *before][: signals.MOST], unit.now)
    if not new:
        return False
    state = article.feed_state
    if state is FeedState.ACCEPTED:
        article.feed_state = step(FEED, state, Move.HOLD)
        article.unread_since = None
        article.offered_at = max(unit.now, article.public_at or unit.now)
    unit.record(
        SYSTEM,
        "article.hold",
        article,
        before={"feed": state.value},
        after={"feed": article.feed_state.value, "signals": sorted({s.kind.value for s in new})},
    )
    _tell(article, new, unit.now)
    return True


def _tell(article: Article, new: list[Signal], now: dt.datetime) -> None:
    assert article.live is not None
    inside = {*accounts.holders(article.kim_id, (Role.EDITOR, Role.HEAD), now), article.author_id}
    for users, path in (
        (sorted(inside), f"/k/{article.kim.slug}/berita/{article.id}"),
        (deciders(article.kim_id, now), f"/tinjauan/{article.id}"),
    ):
        notices.tell(
            users,
            "article.held",
            f"article.held:{article.id}:{now.timestamp():.0f}",
            now,
            kim_id=article.kim_id,
            path=path,
            title=article.live.title,
            found=", ".join(sorted({signal.found for signal in new}))[:100],
        )
