"""A text as its paragraphs: what is compared, merged and annotated. For stored HTML only."""

from __future__ import annotations

from html.parser import HTMLParser

from kimcms.domain.htmlparts import one_line
from kimcms.domain.htmlreading import plain_text

_VOID = frozenset({"br", "hr", "img"})


def blocks(html: str) -> list[str]:
    """The top-level paragraphs, headings, lists, quotations and photos, each as its own HTML.

    Joined they are the text again, to the letter.
    """
    reader = _BlockReader(html)
    reader.feed(html)
    reader.close()
    return reader.found


def said(block: str) -> str:
    """What a block says as lines of text: its words, and of a photo what is told of it."""
    if block == "<hr>":
        return "* * *"
    if not block.startswith("<figure"):
        return plain_text(block)
    reader = _AltReader()
    reader.feed(block)
    reader.close()
    return "\n".join(line for line in (reader.alt, plain_text(block, captions=True)) if line)


class _BlockReader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._html = html
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._depth = 0
        self._start = 0
        self.found: list[str] = []

    def _cut(self, end: int) -> None:
        if end > self._start:
            self.found.append(self._html[self._start : end])
            self._start = end

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth == 0:
            self._cut(self._here())
        if tag not in _VOID:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._cut(self._here() + len(f"</{tag}>"))

    def close(self) -> None:
        super().close()
        self._cut(len(self._html))


class _AltReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.alt = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.alt = one_line(dict(attrs).get("alt") or "")
