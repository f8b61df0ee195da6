"""The city feed: its front page and its topics."""

from __future__ import annotations

from flask import abort, g, render_template, request
from werkzeug.wrappers import Response

from kimcms.domain import leads
from kimcms.domain.feed import fold, mix
from kimcms.queries import articles, kims
from kimcms.queries.articles import Topic
from kimcms.queries.paging import Cursor
from kimcms.web import feeds
from kimcms.web.freshness import page
from kimcms.web.portal import portal


@portal.both("/")
@page("sesudah", "hemat")
def home() -> str:
    """The newest 20 are shared out fairly, older pages keep the plain order."""
    after = Cursor.read(request.args.get("sesudah"))
    first = after is None
    found, lead = articles.front(g.now) if first else (articles.feed_articles(g.now, after), None)
    cards = [card for card in found.rows if not lead or card.id != lead.id]
    also: dict[int, list[articles.Card]] = {}
    if first:
        shared = mix(fold(cards, lambda card: card.kim_id), lambda pair: pair[0].kim_id)
        cards = [card for card, _folded in shared]
        also = {card.id: folded for card, folded in shared}
        lead = lead or leads.by_rule(cards, lambda card: card.photo is not None)
    return render_template(
        "portal/home.html",
        page=found,
        cards=[card for card in cards if card is not lead],
        also=also,
        opener=lead,
        topics=articles.categories(),
        places=kims.directory(),
        first=first,
    )


@portal.both("/topik/<slug>/")
@page("sesudah", "hemat")
def topic(slug: str) -> str:
    topics, chosen = _topic(slug)
    after = Cursor.read(request.args.get("sesudah"))
    return render_template(
        "portal/topic.html",
        topic=chosen,
        topics=topics,
        page=articles.feed_articles(g.now, after, category_id=chosen.id),
    )


@portal.get(f"/topik/<slug>/<{feeds.NAMES}:form>")
@page()
def topic_feed(slug: str, form: str) -> Response:
    _topics, chosen = _topic(slug)
    return feeds.of_city(form, f"topik/{chosen.id}", chosen.name, category_id=chosen.id)


def _topic(slug: str) -> tuple[list[Topic], Topic]:
    topics = articles.categories()
    return topics, next((one for one in topics if one.slug == slug), None) or abort(404)
