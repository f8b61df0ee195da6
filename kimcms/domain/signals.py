"""Signs of a risk in an item: what somebody should look at before it stands in the city feed.

Heuristics, and meant to be explained to a person who decides. Linear in the text, of which at most
64 kB are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from urllib.parse import urlsplit

from kimcms.domain.lists import Lists, Name, listed
from kimcms.domain.names import names
from kimcms.domain.tokens import Finder, Token, plain, spellings, tokens

LONGEST = 64 * 1024  # characters of one item
MOST = 20  # signals of one item
MANY_IN_AN_HOUR = 10  # publications of one KIM
NEW_ACCOUNT_DAYS = 7
_NEAR_NAME = 12  # words between an accusation and a name
_NEAR_CHILD = 30  # words between a crime, a child and a name
_ADULT = 18
# Whose words are written so that nobody finds them.
_HIDDEN = frozenset({Name.GAMBLING, Name.SPAM})

_DIGITS = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9]){15}(?![0-9])")
_PHONE = re.compile(r"(?<![0-9+])(?:\+?62[ .-]?|0)8[1-9](?:[ .-]?[0-9]){6,10}(?![0-9])")
_HOST = re.compile(r"(?<![\w@.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}(?![\w-])", re.IGNORECASE)


class Kind(StrEnum):
    CHILD = "child"
    ACCUSATION = "accusation"
    GAMBLING = "gambling"
    SPAM = "spam"
    HOST = "host"  # a host of the list
    IDENTITY = "identity"  # a NIK
    PHONE = "phone"
    NEW_HOST = "new_host"  # to which this KIM has never led
    MANY = "many"  # published within an hour
    NEW_ACCOUNT = "new_account"


# Before these go on the subsite, a second person looks at them.
NEEDS_SECOND = frozenset({Kind.GAMBLING, Kind.HOST})
# What is looked for at night in what readers see already.
WATCHED = frozenset({Kind.GAMBLING, Kind.SPAM, Kind.HOST})


@dataclass(frozen=True, slots=True)
class Signal:
    """What was found, and where: "title", "lead", "photo", "files" or the number of a paragraph."""

    kind: Kind
    found: str
    where: str = ""

    def stored(self) -> list[str]:
        """As it is kept with the article."""
        return [self.kind.value, self.found, self.where]


def read(stored: Iterable[list[str]] | None) -> list[Signal]:
    """What `stored` gave."""
    return [Signal(Kind(kind), found, where) for kind, found, where in stored or ()]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an item: where it stands, and its words."""

    where: str
    text: str


def look(
    pieces: Iterable[Piece], links: Iterable[str], lists: Lists, own_hosts: Iterable[str] = ()
) -> list[Signal]:
    """What there is to be seen in an item, each thing once. `own_hosts` are those to which the KIM
    has led before."""
    finders = {name: Finder(lists[name], glued=name in _HIDDEN) for name in Name}
    found: dict[tuple[Kind, str], Signal] = {}
    room = LONGEST
    for piece in pieces:
        text = piece.text[:room]
        room -= len(text)
        for signal in _in_text(Piece(piece.where, text), finders, lists):
            found.setdefault((signal.kind, signal.found), signal)
    for signal in _in_links(links, lists, frozenset(own_hosts)):
        found.setdefault((signal.kind, signal.found), signal)
    return list(islice(found.values(), MOST))


def hosts(links: Iterable[str]) -> list[str]:
    """The hosts to which links lead, without "www.", each once."""
    found = (_host(link) for link in links)
    return list(dict.fromkeys(host for host in found if host))


def only_new(found: Iterable[Signal], known: Iterable[Signal]) -> list[Signal]:
    """Those that were not there before, wherever they stood."""
    before = {(signal.kind, signal.found) for signal in known}
    return [signal for signal in found if (signal.kind, signal.found) not in before]


def _in_text(piece: Piece, finders: dict[Name, Finder], lists: Lists) -> Iterator[Signal]:
    said = tokens(piece.text)
    folded = [plain(token.text) for token in said]
    for kind, name in ((Kind.GAMBLING, Name.GAMBLING), (Kind.SPAM, Name.SPAM)):
        for way in spellings(folded):
            for _place, term in finders[name].places(way):
                yield Signal(kind, term, piece.where)
    for match in _HOST.finditer(piece.text):
        if listed(match[0].casefold(), lists[Name.HOSTS]):
            yield Signal(Kind.HOST, match[0].casefold(), piece.where)
    yield from _numbers(piece)
    yield from _about_people(piece.where, said, folded, finders)


def _about_people(
    where: str, said: list[Token], folded: list[str], finders: dict[Name, Finder]
) -> Iterator[Signal]:
    plainly = list(enumerate(folded))
    accused = list(finders[Name.ACCUSATIONS].places(plainly))
    crimes = list(finders[Name.CRIMES].places(plainly))
    if not accused and not crimes:
        return
    named = names(said)
    for place, term in accused:
        name = _nearest(place, named, _NEAR_NAME)
        if name is not None:
            yield Signal(Kind.ACCUSATION, f"{term}: {named[name]}", where)
    children = dict(finders[Name.CHILDREN].places(plainly))
    children |= {place: f"{folded[place]} tahun" for place in _young(said, folded, named)}
    for place, term in crimes:
        child, name = (_nearest(place, near, _NEAR_CHILD) for near in (children, named))
        if child is not None and name is not None:
            yield Signal(Kind.CHILD, f"{term}, {children[child]}: {named[name]}", where)


def _young(said: list[Token], folded: list[str], named: dict[int, str]) -> Iterator[int]:
    """Where an age under 18 stands: "15 tahun", "berusia 15", "Rudi (15)"."""
    for place, word in enumerate(folded):
        if not (word.isascii() and word.isdecimal() and len(word) <= 2 and int(word) < _ADULT):
            continue
        before = folded[place - 1] if place else ""
        after = folded[place + 1] if place + 1 < len(folded) else ""
        if (
            place - 1 in named
            or before in {"berusia", "berumur", "usia", "umur"}
            or (after in {"tahun", "thn", "th"} and before not in {"selama", "penjara", "hukuman"})
        ):
            yield place


def _nearest(place: int, others: dict[int, str], within: int) -> int | None:
    around = sorted(range(place - within, place + within + 1), key=lambda other: abs(other - place))
    return next((other for other in around if other in others), None)


def _numbers(piece: Piece) -> Iterator[Signal]:
    for match in _DIGITS.finditer(piece.text):
        digits = "".join(sign for sign in match[0] if sign.isdecimal())
        if _is_identity(digits):
            yield Signal(Kind.IDENTITY, f"{digits[:4]}…{digits[-2:]}", piece.where)
    for match in _PHONE.finditer(piece.text):
        digits = "".join(sign for sign in match[0] if sign.isdecimal())
        yield Signal(Kind.PHONE, f"{digits[:4]}…{digits[-2:]}", piece.where)


def _is_identity(digits: str) -> bool:
    """Province, and the day of birth, for women with 40 added."""
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    return 11 <= province <= 96 and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _in_links(links: Iterable[str], lists: Lists, own: frozenset[str]) -> Iterator[Signal]:
    for host in hosts(links):
        if listed(host, lists[Name.HOSTS]):
            yield Signal(Kind.HOST, host)
        elif host not in own and not listed(host, lists[Name.KNOWN]):
            yield Signal(Kind.NEW_HOST, host)


def _host(link: str) -> str:
    try:
        parts = urlsplit(link)
        host = parts.hostname if parts.scheme in {"http", "https"} else None
    except ValueError:
        return ""
    return (host or "").casefold().removeprefix("www.").strip(".")[:120]
