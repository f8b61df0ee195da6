"""A second person before gambling words go on a subsite: see `docs/decisions/` on vouching.

Two people stand for one revision: the one who vouched for it, and the one who publishes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kimcms.db import CITY
from kimcms.domain import signals
from kimcms.domain.refusal import Refused
from kimcms.domain.rights import may_article
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.signals import NEEDS_SECOND, Signal
from kimcms.domain.workflow import TEXT, Move, TextState, step
from kimcms.models.article import Article
from kimcms.models.vouch import Vouch
from kimcms.queries import accounts, vouches
from kimcms.services import claims, notices, steps
from kimcms.services.relief import deciders, relieved
from kimcms.services.unit import Unit, atomic, lock, upsert


def second_wanted(actor: Actor, article: Article, found: Iterable[Signal]) -> bool:
    """Whether the newest revision says something of gambling that the live one does not, and
    nobody else has vouched for it."""
    new = signals.only_new(found, signals.read(article.signals))
    if not any(signal.kind in NEEDS_SECOND for signal in new):
        return False
    vouch = vouches.of(article)
    return vouch is None or vouch.made_by == actor.user_id


def wish(unit: Unit, actor: Actor, article: Article) -> None:
    """The first person's wish is remembered and the text stays with the editors; the others are
    told, or the Forum where there are none. The same wish again changes nothing."""
    newest = article.newest_revision_id
    if vouches.of(article) is not None:
        return
    assert newest is not None
    assert actor.user_id is not None
    before = steps.states(article)
    if article.text_state in {TextState.DRAFT, TextState.RETURNED}:
        article.text_state = step(TEXT, article.text_state, Move.SUBMIT)
    values = {"revision_id": newest, "made_by": actor.user_id, "made_at": unit.now}
    upsert(Vouch, {"article_id": article.id, "kim_id": article.kim_id, **values}, values)
    steps.touch(article, unit.now)
    after = {**steps.states(article), "vouched": newest}
    steps.record(unit, actor, "wish", article, before, after=after)
    editors = set(accounts.holders(article.kim_id, (Role.EDITOR, Role.HEAD), unit.now))
    others = editors - {actor.user_id}
    if others:
        steps.tell(sorted(u for u in others if u), "second_asked", article, unit.now)
    else:
        _tell_forum(article, unit.now)


def vouch(actor: Actor, article: Article, revision_id: int, now: dt.datetime) -> None:
    """A moderator is the second person: whoever wished it may publish that very revision."""
    with atomic(CITY, now) as unit:
        lock(article)
        relief = relieved(article.kim_id, now)
        allowed = may_article(actor, Verb.REVIEW, article, now, relief=relief)
        if actor.user_id is None or not allowed:
            raise Refused("not_allowed")
        there = vouches.of(article)
        if there is None or there.revision_id != revision_id:
            raise Refused("stale")
        first = there.made_by
        if first not in accounts.holders(article.kim_id, (Role.EDITOR, Role.HEAD), now):
            raise Refused("move_not_open")  # another moderator was faster
        claims.settle(actor, article, now)
        there.made_by, there.made_at = actor.user_id, now
        unit.record(actor, "article.vouch", article, after={"vouched": revision_id})
        steps.tell([first], "vouched", article, now)


def _tell_forum(article: Article, now: dt.datetime) -> None:
    notices.tell(
        deciders(article.kim_id, now),
        "article.second_forum",
        f"article.second_forum:{article.id}:{article.newest_revision_id}",
        now,
        path=f"/tinjauan/kedua/{article.id}",
        title=article.newest.title if article.newest else "",
        kim=article.kim.name,
    )
