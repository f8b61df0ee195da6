"""The table of the rule's proposals, kept beside its state, so that lists of them need no JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.cases import Answer, Case, CaseKind
from kimcms.domain.roles import Actor, Role
from kimcms.domain.standing import State
from kimcms.models.cluster import ClusterCase
from kimcms.models.kim import Kim
from kimcms.queries import accounts
from kimcms.services import notices
from kimcms.services.relief import free_moderators

PROPOSALS = (CaseKind.RISE.value, CaseKind.FALL.value)


def keep(
    actor: Actor,
    kim_id: int,
    earlier: Mapping[str, Any],
    stored: Mapping[str, Any],
    state: State,
    now: dt.datetime,
) -> None:
    """One row for each proposal, opened or closed as the new state has it.

    `earlier` and `stored` are the states before and after as they are stored: where they name the
    same proposal there is nothing to do, and no query is asked.
    """
    if earlier.get("proposal") == stored["proposal"]:
        return
    case = state.proposal
    wanted: sa.ColumnElement[bool] = ClusterCase.answer.is_(None)
    if case is not None:
        wanted = sa.or_(wanted, ClusterCase.opened_on == case.opened)
    rows = db.session.scalars(
        sa.select(ClusterCase)
        .where(ClusterCase.kim_id == kim_id, ClusterCase.kind.in_(PROPOSALS), wanted)
        .order_by(ClusterCase.id)
    ).all()
    own = next((row for row in reversed(rows) if case and _is(row, case)), None)
    for row in rows:
        if row is not own and row.answer is None:
            row.answer, row.answered_at = Answer.LAPSED.value, now
    if case is None:
        return
    if own is None:
        own = _open(kim_id, case, now)
        _tell(kim_id, case, now)
    if case.answer is not None and own.answer is None:
        own.answer, own.answered_at = case.answer.value, now
        own.answered_by = actor.user_id if case.answer in (Answer.YES, Answer.NO) else None


def _is(row: ClusterCase, case: Case) -> bool:
    """Whether a row is this very proposal; one that is over is not opened again on its row."""
    same = (row.kind, row.opened_on) == (case.kind.value, case.opened)
    return same and (row.answer is None or row.answer == case.answer)


def _open(kim_id: int, case: Case, now: dt.datetime) -> ClusterCase:
    row = ClusterCase(
        kim_id=kim_id,
        kind=case.kind.value,
        from_standing=case.from_.value,
        to_standing=case.to.value if case.to else None,
        opened_on=case.opened,
        opened_at=now,
        due_on=case.due,
        if_silent=case.if_silent.value if case.if_silent else None,
    )
    db.session.add(row)
    return row


def _tell(kim_id: int, case: Case, now: dt.datetime) -> None:
    """The Forum has to answer, and the KIM learns what is proposed and by when."""
    kim = db.session.get_one(Kim, kim_id)
    key = f"cluster.proposed:{kim_id}:{case.kind}:{case.opened}"
    to = case.to.value if case.to else ""
    for users, path in (
        (free_moderators(kim_id, now), f"/k/{kim.slug}/klaster/keputusan"),
        (accounts.holders(kim_id, (Role.HEAD,), now), f"/k/{kim.slug}/klaster"),
    ):
        notices.tell(
            users,
            f"cluster.proposed.{case.kind}",
            key,
            now,
            kim_id=kim_id,
            path=path,
            kim=kim.name,
            to=to,
        )
