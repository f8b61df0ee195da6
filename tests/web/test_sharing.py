"""A shared link: its picture, and what search engines read of it."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import jsonschema
import pytest
from PIL import Image

from kimcms.domain.workflow import Withdrawal
from kimcms.services import articles, media, publishing
from kimcms.services.articles import Edit
from tests.world import City, picture

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "format": "uri", "pattern": "^http://nukus\\.localhost"}
NEWS = {
    "type": "object",
    "required": [
        *("@context", "headline", "datePublished", "dateModified", "author", "publisher"),
        *("image", "mainEntityOfPage", "articleSection", "isAccessibleForFree"),
    ],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "NewsArticle"},
        "headline": {**TEXT, "maxLength": 140},
        "image": {"type": "array", "minItems": 1, "items": ADDRESS},
        "mainEntityOfPage": ADDRESS,
        "datePublished": {"type": "string", "format": "date-time"},
        "isAccessibleForFree": {"const": True},
        "publisher": {"type": "object", "required": ["@type", "name", "url"]},
    },
}
CRUMB = {
    "type": "object",
    "required": ["@type", "position", "name", "item"],
    "properties": {"position": {"type": "integer", "minimum": 1}, "name": TEXT, "item": TEXT},
}
CRUMBS = {
    "type": "object",
    "properties": {
        "@type": {"const": "BreadcrumbList"},
        "itemListElement": {"type": "array", "minItems": 3, "items": CRUMB},
    },
}


def meta(page: str, name: str) -> str:
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)">', page)
    assert found, name
    return found[1]


def path_of(address: str) -> str:
    return re.sub(r"^http://[^/]+", "", address)


def data_of(page: str) -> list[Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    parsed: list[Any] = json.loads(found[1])
    return parsed


def test_an_article_has_a_picture_of_its_own(city: City) -> None:
    photo = media.add(city.actor("nukus_pewarta"), city.kim(), picture(), city.media, city.now)
    article = city.publish(photo_id=photo.id, photo_alt="Warga.", photo_caption="Warga.")
    page = city.site().get(f"/berita/{article.slug}").text
    address = meta(page, "og:image")
    assert address.startswith("http://nukus.localhost:8000/bagikan/")
    answer = city.site().get(path_of(address))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-cache"
    with Image.open(io.BytesIO(answer.data)) as drawn:
        assert drawn.size == (1200, 630)
    assert (meta(page, "og:image:width"), meta(page, "og:image:height")) == ("1200", "630")
    assert city.site("gerabah").get(path_of(address)).status_code == 404
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert city.site().get(path_of(address), headers=tag).status_code == 304


def test_a_new_revision_has_a_new_picture_and_the_old_address_leads_to_it(city: City) -> None:
    article = city.publish()
    old = path_of(meta(city.site().get(f"/berita/{article.slug}").text, "og:image"))
    first = city.site().get(old).data
    city.clock.forward(minutes=5)
    edit = Edit(city.draft(title="Judul yang sudah dibetulkan"), article.newest_revision_id)
    articles.save(city.actor("nukus_editor"), article, edit, city.now)
    publishing.publish(city.actor("nukus_editor"), article, city.now)
    new = path_of(meta(city.site().get(f"/berita/{article.slug}").text, "og:image"))
    assert new != old
    assert city.site().get(old).headers["Location"] == new
    assert city.site().get(new).data != first


@pytest.mark.parametrize("end", ["unpublish", "withdraw"])
def test_the_picture_goes_with_the_article(city: City, end: str) -> None:
    article = city.publish()
    address = path_of(meta(city.site().get(f"/berita/{article.slug}").text, "og:image"))
    assert city.site().get(address).status_code == 200
    editor = city.actor("nukus_editor")
    if end == "unpublish":
        publishing.unpublish(editor, article, city.now)
    else:
        publishing.withdraw(editor, article, Withdrawal.PRIVACY, "Memuat nomor.", city.now)
    assert city.site().get(address).status_code == 404


def test_other_pages_have_a_picture_too(city: City) -> None:
    for visit, path in ((city.reader(), "/"), (city.reader(), "/kim/"), (city.site(), "/tentang")):
        address = meta(visit.get(path).text, "og:image")
        answer = visit.get(path_of(address))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")


def test_what_search_engines_read(city: City) -> None:
    article = city.publish(title='Judul "aneh" </script><b>&amp;')
    page = city.site().get(f"/berita/{article.slug}").text
    news, crumbs = data_of(page)
    jsonschema.validate(news, NEWS)
    jsonschema.validate(crumbs, CRUMBS)
    assert news["headline"] == 'Judul "aneh" </script><b>&amp;'
    assert [c["name"] for c in crumbs["itemListElement"]][-1] == news["headline"]
    assert [c["position"] for c in crumbs["itemListElement"]] == [1, 2, 3, 4]
    assert crumbs["itemListElement"][2]["item"].endswith("/topik/kegiatan/")


def test_ways_to_pass_it_on(city: City) -> None:
    article = city.publish(title="Pasar & bazar")
    page = city.site().get(f"/berita/{article.slug}").text
    here = f"http://nukus.localhost:8000/berita/{article.slug}"
    assert "https://wa.me/?text=Pasar%20%26%20bazar" in page
    assert f'data-copy="{here}"' in page
    assert "https://t.me/share/url?url=http%3A//nukus.localhost%3A8000/berita/" in page
    assert f'<link rel="canonical" href="{here}">' in page
