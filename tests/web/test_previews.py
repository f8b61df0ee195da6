"""The preview of an item: as readers will see it, for who holds its address and nobody else."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from kimcms.db import db
from kimcms.domain.refusal import Refused
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.models.media import Media
from kimcms.services import articles, media, previews, publishing
from kimcms.services.articles import Edit
from kimcms.services.unit import atomic
from tests.world import LONG, City, picture

TITLE = "Warga RW 04 bersihkan saluran air"


def photo(city: City, kim: str = "nukus") -> Media:
    writer = city.actor(f"{kim}_pewarta")
    return media.add(writer, city.kim(kim), picture(), city.media, city.now)


def illustrated(city: City) -> tuple[Article, Media, Media]:
    """A draft with a main photo and one in its text."""
    main, inner = photo(city), photo(city)
    drawn = f'<img src="/media/{inner.id}/480.webp" alt="Sapu">'
    text = f"<p>{LONG}</p><figure>{drawn}<figcaption>Sapu warga.</figcaption></figure>"
    words = {"photo_id": main.id, "photo_caption": "Warga.", "photo_alt": "Warga menyapu."}
    return city.write(body=text, **words), main, inner


def share(city: City, article: Article) -> str:
    """The path of a shared preview, as the newsroom says it."""
    editor = city.desk("nukus_editor")
    path = f"/k/nukus/berita/{article.id}"
    assert editor.post(f"{path}/pratinjau").status_code == 303
    found = re.search(
        r'value="http://nukus\.localhost:8000(/pratinjau/[^"]+)"', editor.get(path).text
    )
    assert found
    return found[1]


def main_of(page: str) -> str:
    """What stands in the middle, without what a preview leaves out on purpose."""
    inside = page[page.index("<main") : page.index("</main>")]
    inside = re.sub(r'<ul class="acts">.*?</ul>', "", inside, flags=re.DOTALL)
    inside = re.sub(r' data-read="\d+"|/pratinjau/[^/]+(?=/media/)', "", inside)
    return re.sub(r"\s+", " ", inside)


def test_it_looks_as_readers_will_see_it(city: City) -> None:
    article, main, inner = illustrated(city)
    path = share(city, article)
    before = city.site().get(path)
    assert before.status_code == 200
    publishing.publish(city.actor("nukus_editor"), article, city.now)
    after = city.site().get(f"/berita/{article.slug}")
    assert main_of(before.text) == main_of(after.text)
    assert f"/pratinjau/{path.split('/')[2]}/media/{main.id}/" in before.text
    assert f"/pratinjau/{path.split('/')[2]}/media/{inner.id}/" in before.text
    assert "Pratinjau, belum terbit" in before.text
    assert "Selasa, 1 Des 2026, 12.00 WIB" in before.text


def test_it_shows_the_newest_words(city: City) -> None:
    article = city.write()
    path = share(city, article)
    edit = Edit(city.draft(title="Judul yang baru"), article.newest_revision_id)
    articles.save(city.actor("nukus_pewarta"), article, edit, city.now)
    assert "Judul yang baru" in city.site().get(path).text


def test_it_is_kept_and_listed_nowhere(city: City) -> None:
    article, main, _inner = illustrated(city)
    path = share(city, article)
    pages = city.app.extensions["pagecache"]
    kept = len(pages.shelf)
    for visit in (city.site().get(path), city.site().get(f"{path}?hemat=1")):
        assert visit.headers["Cache-Control"] == "no-store"
        assert visit.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in visit.headers["X-Robots-Tag"]
        assert "ETag" not in visit.headers
        assert "Set-Cookie" not in visit.headers
        assert '<meta name="robots" content="noindex' in visit.text
        assert "canonical" not in visit.text
        assert "data-read" not in visit.text
        assert "ld+json" not in visit.text
    assert len(pages.shelf) == kept
    for host, found in (
        (city.site(), ("/", "/rss.xml", "/feed.json", "/sitemap-news.xml", "/cari?q=saluran")),
        (city.reader(), ("/", "/rss.xml", "/atom.xml", "/cari?q=saluran")),
    ):
        for page in found:
            text = host.get(page).text
            assert TITLE not in text
            assert "pratinjau/" not in text
    assert city.site().get(f"/media/{main.id}/480.webp").status_code == 404


def test_it_costs_no_more_than_an_article(city: City) -> None:
    article, _main, _inner = illustrated(city)
    path = share(city, article)
    with city.counting() as seen:
        assert city.site().get(path).status_code == 200
    assert len(seen) <= 8
    assert city.site().call("HEAD", path).status_code == 200
    for method in ("POST", "PUT", "DELETE"):
        assert city.site().call(method, path).status_code == 405


def test_its_photos_and_no_others_lie_behind_it(city: City) -> None:
    article, main, inner = illustrated(city)
    other = photo(city)
    foreign = photo(city, "gerabah")
    path = share(city, article)
    for shown in (main, inner):
        answer = city.site().get(f"{path}/media/{shown.id}/480.webp")
        assert (answer.status_code, answer.mimetype) == (200, "image/webp")
        assert answer.headers["Cache-Control"] == "no-store"
    for hidden in (other.id, foreign.id, 999, 0):
        assert city.site().get(f"{path}/media/{hidden}/480.webp").status_code == 404
    assert city.site().get(f"{path}/media/{main.id}/1.webp").status_code == 404
    assert city.site().get(f"{path}/media/{main.id}/..%2f480.webp").status_code == 404
    previews.take_back(city.actor("nukus_editor"), article, city.now)
    assert city.site().get(f"{path}/media/{main.id}/480.webp").status_code == 404


def test_another_host_knows_nothing_of_it(city: City) -> None:
    path = share(city, city.write())
    for host in ("gerabah.localhost", "localhost", "redaksi.localhost"):
        assert city.reader(host).get(path).status_code == 404
    head, _, tail = path.rpartition(".")
    for forged in (
        f"{head}.{'A' * len(tail)}",
        f"{path}A",
        path[:-4],
        "/pratinjau/MQ",
        "/pratinjau/x.y",
    ):
        assert city.site().get(forged).status_code == 404


def test_a_one_time_link_is_no_preview(city: City) -> None:
    tools = city.app.extensions["kimcms"]
    article = city.write()
    assert city.site().get(f"/pratinjau/{tools.signer.token(article.id)}").status_code == 404
    token = share(city, article).rpartition("/")[2]
    assert tools.signer.link_id(token) is None
    assert city.desk().get(f"/tautan/{token}").status_code == 404


def test_it_ends_by_itself(city: City) -> None:
    path = share(city, city.write())
    city.clock.forward(days=7, seconds=-1)
    assert city.site().get(path).status_code == 200
    city.clock.forward(seconds=1)
    ended = city.site().get(path)
    assert ended.status_code == 410
    assert "Tautan pratinjau sudah berakhir" in ended.text
    assert TITLE not in ended.text
    assert ended.headers["Cache-Control"] == "no-store"


def test_it_can_be_taken_back_and_shared_anew(city: City) -> None:
    article = city.write()
    path = share(city, article)
    editor, page = city.desk("nukus_editor"), f"/k/nukus/berita/{article.id}"
    assert share(city, article) == path  # a good link stays
    assert editor.post(f"{page}/pratinjau/cabut").status_code == 303
    assert "wa.me" not in editor.get(page).text
    assert city.site().get(path).status_code == 410
    city.clock.forward(seconds=1)
    again = share(city, article)
    assert again != path
    assert city.site().get(again).status_code == 200
    assert city.site().get(path).status_code == 410


def test_publishing_leads_to_the_item(city: City) -> None:
    article = city.write()
    path = share(city, article)
    at = city.now + dt.timedelta(hours=2)
    publishing.publish(city.actor("nukus_editor"), article, city.now, at=at)
    planned = city.site().get(path)
    assert planned.status_code == 200
    assert "Dijadwalkan terbit" in planned.text
    city.clock.now = at - dt.timedelta(seconds=1)
    assert city.site().get(path).status_code == 200
    city.clock.now = at
    out = city.site().get(path)
    assert (out.status_code, out.location) == (308, f"/berita/{article.slug}")
    assert out.headers["Cache-Control"] == "no-store"
    publishing.unpublish(city.actor("nukus_editor"), article, city.now)
    assert city.site().get(path).status_code == 410
    publishing.publish(city.actor("nukus_editor"), article, city.now)
    assert city.site().get(path).status_code == 410
    with pytest.raises(Refused, match="not_for_preview"):
        previews.share(city.actor("nukus_editor"), article, city.now)


def test_a_withdrawn_or_deleted_item_is_shown_to_nobody(city: City) -> None:
    article = city.write()
    path = share(city, article)
    editor = city.actor("nukus_editor")
    publishing.publish(editor, article, city.now, at=city.now + dt.timedelta(hours=2))
    publishing.withdraw(editor, article, Withdrawal.PRIVACY, "Data warga.", city.now)
    assert city.site().get(path).status_code == 410
    with pytest.raises(Refused, match="not_for_preview"):
        previews.share(editor, article, city.now)
    gone = city.write()
    left = share(city, gone)
    articles.delete(city.actor("nukus_editor"), gone, city.now)
    assert city.site().get(left).status_code == 404
    city.clock.forward(minutes=1)
    share(city, city.write())  # SQLite gives the number of the deleted one again
    assert city.site().get(left).status_code in {404, 410}


def test_the_look_of_who_writes(city: City) -> None:
    article, main, _inner = illustrated(city)
    look = city.desk("nukus_pewarta").get(f"/k/nukus/berita/{article.id}/pratinjau")
    assert look.status_code == 303
    path = look.location.removeprefix("http://nukus.localhost:8000")
    assert city.site().get(path).status_code == 200
    assert city.site().get(f"{path}/media/{main.id}/480.webp").status_code == 200
    city.clock.forward(hours=1)
    assert city.site().get(path).status_code == 410
    assert city.site().get(f"{path}/media/{main.id}/480.webp").status_code == 404


def test_changes_of_a_published_item_are_looked_at_before_they_go_out(city: City) -> None:
    article = city.publish()
    city.clock.forward(hours=1)
    edit = Edit(city.draft(title="Judul yang baru"), article.newest_revision_id)
    articles.save(city.actor("nukus_editor"), article, edit, city.now)
    look = city.desk("nukus_editor").get(f"/k/nukus/berita/{article.id}/pratinjau")
    page = city.site().get(look.location.removeprefix("http://nukus.localhost:8000")).text
    assert "Judul yang baru" in page
    assert "Pratinjau perubahan, belum terbit" in page
    assert "Diperbarui" in page
    assert "Judul yang baru" not in city.site().get(f"/berita/{article.slug}").text
    with atomic("city", city.now, eventless=True):
        article.hidden_until = city.now + dt.timedelta(hours=24)
    path = look.location.removeprefix("http://nukus.localhost:8000")
    assert city.site().get(path).status_code == 410
    db.session.rollback()


def test_a_text_cannot_reach_other_pictures(city: City) -> None:
    """Words that look like markup stay words."""
    foreign = photo(city, "gerabah")
    article = city.write(
        body=f'<p>{LONG} src="/media/{foreign.id}/480.webp"</p>', title='" src="/media/1/480.webp'
    )
    page = city.site().get(share(city, article)).text
    assert f"/media/{foreign.id}/480.webp" in page
    assert not re.search(rf"/pratinjau/[^/\"]+/media/{foreign.id}/", page)
