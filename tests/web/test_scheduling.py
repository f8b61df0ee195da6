"""An hour that lies ahead: its shelf, moving and clearing it, and taking down by one tap."""

from __future__ import annotations

import datetime as dt
import re

from kimcms.db import db
from kimcms.domain.workflow import Exposure, FeedState
from kimcms.models.article import Article
from kimcms.queries import desk
from kimcms.services import articles, publishing
from kimcms.services.articles import Edit
from tests.world import City

HOUR = dt.timedelta(hours=1)


def planned(city: City, *hours: int, author: str = "nukus_pewarta") -> list[Article]:
    return [
        city.publish(author, title=f"Jam {hour:02}", at=city.now + hour * HOUR) for hour in hours
    ]


def shelf(city: City, name: str, who: str = "nukus_editor") -> list[str]:
    page = city.desk(who).get(f"/k/nukus/berita/?rak={name}").text
    return re.findall(r'class="row-link" href="[^"]+">([^<]+)</a>', page)


def test_what_waits_for_its_hour_has_a_shelf(city: City) -> None:
    planned(city, 5, 1, 30)
    city.publish(title="Sudah terbit")
    assert shelf(city, "terjadwal") == ["Jam 01", "Jam 05", "Jam 30"]
    assert shelf(city, "terbit") == ["Sudah terbit"]
    assert shelf(city, "terjadwal", "moderator_nukus") == []
    assert shelf(city, "terjadwal", "nukus_pewarta") == ["Jam 01", "Jam 05", "Jam 30"]
    city.clock.now += HOUR
    assert shelf(city, "terjadwal") == ["Jam 05", "Jam 30"]
    assert sorted(shelf(city, "terbit")) == ["Jam 01", "Sudah terbit"]


def test_the_shelf_goes_on(city: City) -> None:
    planned(city, *range(1, 8))
    kim, seen, after = city.kim().id, [], None
    for _page in range(4):
        page = desk.scheduled(kim, city.now, after=after, size=2)
        seen += [line.title for line in page.rows]
        after = page.after
    assert after is None
    assert seen == [f"Jam {hour:02}" for hour in range(1, 8)]


def test_an_hour_is_moved_and_cleared_where_it_was_chosen(city: City) -> None:
    (article,) = planned(city, 3)
    path, editor = f"/k/nukus/berita/{article.id}", city.desk("nukus_editor")
    page = editor.get(f"{path}/terbit").text
    assert 'value="2026-11-24T15:00"' in page  # noon and three hours, in WIB
    assert "Batalkan jadwal" in page
    sent = {"revisi": article.newest_revision_id, "waktu": "2026-11-24T18:30", "nanti": "1"}
    assert editor.post(f"{path}/terbit", sent).status_code == 303
    db.session.refresh(article)
    assert article.public_at == dt.datetime(2026, 11, 24, 11, 30, tzinfo=dt.UTC)
    address = f"/berita/{article.slug}"
    city.clock.now = article.public_at - dt.timedelta(seconds=1)
    home, feed = city.site().get("/"), city.site().get("/rss.xml")
    assert city.site().get(address).status_code == 404
    assert "Jam 03" not in home.text + feed.text
    city.clock.forward(seconds=1)
    assert city.site().get(address).status_code == 200
    assert "Jam 03" in city.site().get("/").text
    assert "Jam 03" in city.site().get("/rss.xml").text

    (other,) = planned(city, 3)
    path = f"/k/nukus/berita/{other.id}"
    assert editor.post(f"{path}/turunkan").status_code == 303
    db.session.refresh(other)
    assert (other.exposure, other.public_at) == (Exposure.NEVER, None)
    assert "value=" not in re.findall(r'<input[^>]*name="waktu"[^>]*>', page_of(city, other))[0]


def page_of(city: City, article: Article) -> str:
    page: str = city.desk("nukus_editor").get(f"/k/nukus/berita/{article.id}/terbit").text
    return page.replace('value=""', "")


def test_what_was_taken_down_comes_back_by_one_tap(city: City) -> None:
    article = city.publish()
    city.accept(article)
    path, editor = f"/k/nukus/berita/{article.id}", city.desk("nukus_editor")
    first = article.public_at
    city.clock.forward(hours=1)
    assert editor.post(f"{path}/turunkan").status_code == 303
    assert city.site().get(f"/berita/{article.slug}").status_code == 404
    page = editor.get(path).text
    assert "Tampilkan lagi" in page
    form = re.search(rf'action="{path}/terbit">.*?</form>', page, re.DOTALL)
    assert form
    (revision,) = re.findall(r'name="revisi" value="(\d+)"', form[0])
    assert editor.post(f"{path}/terbit", {"revisi": revision}).status_code == 303
    db.session.refresh(article)
    assert article.public_at == first
    assert article.feed_state is FeedState.ACCEPTED
    assert city.site().get(f"/berita/{article.slug}").status_code == 200
    assert "Tampilkan lagi" not in editor.get(path).text


def test_what_was_changed_meanwhile_is_looked_at_first(city: City) -> None:
    article = city.publish()
    publishing.unpublish(city.actor("nukus_editor"), article, city.now)
    edit = Edit(city.draft(title="Judul baru"), article.newest_revision_id)
    articles.save(city.actor("nukus_pewarta"), article, edit, city.now)
    page = city.desk("nukus_editor").get(f"/k/nukus/berita/{article.id}").text
    assert "Tampilkan lagi" not in page
    assert "Periksa, lalu terbitkan" in page
