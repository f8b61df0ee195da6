"""Saving data, and videos: pictures say their size first, and no third party is asked."""

from __future__ import annotations

import re

from kimcms.services import media
from tests.web.test_reader_pages import filled
from tests.world import City, picture

IMG = re.compile(r"<img [^>]*>")


def story(city: City, body: str = "") -> str:
    """The path of an item with a main photo and one in its text."""
    kim = city.kim()
    photo = media.add(city.actor("nukus_pewarta"), kim, picture(), city.media, city.now)
    second = media.add(city.actor("nukus_pewarta"), kim, picture(), city.media, city.now)
    img = f'<img src="/media/{second.id}/480.webp" alt="Gang">'
    figure = f"<figure>{img}<figcaption>Gang RW 04.</figcaption></figure>"
    article = city.publish(
        body=f"<p>{'Warga bersih-bersih. ' * 20}</p>{figure}{body}",
        photo_id=photo.id,
        photo_caption="Warga.",
        photo_alt='Warga "berkumpul"',
    )
    return f"/berita/{article.slug}"


def test_pictures_wait_behind_a_tap_that_says_their_size(city: City) -> None:
    path = story(city)
    page = city.site().get(path + "?hemat=1").text
    boxes = re.findall(r"<details.*?</details>", page, re.DOTALL)
    assert len(boxes) == 2
    for box in boxes:
        assert re.search(r"Lihat foto \([1-9]\d* kB\)", box), box
        assert 'loading="lazy"' in box
        assert "srcset" not in box
    outside = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert "/media/" not in "".join(IMG.findall(outside))
    assert "<details" not in city.site().get(path).text


def test_lists_have_no_pictures_and_lead_on_without(city: City) -> None:
    filled(city, 2)
    for visit in (city.reader(), city.site()):
        full, light = visit.get("/").text, visit.get("/?hemat=1").text
        assert "/media/" in "".join(IMG.findall(full))
        assert "/media/" not in "".join(IMG.findall(light))
        assert re.search(r'href="[^"]*/berita/[^"?]+\?hemat=1"', light)
        assert "hemat=1" in full  # the way there
        assert 'href="/" rel="nofollow"' in light  # and back


def test_another_value_is_the_page_with_pictures(on_sqlite: City) -> None:
    filled(on_sqlite, 1)
    for value in ("0", "2", "", "1%00"):
        assert "/media/" in on_sqlite.reader().get(f"/?hemat={value}").text


def test_a_video_is_a_link_and_nothing_of_its_host_is_loaded(city: City) -> None:
    body = (
        '<p><a href="https://www.youtube.com/watch?v=abc">Panen raya</a></p>'
        '<p><a href="https://malang.example/">bukan video</a></p>'
        '<p>Lihat <a href="https://youtu.be/abc">ini</a>.</p>'
    )
    page = city.site().get(story(city, body)).text
    assert page.count('<p class="video">') == 1
    assert "Video di youtube.com" in page
    assert "Panen raya" in page
    for mark in ("<iframe", "<video", "<embed", 'src="http'):
        assert mark not in page
