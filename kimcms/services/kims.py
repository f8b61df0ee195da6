"""Opening and shaping KIMs."""

from __future__ import annotations

import datetime as dt
import re

import sqlalchemy as sa

from kimcms.config import HOST
from kimcms.db import CITY, db, kim_scope
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim, KimSlug
from kimcms.services import ledger
from kimcms.services.unit import atomic

RESERVED = frozenset(
    (
        "www",
        "redaksi",
        "portal",
        "situs",
        "api",
        "mail",
        "smtp",
        "imap",
        "ftp",
        "ns",
        "ns1",
        "ns2",
        "admin",
        "static",
        "media",
        "assets",
        "cdn",
        "status",
        "kimcms",
        "forum",
        "diskominfo",
        "kota",
        "klaster",
        "kelurahan",
        "kecamatan",
        "localhost",
    )
)
_SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def usable_slug(slug: str) -> None:
    """Raises `Refused` for what cannot be a subdomain of the city."""
    if not _SLUG.fullmatch(slug) or slug in RESERVED:
        raise Refused("slug_unusable", slug=slug)


def open_kim(actor: Actor, kelurahan: Kelurahan, name: str, slug: str, now: dt.datetime) -> Kim:
    """Register a KIM and open its subsite. At most one open KIM per kelurahan."""
    name = clean_line(name, 80)
    if not name:
        raise Refused("name_missing")
    usable_slug(slug)
    with atomic(CITY, now) as unit:
        if actor.user_id is not None and not actor.may(Verb.MANAGE_REGISTER, None, now):
            raise Refused("not_allowed")
        if db.session.get(KimSlug, slug) is not None:
            raise Refused("slug_taken", slug=slug)
        if db.session.query(Kim).filter_by(kelurahan_id=kelurahan.id, closed_at=None).first():
            raise Refused("kelurahan_has_kim", kelurahan=kelurahan.name)
        kim = Kim(kelurahan_id=kelurahan.id, name=name, slug=slug, opened_at=now, links=[])
        db.session.add(kim)
        db.session.flush()
        db.session.add(KimSlug(slug=slug, kim_id=kim.id))
        ledger.opened(kim, now)
        unit.record(actor, "kim.open", kim, kim_id=kim.id, after={"slug": slug})
        return kim


def set_alias(
    actor: Actor, kim: Kim, domain: str | None, now: dt.datetime, *, city_domain: str
) -> Kim:
    """An own domain for a subsite, not yet canonical; None takes it away.

    A host at or below the city's own domain is given by slug only: it could take another's place.
    """
    if domain is not None and f".{domain}".endswith(f".{city_domain}"):
        raise Refused("domain_ours", domain=domain, city_domain=city_domain)
    if domain is not None and (not HOST.fullmatch(domain) or "." not in domain):
        raise Refused("domain_unusable", domain=domain)
    with atomic(kim_scope(kim.id), now) as unit:
        _may_manage(actor, now)
        other = sa.select(Kim.id).where(Kim.alias_domain == domain, Kim.id != kim.id)
        if domain is not None and db.session.scalar(other) is not None:
            raise Refused("domain_taken", domain=domain)
        kim.alias_domain, kim.alias_verified_at = domain, None
        unit.record(actor, "kim.alias", kim, kim_id=kim.id, after={"alias": domain})
        return kim


def verify_alias(actor: Actor, kim: Kim, now: dt.datetime) -> Kim:
    """The own domain was seen to lead here: it becomes the canonical address."""
    with atomic(kim_scope(kim.id), now) as unit:
        _may_manage(actor, now)
        if kim.alias_domain is None:
            raise Refused("alias_missing")
        kim.alias_verified_at = now
        unit.record(actor, "kim.alias_verified", kim, kim_id=kim.id)
        return kim


def _may_manage(actor: Actor, now: dt.datetime) -> None:
    if actor.user_id is not None and not actor.may(Verb.MANAGE_REGISTER, None, now):
        raise Refused("not_allowed")
