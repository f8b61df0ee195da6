"""Trust per KIM: given on a proposal of the record, taken by the Forum or by what happened.

Within the running unit of whoever decides; see `domain/trust.py`.
"""

from __future__ import annotations

from kimcms.db import db
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role
from kimcms.domain.trust import proposes_after
from kimcms.models.kim import Kim
from kimcms.queries import accounts
from kimcms.services import notices
from kimcms.services.unit import Unit


def give(unit: Unit, actor: Actor, kim: Kim) -> None:
    """Under review-after from now on, within the running unit; `Refused("trust_early")` where the
    record does not propose it."""
    if not proposes_after(review_after=kim.review_after, accepted_first=kim.accepted_first):
        raise Refused("trust_early")
    kim.review_after = True
    _record(unit, actor, kim, "")


def take(unit: Unit, actor: Actor, kim: Kim, why: str) -> None:
    """Back under review-before, within the running unit; the record begins anew in any case."""
    kim.accepted_first = 0
    if kim.review_after:
        kim.review_after = False
        _record(unit, actor, kim, why)


def _record(unit: Unit, actor: Actor, kim: Kim, why: str) -> None:
    state = "after" if kim.review_after else "before"
    unit.record(actor, "kim.trust", kim, kim_id=kim.id, reason=why, after={"review": state})
    db.session.flush()
    notices.tell(
        accounts.holders(kim.id, (Role.EDITOR, Role.HEAD), unit.now),
        f"kim.review_{state}",
        f"kim.review_{state}:{kim.id}:{unit.now.timestamp():.0f}",
        unit.now,
        kim_id=kim.id,
        path=f"/k/{kim.slug}/berita/",
        kim=kim.name,
        reason=why,
    )
