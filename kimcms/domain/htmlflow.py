"""Writes article HTML in its stored form, told piece by piece what to write.

Elements are opened by the text in them, so nothing is ever empty, and closed in the right order.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from kimcms.domain.htmlparts import one_line

_LISTS = frozenset(("ul", "ol"))
# A formatting element: its name and its start tag, empty for a link that leads nowhere.
Mark = tuple[str, str]


@dataclass
class _Container:
    name: str
    implied: bool = False
    written: bool = False
    filled: bool = False


class Flow:
    """Containers (quotations, lists, items) hold leaves (paragraphs, headings), these hold text.

    `kind` is the leaf that the next text asks for; empty is whatever fits. `bare_address` tells
    whether some text outside of links holds "://" or "www.".
    """

    def __init__(self) -> None:
        self.kind = ""
        self.bare_address = False
        self._out: list[str] = []
        self._containers: list[_Container] = []
        self._leaf: str | None = None  # the open one; "" is text directly in a list item
        self._wanted: list[Mark] = []
        self._open: list[Mark] = []
        self._space = self._break = False  # due before the next text

    def finish(self) -> str:
        """Close everything; the whole HTML."""
        self.end_leaf()
        while self._containers:
            self._pop()
        return "".join(self._out)

    # Containers

    def push(self, name: str) -> None:
        """Begin a quotation or a list; in a list without an item it gets one."""
        self.end_leaf()
        self.kind = ""
        self._imply_item()
        self._containers.append(_Container(name))

    def start_item(self) -> bool:
        """Begin a list item; False where there is no list, and then it is only a line end."""
        self.end_leaf()
        if self._containers and self._containers[-1].implied:
            self._pop()
        if not self._containers or self._containers[-1].name not in _LISTS:
            return False
        self.kind = ""
        self._containers.append(_Container("li"))
        return True

    def pop_to(self, name: str) -> None:
        """End the innermost container of that name and what is open in it."""
        while self._containers:
            last = self._pop()
            if last.name == name and not last.implied:
                return

    def place(self, markup: str) -> None:
        """Write a whole block where it stands."""
        self.end_leaf()
        self._open_containers()
        if self._containers:
            self._containers[-1].filled = True
        self._out.append(markup)

    def _imply_item(self) -> None:
        if self._containers and self._containers[-1].name in _LISTS:
            self._containers.append(_Container("li", implied=True))

    def _pop(self) -> _Container:
        self.end_leaf()
        self.kind = ""
        last = self._containers.pop()
        if last.written:
            self._out.append(f"</{last.name}>")
        return last

    def _open_containers(self) -> None:
        self._imply_item()
        above = None
        for container in self._containers:
            if not container.written:
                container.written = True
                self._out.append(f"<{container.name}>")
                if above:
                    above.filled = True
            above = container

    # Leaves and their text

    def space(self) -> None:
        """White space between what came and what comes."""
        self._space = True

    def line_break(self) -> None:
        """A new line; a second one in a row is how many editors write a new paragraph."""
        if self.kind.startswith("h"):
            self._space = True
        elif self._break:
            self.end_leaf()
        else:
            self._break = self._leaf is not None

    def mark(self, name: str, start: str) -> None:
        self._wanted.append((name, start))

    def unmark(self, name: str) -> None:
        """End the innermost formatting element of that name."""
        for at in range(len(self._wanted) - 1, -1, -1):
            if self._wanted[at][0] == name:
                del self._wanted[at]
                return

    def text(self, data: str) -> None:
        """Plain text, not yet escaped; runs of white space are one space."""
        line = one_line(data)
        self._space = self._space or data[:1].isspace()
        if not line:
            return
        fresh = self._leaf is None
        if fresh:
            self._open_leaf()
        # Of several with one name the outermost holds.
        wanted = {name: start for name, start in reversed(self._wanted) if start}
        self._close_marks(wanted)
        if self._break:
            self._out.append("<br>")
        elif self._space and not fresh:
            self._out.append(" ")
        self._open_marks(wanted)
        if "a" not in wanted and ("://" in line or "www." in line.lower()):
            self.bare_address = True
        self._out.append(escape(line, quote=False))
        self._space, self._break = data[-1:].isspace(), False

    def end_leaf(self) -> None:
        """End the paragraph or heading, if one is open."""
        self._close_marks({})
        if self._leaf:
            self._out.append(f"</{self._leaf}>")
        self._leaf = None
        self._space = self._break = False

    def _open_leaf(self) -> None:
        self._open_containers()
        item = self._containers[-1] if self._containers else None
        # The first text of a list item needs no paragraph; Markdown would not keep it.
        bare = item and item.name == "li" and not item.filled and not self.kind.startswith("h")
        if item:
            item.filled = True
        self._leaf = "" if bare else self.kind or "p"
        if self._leaf:
            self._out.append(f"<{self._leaf}>")

    def _close_marks(self, wanted: dict[str, str]) -> None:
        """Close the outermost that is no longer wanted, and all within it."""
        keep = 0
        while keep < len(self._open) and wanted.get(self._open[keep][0]) == self._open[keep][1]:
            keep += 1
        while len(self._open) > keep:
            self._out.append(f"</{self._open.pop()[0]}>")

    def _open_marks(self, wanted: dict[str, str]) -> None:
        for mark in dict.fromkeys(self._wanted):
            if wanted.get(mark[0]) == mark[1] and mark not in self._open:
                self._open.append(mark)
                self._out.append(mark[1])
