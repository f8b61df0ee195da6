"""Addresses of previews, in the newsroom and on subsites."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kimcms.domain.previews import Ticket, may_share, shared_until
from kimcms.models.article import Article
from kimcms.queries.paging import EPOCH, MICROSECOND
from kimcms.web.links import site_url
from kimcms.web.tools import tools


@dataclass(frozen=True)
class Shared:
    """What the newsroom says of sharing an item: nothing where it cannot be."""

    may: bool
    until: dt.datetime | None = None
    url: str = ""


def shared(article: Article, now: dt.datetime) -> Shared:
    until = shared_until(article, now)
    if until is None or article.previewed_at is None:
        return Shared(article.kim.is_open and may_share(article, now))
    ticket = Ticket(article.id, article.previewed_at, shared=True)
    return Shared(article.kim.is_open, until, address(article, ticket))


def address(article: Article, ticket: Ticket) -> str:
    """On the KIM's own host, where no cookie is."""
    made = (ticket.made_at - EPOCH) // MICROSECOND
    token = tools().previews.token([ticket.article_id, made, int(ticket.shared)])
    return site_url(article.kim.slug, article.kim.canonical_alias, f"/pratinjau/{token}")


def read(token: str) -> Ticket | None:
    """The ticket in an address, None where we did not sign it."""
    value = tools().previews.value(token)
    if not isinstance(value, list):
        return None
    article_id, made, shared = value
    return Ticket(article_id, EPOCH + made * MICROSECOND, bool(shared))
