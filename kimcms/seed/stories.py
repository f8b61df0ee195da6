"""The sample city's news: original items in Indonesian, varied so that no two read the same.

The items stand in `texts/`, one TOML file per kind of event. A text field is a string or a list of
phrasings that mean the same; a body is a list of paragraphs, a paragraph a list of sentences.
Everything here is invented, names no real person or company, and is to be shown as sample data.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

# On which weekdays an event of that sort is held; 0 is Monday.
ON: Mapping[str, tuple[int, ...]] = {
    "any": (0, 1, 2, 3, 4, 5, 6),
    "weekday": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "thursday": (3,),
    "friday": (4,),
    "saturday": (5,),
    "sunday": (6,),
}

# Every kelurahan of the city has at least so many; higher numbers might name none.
_HIGHEST = 6
_CANDIDATES = 10
_REMEMBERED = 60
_KINDS_APART = 6

Phrasings = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where an item is written."""

    kim: str
    kelurahan: str
    kecamatan: str


@dataclass(frozen=True)
class Story:
    """One finished item: plain text; the paragraphs of the body are joined by blank lines."""

    kind: str
    category: str
    title: str
    lead: str
    body: str
    caption: str
    alt: str
    picture: str


@dataclass(frozen=True)
class Original:
    """One item as written, with all its phrasings."""

    key: str
    kind: str
    category: str
    picture: str
    title: Phrasings
    lead: Phrasings
    body: tuple[tuple[Phrasings, ...], ...]
    caption: Phrasings
    alt: Phrasings
    on: str = "any"
    next_on: str = "weekday"
    months: frozenset[int] = frozenset()
    window: tuple[str, str] | None = None
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def slots(self) -> tuple[Phrasings, ...]:
        """All places at which a phrasing is chosen, in the order of `tell`."""
        sentences = tuple(sentence for paragraph in self.body for sentence in paragraph)
        return (self.title, self.lead, self.caption, self.alt, *sentences)

    def event_day(self, day: dt.date) -> dt.date:
        """The last day before `day` on which such an event is held."""
        return next(
            past
            for past in (day - dt.timedelta(days=back) for back in range(1, 8))
            if past.weekday() in ON[self.on]
        )

    def fits(self, day: dt.date) -> bool:
        """Whether the item can be published on `day`; window bounds are "MM-DD", inclusive."""
        if self.window and not self.window[0] <= f"{day:%m-%d}" <= self.window[1]:
            return False
        return not self.months or {day.month, self.event_day(day).month} <= self.months


@cache
def originals() -> tuple[Original, ...]:
    """All items, in the order of their files; read once."""
    found: list[Original] = []
    folder = resources.files("kimcms.seed") / "texts"
    alts = tomllib.loads((folder / "_alt.toml").read_text("utf-8"))
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".toml") and not path.name.startswith("_"):
            sheet = tomllib.loads(path.read_text("utf-8"))
            kind = path.name.removesuffix(".toml")
            for number, item in enumerate(sheet["item"], start=1):
                # A picture is described once, beside its scene; an item may describe it better.
                item = {"category": sheet.get("category"), "alt": alts[item["picture"]], **item}
                found.append(_original(f"{kind}/{number}", kind, item))
    return tuple(found)


def _original(key: str, kind: str, item: dict[str, Any]) -> Original:
    for name in ("title", "lead", "caption", "alt"):
        item[name] = _phrasings(item[name])
    item["body"] = tuple(
        tuple(_phrasings(sentence) for sentence in paragraph) for paragraph in item["body"]
    )
    item["months"] = frozenset(item.get("months", ()))
    if "window" in item:
        first, last = item["window"]
        item["window"] = (str(first), str(last))
    return Original(key=key, kind=kind, **item)


def _phrasings(value: str | list[str]) -> Phrasings:
    return (value,) if isinstance(value, str) else tuple(value)


# Words that many items use; an item's own `words` come first.
_COMMON: Mapping[str, Sequence[str]] = {
    "food": (
        "pisang goreng",
        "ubi rebus",
        "weci hangat",
        "ketan bubuk",
        "kacang rebus",
        "jagung rebus",
        "tahu isi",
        "polo pendem",
    ),
    "drink": ("teh hangat", "kopi", "wedang jahe", "es teh", "teh manis"),
    "bu": ("Bu Sri", "Bu Yati", "Bu Lilik", "Bu Endang", "Bu Wiwik", "Bu Ninik", "Bu Umi"),
    "pak": ("Pak Slamet", "Pak Yanto", "Pak Mulyono", "Pak Hadi", "Pak Agus", "Pak Kusnan"),
}


def tell(original: Original, chosen: Sequence[int], filling: Mapping[str, str]) -> Story:
    """The story with the chosen phrasings and filled places; an unknown place is a KeyError."""
    texts = [
        _opened(slot[index].format_map(filling))
        for slot, index in zip(original.slots, chosen, strict=True)
    ]
    title, lead, caption, alt, *sentences = texts
    paragraphs: list[str] = []
    for paragraph in original.body:
        paragraphs.append(" ".join(sentences[: len(paragraph)]))
        sentences = sentences[len(paragraph) :]
    return Story(
        kind=original.kind,
        category=original.category,
        title=title,
        lead=lead,
        body="\n\n".join(paragraphs),
        caption=caption,
        alt=alt,
        picture=original.picture,
    )


def fill(original: Original, place: Place, day: dt.date, rng: random.Random) -> dict[str, str]:
    """What stands in the places of one story of `place` that is published on `day`."""
    event = original.event_day(day)
    coming = next(
        future
        for future in (day + dt.timedelta(days=ahead) for ahead in range(3, 10))
        if future.weekday() in ON[original.next_on]
    )
    rw, rw2 = rng.sample(range(1, _HIGHEST + 1), 2)
    filling = {
        "kim": place.kim if place.kim.startswith("KIM ") else f"KIM {place.kim}",
        "kelurahan": place.kelurahan,
        "kecamatan": place.kecamatan,
        "rw": f"{rw:02}",
        "rw2": f"{rw2:02}",
        "rt": f"{rng.randint(1, _HIGHEST):02}",
        "hall": f"Balai RW {rw:02}",
        "day": DAYS[event.weekday()],
        "date": f"{DAYS[event.weekday()]} ({event.day}/{event.month})",
        "month": MONTHS[event.month - 1],
        "year": str(event.year),
        "next": f"{DAYS[coming.weekday()]} ({coming.day}/{coming.month})",
        "nextday": DAYS[coming.weekday()],
    }
    for name, bounds in original.numbers.items():
        low, high, *step = bounds
        filling[name] = f"{rng.randrange(low, high + 1, *step):,}".replace(",", ".")
    for name, options in {**_COMMON, **original.words}.items():
        filling[name] = rng.choice(options)
    return filling


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


class Newsroom:
    """Writes the sample news. The same seed and the same calls give the same stories."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)  # noqa: S311
        self._told: Counter[str] = Counter()
        self._told_by: dict[str, set[str]] = defaultdict(set)
        self._kinds_of: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=_KINDS_APART))
        self._kinds: Counter[str] = Counter()
        self._chosen: dict[str, deque[tuple[int, ...]]] = defaultdict(
            lambda: deque(maxlen=_REMEMBERED)
        )

    def story(self, place: Place, day: dt.date) -> Story:
        """A story that `place` can publish on `day`.

        A KIM gets no original twice until it has had all that fit the day; what the city has
        read least, and a kind that the KIM has not just written about, come first.
        """
        original = self._pick(place, day)
        self._told[original.key] += 1
        self._kinds[original.kind] += 1
        self._told_by[place.kim].add(original.key)
        self._kinds_of[place.kim].append(original.kind)
        chosen = self._vary(original)
        return tell(original, chosen, fill(original, place, day, self._rng))

    def _pick(self, place: Place, day: dt.date) -> Original:
        fitting = [original for original in originals() if original.fits(day)]
        told = self._told_by[place.kim]
        fresh = [original for original in fitting if original.key not in told]
        if not fresh:
            told.difference_update(original.key for original in fitting)
            fresh = fitting
        recent = self._kinds_of[place.kim]
        return min(
            fresh,
            key=lambda original: (
                original.kind in recent,
                self._told[original.key],
                self._kinds[original.kind],
                self._rng.random(),
            ),
        )

    def _vary(self, original: Original) -> tuple[int, ...]:
        """Of some random choices of phrasings the one least like those of earlier stories."""
        slots = original.slots
        weights = [len(slot[0]) for slot in slots]
        earlier = self._chosen[original.key]

        def likeness(chosen: tuple[int, ...]) -> int:
            return max(
                (
                    sum(w for w, a, b in zip(weights, chosen, other, strict=True) if a == b)
                    for other in earlier
                ),
                default=0,
            )

        candidates = [
            tuple(self._rng.randrange(len(slot)) for slot in slots) for _ in range(_CANDIDATES)
        ]
        best = min(candidates, key=likeness)
        earlier.append(best)
        return best
