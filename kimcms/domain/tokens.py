"""Words as they are compared with the Forum's lists: whatever a writer did to hide one.

Every function is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

LONGEST_TERM = 6  # words
_TOKEN = re.compile(r"[^\W_]+(?:[@$!][^\W_]+)*")
_REPEATED = re.compile(r"(.)\1{2,}")
_ENDS_SENTENCE = frozenset(".?!:;\n")
# Letters of other scripts that look like Latin ones.
_ALIKE = str.maketrans("аеорсухіѕјԁԛ", "aeopcyxisjdq")
_LEET: tuple[dict[int, int], ...] = tuple(
    str.maketrans("0134578@$!", f"o{one}eastbasi") for one in "il"
)
_ROW = 4  # letters that stand alone one after the other are meant as one word

Spelt = list[tuple[int, str]]  # the place of a word, and one of its spellings


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it was written; whether it begins a sentence, or something in brackets."""

    text: str
    begins: bool
    bracketed: bool


def tokens(text: str) -> list[Token]:
    """The words of a text, signs that stand for letters included."""
    text = unicodedata.normalize("NFKC", text)
    found, end = [], 0
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()]
        begins = end == 0 or not _ENDS_SENTENCE.isdisjoint(between)
        found.append(Token(match[0], begins, "(" in between))
        end = match.end()
    return found


def plain(word: str) -> str:
    """One word folded: small letters without accents, no look-alikes, no letter thrice."""
    folded = unicodedata.normalize("NFKD", word.casefold().translate(_ALIKE))
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return _REPEATED.sub(r"\1", letters)


def spelt(text: str) -> str:
    """A term of a list in the spelling under which it is found."""
    return " ".join(plain(token.text) for token in tokens(text))


def spellings(words: list[str]) -> Iterator[Spelt]:
    """Folded words in the ways in which they may be meant: as they stand, without the number at
    the end ("gacor88"), and with digits and signs read as letters ("sl0t g4c0r", "s l o t")."""
    as_written = list(enumerate(words))
    ways = [as_written, _joined(as_written), [(at, _bare(word)) for at, word in as_written]]
    for number, way in enumerate(ways):
        if number and way == as_written:
            continue
        yield way
        for table in _LEET:
            meant = [(place, _meant(word, table)) for place, word in way]
            if meant != way:
                yield meant


class Finder:
    """Finds the terms of one list in words; those that are `glued` also where they are written as
    one word."""

    def __init__(self, terms: Collection[str], *, glued: bool = False) -> None:
        self._terms: dict[str, dict[str, str]] = {}
        for term in terms:
            for form in {term, term.replace(" ", "")} if glued else {term}:
                self._terms.setdefault(form.partition(" ")[0], {})[form] = term

    def places(self, words: Spelt) -> Iterator[tuple[int, str]]:
        """Where each term stands, by the place of its first word."""
        for start, (place, word) in enumerate(words):
            wanted = self._terms.get(word)
            if wanted is None:
                continue
            said = ""
            for _place, more in words[start : start + LONGEST_TERM]:
                said = f"{said} {more}" if said else more
                if said in wanted:
                    yield place, wanted[said]


def _bare(word: str) -> str:
    return word.rstrip("0123456789") or word


def _meant(word: str, table: dict[int, int]) -> str:
    has_letter = any(sign.isalpha() for sign in word)
    return _REPEATED.sub(r"\1", word.translate(table)) if has_letter else word


def _joined(words: Spelt) -> Spelt:
    found: Spelt = []
    row: Spelt = []
    for place, word in [*words, (-1, "  ")]:
        if len(word) == 1:
            row.append((place, word))
            continue
        whole = "".join(letter for _place, letter in row)
        found += [(row[0][0], whole)] if len(row) >= _ROW else row
        row = []
        found.append((place, word))
    return found[:-1]
