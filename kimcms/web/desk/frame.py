"""What every page of the newsroom shows around its own matter: who is here, where to go, words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g
from flask_login import current_user

from kimcms.domain.roles import KIM_ROLES, Reach, Role, Verb, strongest
from kimcms.domain.trust import proposes_after
from kimcms.models.account import User
from kimcms.models.kim import Kim
from kimcms.models.notice import Notice
from kimcms.queries import kims, notices
from kimcms.web import sentences, signal_words, words
from kimcms.web.access import actor, visitor
from kimcms.web.desk import desk
from kimcms.web.told import sentence


@dataclass(frozen=True)
class Frame:
    """The person, the KIMs worked in, and how many notices are unread."""

    person: User
    kims: list[Kim]
    unread: int

    @property
    def city(self) -> frozenset[Role]:
        """The person's roles in the city."""
        return actor().roles(None, g.now)

    def can(self, verb: str, kim: Kim | None = None) -> bool:
        """Whether to offer the way to a page; the gate asks the same again."""
        return actor().may(Verb(verb), kim.id if kim else None, g.now, own=True)

    def rooms(self) -> list[dict[str, str]]:
        """The KIMs that the person writes for, as the phone keeps them."""
        return [{"slug": k.slug, "name": k.name} for k in self.kims if self.can("write", k)]

    def sees_all(self, verb: str, kim: Kim) -> bool:
        """Whether the right to a verb goes beyond what the person wrote."""
        return Reach.ALL in actor().reaches(Verb(verb), kim.id, g.now)

    def member_of(self, kim: Kim) -> bool:
        return kim.id in actor().kim_ids(g.now)

    def role_in(self, kim: Kim) -> Role | None:
        """The role by which the person is addressed in a KIM."""
        return strongest(role for role in actor().roles(kim.id, g.now) if role in KIM_ROLES)


@desk.context_processor
def around() -> dict[str, Any]:
    """Runs for the newsroom's own pages only."""
    signed_in = current_user.is_authenticated
    return {
        "frame": _frame() if signed_in else None,
        "words": words,
        "missing": sentences.MISSING,
        "told": told,
        "signs_of": signal_words.of,
        "proposes_after": proposes_after,
    }


def _frame() -> Frame:
    user = visitor().user
    ids = list(actor().kim_ids(g.now))
    return Frame(user, kims.named(ids) if ids else [], notices.unread(user.id))


def told(notice: Notice) -> str:
    """A notice as a sentence."""
    return sentence(notice)
