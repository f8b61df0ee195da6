"""What stored HTML says: its words, its pictures. For the output of `clean_html` only."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TypeVar

from kimcms.domain.htmlparts import MEDIA_SRC, one_line, photo_id

_Reader = TypeVar("_Reader", bound=HTMLParser)
# The source of an image, in stored HTML always its first attribute. A parser would be no surer
# here: what this finds too much is thrown away by `clean_html`.
_IMG = re.compile(
    rf"""<img\b[^<]*?\ssrc\s*=\s*["']?{MEDIA_SRC.pattern}(?=["'\s/>])""", re.IGNORECASE
)
_LINE_ENDS = frozenset((
    "p", "br", "h2", "h3", "ul", "ol", "li", "blockquote", "figure", "figcaption", "hr",
))  # fmt: skip


def plain_text(html: str, *, captions: bool = False, quotes: bool = True) -> str:
    """The words without markup, one line for each paragraph, heading, item and line.

    Captions are left out unless asked for; block quotations are kept unless told otherwise.
    """
    return _read(_TextReader(captions=captions, quotes=quotes), html).text


def own_text(html: str) -> str:
    """The writer's own words: the text without block quotations and captions."""
    return plain_text(html, quotes=False)


def image_ids(html: str) -> tuple[int, ...]:
    """The ids of the own photos shown, each once, in the order in which they appear.

    Also for HTML as it was sent, to know which photos to hand to `clean_html`.
    """
    return tuple(dict.fromkeys(int(found) for found in _IMG.findall(html)))


def pictures(html: str) -> list[tuple[int, str, str]]:
    """Each photo shown: its id, alternative text and caption."""
    return _read(_PhotoReader(), html).found


def links(html: str) -> list[str]:
    """The addresses to which it leads, each once, in the order in which they appear."""
    return list(dict.fromkeys(_read(_LinkReader(), html).found))


def images_without_text(html: str) -> tuple[int, ...]:
    """The ids of photos that lack an alternative text or a caption somewhere in this text."""
    found = pictures(html)
    return tuple(dict.fromkeys(number for number, alt, caption in found if not (alt and caption)))


def _read(reader: _Reader, html: str) -> _Reader:
    reader.feed(html)
    reader.close()
    return reader


class _TextReader(HTMLParser):
    def __init__(self, *, captions: bool, quotes: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._left_out = {"figcaption": not captions, "blockquote": not quotes}
        self._silent = 0
        self._parts: list[str] = []

    @property
    def text(self) -> str:
        lines = (one_line(line) for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += self._left_out.get(tag, False)
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= self._left_out.get(tag, False)
        self._end_line(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(data.replace("\n", " "))

    def _end_line(self, tag: str) -> None:
        if tag in _LINE_ENDS:
            self._parts.append("\n")


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") if tag == "a" else None
        if href:
            self.found.append(href)


class _PhotoReader(HTMLParser):
    """Finds id, alternative text and caption of each photo; the caption follows its photo."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str, str]] = []
        self._in_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "figcaption":
            self._in_caption = True
        elif tag == "img":
            values = dict(attrs)
            number = photo_id(values.get("src"))
            if number:
                self.found.append((number, one_line(values.get("alt") or ""), ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "figcaption":
            self._in_caption = False

    def handle_data(self, data: str) -> None:
        if self._in_caption and self.found:
            number, alt, caption = self.found[-1]
            self.found[-1] = (number, alt, caption + one_line(data))
