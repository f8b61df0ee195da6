"""The picture for shared links of the portal."""

from __future__ import annotations

from werkzeug.wrappers import Response

from kimcms.domain import look
from kimcms.storage.cards import Card
from kimcms.web import sharing
from kimcms.web.portal import portal
from kimcms.web.tools import tools


@portal.get("/bagikan.jpg")
def portal_card() -> Response:
    settings = tools().settings
    words = f"Kabar dari kelurahan di {settings.city}"
    card = Card(words, f"Portal KIM {settings.city}", settings.kim_long, look.PORTAL[0])
    return sharing.answer(card, "cards")
