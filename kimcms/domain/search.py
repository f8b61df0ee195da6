"""What the search index and the search agree on, and how slips are found."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from kimcms.domain.html import plain_text
from kimcms.domain.stems import each_word, fold, stems, stems_of, words
from kimcms.domain.text import clean_line

LONGEST = 200  # characters of a question that are looked at
MOST_WORDS = 8
_PREFIX = range(3, 9)  # letters of a beginning that finds words of titles and leads
_LOOKED_AT = 20_000  # characters of a text in which a snippet is sought
_SLIP_SHORTEST = 4
_SLIP_LONGEST = 20
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND = dt.timedelta(milliseconds=1)
ROOM = 2**20


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks: the line as typed, its stems, and the beginning of a last word."""

    text: str
    stems: tuple[str, ...]
    prefix: str | None = None

    @classmethod
    def read(cls, text: str) -> Question:
        """Any text at all. The last word, unless a space follows it, may be a beginning only."""
        line = unicodedata.normalize("NFC", clean_line(text, LONGEST))
        found = [*dict.fromkeys(stems(line))][:MOST_WORDS]
        prefix = None
        if found and line[-1:].isalpha() and not text[-1:].isspace():
            last = fold(words(line)[-1])
            if last.isalpha() and len(last) in _PREFIX and stems_of(last) == (found[-1],):
                prefix = last
        return cls(line, tuple(found), prefix)

    def finds(self, word: str) -> bool:
        """Whether a word of a text is one of those asked for."""
        return _finds(self.stems, self.prefix, word)


@lru_cache(maxsize=16_384)
def _finds(asked: tuple[str, ...], prefix: str | None, word: str) -> bool:
    found = stems_of(word)
    if any(stem in asked for stem in found):
        return True
    return prefix is not None and any(form.startswith(prefix) for form in (*found, fold(word)))


def place_of(at: dt.datetime) -> int:
    """The first place in the index of what is public from an instant on: milliseconds since 1970,
    with room for a million articles in each."""
    return (at - _EPOCH) // _MILLISECOND * ROOM


def kim_mark(kim_id: int) -> str:
    """The word in the index that stands for a KIM; no text holds one with "_"."""
    return f"_k{kim_id}"


def beginning_mark(letters: str) -> str:
    """The word in the index that stands for a word of title or lead that begins like this. One
    word to look up, so that it costs no more than a whole one."""
    return f"_p{letters}"


def topic_mark(category_id: int) -> str:
    """The word in the index that stands for a topic."""
    return f"_t{category_id}"


def text_words(lead: str, body: str) -> str:
    """The stems of lead and text."""
    return " ".join(stems(f"{lead}\n{plain_text(body, captions=True)}"))


def index_words(
    kim_id: int, category_id: int | None, title: str, lead: str, text: str
) -> tuple[str, str]:
    """What the index holds of an article: the stems of its title, and of all of it, marks first.
    `text` is of `text_words`."""
    marks = [kim_mark(kim_id)]
    if category_id is not None:
        marks.append(topic_mark(category_id))
    own = stems(title)
    begun = {mark for word in words(f"{title}\n{lead}") for mark in _beginnings(word)}
    return " ".join(own), " ".join([*marks, *own, text, *sorted(begun)])


@lru_cache(maxsize=65_536)
def _beginnings(word: str) -> frozenset[str]:
    """What finds a word of title or lead by how it, or its stem, begins."""
    return frozenset(
        beginning_mark(form[:length])
        for form in (fold(word), *stems_of(word))
        if form.isalpha()
        for length in _PREFIX
        if length < len(form)
    )


def marked(text: str, question: Question) -> list[tuple[str, bool]]:
    """A text in pieces; those that were asked for are true."""
    pieces: list[tuple[str, bool]] = []
    text = unicodedata.normalize("NFC", text)
    done = 0
    for word in each_word(text):
        if question.finds(word[0]):
            pieces += [(text[done : word.start()], False), (word[0], True)]
            done = word.end()
    pieces.append((text[done:], False))
    return [piece for piece in pieces if piece[0]]


def snippet(text: str, question: Question, size: int = 180) -> list[tuple[str, bool]]:
    """About `size` characters of a plain text around the first word that was asked for, in
    pieces; its beginning where it holds none."""
    text = unicodedata.normalize("NFC", " ".join(text[:_LOOKED_AT].split()))
    first = next((word.start() for word in each_word(text) if question.finds(word[0])), 0)
    start = text.rfind(" ", 0, max(first - size // 3, 0)) + 1 if first > size // 2 else 0
    piece = text[start : start + size]
    if start + size < len(text):
        piece = (piece.rpartition(" ")[0] or piece) + "…"
    return marked(("…" if start else "") + piece, question)


def replaced(line: str, meant: Mapping[str, str]) -> str:
    """A question with some words exchanged, which are given by their stem."""
    pieces, done = [], 0
    for word in each_word(line):
        other = next((meant[stem] for stem in stems_of(word[0]) if stem in meant), None)
        if other is not None:
            pieces += [line[done : word.start()], other]
            done = word.end()
    return "".join([*pieces, line[done:]])


def slips(word: str, most: int) -> set[str]:
    """The word, and it without one letter (or up to `most`). Two words one slip apart share one.
    Nothing for numbers and for words that are too short or too long to guess at."""
    if not (_SLIP_SHORTEST <= len(word) <= _SLIP_LONGEST and word.isalpha()):
        return set()
    found = {word}
    for count in range(1, most + 1):
        for gone in combinations(range(len(word)), count):
            found.add("".join(sign for place, sign in enumerate(word) if place not in gone))
    return found


def distance(one: str, other: str) -> int:
    """How many slips lie between two words: a letter more, less, another, or two swapped."""
    before: list[int] = []
    line = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, older = line, before
        line = [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, line[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            line.append(cost)
        before = above
    return line[-1]


def near(word: str, candidate: str) -> bool:
    """Near enough to be meant: one slip, two in a word of at least seven letters."""
    return 0 < distance(word, candidate) <= (2 if len(word) >= 7 else 1)
