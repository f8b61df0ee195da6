"""What a shared link looks like in a messenger."""

from __future__ import annotations

import hashlib
import threading

from flask import Response, send_file

from kimcms.queries.articles import Story
from kimcms.storage.cards import Card, draw
from kimcms.web.tools import tools

_DRAWING = threading.Lock()  # one card at a time: it takes a core for a tenth of a second


def card_stamp(story: Story) -> int:
    """Changes with the live revision and its photo, so that messengers fetch the new picture."""
    version = story.photo.version if story.photo else 0
    # A blurred photo gives it another end; the seconds before it always have ten digits.
    return int(f"{int(story.changed_at.timestamp())}{version or ''}")


def card_path(story: Story) -> str:
    """Where the picture of an article lies on its subsite."""
    return f"/bagikan/{story.id}/{card_stamp(story)}.jpg"


def answer(card: Card, folder: str, version: int = 0) -> Response:
    """The drawn card, kept below `folder` of the store under a name made of what stands on it;
    `version` is that of the photo."""
    badge = hashlib.sha256(card.logo).hexdigest() if card.logo else ""
    parts = (card.title, card.name, card.place, card.accent, badge, str(version or ""))
    name = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
    store, key = tools().media, f"{folder}/card-{name}.jpg"
    if not store.exists(key):
        with _DRAWING:
            if not store.exists(key):
                store.put(key, draw(card))
    response = send_file(store.path(key), mimetype="image/jpeg", conditional=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
