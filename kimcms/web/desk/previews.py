"""Looking at an item as readers will, and letting others look."""

from __future__ import annotations

from flask import flash, g, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.previews import Ticket
from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.services import previews
from kimcms.web.access import actor, on_article
from kimcms.web.desk import desk, pages
from kimcms.web.previews import address


@desk.get("/k/<kim>/berita/<int:article_id>/pratinjau")
@on_article(Verb.WRITE)
def article_look(article: Article) -> Response:
    """Over to the subsite, which shows the newest words as its own page, for an hour."""
    look: Response = redirect(address(article, Ticket(article.id, g.now, shared=False)), 303)
    return look


@desk.post("/k/<kim>/berita/<int:article_id>/pratinjau")
@on_article(Verb.PUBLISH)
def article_share_preview(article: Article) -> Response:
    previews.share(actor(), article, g.now)
    flash(_("Tautan pratinjau siap dibagikan. Berlaku 7 hari."), "ok")
    return pages.to("desk.article_detail", article)


@desk.post("/k/<kim>/berita/<int:article_id>/pratinjau/cabut")
@on_article(Verb.PUBLISH)
def article_unshare_preview(article: Article) -> Response:
    previews.take_back(actor(), article, g.now)
    flash(_("Tautan pratinjau dicabut. Yang memegangnya tidak bisa lagi membukanya."), "ok")
    return pages.to("desk.article_detail", article)
