"""What readers get of a stored text: videos as links, and pictures only when they are wanted."""

from __future__ import annotations

import re

from flask import current_app, request
from flask_babel import gettext as _
from lucide.jinja import lucide
from markupsafe import Markup, escape

from kimcms.domain.html import Photo
from kimcms.domain.htmlparts import MEDIA_SRC
from kimcms.web.tools import tools

SAVER = "hemat"
_VIDEO = re.compile(
    r'<p><a href="(https://(?:www\.|m\.)?'
    r"(youtube\.com|youtu\.be|vimeo\.com|tiktok\.com|instagram\.com|facebook\.com|fb\.watch)"
    r'/[^"]*)"[^>]*>([^<]*)</a></p>'
)
_PICTURE = re.compile(rf'<img src="({MEDIA_SRC.pattern})"[^>]*>')
_ALT = re.compile(r' alt="([^"]*)"')


def saves() -> bool:
    """Whether this page has a form without pictures: one that its address may ask for."""
    view = current_app.view_functions.get(request.endpoint or "")
    return SAVER in getattr(view, "allowed", ())


def saving() -> bool:
    """Whether the reader asked for it, in the address alone: nothing is remembered."""
    return request.args.get(SAVER) == "1" and saves()


def kept(address: str) -> str:
    """An address of a page with pictures, with the reader's wish."""
    if not saving():
        return address
    return f"{address}{'&' if '?' in address else '?'}{SAVER}=1"


def videos(body: Markup) -> Markup:
    """A link to a video that stands alone becomes a card that names its host. Nothing of the
    host is loaded."""
    return Markup(_VIDEO.sub(_video, body))  # noqa: S704 - the stored text, filtered


def _video(found: re.Match[str]) -> str:
    href, host, words = found.groups()
    said = escape(_("Video di %(host)s", host=host))
    text = "" if "://" in words or words.startswith("www.") else f"<br>{words}"
    icon = lucide("play", size=20, aria_hidden="true", focusable="false")
    return (
        f'<p class="video"><a href="{href}" rel="nofollow ugc noopener">{icon}'
        f"<span><b>{said}</b>{text}</span></a></p>"
    )


def spared(body: Markup, kim_id: int) -> Markup:
    """The text with its pictures behind a tap, each with its size, where the reader saves data."""
    if not saving():
        return body

    def behind(found: re.Match[str]) -> str:
        alt = _ALT.search(found[0])
        name = found[1].rpartition("/")[2]
        return _behind(found[0], alt[1] if alt else "", kim_id, int(found[2]), name)

    return Markup(_PICTURE.sub(behind, body))  # noqa: S704 - the stored text, filtered


def later(photo: Photo, alt: str, kim_id: int) -> Markup:
    """The one large picture of a page, behind a tap, in its smallest form."""
    width = photo.widths[0]
    small = Photo(photo.id, photo.width, photo.height, (width,))
    markup = _behind(small.markup(alt), str(escape(alt)), kim_id, photo.id, f"{width}.webp")
    return Markup(markup)  # noqa: S704 - made of escaped parts


def _behind(img: str, alt: str, kim_id: int, photo_id: int, name: str) -> str:
    """A closed box does not load what is lazy in it. `alt` is escaped already."""
    path = tools().media.path(f"{kim_id}/{photo_id}/{name}")
    size = -(-path.stat().st_size // 1000) if path.is_file() else 0
    said = escape(_("Lihat foto (%(size)s kB)", size=size))
    # The one size whose weight was said: none of the others is fetched in its place.
    plain = re.sub(r' (?:srcset|sizes)="[^"]*"', "", img)
    return f'<details class="later"><summary>{said} <span>{alt}</span></summary>{plain}</details>'
