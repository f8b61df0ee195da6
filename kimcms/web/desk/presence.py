"""Who has an item open: the page of the editor tells every minute, and hears of others."""

from __future__ import annotations

from typing import Any

from flask import g, jsonify
from flask_babel import gettext as _

from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.queries import presence as open_pages
from kimcms.services import presence
from kimcms.web.access import actor, on_article
from kimcms.web.desk import desk
from kimcms.web.rendering import clock


@desk.post("/k/<kim>/berita/<int:article_id>/hadir")
@on_article(Verb.WRITE)
def article_present(article: Article) -> Any:
    """This person has it open; who else does, as sentences."""
    article_id = article.id
    presence.seen(actor(), article, g.now)
    return jsonify(others=sentences(article_id))


def sentences(article_id: int) -> list[str]:
    """Who else has it open."""
    return [
        _("%(name)s sedang membuka naskah ini sejak %(hour)s.", name=p.name, hour=clock(p.since))
        for p in open_pages.others(article_id, actor().user_id, g.now)
    ]
