"""An item before its time, for who holds the address. Never kept, never listed."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, g, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.previews import Fate, Ticket, fate
from kimcms.models.article import Article
from kimcms.queries import articles, desk, previews
from kimcms.queries import media as pictures
from kimcms.web import errors, words
from kimcms.web.links import article_path
from kimcms.web.media import answer
from kimcms.web.previews import read
from kimcms.web.site import site
from kimcms.web.site.articles import MORE

_SOURCES = re.compile(r'(?<=\s)(?:src|srcset|href)="[^"]*"')
_PICTURE = re.compile(r"/media/([1-9][0-9]{0,17})/")
# The address is the key: it goes to no other host, and into no memory.
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@site.get("/pratinjau/<token>")
def preview(token: str) -> Response:
    ticket, article = _asked(token)
    way = fate(ticket, article, g.now)
    if way is Fate.ENDED:
        return _close(_ended())
    if way is Fate.MOVED:
        return _close(redirect(article_path(article.slug), 308))
    story = previews.story(article, g.now)
    more = articles.public_articles(g.kim.id, g.now, size=MORE + 1)
    html = render_template(
        "site/preview.html",
        story=story,
        more=[card for card in more.rows if card.id != story.id][:MORE],
        words=words,
        ticket=ticket,
        article=article,
    )
    shown = previews.media_ids(article)
    return _close(Response(_through(html, token, shown), mimetype="text/html"))


@site.get("/pratinjau/<token>/media/<int:media_id>/<name>")
def preview_media(token: str, media_id: int, name: str) -> Response:
    """A photo or PDF of that very item: nothing else of the KIM lies behind the address."""
    ticket, article = _asked(token)
    if fate(ticket, article, g.now) is Fate.ENDED or media_id not in previews.media_ids(article):
        abort(404)
    return _close(answer(pictures.of_kim(g.kim.id, media_id), name))


def _asked(token: str) -> tuple[Ticket, Article]:
    ticket = read(token)
    article = desk.article(g.kim.id, ticket.article_id) if ticket else None
    if ticket is None or article is None:
        abort(404)
    return ticket, article


def _ended() -> Response:
    return errors.answer(
        410,
        title=_("Tautan pratinjau sudah berakhir"),
        text=_("Minta tautan baru kepada redaksi %(kim)s.", kim=g.kim.name),
    )


def _close(response: Any) -> Response:
    response.headers.update(_HEADERS)
    answer: Response = response
    return answer


def _through(html: str, token: str, shown: frozenset[int]) -> str:
    """The pictures and PDFs of the item come through its address: elsewhere they are refused."""

    def behind(found: re.Match[str]) -> str:
        if int(found[1]) not in shown:
            return found[0]
        return f"/pratinjau/{token}{found[0]}"

    return _SOURCES.sub(lambda source: _PICTURE.sub(behind, source[0]), html)
