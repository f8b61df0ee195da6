"""P of the cluster rule: does the KIM publish?

The unit is the published week, Monday to Sunday in WIB, with at least one credited article, so
that thirty posts on one day count as one week and volume cannot buy a cluster. The window is
the newest 13 boxes before the cut; P turns on and off at different counts, so that it does not
flicker.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kimcms.domain.clock import WEEK, start_of, week_of
from kimcms.domain.ledger import Exposure, Ledger, Published, Reason, RestWeek, row_of
from kimcms.domain.policy import Policy

ENDING = frozenset({Reason.FALSE, Reason.COPIED, Reason.GAMBLING})
PROTECTING = frozenset({Reason.CHILD, Reason.PRIVACY, Reason.SOURCE, Reason.LAW})


class Level(enum.StrEnum):
    """How often it publishes, in words for people (rutin, cukup, jarang, diam)."""

    REGULAR = "regular"
    ENOUGH = "enough"
    RARE = "rare"
    SILENT = "silent"


@dataclass(frozen=True)
class Box:
    """One week of the window, filled by its earliest credited article: one proof is enough."""

    monday: dt.date
    article_id: int | None = None
    entry: int | None = None

    @property
    def filled(self) -> bool:
        return self.article_id is not None


@dataclass(frozen=True)
class Publishing:
    """P at one cut: the value, its limits and the boxes, newest first."""

    on: bool
    filled: int
    silent_run: int
    level: Level
    on_limit: int
    off_limit: int
    silent_limit: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Article:
    """One article's first publication and what happened to its exposure since, oldest first."""

    first: Published
    exposures: tuple[Exposure, ...] = ()

    @property
    def public_at(self) -> dt.datetime:
        """When it really was public first: never before the system was told, unless a merged
        KIM brought it along, for whom that other system entry holds."""
        if self.first.moved_from is not None:
            return self.first.public_at
        return max(self.first.public_at, self.first.recorded_at)


def read(
    policy: Policy,
    ledger: Ledger,
    monday: dt.date,
    *,
    was_on: bool,
    day_one: dt.date | None,
    may_turn_off: bool = True,
) -> Publishing:
    """P at the cut of a Monday, from a ledger that holds what this cut sees."""
    boxes = tuple(_boxes(policy, ledger, monday, day_one))
    filled = sum(box.filled for box in boxes)
    silent_run = next((run for run, box in enumerate(boxes) if box.filled), len(boxes))
    off = filled < policy.p_off or silent_run >= policy.silent_off
    on = (was_on or filled >= policy.p_on) and not off  # off wins
    return Publishing(
        on=on or (was_on and not may_turn_off),
        filled=filled,
        silent_run=silent_run,
        level=_level(policy, filled),
        on_limit=policy.p_on,
        off_limit=policy.p_off,
        silent_limit=policy.silent_off,
        boxes=boxes,
    )


def _level(policy: Policy, filled: int) -> Level:
    if filled >= policy.level_regular:
        return Level.REGULAR
    if filled >= policy.level_enough:
        return Level.ENOUGH
    return Level.RARE if filled >= policy.level_rare else Level.SILENT


def _boxes(
    policy: Policy, ledger: Ledger, monday: dt.date, day_one: dt.date | None
) -> Iterator[Box]:
    """The window, newest first. Looks back over its 13 weeks and the rest weeks among them."""
    rest = rest_weeks(ledger)
    oldest = monday - (policy.window_weeks + len(rest)) * WEEK
    credited = credited_weeks(policy, ledger, start_of(monday), oldest)
    week, given = monday, 0
    while given < policy.window_weeks:
        week -= WEEK
        before = day_one is None or week + WEEK <= day_one
        article = None if before else credited.get(week)
        if article is None and week in rest and not before:
            continue
        given += 1
        yield Box(week, article.first.article_id, article.first.id) if article else Box(week)


def rest_weeks(ledger: Ledger) -> frozenset[dt.date]:
    """The Mondays of weeks without duty, for the city or for this KIM; the newest entry holds."""
    last = {(entry.monday, entry.city): not entry.lifted for entry in ledger.of(RestWeek)}
    return frozenset(monday for (monday, _), rests in last.items() if rests)


def credited_weeks(
    policy: Policy, ledger: Ledger, cut: dt.datetime, oldest: dt.date
) -> dict[dt.date, Article]:
    """For each week from `oldest` on, the earliest article whose credit stands at the cut."""
    found: dict[dt.date, Article] = {}
    for week, article in _by_week(ledger):
        if week >= oldest and week not in found and stands(policy, article, cut):
            found[week] = article
    return found


def _by_week(ledger: Ledger) -> list[tuple[dt.date, Article]]:
    """Every article with its week, earliest first; worked out once, since an evaluation looks at
    several Mondays."""
    found: list[tuple[dt.date, Article]] | None = ledger.memo.get(_by_week)
    if found is None:
        ordered = sorted(articles(ledger), key=lambda a: (a.public_at, a.first.article_id))
        found = ledger.memo[_by_week] = [(week_of(a.public_at), a) for a in ordered]
    return found


def articles(ledger: Ledger) -> list[Article]:
    """Every article that was or will be public, once, with its real first publication."""
    history: dict[int, list[Published | Exposure]] = {}
    for entry in ledger.entries:
        if isinstance(entry, Published | Exposure):
            history.setdefault(entry.article_id, []).append(entry)
    found = (_article(entries) for entries in history.values())
    return [article for article in found if article]


def _article(entries: list[Published | Exposure]) -> Article | None:
    """Follows one article through its ledger, oldest record first.

    A schedule that has not come yet is moved by a newer `Published` and cleared by a hiding.
    After it came, publishing again is only a coming back: no second credit.
    """
    article: Article | None = None
    for entry in entries:
        ahead = article is None or entry.recorded_at < article.public_at
        if isinstance(entry, Published):
            if ahead:
                article = Article(entry)
                continue
            back = Exposure(
                id=entry.id,
                recorded_at=entry.recorded_at,
                article_id=entry.article_id,
                at=max(entry.public_at, entry.recorded_at),
                shown=True,
            )
            article = _with(article, back)
        elif article is None:
            continue
        elif entry.at < article.public_at:
            article = article if entry.shown else None
        else:
            article = _with(article, entry)
    return article


def _with(article: Article | None, exposure: Exposure) -> Article | None:
    if article is None:
        return None
    ordered = sorted((*article.exposures, exposure), key=lambda e: (e.at, e.id))
    return replace(article, exposures=tuple(ordered))


def stands(policy: Policy, article: Article, cut: dt.datetime) -> bool:
    """Whether an article's credit stands at a cut.

    It does while public; once public for 72 hours in sum; or if taken down to protect a child,
    privacy or a source, or by law. A withdrawal as false, copied or gambling ends it until the
    article is shown again; a deletion by law after it does not bring it back. An emergency hide
    lapses by itself and ends nothing.
    """
    if not article.first.credited or article.public_at >= cut:
        return False
    if not article.exposures:
        return True
    public_since: dt.datetime | None = article.public_at
    hidden_until: dt.datetime | None = None
    public_time = dt.timedelta()
    ended = False
    reason: Reason | None = None
    for change in article.exposures:
        if change.at >= cut:
            break
        if hidden_until is not None and hidden_until <= change.at:
            public_since, hidden_until = hidden_until, None
        if change.shown:
            public_since, hidden_until = public_since or change.at, None
            ended, reason = False, None
            continue
        returns = public_since is not None or hidden_until is not None
        if public_since is not None:
            public_time += change.at - public_since
            public_since = None
        hidden_until, reason = change.until if returns else None, change.reason
        ended = ended or (change.until is None and change.reason in ENDING)
    if public_since is not None or (hidden_until is not None and hidden_until <= cut):
        return True
    long_enough = public_time >= dt.timedelta(hours=policy.public_hours)
    return not ended and (reason in PROTECTING or long_enough)


def takeover(absorbed: Ledger, from_kim: int) -> list[tuple[str, dict[str, Any]]]:
    """The rows to append to the survivor's ledger when a KIM is merged into it.

    The union of both KIMs' weeks: each article's first publication with its verdict, and its
    exposures. Nothing else comes along: the survivor keeps start, decree and cluster.
    """
    rows = []
    for article in articles(absorbed):
        moved = replace(article.first, public_at=article.public_at, moved_from=from_kim)
        rows += [row_of(moved), *(row_of(exposure) for exposure in article.exposures)]
    return rows
