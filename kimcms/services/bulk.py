"""Bulk statements on what pages show: the only place where they are allowed. They give no flush
event, so the counters of all pages are bumped here by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from kimcms.db import CITY, Base, db
from kimcms.domain.roles import SYSTEM
from kimcms.models.account import Membership, OneTimeLink, SignIn, User
from kimcms.models.article import Article
from kimcms.models.claim import Claim
from kimcms.models.cluster import Assessment, Evaluation, LedgerEntry, Standing
from kimcms.models.event import ChainHead, Event
from kimcms.models.idempotency import IdempotencyKey
from kimcms.models.kim import Kim
from kimcms.models.notice import Notice
from kimcms.models.search import SearchEntry, SearchSlip
from kimcms.services import chain
from kimcms.services.unit import Unit, atomic
from kimcms.storage.files import FileStore


@contextmanager
def bulk(now: dt.datetime) -> Iterator[Unit]:
    """A unit of work in which bulk statements are allowed; all pages count as changed."""
    with atomic(CITY, now) as unit:
        unit.gathered.bulk = True
        yield unit
        unit.gathered.tags |= {"feed", "look"}
        ids = db.session.scalars(sa.select(Kim.id))
        unit.gathered.tags |= {f"kim:{kim_id}" for kim_id in ids}
        unit.gathered.bulk = False


def insert(table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Many rows at once, within `bulk`."""
    db.session.execute(sa.insert(table), list(rows))


def restate(rows: list[dict[str, Any]]) -> None:
    """The states (`stored`) of these KIMs (`kim`), where the standing itself stays: that alone is
    on pages, so no counter is bumped. Within any unit."""
    standing: Any = Standing.__table__
    statement = (
        sa.update(standing)
        .where(standing.c.kim_id == sa.bindparam("kim"))
        .values(state=sa.bindparam("stored", type_=standing.c.state.type))
    )
    db.session.connection().execute(statement, rows)


def judged(kim_ids: list[int], monday: dt.date) -> None:
    """Name the Monday's assessments as the newest of these KIMs. Within any unit."""
    standing: Any = Standing.__table__
    assessment = Assessment.__table__
    newest = (
        sa.select(assessment.c.id)
        .where(assessment.c.kim_id == standing.c.kim_id, assessment.c.monday == monday)
        .scalar_subquery()
    )
    db.session.connection().execute(
        sa.update(standing).where(standing.c.kim_id.in_(kim_ids)).values(assessment_id=newest)
    )


def numbered(connection: sa.Connection, table: sa.Table) -> None:
    """Rows with chosen ids are in: PostgreSQL's sequence goes on after them.

    By taking numbers, since the program's role may not set a sequence.
    """
    if connection.dialect.name != "postgresql" or "id" not in table.columns:
        return
    name = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, "id")))
    if not name:
        return
    last = connection.scalar(sa.select(sa.func.nextval(name))) or 0
    highest = connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
    taken = sa.func.generate_series(1, highest - last).table_valued("n")
    connection.execute(sa.select(sa.func.count(sa.func.nextval(name))).select_from(taken))


def clear_sample(stores: Iterable[FileStore], now: dt.datetime) -> int:
    """Remove the sample's KIMs, people and files, those in all stores; how many KIMs there were.

    A sample person who did something to real data stays as a name without password or role, so
    that the history keeps its line.
    """
    kims = sa.select(Kim.id).where(Kim.is_sample).scalar_subquery()
    with bulk(now) as unit:
        ids = list(db.session.scalars(sa.select(Kim.id).where(Kim.is_sample)))
        _loosen(kims)
        for table in reversed(_in_order()):
            if "kim_id" in table.columns:
                db.session.execute(sa.delete(table).where(table.c.kim_id.in_(kims)))
            elif table.name == "fingerprint":
                own = sa.select(Article.id).where(Article.kim_id.in_(kims))
                db.session.execute(sa.delete(table).where(table.c.article_id.in_(own)))
        db.session.execute(sa.delete(ChainHead).where(ChainHead.chain.in_(ids)))
        db.session.execute(sa.delete(Kim).where(Kim.is_sample))
        _clear_people()
        chain.seal_city_anew()
        if not db.session.scalar(sa.select(sa.func.count(LedgerEntry.id))):
            db.session.execute(sa.delete(Evaluation))
        if not db.session.scalar(sa.select(sa.func.count(SearchEntry.place))):
            db.session.execute(sa.delete(SearchSlip))
        unit.record(SYSTEM, "sample.clear", None, after={"kims": len(ids)})
    for store in stores:
        for kim_id in ids:
            store.delete_tree(str(kim_id))
    return len(ids)


def _in_order() -> list[sa.Table]:
    return [table for table in Base.metadata.sorted_tables if table.name != Kim.__tablename__]


def _loosen(kims: Any) -> None:
    """Cut the circles between tables before their rows go."""
    own = Article.kim_id.in_(kims)
    nothing = {"newest_revision_id": None, "live_revision_id": None, "reviewed_revision_id": None}
    db.session.execute(sa.update(Article).where(own).values(**nothing))
    db.session.execute(sa.update(Kim).where(Kim.is_sample).values(logo_id=None))


def _clear_people() -> None:
    people = sa.select(User.id).where(User.is_sample).scalar_subquery()
    _forget_accounts(people)
    for table in (Membership, SignIn, OneTimeLink, Notice, IdempotencyKey, Claim):
        db.session.execute(sa.delete(table).where(table.user_id.in_(people)))
    kept = sa.union(*(sa.select(column) for column in _naming_people())).subquery()
    db.session.execute(sa.delete(User).where(User.is_sample, User.id.not_in(sa.select(kept.c[0]))))
    db.session.execute(
        sa.update(User)
        .where(User.is_sample)
        .values(name="Akun contoh", email=None, phone=None, password_hash=None, byline_slug=None)
    )


def _forget_accounts(people: Any) -> None:
    """The history of these people's own accounts; what they did to others' stays."""
    own: list[tuple[Any, Any]] = [
        (User, User.id),
        (SignIn, SignIn.user_id),
        (OneTimeLink, OneTimeLink.user_id),
    ]
    for table, person in own:
        rows = sa.select(table.id).where(person.in_(people))
        about = Event.object_type == table.__tablename__, Event.object_id.in_(rows)
        db.session.execute(sa.delete(Event).where(*about, Event.kim_id.is_(None)))


def _naming_people() -> list[Any]:
    """Every column that names a person: of what is left, since the people's own rows are gone."""
    return [
        sa.select(key.parent).where(key.parent.is_not(None)).subquery().c[0]
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == User.__tablename__
    ]
