"""What changed between two texts: which paragraphs belong together, and in them word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from kimcms.domain.blocks import blocks, said

Pair = tuple[str | None, str | None]

# Comparing costs up to the product of the lengths. What is larger counts as replaced: still true,
# only less fine.
_MOST = 250_000
_MOST_PAIRED = 2_500
_ALIKE = 0.4
_TOKEN = re.compile(r"\n|\w+|\s+|[^\w\s]")


class Change(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    change: Change
    text: str


@dataclass(frozen=True)
class Passage:
    """A paragraph with what changed in it. `reshaped`: the words stayed, their form or the photo
    did not."""

    pieces: tuple[Piece, ...]
    reshaped: bool = False

    @property
    def changed(self) -> bool:
        return self.reshaped or any(piece.change is not Change.SAME for piece in self.pieces)


def passages(old_html: str, new_html: str) -> list[Passage]:
    """Two stored texts as one, paragraph by paragraph and in each word by word."""
    found = []
    for old, new in pairs(blocks(old_html), blocks(new_html)):
        if old is None or new is None:
            change = Change.IN if old is None else Change.OUT
            found.append(Passage((Piece(change, said(old or new or "")),)))
        else:
            before, after = said(old), said(new)
            found.append(Passage(tuple(pieces(before, after)), old != new and before == after))
    return found


def pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Each paragraph of both beside the one it became, in the order of both.

    None stands where one has no counterpart. The left ones are `old`, the right ones `new`.
    """
    found: list[Pair] = []
    for tag, start, end, other, other_end in _steps(old, new):
        if tag == "equal":
            found += zip(old[start:end], new[other:other_end], strict=True)
        else:
            found += _matched(old[start:end], new[other:other_end])
    return found


def pieces(old: str, new: str) -> list[Piece]:
    """The words of both, in order: what stayed, what went, what came."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[Piece] = []
    for tag, start, end, other, other_end in _steps(before, after):
        if tag == "equal":
            found.append(Piece(Change.SAME, "".join(before[start:end])))
            continue
        if end > start:
            found.append(Piece(Change.OUT, "".join(before[start:end])))
        if other_end > other:
            found.append(Piece(Change.IN, "".join(after[other:other_end])))
    return _whole_phrases(found)


def alike(one: str, other: str) -> float:
    """How many words two paragraphs share, from 0.0 to 1.0, whatever their order."""
    left, right = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """difflib's steps; beginnings and ends that are the same are taken off before."""
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    least -= head
    tail = next((n for n in range(least) if old[-1 - n] != new[-1 - n]), least)
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    middle = [("replace", 0, len(a), 0, len(b))] if a or b else []
    if a and b and len(a) * len(b) <= _MOST:
        middle = list(SequenceMatcher(None, a, b).get_opcodes())
    steps = [("equal", 0, head, 0, head)] if head else []
    steps += [(tag, i + head, j + head, k + head, m + head) for tag, i, j, k, m in middle]
    if tail:
        steps.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return steps


def _matched(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Changed paragraphs: the most alike together, the others as they stand."""
    if len(old) * len(new) > _MOST_PAIRED:
        return [(block, None) for block in old] + [(None, block) for block in new]
    # best[i][j]: the largest sum over old[i:] and new[j:]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    score = [[_score(one, other) for other in new] for one in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            together = score[i][j] + best[i + 1][j + 1]
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    found: list[Pair] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == score[i][j] + best[i + 1][j + 1]:
            found.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((old[i], None))
            i += 1
        else:
            found.append((None, new[j]))
            j += 1
    return found + [(block, None) for block in old[i:]] + [(None, block) for block in new[j:]]


def _score(one: str, other: str) -> float:
    """Two that share little are still one paragraph written anew, rather than two changes."""
    share = alike(one, other)
    return share if share >= _ALIKE else 0.01


def _whole_phrases(found: list[Piece]) -> list[Piece]:
    """Changes with only a space between them as one: word by word is hard to read."""
    merged: list[list[str]] = [["", "", ""]]  # same before, out, in
    for piece in found:
        last = merged[-1]
        if piece.change is Change.OUT:
            last[1] += piece.text
        elif piece.change is Change.IN:
            last[2] += piece.text
        elif piece.text == " " and (last[1] or last[2]):
            last[1] += " "
            last[2] += " "
        else:
            merged.append([piece.text, "", ""])
    kinds = (Change.SAME, Change.OUT, Change.IN)
    return [
        Piece(kind, text)
        for group in merged
        for kind, text in zip(kinds, group, strict=True)
        if text
    ]
