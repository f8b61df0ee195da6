"""The one sanitiser. Everybody's HTML goes through it when a revision is saved; nothing
changes the HTML after it. What is allowed is written here and nowhere else.

Three steps, repeated until nothing changes: `nh3` takes away what is not allowed, the rest is
written in its stored form (with `bleach` turning bare addresses into links), and `nh3`
has the last word. No security decision rests on the steps between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import nh3
from bleach.linkifier import Linker

from kimcms.domain.htmlform import READ_TAGS, FormReader
from kimcms.domain.htmllimits import MAX_BYTES, MAX_DEPTH, check_size, strip_controls
from kimcms.domain.htmlparts import MEDIA_SRC, SIZES, Photo, address
from kimcms.domain.htmlreading import image_ids, images_without_text, links, own_text, plain_text
from kimcms.domain.markdown import from_markdown, to_markdown
from kimcms.domain.refusal import Refused

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Photo",
    "Refused",
    "check_size",
    "clean_html",
    "from_markdown",
    "image_ids",
    "images_without_text",
    "links",
    "own_text",
    "plain_text",
    "to_markdown",
]

_LinkAttrs = dict[tuple[str | None, str] | str, str]

# `bleach` grows slow on many tags and entities; such a text keeps its addresses as text.
_LINKIFY_MOST = 2_000
# Written, checked once more, and two to spare; see `clean_html`.
_ROUNDS = 4

_LINK_SCHEMES = {"http", "https", "mailto", "tel"}
_STORED_TAGS = {
    "p", "br", "h2", "h3", "strong", "em", "a", "ul", "ol", "li", "blockquote", "figure",
    "figcaption", "img", "hr",
}  # fmt: skip
_STORED_IMG = {"src", "srcset", "width", "height", "alt"}
_NOT_EVEN_THE_TEXT = {
    "applet", "audio", "button", "canvas", "head", "iframe", "math", "noembed", "noframes",
    "noscript", "object", "plaintext", "script", "select", "style", "svg", "template",
    "textarea", "title", "video", "xmp",
}  # fmt: skip
_SRCSET = re.compile(rf"{MEDIA_SRC.pattern} [0-9]{{1,6}}w(?:, {MEDIA_SRC.pattern} [0-9]{{1,6}}w)*")
_ADDRESS = re.compile(
    r"\(?\b(?<![@.\w])(?:https?://|www\.)[\w-]+(?:\.[\w-]+)*(?::[0-9]+)?"
    r"(?:[/?#](?:[^\s{}|\\^`<>\"]*[^\s{}|\\^`<>\".,;:!?'’”])?)?",
    re.IGNORECASE,
)
_NO_ADDRESS = "<a rel="


def clean_html(source: str, photos: Mapping[int, Photo]) -> str:
    """The HTML that is stored for what a person or an import sent.

    Only `photos` may be shown. Cleaning the result again changes nothing. Raises `Refused`:
    "too_long", "too_deep" and "too_tangled", for the source or for what it would become, and
    "unstable" where repeated cleaning does not settle, which only an attack does.
    """
    html = strip_controls(source)
    for _ in range(_ROUNDS):
        check_size(html)
        before, html = html, _round(html, photos)
        if html == before:
            return html
    raise Refused("unstable")


def _round(html: str, photos: Mapping[int, Photo]) -> str:
    reader = FormReader(photos)
    # Character references are characters only now; what they hid is taken out here.
    reader.feed(strip_controls(_FIRST_LOOK.clean(html)))
    reader.close()
    form = reader.flow.finish()
    if reader.flow.bare_address and max(form.count("<"), form.count("&")) <= _LINKIFY_MOST:
        # One linker a call: bleach's parsers are not thread-safe.
        linker = Linker(callbacks=[_new_link], url_re=_ADDRESS, skip_tags={"figcaption"})
        linked = _LAST_WORD.clean(linker.linkify(form))
        # What looked like an address and is none to nh3 (www.malang.id.1) stays text.
        if _NO_ADDRESS not in linked:
            return linked
    return _LAST_WORD.clean(form)


def _new_link(attrs: _LinkAttrs, new: bool = False) -> _LinkAttrs | None:
    """For bleach: the address in its one spelling; a text that makes none stays text."""
    if new:
        attrs[(None, "href")] = address(attrs[(None, "href")])
    return attrs if attrs.get((None, "href")) else None


def _own_media_only(url: str) -> str | None:
    return url if MEDIA_SRC.fullmatch(url) else None


def _stored_attribute(tag: str, name: str, value: str) -> str | None:
    """An attribute as stored, or None: `nh3` itself does not look into srcset."""
    if tag == "a":
        return None if value.startswith("/") else value
    if name == "src":
        return _own_media_only(value)
    if name == "srcset":
        return value if _SRCSET.fullmatch(value) else None
    if name in {"width", "height"}:
        return value if value.isdecimal() else None
    return value


_FIRST_LOOK = nh3.Cleaner(
    tags=set(READ_TAGS),
    clean_content_tags=_NOT_EVEN_THE_TEXT,
    attributes={"*": set(), "a": {"href"}, "img": {"src", "alt"}},
    link_rel=None,
    url_schemes=_LINK_SCHEMES,
    url_relative=_own_media_only,
)
_LAST_WORD = nh3.Cleaner(
    tags=_STORED_TAGS,
    clean_content_tags=_NOT_EVEN_THE_TEXT,
    attributes={"*": set(), "a": {"href"}, "img": _STORED_IMG},
    attribute_filter=_stored_attribute,
    link_rel="nofollow ugc noopener",
    url_schemes=_LINK_SCHEMES,
    url_relative=_own_media_only,
    tag_attribute_values={
        "img": {"sizes": {SIZES}, "loading": {"lazy"}, "decoding": {"async"}},
    },
)
