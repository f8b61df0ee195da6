"""Where things wait for the Forum, kind by kind: what `queries/review.py` makes one list of."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from kimcms.domain.cases import CaseKind
from kimcms.domain.draft import TITLE_LONGEST
from kimcms.domain.ledger import Proof
from kimcms.domain.roles import Role
from kimcms.domain.waiting import Kind
from kimcms.domain.workflow import Exposure, FeedState
from kimcms.models.account import Membership
from kimcms.models.appeal import Appeal
from kimcms.models.article import Article, Revision
from kimcms.models.assistance import Assistance
from kimcms.models.cluster import ClusterCase
from kimcms.models.complaint import Complaint
from kimcms.models.evidence import Evidence
from kimcms.models.kim import Kim
from kimcms.models.vouch import Vouch
from kimcms.queries.accounts import in_force
from kimcms.queries.complaints import waits_for_forum
from kimcms.queries.visible import NOW, is_public
from kimcms.queries.waiting import ME, Source


def sources() -> list[Source]:
    """All kinds, each with what it is found by."""
    return [
        *_items(),
        _evidence(),
        *_cases(),
        _complaints(),
        _assistance(),
        _seconds(),
        _hidden(),
    ]


def _items() -> list[Source]:
    pending = Article.feed_state == sa.literal_column(f"'{FeedState.PENDING.value}'")
    item: dict[str, Any] = {
        "id": Article.id,
        "kim_id": Article.kim_id,
        "claimed": Article.__tablename__,
    }
    appealed = sa.exists().where(Appeal.article_id == Article.id, Appeal.answered_at.is_(None))
    shown = is_public(NOW)
    waits = sa.exists().where(Article.id == Appeal.article_id, pending, shown)
    return [
        Source(
            Kind.OFFERED,
            since=Article.offered_at,
            # The bound on the order's own column leads SQLite to the index of the order.
            where=(pending, Article.offered_at <= NOW, shown, ~appealed.correlate(Article)),
            **item,
        ),
        Source(
            Kind.UNREAD,
            since=Article.unread_since,
            where=(Article.unread_since.is_not(None), Article.unread_since <= NOW, shown),
            **item,
        ),
        Source(
            Kind.APPEAL,
            since=Appeal.made_at,
            id=Appeal.article_id,
            kim_id=Appeal.kim_id,
            where=(
                Appeal.answered_at.is_(None),
                Appeal.decided_by.is_distinct_from(ME),
                waits.correlate(Appeal, Kim),
            ),
            claimed=Article.__tablename__,
        ),
    ]


def _evidence() -> Source:
    return Source(
        Kind.EVIDENCE,
        since=Evidence.submitted_at,
        id=Evidence.id,
        kim_id=Evidence.kim_id,
        where=(
            Evidence.verified_at.is_(None),
            Evidence.returned_at.is_(None),
            Evidence.kind != sa.literal_column(f"'{Proof.INVITATION.value}'"),
            Kim.closed_at.is_(None),
        ),
        claimed=Evidence.__tablename__,
        title=Evidence.title,
        detail=Evidence.kind,
    )


def _cases() -> list[Source]:
    case = ClusterCase
    shared: dict[str, Any] = {
        "since": case.opened_at,
        "id": case.id,
        "kim_id": case.kim_id,
        "claimed": case.__tablename__,
        "detail": case.kind,
    }
    is_open = (case.answer.is_(None), Kim.closed_at.is_(None))
    # Who proposed an override is not the second person who approves it.
    for_me = sa.or_(case.kind != CaseKind.OVERRIDE.value, case.opened_by.is_distinct_from(ME))
    return [
        Source(
            Kind.PROPOSAL,
            where=(*is_open, case.kind != CaseKind.OBJECTION.value, for_me),
            title=sa.func.coalesce(case.to_standing, ""),
            due_on=case.due_on,
            **shared,
        ),
        Source(
            Kind.OBJECTION,
            where=(*is_open, case.kind == CaseKind.OBJECTION.value),
            title=case.from_standing,
            **shared,
        ),
    ]


def _complaints() -> Source:
    item = (
        sa.select(Revision.title)
        .join(Article, Article.live_revision_id == Revision.id)
        .where(Article.id == Complaint.article_id)
        .correlate(Complaint)
        .scalar_subquery()
    )
    return Source(
        Kind.COMPLAINT,
        since=Complaint.arrived_at,
        id=Complaint.id,
        kim_id=Complaint.kim_id,
        where=(waits_for_forum(NOW),),
        claimed=Complaint.__tablename__,
        title=sa.func.coalesce(item, ""),
        detail=sa.cast(Complaint.kind, sa.String),
        due_at=Complaint.due_at,
    )


def _assistance() -> Source:
    """What has an owner waits for that one alone."""
    case = Assistance
    return Source(
        Kind.ASSISTANCE,
        since=case.waits_since,
        id=case.id,
        kim_id=case.kim_id,
        where=(
            case.waits_since.is_not(None),
            sa.or_(case.owner_id.is_(None), case.owner_id == ME),
            Kim.closed_at.is_(None),
        ),
        claimed=case.__tablename__,
        title=sa.func.substr(case.words, 1, TITLE_LONGEST),
        detail=sa.cast(case.about, sa.String),
        due_on=case.next_on,
    )


def _seconds() -> Source:
    """Where the KIM has no other editor who could be the second person."""
    wants = sa.exists().where(
        Article.id == Vouch.article_id,
        Article.newest_revision_id == Vouch.revision_id,
        Article.live_revision_id.is_distinct_from(Vouch.revision_id),
    )
    editor = sa.exists().where(
        Membership.kim_id == Vouch.kim_id,
        Membership.role.in_([Role.EDITOR, Role.HEAD]),
        in_force(None),
    )
    title = (
        sa.select(Revision.title)
        .where(Revision.id == Vouch.revision_id)
        .correlate(Vouch)
        .scalar_subquery()
    )
    return Source(
        Kind.SECOND,
        since=Vouch.made_at,
        id=Vouch.article_id,
        kim_id=Vouch.kim_id,
        where=(
            wants.correlate(Vouch),
            editor.where(Membership.user_id == Vouch.made_by).correlate(Vouch),
            ~editor.where(Membership.user_id != Vouch.made_by).correlate(Vouch),
            Kim.closed_at.is_(None),
        ),
        claimed=Article.__tablename__,
        title=title,
    )


def _hidden() -> Source:
    """Hidden in an emergency: somebody else answers, before it comes back by itself. They are
    few, since a day takes them."""
    return Source(
        Kind.HIDDEN,
        since=Article.hidden_at,
        id=Article.id,
        kim_id=Article.kim_id,
        where=(
            Article.hidden_until > NOW,
            Article.exposure == Exposure.PUBLIC,
            Article.hidden_by.is_distinct_from(ME),
        ),
        claimed=Article.__tablename__,
        due_at=Article.hidden_until,
    )
