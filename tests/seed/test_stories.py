"""The sample news: every item is complete, and no two stories read the same."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import resources
from itertools import islice
from string import Formatter
from tomllib import loads

import pytest

from kimcms.domain.likeness import share, shingles, words
from kimcms.seed import stories
from kimcms.seed.pictures import SCENES
from kimcms.seed.reference import TOPICS, read_csv
from kimcms.seed.stories import DAYS, ON, Newsroom, Original, Place, Story, fill, originals, tell

KELURAHAN = {row["code"]: row for row in read_csv("kelurahan-malang.csv")}
PLACES = [
    Place(row["kim"], row["kelurahan"], KELURAHAN[row["kelurahan_code"]]["kecamatan"])
    for row in read_csv("kim-malang-sample.csv")
][:30]
NAMES = sorted((row["kelurahan"] for row in KELURAHAN.values()), key=len)
YEAR = [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(365)]

STORIES, WEEKS = 400, 30
STARTS = [dt.date(2025, 1, 6), dt.date(2025, 6, 30)]

# The tracker calls 0.85 a copy. In 186 such half-years, of many seeds, the highest share was 0.53
# to 0.73; with phrasings chosen blindly, in 50, it was 0.74 to 0.90.
COPY, HIGHEST = 0.85, 0.75

EVERY = pytest.mark.parametrize("kind", sorted({original.kind for original in originals()}))


def items(kind: str) -> list[Original]:
    return [original for original in originals() if original.kind == kind]


def first_day(original: Original) -> dt.date:
    return next(day for day in YEAR if original.fits(day))


def tellings(original: Original, filling: dict[str, str]) -> Iterator[Story]:
    """Stories in which together every phrasing of the item is told."""
    for number in range(max(len(slot) for slot in original.slots)):
        yield tell(original, [min(number, len(slot) - 1) for slot in original.slots], filling)


def stretched(original: Original, kelurahan: str, longest: bool) -> dict[str, str]:
    """A filling in which the words and numbers are the longest, or the shortest, there are."""
    place = Place("Nama", kelurahan, "Lowokwaru")
    filling = fill(original, place, first_day(original), random.Random(1))
    pick = max if longest else min
    filling |= {name: pick(options, key=len) for name, options in original.words.items()}
    bound = 1 if longest else 0
    return filling | {
        name: f"{limits[bound]:,}".replace(",", ".") for name, limits in original.numbers.items()
    }


def dated(day: dt.date) -> str:
    return f"{DAYS[day.weekday()]} ({day.day}/{day.month})"


def half_year(start: dt.date, seed: int) -> list[Story]:
    newsroom = Newsroom(seed)
    told = []
    for number in range(STORIES):
        week = number * WEEKS // STORIES
        day = start + dt.timedelta(days=7 * week + number * 3 % 7)
        told.append(newsroom.story(PLACES[number % len(PLACES)], day))
    return told


def shares(bodies: Iterable[str]) -> Iterator[float]:
    """The share of each pair of texts that have a shingle in common, in both directions."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    earlier: list[str] = []
    for body in bodies:
        own = shingles(body)
        common = Counter(index for shingle in own for index in holders[shingle])
        for index, count in common.items():
            # Only the pairs that could matter are worth the real measure.
            if count > 0.3 * len(own):
                yield max(share(body, earlier[index]), share(earlier[index], body))
        for shingle in own:
            holders[shingle].append(len(earlier))
        earlier.append(body)


@pytest.fixture(scope="module", params=STARTS, ids=str)
def told(request) -> list[Story]:
    return half_year(request.param, seed=7)


def test_there_are_many_items_of_many_kinds():
    assert len(originals()) >= 100
    assert len({original.kind for original in originals()}) >= 12
    assert len({original.key for original in originals()}) == len(originals())


def test_every_topic_has_news():
    assert {original.category for original in originals()} == {slug for slug, _ in TOPICS}


def test_every_scene_has_a_picture_text_of_its_own():
    text = (resources.files("kimcms.seed") / "texts" / "_alt.toml").read_text("utf-8")
    alts = loads(text)
    assert set(alts) == set(SCENES)
    assert len(set(alts.values())) == len(alts)
    for scene, alt in alts.items():
        assert alt.startswith("Ilustrasi: "), scene
        assert alt.endswith("."), scene
        assert len(words(alt)) >= 5, scene


@EVERY
def test_every_item_is_complete_in_all_its_phrasings(kind):
    for original in items(kind):
        assert original.picture in SCENES, original.key
        filling = fill(original, PLACES[0], first_day(original), random.Random(3))
        for story in tellings(original, filling):
            for text in (story.title, story.lead, story.body, story.caption, story.alt):
                assert not set("{}") & set(text), original.key
                assert text == text.strip(), original.key
                assert "  " not in text, original.key
                assert text[0].isupper() or not text[0].isalpha(), original.key
            assert len(words(story.lead)) >= 8, original.key
            assert len(words(story.caption)) >= 3, original.key
            assert len(words(story.alt)) >= 5, original.key
            assert 2 <= len(story.body.split("\n\n")) <= 4, original.key


@EVERY
@pytest.mark.parametrize(("kelurahan", "longest"), [(NAMES[0], False), (NAMES[-1], True)])
def test_every_title_has_a_fair_length(kind, kelurahan, longest):
    for original in items(kind):
        for story in tellings(original, stretched(original, kelurahan, longest)):
            assert 30 <= len(story.title) <= 110, (original.key, story.title)


@EVERY
def test_the_shortest_phrasings_still_make_a_body(kind):
    for original in items(kind):
        filling = stretched(original, NAMES[0], longest=False)
        body = [sentence for paragraph in original.body for sentence in paragraph]
        least = sum(min(len(words(text.format_map(filling))) for text in slot) for slot in body)
        assert least >= 80, original.key


@EVERY
def test_what_an_item_declares_it_uses(kind):
    for original in items(kind):
        texts = [text for slot in original.slots for text in slot]
        used = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
        assert {*original.numbers, *original.words} <= used, original.key


@EVERY
def test_an_item_has_enough_phrasings_for_thirty_kims(kind):
    for original in items(kind):
        assert all(len(set(slot)) == len(slot) for slot in original.slots), original.key
        varied = sum(len(slot) > 1 for slot in original.slots)
        assert varied >= 0.75 * (len(original.slots) - 1), original.key  # not the alt


@EVERY
def test_every_item_has_its_days(kind):
    for original in items(kind):
        days = [day for day in YEAR if original.fits(day)]
        assert len(days) >= 5, original.key
        for day in days[:: max(1, len(days) // 20)]:
            held = original.event_day(day)
            assert 1 <= (day - held).days <= 7
            assert held.weekday() in ON[original.on]
            filling = fill(original, PLACES[0], day, random.Random(day.toordinal()))
            assert filling["date"] == dated(held)
            ahead = [day + dt.timedelta(days=days) for days in range(3, 10)]
            [coming] = [future for future in ahead if dated(future) == filling["next"]]
            assert coming.weekday() in ON[original.next_on]
            assert filling["rw"] != filling["rw2"]
            assert filling["hall"] == f"Balai RW {filling['rw']}"


def test_an_item_of_a_season_is_told_only_then():
    sample = replace(originals()[0], on="any", months=frozenset({8}), window=None)
    assert not sample.fits(dt.date(2025, 8, 1))  # held on the last of July
    assert sample.fits(dt.date(2025, 8, 2))
    assert sample.fits(dt.date(2025, 8, 31))
    assert not sample.fits(dt.date(2025, 9, 1))  # held on the last of August
    sample = replace(sample, months=frozenset(), window=("11-08", "11-17"))
    fitting = [day for day in YEAR if sample.fits(day)]
    assert (fitting[0], fitting[-1], len(fitting)) == (
        dt.date(2025, 11, 8),
        dt.date(2025, 11, 17),
        10,
    )


def test_numbers_keep_their_bounds_and_steps():
    numbers = {"n1": [1000, 1200, 100], "n2": [3, 4]}
    sample = replace(originals()[0], numbers=numbers, words={"bu": ["Bu Tin"]})
    day, rng = first_day(sample), random.Random(5)
    fillings = [fill(sample, PLACES[0], day, rng) for _ in range(60)]
    assert {filling["n1"] for filling in fillings} == {"1.000", "1.100", "1.200"}
    assert {filling["n2"] for filling in fillings} == {"3", "4"}
    assert {filling["bu"] for filling in fillings} == {"Bu Tin"}  # not the common ones


def test_a_kim_is_called_kim_once():
    day = first_day(originals()[0])
    for name in ("KIM Nukus", "Nukus"):
        filling = fill(originals()[0], Place(name, "Sukun", "Sukun"), day, random.Random(1))
        assert filling["kim"] == "KIM Nukus"


def test_an_unknown_place_in_a_text_is_an_error():
    sample = replace(originals()[0], title=("Kabar dari {kampung}",))
    filling = fill(sample, PLACES[0], first_day(sample), random.Random(1))
    with pytest.raises(KeyError, match="kampung"):
        tell(sample, [0] * len(sample.slots), filling)


def test_half_a_year_of_news_is_long_enough_and_from_everywhere(told):
    assert len(told) == STORIES
    assert len({place.kim for place in PLACES}) == 30
    assert min(len(words(story.body)) for story in told) >= 80
    assert len({story.kind for story in told}) >= 12
    assert {story.category for story in told} == {slug for slug, _ in TOPICS}
    assert len({story.body for story in told}) == STORIES


def test_no_two_stories_of_half_a_year_are_alike(told):
    found = max(shares(story.body for story in told))
    assert found < COPY
    assert found < HIGHEST
    assert found > 0.4  # items are told again, and the index sees it


def test_the_index_finds_a_copy(told):
    bodies = [story.body for story in told[:50]]
    assert max(shares([*bodies, bodies[11]])) == 1.0
    half = bodies[11][: len(bodies[11]) // 2]
    assert max(shares([half, *bodies])) >= 0.95


def test_a_kim_changes_its_subject(told):
    for number in range(len(PLACES)):
        kinds = [story.kind for story in told[number :: len(PLACES)]]
        for start in range(len(kinds) - 6):
            assert len(set(kinds[start : start + 7])) == 7


def test_the_city_reads_all_items_about_equally_often(monkeypatch):
    keys: Counter[str] = Counter()

    def spy(original, chosen, filling):
        keys[original.key] += 1
        return tell(original, chosen, filling)

    monkeypatch.setattr(stories, "tell", spy)
    half_year(STARTS[0], seed=7)
    whole_year = {
        original.key for original in originals() if not (original.months or original.window)
    }
    assert whole_year <= set(keys)
    assert max(keys.values()) <= 3 * STORIES / len(originals())


def test_a_kim_tells_all_that_fits_before_it_repeats_itself(monkeypatch):
    keys: list[str] = []

    def spy(original, chosen, filling):
        keys.append(original.key)
        return tell(original, chosen, filling)

    monkeypatch.setattr(stories, "tell", spy)
    newsroom, day = Newsroom(4), dt.date(2025, 5, 14)
    fitting = {original.key for original in originals() if original.fits(day)}
    assert len(fitting) < len(originals())
    for _ in range(2 * len(fitting)):
        newsroom.story(PLACES[0], day)
    assert set(islice(keys, len(fitting))) == fitting
    assert Counter(keys) == dict.fromkeys(fitting, 2)


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_the_same_seed_gives_the_same_news(start):
    news = half_year(start, seed=7)
    assert half_year(start, seed=7) == news
    assert half_year(start, seed=8) != news
