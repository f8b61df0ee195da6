"""Answers to complaints, by the KIM or, where it gives none, by the Forum. What readers get to see
of it is in the same transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kimcms.db import db, kim_scope
from kimcms.domain import complaints as rule
from kimcms.domain import replies
from kimcms.domain.complaints import Move, Outcome
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.domain.visibility import is_public
from kimcms.models.complaint import Complaint, Reply
from kimcms.models.correction import Correction
from kimcms.models.kim import Kim
from kimcms.queries import complaints
from kimcms.services import claims, steps
from kimcms.services.complaints import kim_readers, tell, write_to_sender
from kimcms.services.relief import relieved
from kimcms.services.unit import Unit, atomic, lock


@dataclass(frozen=True)
class Answer:
    """What is answered. `words` go to the sender; `name` and `text` are a reply for readers."""

    outcome: Outcome
    words: str
    correction_id: int | None = None
    name: str = ""
    text: str = ""


def answer(
    actor: Actor, complaint: Complaint, given: Answer, now: dt.datetime, *, forum: bool = False
) -> None:
    """Answer, and publish what the answer names. Stops the clock the first time."""
    words = rule.clean_text(given.words)
    if not words:
        raise Refused("complaint_words")
    with atomic(kim_scope(complaint.kim_id), now) as unit:
        lock(complaint)
        _may_answer(actor, complaint, now, forum=forum)
        state = rule.step(complaint.state, Move.ANSWER)
        after: dict[str, object] = {"state": state.value, "outcome": given.outcome.value}
        if given.outcome is Outcome.CORRECTED:
            complaint.correction_id = after["correction"] = _correction(complaint, given)
        if given.outcome is Outcome.PUBLISHED:
            after["reply"] = _publish(unit, actor, complaint, given).id
        complaint.state, complaint.outcome, complaint.answer = state, given.outcome, words
        complaint.answered_at = complaint.answered_at or now
        complaint.replied_at, complaint.answered_by = now, actor.user_id
        complaint.by_forum = forum
        unit.record(actor, "complaint.answer", complaint, after=after)
        kim = db.session.get_one(Kim, complaint.kim_id)
        if forum:
            tell(complaint, kim, "answered", kim_readers(kim.id, now), now)
        write_to_sender(complaint, "answered", now)


def _may_answer(actor: Actor, complaint: Complaint, now: dt.datetime, *, forum: bool) -> None:
    verb = Verb.OVERSEE_COMPLAINT if forum else Verb.ANSWER_COMPLAINT
    relief = forum and relieved(complaint.kim_id, now)
    if not actor.may(verb, complaint.kim_id, now, relief=relief):
        raise Refused("not_allowed")
    if forum and not rule.forum_may_answer(complaint.state, complaint.stage(now)):
        raise Refused("complaint_kims_turn")
    if forum:
        claims.settle(actor, complaint, now)


def _correction(complaint: Complaint, given: Answer) -> int:
    found = db.session.get(Correction, given.correction_id or 0)
    if found is None or found.article_id != complaint.article_id:
        raise Refused("complaint_correction")
    return found.id


def _publish(unit: Unit, actor: Actor, complaint: Complaint, given: Answer) -> Reply:
    """The reply stands at the item from now on, in feeds too."""
    now, article = unit.now, complaints.item(complaint)
    name = clean_line(given.name, rule.NAME_LONGEST)
    text = rule.clean_text(given.text)
    if not name or not text:
        raise Refused("reply_empty")
    if article is not None:
        lock(article)
    if article is None or not is_public(article, article.kim.is_open, now):
        raise Refused("reply_unseen")
    shown = replies.Reply(len(article.replies or []) + 1, name, text, now)
    made = Reply(
        kim_id=article.kim_id,
        article_id=article.id,
        complaint_id=complaint.id,
        number=shown.number,
        name=name,
        text=text,
        at=now,
        made_by=actor.user_id,
    )
    db.session.add(made)
    article.replies = [*(article.replies or []), shown.stored()]
    article.live_at = now  # feeds and sitemaps tell that there is something new to read
    steps.touch(article, now)
    db.session.flush()
    unit.record(actor, "article.reply", article, after={"reply": made.id})
    return made
