"""Whether somebody may do a verb to an article: the permission map, applied to one object."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from kimcms.domain.roles import Actor, Reach, Verb
from kimcms.domain.workflow import Exposure, TextState


class Ownable(Protocol):
    @property
    def kim_id(self) -> int: ...
    @property
    def author_id(self) -> int: ...
    @property
    def text_state(self) -> TextState: ...
    @property
    def exposure(self) -> Exposure: ...
    @property
    def public_at(self) -> dt.datetime | None: ...


def may_article(
    actor: Actor, verb: Verb, article: Ownable, now: dt.datetime, *, relief: bool = False
) -> bool:
    """Whether `actor` may do `verb` to this article now.

    A submitted text is edited by editor and head only. `relief` says that no moderator is free to
    decide about this KIM.
    """
    if verb is Verb.WRITE and article.text_state is TextState.SUBMITTED:
        return Reach.ALL in actor.reaches(verb, article.kim_id, now)
    return actor.may(
        verb,
        article.kim_id,
        now,
        own=article.author_id == actor.user_id,
        seen=article.exposure is not Exposure.NEVER
        and article.public_at is not None
        and article.public_at <= now,
        relief=relief,
    )
