"""Two people changed one text: what both left alone, and where somebody has to choose.

Over the revision that both started from, a change of one side alone is suggested; where both
changed the same paragraph nothing is, and both stand until a person says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kimcms.domain.attachments import MOST
from kimcms.domain.blocks import blocks
from kimcms.domain.compare import pairs
from kimcms.domain.draft import (
    CAPTION_LONGEST,
    CREDIT_LONGEST,
    LEAD_LONGEST,
    TITLE_LONGEST,
    Draft,
)

_TEXTS = {
    "title": TITLE_LONGEST,
    "lead": LEAD_LONGEST,
    "repost_source": TITLE_LONGEST,
    "photo_caption": CAPTION_LONGEST,
    "photo_alt": CAPTION_LONGEST,
    "photo_credit": CREDIT_LONGEST,
}
_VALUES = ("category_id", "event_on", "attachments")
_OF_PHOTO = ("photo_caption", "photo_alt", "photo_credit")
PHOTO = ("photo_id", *_OF_PHOTO)


class Pick(StrEnum):
    MINE = "saya"
    THEIRS = "mereka"
    BOTH = "keduanya"


@dataclass(frozen=True)
class Part:
    """A stretch of the two texts. Without `differs` both say `mine`."""

    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    suggested: Pick | None = None

    @property
    def differs(self) -> bool:
        return self.mine != self.theirs

    def taken(self, pick: Pick) -> tuple[str, ...]:
        """What stays of it; both, each once, mine first."""
        if pick is Pick.BOTH and self.differs:
            return self.mine + self.theirs
        return self.theirs if pick is Pick.THEIRS else self.mine


def merge(base: Sequence[str] | None, mine: Sequence[str], theirs: Sequence[str]) -> list[Part]:
    """The parts of two texts in their order. Without a common `base` nothing is suggested."""
    if base is None:
        return _joined([_two_way(one, other) for one, other in pairs(mine, theirs)])
    my_gaps, my_blocks = _over(base, mine)
    their_gaps, their_blocks = _over(base, theirs)
    parts: list[Part] = []
    for place in range(len(base) + 1):
        parts += _added(my_gaps[place], their_gaps[place])
        if place < len(base):
            parts.append(_changed(base[place], my_blocks[place], their_blocks[place]))
    return _joined(parts)


def choose(parts: Sequence[Part], picks: Mapping[int, Pick]) -> list[str]:
    """The text that comes of it; `picks` by the place among the differing parts. What nobody
    chose between stays, from both."""
    text: list[str] = []
    place = 0
    for part in parts:
        if not part.differs:
            text += part.mine
            continue
        text += part.taken(picks.get(place, part.suggested or Pick.BOTH))
        place += 1
    return text


def suggested(base: object, mine: object, theirs: object) -> Pick | None:
    """The side that alone changed a value; None where both did."""
    if mine == base:
        return Pick.THEIRS
    return Pick.MINE if theirs == base else None


def _over(
    base: Sequence[str], side: Sequence[str]
) -> tuple[list[list[str]], list[tuple[str, ...]]]:
    """What a side put before each paragraph of the base, and what each became: () is taken out."""
    gaps: list[list[str]] = [[] for _ in range(len(base) + 1)]
    became: list[tuple[str, ...]] = []
    for old, new in pairs(base, side):
        if old is None:
            assert new is not None
            gaps[len(became)].append(new)
        else:
            became.append(() if new is None else (new,))
    return gaps, became


def _added(mine: Sequence[str], theirs: Sequence[str]) -> list[Part]:
    if not mine and not theirs:
        return []
    if list(mine) == list(theirs):
        return [Part(tuple(mine), tuple(theirs))]
    # Two who each added something else both meant it.
    pick = Pick.BOTH if mine and theirs else Pick.MINE if mine else Pick.THEIRS
    return [Part(tuple(mine), tuple(theirs), pick)]


def _changed(base: str, mine: tuple[str, ...], theirs: tuple[str, ...]) -> Part:
    return Part(mine, theirs, suggested((base,), mine, theirs) if mine != theirs else None)


def _two_way(mine: str | None, theirs: str | None) -> Part:
    one, other = ((block,) if block is not None else () for block in (mine, theirs))
    return Part(one, other)


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Neighbours that agree are one; what both took out is gone."""
    found: list[Part] = []
    for part in parts:
        if not part.mine and not part.theirs:
            continue
        if found and not part.differs and not found[-1].differs:
            both = found[-1].mine + part.mine
            found[-1] = Part(both, both)
        else:
            found.append(part)
    return found


@dataclass(frozen=True)
class Field:
    """Something besides the text that differs. `names` are fields of a draft that go together: a
    photo with its caption. `both` is the two in one, where they fit."""

    names: tuple[str, ...]
    suggested: Pick | None
    both: Any = None

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True)
class Two:
    """Two drafts of one item, cleaned, and what has to be chosen between them."""

    mine: Draft
    theirs: Draft
    fields: list[Field]
    parts: list[Part]

    @property
    def undecided(self) -> list[str]:
        """The names of the choices that nothing suggests: `title`, or the place of a part."""
        places = enumerate(part for part in self.parts if part.differs)
        open_parts = [str(place) for place, part in places if part.suggested is None]
        return [field.name for field in self.fields if field.suggested is None] + open_parts

    def merged(self, picks: Mapping[str, Pick]) -> Draft:
        """One draft by the choices, each under its name; without one, by what is suggested."""
        values: dict[str, object] = {}
        for field in self.fields:
            pick = picks.get(field.name, field.suggested or Pick.MINE)
            if pick is Pick.BOTH and field.both is not None:
                values[field.name] = field.both
            elif pick is Pick.THEIRS:
                values |= {name: getattr(self.theirs, name) for name in field.names}
        places = {int(name): pick for name, pick in picks.items() if name.isdecimal()}
        return replace(self.mine, body="".join(choose(self.parts, places)), **values)  # type: ignore[arg-type]


def two(base: Draft | None, mine: Draft, theirs: Draft) -> Two:
    """Where two drafts differ, over what both started from."""
    parts = merge(blocks(base.body) if base else None, blocks(mine.body), blocks(theirs.body))
    return Two(mine, theirs, _fields(base, mine, theirs), parts)


def _fields(base: Draft | None, mine: Draft, theirs: Draft) -> list[Field]:
    other_photo = mine.photo_id != theirs.photo_id
    single = [name for name in (*_TEXTS, *_VALUES) if not (other_photo and name in _OF_PHOTO)]
    groups: list[tuple[str, ...]] = [(name,) for name in single]
    if other_photo:
        groups.append(PHOTO)
    found = []
    for names in groups:
        one, other = _values(mine, names), _values(theirs, names)
        if one != other:
            pick = suggested(_values(base, names), one, other) if base else None
            found.append(Field(names, pick, _both(names[0], one[0], other[0])))
    return found


def _values(draft: Draft, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(draft, name) for name in names)


def _both(name: str, mine: Any, theirs: Any) -> object:
    if name == "attachments":
        own = {one.media_id for one in mine}
        files = (*mine, *(one for one in theirs if one.media_id not in own))
        return files if len(files) <= MOST and files not in (mine, theirs) else None
    if name not in _TEXTS or not (mine and theirs):
        return None
    joined = f"{mine} / {theirs}"
    return joined if len(joined) <= _TEXTS[name] else None
