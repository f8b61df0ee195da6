"""Signs of a risk: what is looked for in an item when it is published, and kept with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kimcms.domain import attachments, signals
from kimcms.domain.blocks import blocks, said
from kimcms.domain.html import links
from kimcms.domain.lists import Lists
from kimcms.domain.roles import Actor
from kimcms.domain.signals import Kind, Piece, Signal
from kimcms.models.article import Article, Revision
from kimcms.models.lists import LinkedHost
from kimcms.queries import lists
from kimcms.services.unit import upsert

_HOUR = dt.timedelta(hours=1)
_NEW = dt.timedelta(days=signals.NEW_ACCOUNT_DAYS)


def before_publishing(actor: Actor, article: Article, now: dt.datetime) -> list[Signal]:
    """What there is to be seen in the newest revision, and in how it is published."""
    assert article.newest is not None
    addresses = links(article.newest.body)
    own = lists.linked(article.kim_id, signals.hosts(addresses))
    return [
        *signals.look(pieces(article.newest), addresses, lists.lists(), own),
        *_unusual(actor, article, now),
    ]


def in_text(revision: Revision, known: Lists) -> list[Signal]:
    """What the lists find in a revision, without regard to who published it."""
    addresses = links(revision.body)
    return signals.look(pieces(revision), addresses, known, signals.hosts(addresses))


def keep(article: Article, found: Iterable[Signal], now: dt.datetime) -> None:
    """With the live revision, within the running unit; the hosts to which it leads are known of
    this KIM from now on."""
    assert article.live is not None
    article.signals = [signal.stored() for signal in found] or None
    article.checked_at = now
    for host in sorted(signals.hosts(links(article.live.body))):
        upsert(LinkedHost, {"kim_id": article.kim_id, "host": host}, None)


def pieces(revision: Revision) -> list[Piece]:
    """The words of a revision by where they stand."""
    papers = " \n".join(paper.title for paper in attachments.read(revision.attachments))
    photo = " \n".join((revision.photo_caption, revision.photo_alt, revision.photo_credit))
    parts = [Piece("title", revision.title), Piece("lead", revision.lead)]
    parts += [Piece("photo", photo), Piece("files", papers)]
    parts += [
        Piece(str(number), said(block)) for number, block in enumerate(blocks(revision.body), 1)
    ]
    return [part for part in parts if part.text.strip()]


def _unusual(actor: Actor, article: Article, now: dt.datetime) -> list[Signal]:
    found = []
    many = signals.MANY_IN_AN_HOUR
    if lists.published_since(article.kim_id, now - _HOUR, now, many) >= many:
        found.append(Signal(Kind.MANY, str(many)))
    youngest = lists.youngest({actor.user_id, article.author_id})
    if youngest is not None and youngest > now - _NEW:
        found.append(Signal(Kind.NEW_ACCOUNT, ""))
    return found
