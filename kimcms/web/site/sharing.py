"""Pictures for shared links of a subsite."""

from __future__ import annotations

from flask import abort, g, redirect
from werkzeug.wrappers import Response

from kimcms.domain import look
from kimcms.queries import articles
from kimcms.queries import media as pictures
from kimcms.storage.cards import Card
from kimcms.web import sharing
from kimcms.web.site import site
from kimcms.web.tools import tools


@site.get("/bagikan/<int:article_id>/<int:stamp>.jpg")
def article_card(article_id: int, stamp: int) -> Response:
    """While readers may see the article. An older picture's address leads to today's."""
    story = articles.public_story(g.kim.id, article_id, g.now)
    if story is None:
        abort(404)
    if stamp != sharing.card_stamp(story):
        return redirect(sharing.card_path(story), 302)
    photo, folder, version = None, f"{g.kim.id}/cards", 0
    shown = pictures.media(story.photo.id) if story.photo else None
    if shown is not None:
        photo = tools().media.read(shown.key(f"{shown.widths[len(shown.widths) // 2]}.jpg"))
        # Beside the photo itself: what changes or takes away the one takes the other with it.
        folder, version = shown.folder, shown.version
    place = f"{story.kelurahan}, {tools().settings.city}"
    card = Card(story.title, story.kim, place, look.ACCENTS[g.kim.accent][0], photo)
    return sharing.answer(card, folder, version)


@site.get("/bagikan.jpg")
def site_card() -> Response:
    """For pages that are no article."""
    settings = tools().settings
    words = f"Kabar warga Kelurahan {g.kim.kelurahan.name}"
    badge = pictures.media(g.kim.logo_id) if g.kim.logo_id else None
    logo = tools().media.read(badge.key("192.jpg")) if badge else None
    card = Card(words, g.kim.name, settings.city, look.ACCENTS[g.kim.accent][0], logo=logo)
    return sharing.answer(card, f"{g.kim.id}/cards")
