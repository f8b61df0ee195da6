"""The item at the head of the portal: chosen in the newsroom for a day, else found by a rule."""

from __future__ import annotations

import re

from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.services import publishing
from tests.lengths import on_postgres_later
from tests.world import City

PAGE = "/tinjauan/utama"


def items(city: City, count: int = 3) -> list[Article]:
    made = []
    for number in range(count):
        made.append(city.accept(city.publish(title=f"Kabar nomor {number} selesai")))
        city.clock.forward(minutes=5)
    return made


def opener(city: City) -> str:
    page = city.reader().get("/").text
    found = re.search(r'<article class="opener.*?<h2><a href="[^"]*">([^<]*)<', page, re.S)
    assert found
    return found[1]


def choose(city: City, article: Article, name: str = "moderator") -> int:
    answer = city.desk(name).post(f"/tinjauan/{article.id}/utama")
    return int(answer.status_code)


def test_the_newest_opens_the_page_until_one_is_chosen(city: City) -> None:
    first, *_rest = items(city)
    before = city.reader().get("/")
    assert opener(city) == "Kabar nomor 2 selesai"
    assert choose(city, first) == 303
    assert city.reader().get("/").headers["ETag"] != before.headers["ETag"]
    assert opener(city) == "Kabar nomor 0 selesai"
    assert city.reader().get("/").text.count("Kabar nomor 0 selesai") == 1
    shown = city.desk("moderator2").get(PAGE).text
    assert "dipilih moderator, Selasa, 24 Nov 2026" in shown


def test_an_item_older_than_the_page_may_lead(city: City) -> None:
    first, *_rest = items(city, 24)
    choose(city, first)
    assert opener(city) == "Kabar nomor 0 selesai"
    page = city.reader().get("/").text
    shown = {n for n in range(24) if f"Kabar nomor {n} selesai" in page}
    assert shown == {0, *range(4, 24)}
    older = re.search(r'href="\?sesudah=([^"]+)"', page)
    assert older
    rest = city.reader().get(f"/?sesudah={older[1]}").text
    assert {n for n in range(24) if f"Kabar nomor {n} selesai" in rest} == {0, 1, 2, 3}


def test_it_ends_by_itself_after_a_day(city: City) -> None:
    first, *_rest = items(city)
    choose(city, first)
    tag = city.reader().get("/").headers["ETag"]
    city.clock.forward(hours=24)
    again = city.reader().get("/", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert opener(city) == "Kabar nomor 2 selesai"
    assert "Belum ada yang dipilih" in city.desk("moderator").get(PAGE).text


def test_it_can_be_taken_back_and_replaced(city: City) -> None:
    first, second, _third = items(city)
    choose(city, first)
    choose(city, second, "moderator2")
    assert opener(city) == "Kabar nomor 1 selesai"
    desk = city.desk("moderator")
    assert desk.post(f"/tinjauan/{first.id}/bukan-utama").status_code == 409
    assert desk.post(f"/tinjauan/{second.id}/bukan-utama").status_code == 303
    assert opener(city) == "Kabar nomor 2 selesai"
    history = desk.get(f"/tinjauan/{second.id}").text
    assert "menjadikan berita utama portal" in history
    assert "melepas dari berita utama" in history


def test_only_what_stands_in_the_feed(city: City) -> None:
    first, *_rest = items(city)
    waiting = city.publish(title="Belum ditinjau Forum")
    assert choose(city, waiting) == 409
    choose(city, first)
    publishing.withdraw(
        city.actor("nukus_editor"), first, Withdrawal.FALSE, "Keliru semuanya.", city.now
    )
    assert opener(city) == "Kabar nomor 2 selesai"
    assert "Kabar nomor 0 selesai" not in city.reader().get("/").text
    assert choose(city, first) == 409


def test_nobody_chooses_for_the_own_kim(city: City) -> None:
    first, *_rest = items(city)
    assert choose(city, first, "moderator_nukus") == 403
    page = city.desk("moderator_nukus").get(PAGE).text
    assert f"/tinjauan/{first.id}/utama" not in page
    assert f"/tinjauan/{first.id}/utama" in city.desk("moderator").get(PAGE).text
    for name in ("nukus_head", "nukus_editor"):
        assert choose(city, first, name) == 403


@on_postgres_later
def test_pages_neither_repeat_nor_skip_while_items_arrive(city: City) -> None:
    """Across the first page, which is shared out and folds what is too much of one KIM."""
    names = [f"Kabar nomor {number} selesai" for number in range(46)]
    for number, name in enumerate(names):
        author = "gerabah_pewarta" if number % 15 == 0 else "nukus_pewarta"
        city.accept(city.publish(author, title=name))
        city.clock.forward(minutes=5)
    seen: list[str] = []
    path = "/"
    while path:
        page = city.reader().get(path).text
        seen += re.findall(r">(Kabar nomor \d+ selesai)</a>", page)
        if path == "/":
            assert "Juga dari KIM Nukus:" in page
        city.accept(city.publish(title="Kabar yang baru tiba"))
        city.clock.forward(minutes=5)
        older = re.search(r'href="(\?sesudah=[^"]+)"', page)
        path = f"/{older[1]}" if older else ""
    assert sorted(seen) == sorted(names)
