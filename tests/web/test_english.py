"""English below `/en`: a whole catalogue, and pages that lead on in their own language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.web.test_reader_pages import filled, pages
from tests.world import City

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "kimcms" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
_PLACE = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with FILE.open("rb") as file:
        return read_po(file, locale="en")


def words_on_pages() -> Iterator[str]:
    """Every text of the portal's pages, as `make words` finds them."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    for found in extract_from_dir(ROOT / "kimcms", methods, options):
        yield str(found[2])


def test_every_word_of_the_portal_is_translated_and_no_other(catalogue: Catalog) -> None:
    translated = {str(message.id) for message in catalogue if message.id and message.string}
    assert translated == set(words_on_pages()), "run `make words`, then translate"


def test_translations_keep_their_places(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id:
            there, here = (_PLACE.findall(str(s)) for s in (message.id, message.string))
            assert sorted(there) == sorted(here), message.id


def test_the_compiled_catalogue_is_that_of_the_source(catalogue: Catalog) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue)
    assert FILE.with_suffix(".mo").read_bytes() == made.getvalue(), "run `make words`"


def english(city: City) -> list[str]:
    article = filled(city, 1)
    found = [path for _host, path in pages(city, article) if path.startswith("/en/")]
    assert len(found) > 8
    return found


def test_english_pages_say_so_and_name_their_twin(on_sqlite: City) -> None:
    for path in english(on_sqlite):
        here, twin = on_sqlite.reader().get(path).text, path.removeprefix("/en")
        there = on_sqlite.reader().get(twin).text
        assert '<html lang="en"' in here, path
        assert '<html lang="id"' in there, path
        for text in (here, there):
            for code, target in (("id", twin), ("en", path)):
                mark = rf'hreflang="{code}" href="http://localhost(:\d+)?{re.escape(target)}"'
                assert re.search(mark, text), (path, code)
        assert re.search(rf'href="http://localhost(:\d+)?{re.escape(twin)}" lang="id"', here)
        assert re.search(rf'href="http://localhost(:\d+)?{re.escape(path)}" lang="en"', there)


def test_links_of_english_pages_stay_english(on_sqlite: City) -> None:
    """Where a page exists in both languages, an English page leads to the English one."""
    both = {path.removeprefix("/en") for path in english(on_sqlite)}
    for path in english(on_sqlite):
        text = re.sub(r"http://localhost(:\d+)?/", "/", on_sqlite.reader().get(path).text)
        links = re.findall(r'<a (?![^>]*lang="id")[^>]*?href="(/[^"#?]*)', text)
        assert links, path
        assert [link for link in links if link in both] == [], path


def test_dates_are_english_and_in_wib(on_sqlite: City) -> None:
    filled(on_sqlite, 1)
    page = on_sqlite.reader().get("/en/").text
    assert re.search(r"24 Nov 2026, 12:\d\d WIB", page)
    assert "Latest news" in page
    assert "Kabar terbaru" not in page


def test_the_language_comes_from_the_address_alone(on_sqlite: City) -> None:
    filled(on_sqlite, 1)
    asked = {"Accept-Language": "en-GB,en;q=0.9"}
    assert '<html lang="id"' in on_sqlite.reader().get("/", headers=asked).text
    assert on_sqlite.site().get("/en/").status_code == 404
    lost = on_sqlite.reader().get("/en/nowhere")
    assert lost.status_code == 404
    assert "Page not found" in lost.text
