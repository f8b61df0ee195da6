"""Proposals, objections and overrides, as the Forum decides on them and the KIM reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from kimcms.db import db
from kimcms.domain.cases import Answer, CaseKind
from kimcms.models.account import User
from kimcms.models.cluster import ClusterCase, Standing
from kimcms.models.kim import Kim


@dataclass(frozen=True, slots=True)
class Line:
    """One case with the names of those who opened and answered it."""

    case: ClusterCase
    kim: str
    kim_slug: str
    standing: str | None
    opened_by: str | None
    answered_by: str | None


def case(case_id: int, kim_id: int) -> ClusterCase | None:
    """One case of a KIM."""
    return db.session.scalar(
        sa.select(ClusterCase).where(ClusterCase.id == case_id, ClusterCase.kim_id == kim_id)
    )


def open_case(kim_id: int, *kinds: CaseKind) -> ClusterCase | None:
    """The oldest case of these kinds that waits for an answer."""
    return db.session.scalar(
        sa.select(ClusterCase)
        .where(
            ClusterCase.kim_id == kim_id,
            ClusterCase.kind.in_([kind.value for kind in kinds]),
            ClusterCase.answer.is_(None),
        )
        .order_by(ClusterCase.id)
        .limit(1)
    )


def objected_since(kim_id: int, day: dt.date) -> bool:
    """Whether the KIM has objected on this day or later."""
    found = sa.select(ClusterCase.id).where(
        ClusterCase.kim_id == kim_id,
        ClusterCase.kind == CaseKind.OBJECTION.value,
        ClusterCase.opened_on >= day,
    )
    return db.session.scalar(found.limit(1)) is not None


def waiting() -> list[Line]:
    """All cases of open KIMs that wait for the Forum, the ones with a due date first."""
    return _lines(
        ClusterCase.answer.is_(None),
        Kim.closed_at.is_(None),
        order=(ClusterCase.due_on.is_(None), ClusterCase.due_on, ClusterCase.id),
    )


def of_kim(kim_id: int, limit: int = 50) -> list[Line]:
    """The newest cases of a KIM, open ones among them."""
    return _lines(ClusterCase.kim_id == kim_id, order=(ClusterCase.id.desc(),), limit=limit)


def overrides_in_force(today: dt.date) -> list[Line]:
    """What is shown instead of the rule's result: of each KIM the newest approved one."""
    newest = (
        sa.select(sa.func.max(ClusterCase.id))
        .where(ClusterCase.kind == CaseKind.OVERRIDE.value, ClusterCase.answer == Answer.YES.value)
        .group_by(ClusterCase.kim_id)
    )
    return _lines(
        ClusterCase.id.in_(newest),
        ClusterCase.due_on >= today,
        order=(ClusterCase.due_on, ClusterCase.id),
    )


def _lines(*where: Any, order: tuple[Any, ...], limit: int | None = None) -> list[Line]:
    opener, answerer = aliased(User), aliased(User)
    rows = db.session.execute(
        sa.select(ClusterCase, Kim.name, Kim.slug, Standing.standing, opener.name, answerer.name)
        .join(Kim, Kim.id == ClusterCase.kim_id)
        .outerjoin(Standing, Standing.kim_id == Kim.id)
        .outerjoin(opener, opener.id == ClusterCase.opened_by)
        .outerjoin(answerer, answerer.id == ClusterCase.answered_by)
        .where(*where)
        .order_by(*order)
        .limit(limit)
    )
    return [Line(*row) for row in rows]
