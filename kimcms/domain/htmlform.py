"""The one form in which article HTML is stored.

What `nh3` let through is written anew: text stands in paragraphs, every picture in a figure,
lists hold only items, nothing is empty, one name per meaning (`strong`, not `b`). So the same
article always looks the same, survives the trip to Markdown and back, and compares well.
This is no sanitiser: `nh3` looks at its output again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from kimcms.domain.htmlflow import Flow
from kimcms.domain.htmllimits import MAX_DEPTH, VOID
from kimcms.domain.htmlparts import Photo, address, one_line, photo_id
from kimcms.domain.refusal import Refused

_LEAVES = {"p": "p", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "a": "a"}
_CONTAINERS = frozenset(("blockquote", "ul", "ol"))
_CELLS = frozenset(("td", "th"))
# Of these only the line break that they bring is kept.
_BREAKING = frozenset((
    "address", "article", "aside", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "footer", "header", "legend", "main", "pre", "section", "summary", "table",
    "tr",
))  # fmt: skip
READ_TAGS = (
    frozenset(_LEAVES) | set(_MARKS) | _CONTAINERS | _CELLS | _BREAKING
    | {"li", "br", "hr", "img", "figure", "figcaption"}
)  # fmt: skip


@dataclass
class _Figure:
    photos: list[str] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)
    has_image: bool = False
    in_caption: int = 0  # a caption may be sent inside a caption


class FormReader(HTMLParser):
    """Reads what `nh3` wrote, tags of `READ_TAGS` alone, and tells a `Flow` what to write.

    Raises `Refused("too_deep")`: here, unlike before the parser, the depth is known exactly.
    """

    def __init__(self, photos: Mapping[int, Photo]) -> None:
        super().__init__(convert_charrefs=True)
        self.flow = Flow()
        self._photos = photos
        self._depth = 0
        self._items: list[bool] = []  # of each open <li>: was it one of a list
        self._figures: list[_Figure] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A paragraph cannot stand in a paragraph: it is no level of its own.
        self._depth += tag != "p" and tag not in VOID
        if self._depth > MAX_DEPTH:
            raise Refused("too_deep", limit=MAX_DEPTH)
        if tag == "img":
            self._image(dict(attrs))
        elif tag == "figure":
            if self._captioned():
                self._figures[-1].caption.append(" ")
            self.flow.end_leaf()
            self._figures.append(_Figure())
        elif tag == "figcaption":
            self._caption(opens=True)
        elif self._captioned():
            self._figures[-1].caption.append("" if tag in _MARKS else " ")
        elif tag in _MARKS:
            self.flow.mark(_MARKS[tag], _start_tag(_MARKS[tag], dict(attrs)))
        else:
            self._start_block(tag)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag != "p" and tag not in VOID
        if tag == "figure" and self._figures:
            self._end_figure()
        elif tag == "figcaption":
            self._caption(opens=False)
        elif self._captioned():
            self._figures[-1].caption.append("" if tag in _MARKS else " ")
        elif tag in _MARKS:
            self.flow.unmark(_MARKS[tag])
        else:
            self._end_block(tag)

    def handle_data(self, data: str) -> None:
        if self._captioned():
            self._figures[-1].caption.append(data)
        else:
            self.flow.text(data)

    def _start_block(self, tag: str) -> None:
        if tag == "br":
            self.flow.line_break()
        elif tag in _CELLS:
            self.flow.space()
        elif tag == "hr":
            self.flow.place("<hr>")
        elif tag in _LEAVES:
            self.flow.end_leaf()
            if not (tag == "p" and self.flow.kind.startswith("h")):
                self.flow.kind = _LEAVES[tag]
        elif tag in _CONTAINERS:
            self.flow.push(tag)
        elif tag == "li":
            self._items.append(self.flow.start_item())
        else:
            self.flow.end_leaf()

    def _end_block(self, tag: str) -> None:
        if tag in _CONTAINERS:
            self.flow.pop_to(tag)
        elif tag == "li":
            if self._items and self._items.pop():
                self.flow.pop_to("li")
            self.flow.end_leaf()
        elif tag in _LEAVES:
            self.flow.end_leaf()
            if self.flow.kind == _LEAVES[tag]:
                self.flow.kind = ""
        elif tag in _BREAKING:
            self.flow.end_leaf()

    def _captioned(self) -> bool:
        return bool(self._figures) and self._figures[-1].in_caption > 0

    def _caption(self, *, opens: bool) -> None:
        if self._figures:
            self._figures[-1].in_caption += 1 if opens else -1
            self._figures[-1].caption.append(" ")
        else:
            self.flow.end_leaf()

    def _image(self, attrs: Mapping[str, str | None]) -> None:
        photo = self._photos.get(photo_id(attrs.get("src")) or 0)
        markup = photo.markup(one_line(attrs.get("alt") or "")) if photo else ""
        if self._figures:
            self._figures[-1].has_image = True
            self._figures[-1].photos += [markup] if markup else []
        elif markup:
            self.flow.place(f"<figure>{markup}</figure>")

    def _end_figure(self) -> None:
        """Each photo becomes a figure with the caption; an image that is not ours takes it along.

        What else stood in the figure was written before it; without any image the caption is text.
        """
        self.flow.end_leaf()
        figure = self._figures.pop()
        caption = one_line("".join(figure.caption))
        if not figure.has_image and caption:
            self.handle_data(caption)
            self.flow.end_leaf()
        below = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
        for markup in figure.photos:
            self.flow.place(f"<figure>{markup}{below}</figure>")


def _start_tag(name: str, attrs: Mapping[str, str | None]) -> str:
    """The start tag of a formatting element; empty for a link that leads nowhere."""
    if name != "a":
        return f"<{name}>"
    href = address(attrs.get("href") or "")
    return f'<a href="{escape(href)}">' if href else ""
