"""The emergency hide, and the second person's answer to it."""

from __future__ import annotations

import datetime as dt

from kimcms.db import kim_scope
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.hiding import HIDE_LASTS, is_hidden
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.visibility import is_public
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.queries import accounts
from kimcms.services import claims, ledger, notices, publishing, steps
from kimcms.services.relief import deciders
from kimcms.services.unit import atomic


def hide(actor: Actor, article: Article, why: str, now: dt.datetime) -> Article:
    """Take what readers see from them at once, for 24 hours, with words that say why.

    Once by the same person: else nobody would ever have to agree.
    """
    with atomic(kim_scope(article.kim_id), now) as unit:
        steps.open_for(actor, Verb.HIDE, article, now)
        if not is_public(article, article.kim.is_open, now):
            raise Refused("hide_unseen")
        if article.hidden_by is not None and article.hidden_by == actor.user_id:
            raise Refused("hide_again")
        article.hidden_note = steps.reason_of(why, NOTE_LONGEST)
        article.hidden_at, article.hidden_by = now, actor.user_id
        article.hidden_until = until = now + HIDE_LASTS
        article.previewed_at = None
        steps.touch(article, now)
        ledger.exposed(article, shown=False, now=now, until=until)
        after = {"until": until.isoformat()}
        steps.record(unit, actor, "hide", article, {}, reason=article.hidden_note, after=after)
        _tell_kim(article, "hidden", now)
        _tell_second(article, now)
        return article


def lift(actor: Actor, article: Article, why: str, now: dt.datetime) -> Article:
    """A second person shows it to readers again, with words that say why."""
    with atomic(kim_scope(article.kim_id), now) as unit:
        answers(actor, article, now)
        why = steps.reason_of(why, NOTE_LONGEST)
        before = {"until": article.hidden_until.isoformat() if article.hidden_until else None}
        article.hidden_until = None
        steps.touch(article, now)
        ledger.exposed(article, shown=True, now=now)
        steps.record(unit, actor, "unhide", article, before, reason=why, after={"until": None})
        _tell_kim(article, "unhidden", now)
        return article


def withdraw(
    actor: Actor, article: Article, why: Withdrawal, note: str, now: dt.datetime
) -> Article:
    """A second person takes it away for good."""
    with atomic(kim_scope(article.kim_id), now):
        answers(actor, article, now)
        return publishing.withdraw(actor, article, why, note, now, verb=Verb.HIDE)


def answers(actor: Actor, article: Article, now: dt.datetime) -> None:
    """Holds the item, and makes sure that it is hidden and that this person may answer that."""
    steps.open_for(actor, Verb.HIDE, article, now)
    if not is_hidden(article, now):
        raise Refused("not_hidden")
    if article.hidden_by is not None and article.hidden_by == actor.user_id:
        raise Refused("hide_second")
    claims.settle(actor, article, now)


def _tell_kim(article: Article, kind: str, now: dt.datetime) -> None:
    leading = accounts.holders(article.kim_id, (Role.EDITOR, Role.HEAD), now)
    steps.tell([article.author_id, *leading], kind, article, now)


def _tell_second(article: Article, now: dt.datetime) -> None:
    notices.tell(
        deciders(article.kim_id, now, article.hidden_by),
        "hide.waiting",
        f"hide.waiting:{article.id}:{now.timestamp():.0f}",
        now,
        kim_id=article.kim_id,
        path=f"/k/{article.kim.slug}/berita/{article.id}/sembunyi",
        title=article.live.title if article.live else "",
        kim=article.kim.name,
    )
