"""What is refused before any parser sees it, and the characters that no text may hold.

An HTML parser repairs: a tag left open is opened again in each following block, so a few
kilobytes can ask for gigabytes. The scan here is one pass over the tags and errs towards no.
"""

from __future__ import annotations

import re
from collections import Counter

from kimcms.domain.refusal import Refused

MAX_BYTES = 64_000
MAX_DEPTH = 100
# Tags times formatting left open: what the parser would have to open again.
MAX_REPAIRS = 20_000
# When a block ends, a parser forgets what is open more often than this with the same tag.
MAX_ALIKE = 3
# Markers before a line of Markdown ("> - 1. "): what is usual, and how many more in all.
PLAIN_MARKERS = 4
MAX_MARKERS = 5_000

VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
))  # fmt: skip
_FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong",
    "tt", "u",
))  # fmt: skip
# An end tag inside one of these does not reach what was opened outside.
_BARRIERS = frozenset((
    "applet", "caption", "marquee", "object", "table", "td", "template", "th",
))  # fmt: skip
_ROW_PARTS = frozenset(("td", "th", "tr", "tbody", "thead", "tfoot", "table"))
# Opening the first ends the others where one of them is the innermost.
_IMPLIED_END = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "option": {"option"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
}
# Not <https://...>, which is a link in Markdown.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?![a-zA-Z0-9:])([^<>]*)")
_MARKDOWN_NESTING = re.compile(r"^((?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]))+)", re.MULTILINE)
_MARKER = re.compile(r">|[-+*]|\d[.)]")
_BRACKETS = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.DOTALL)
# C0 but tab and newline, DEL, C1, lone surrogates, invisible spaces, bidi embeddings and
# overrides, non-characters. Joiners stay: emoji and Arabic need them.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]",
)


def strip_controls(text: str) -> str:
    """The text without control, bidi and invisible characters; only newline and tab stay."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def check_size(source: str) -> None:
    """Refuse ("too_long", "too_deep", "too_tangled") what is too much for a parser.

    For HTML and Markdown alike; one linear scan.
    """
    if len(source) > MAX_BYTES or len(source.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise Refused("too_long", limit=MAX_BYTES)
    _check_markdown(source)
    nesting = _Nesting()
    for closing, name, rest in _TAG.findall(source):
        nesting.see(name.lower(), rest, closing=bool(closing))


def _check_markdown(source: str) -> None:
    """Lists in quotations in lists, and brackets left open, behind which a link is looked for."""
    markers = 0
    for prefix in _MARKDOWN_NESTING.findall(source):
        here = len(_MARKER.findall(prefix))
        if here > MAX_DEPTH or len(prefix.expandtabs(4)) > 4 * MAX_DEPTH:
            raise Refused("too_deep", limit=MAX_DEPTH)
        markers += max(0, here - PLAIN_MARKERS)
    if markers > MAX_MARKERS:
        raise Refused("too_tangled")
    open_brackets = 0
    for sign in _BRACKETS.findall(source):
        if sign == "[":
            open_brackets += 1
        elif sign == "]":
            open_brackets = max(0, open_brackets - 1)
        elif sign[0] == "\n":  # no link reaches over an empty line
            open_brackets = 0
        if open_brackets > MAX_DEPTH:
            raise Refused("too_deep", limit=MAX_DEPTH)


class _Nesting:
    """Follows the tags as a parser would, near enough to see where they lead."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        # Open formatting: name, whole tag, and how many barriers were open around it.
        self.marks: list[tuple[str, str, int]] = []
        self.same: Counter[tuple[str, str, int]] = Counter()
        self.crowded = False
        self.barriers = 0
        self.repairs = 0

    def see(self, name: str, rest: str, *, closing: bool) -> None:
        if name in _FORMATTING:
            self._formatting(name, rest, closing=closing)
        else:
            if self.crowded and (closing or name == "p"):
                self._thin_out()
            self.repairs += len(self.marks)
            # A paragraph cannot stand in a paragraph: it is no level of its own.
            if name in VOID or name == "p" or self._is_drawing(rest):
                pass
            elif closing:
                self._close(name)
            else:
                self._open(name)
        if len(self.blocks) + len(self.marks) > MAX_DEPTH:
            raise Refused("too_deep", limit=MAX_DEPTH)
        if self.repairs > MAX_REPAIRS:
            raise Refused("too_tangled")

    def _is_drawing(self, rest: str) -> bool:
        return rest.endswith("/") and ("svg" in self.blocks or "math" in self.blocks)

    def _formatting(self, name: str, rest: str, *, closing: bool) -> None:
        if closing or name == "a":
            for at in range(len(self.marks) - 1, -1, -1):
                if self.marks[at][2] < self.barriers:
                    break
                if self.marks[at][0] == name:
                    self._forget(at)
                    break
        if not closing:
            mark = (name, rest, self.barriers)
            self.marks.append(mark)
            self.same[mark] += 1
            self.crowded = self.crowded or self.same[mark] > MAX_ALIKE

    def _thin_out(self) -> None:
        for at in range(len(self.marks) - 1, -1, -1):
            if self.same[self.marks[at]] > MAX_ALIKE:
                self._forget(at)
        self.crowded = False

    def _forget(self, at: int) -> None:
        self.same[self.marks.pop(at)] -= 1

    def _open(self, name: str) -> None:
        while self.blocks and self.blocks[-1] in _IMPLIED_END.get(name, ()):
            self._pop()
        self.blocks.append(name)
        self.barriers += name in _BARRIERS

    def _close(self, name: str) -> None:
        for at in range(len(self.blocks) - 1, -1, -1):
            here = self.blocks[at]
            if here == name:
                while len(self.blocks) > at:
                    self._pop()
                return
            if here in _BARRIERS and not (name in _ROW_PARTS and here in {"td", "th", "caption"}):
                return

    def _pop(self) -> None:
        if self.blocks.pop() not in _BARRIERS:
            return
        self.barriers -= 1
        while self.marks and self.marks[-1][2] > self.barriers:
            self._forget(len(self.marks) - 1)
