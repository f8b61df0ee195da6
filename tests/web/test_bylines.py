"""Several names under an article: in an order, and only of those who show themselves."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

from kimcms.domain.refusal import Refused
from kimcms.models.article import Article
from kimcms.models.byline import Byline
from kimcms.queries import accounts, articles
from kimcms.queries import bylines as people
from kimcms.services import articles as writing
from kimcms.services import bylines
from tests.world import City

ATOM = "{http://www.w3.org/2005/Atom}"
TITLE = "Warga RW 04 bersihkan saluran air"
DC = "{http://purl.org/dc/elements/1.1/}creator"


def beside(city: City, article: Article, *names: str) -> None:
    ids = [city.cast.users[name] for name in names]
    bylines.set_beside(city.actor("nukus_editor"), article, ids, city.now)


def show(city: City, *names: str) -> None:
    for name in names:
        bylines.show(city.person(name), city.now, shown=True)


def line(city: City, article: Article) -> str:
    page = city.site().get(f"/berita/{article.slug}").text
    found = re.search(r'<p class="byline">(.*?)</p>', page)
    assert found
    return re.sub(r"<[^>]+>", "", found[1])


def test_names_stand_in_their_order(city: City) -> None:
    article = city.publish()
    city.accept(article)
    beside(city, article, "nukus_head", "nukus_editor")
    assert line(city, article) == "Pewarta: KIM Nukus"
    show(city, "nukus_editor")
    assert line(city, article) == "Pewarta: nukus_editor, KIM Nukus"
    show(city, "nukus_head", "nukus_pewarta")
    assert line(city, article) == "Pewarta: nukus_pewarta, nukus_head, nukus_editor, KIM Nukus"
    beside(city, article, "nukus_editor", "nukus_head")
    names = ["nukus_pewarta", "nukus_editor", "nukus_head", "KIM Nukus"]
    assert line(city, article) == f"Pewarta: {', '.join(names)}"

    page = city.site().get(f"/berita/{article.slug}").text
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert data
    authors = json.loads(data[1])[0]["author"]
    assert [author["name"] for author in authors] == names
    assert [author["@type"] for author in authors] == ["Person"] * 3 + ["NewsMediaOrganization"]
    for host in (city.site(), city.reader()):
        feed = json.loads(host.get("/feed.json").text)
        assert [author["name"] for author in feed["items"][0]["authors"]] == names
        atom = ET.fromstring(host.get("/atom.xml").text)
        entry = atom.find(f"{ATOM}entry")
        assert entry is not None
        assert [one.text for one in entry.iterfind(f"{ATOM}author/{ATOM}name")] == names
        rss = ET.fromstring(host.get("/rss.xml").text)
        assert [one.text for one in rss.iter(DC)] == [", ".join(names)]


def test_taking_a_name_away_takes_it_from_all(city: City) -> None:
    article = city.publish()
    beside(city, article, "nukus_head")
    show(city, "nukus_pewarta", "nukus_head")
    assert "nukus_head" in line(city, article)
    bylines.show(city.person("nukus_head"), city.now, shown=False)
    assert line(city, article) == "Pewarta: nukus_pewarta, KIM Nukus"
    beside(city, article)
    show(city, "nukus_head")
    assert line(city, article) == "Pewarta: nukus_pewarta, KIM Nukus"


def test_what_is_written_together_stands_on_both_pages(city: City) -> None:
    both, alone = [], []
    for number in range(25):
        city.clock.forward(minutes=1)
        article = city.publish(title=f"Kabar {number:02}")
        if number % 2:
            beside(city, article, "nukus_head")
            both.append(f"Kabar {number:02}")
        else:
            alone.append(f"Kabar {number:02}")
    show(city, "nukus_pewarta", "nukus_head")
    head = city.cast.users["nukus_head"]
    found = articles.public_articles(city.kim().id, city.now, author_id=head)
    assert [card.title for card in found.rows] == both[::-1]
    pewarta = city.cast.users["nukus_pewarta"]
    first = articles.public_articles(city.kim().id, city.now, author_id=pewarta)
    rest = articles.public_articles(city.kim().id, city.now, first.after, author_id=pewarta)
    titles = [card.title for card in (*first.rows, *rest.rows)]
    assert titles == sorted(both + alone, reverse=True)
    page = city.site().get("/pewarta/nukus-head/")
    assert page.status_code == 200
    assert "Kabar 01" in page.text
    assert "Kabar 02" not in page.text
    feed = json.loads(city.site().get("/pewarta/nukus-head/feed.json").text)
    assert len(feed["items"]) == 12


def test_who_wrote_nothing_alone_has_a_page_too(city: City) -> None:
    show(city, "nukus_head")
    assert city.site().get("/pewarta/nukus-head/").status_code == 404
    article = city.write()
    beside(city, article, "nukus_head")
    assert city.site().get("/pewarta/nukus-head/").status_code == 404
    beside(city, city.publish(), "nukus_head")
    assert city.site().get("/pewarta/nukus-head/").status_code == 200


def test_who_is_named_is_told(city: City) -> None:
    article = city.write()
    beside(city, article, "nukus_head", "nukus_editor")
    beside(city, article, "nukus_editor", "nukus_head", "moderator_nukus")
    said = f"Nama Anda dicantumkan sebagai pewarta: {TITLE}"
    for name, times in (("nukus_head", 1), ("moderator_nukus", 1), ("nukus_editor", 0)):
        page = city.desk(name).get("/pemberitahuan").text
        assert page.count(said) == times, name


def test_names_of_others_are_refused(city: City) -> None:
    article = city.write()
    for names in (["gerabah_pewarta"], ["diskominfo"], ["nukus_head", "gerabah_head"]):
        with pytest.raises(Refused, match="no_member"):
            beside(city, article, *names)
    with pytest.raises(Refused, match="not_allowed"):
        bylines.set_beside(city.actor("nukus_pewarta"), article, [], city.now)
    beside(city, article, "nukus_pewarta", "nukus_head", "nukus_head")
    assert [user.id for user in people.of(article)] == [
        city.cast.users[name] for name in ("nukus_pewarta", "nukus_head")
    ]


def test_who_has_left_may_stay_under_it(city: City) -> None:
    article = city.write()
    beside(city, article, "nukus_head", "moderator_nukus")
    member = next(
        one
        for one in accounts.members(city.kim().id)
        if one.user_id == city.cast.users["moderator_nukus"]
    )
    ended = city.desk("nukus_head").post(f"/k/nukus/anggota/{member.membership_id}/akhiri")
    assert ended.status_code == 303
    beside(city, article, "moderator_nukus", "nukus_head")
    beside(city, article, "nukus_head")
    with pytest.raises(Refused, match="no_member"):
        beside(city, article, "moderator_nukus")


def test_the_form(city: City) -> None:
    article = city.write()
    editor, path = city.desk("nukus_editor"), f"/k/nukus/berita/{article.id}"
    head, own = (str(city.cast.users[name]) for name in ("nukus_head", "nukus_editor"))
    page = editor.get(path).text
    assert page.count('<select id="ke') == 4
    assert f'<option value="{city.cast.users["nukus_pewarta"]}"' not in page
    sent = {"kedua": "", "ketiga": head, "keempat": own, "kelima": ""}
    assert editor.post(f"{path}/pewarta", sent).status_code == 303
    page = editor.get(path).text
    assert "<dd>nukus_pewarta, nukus_head, nukus_editor</dd>" in page
    assert page.index(f'selected value="{head}"') < page.index(f'selected value="{own}"')
    wrong = {"kedua": str(city.cast.users["gerabah_head"])}
    for bad in (wrong, {"kedua": "abc"}, {"kelima": "-1"}, {"ketiga": "9" * 40}):
        answer = editor.post(f"{path}/pewarta", bad)
        assert answer.status_code == 422, bad
    writing.delete(city.actor("nukus_editor"), article, city.now)
    assert city.app.extensions["sqlalchemy"].session.query(Byline).count() == 0


def test_never_more_than_five(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    article = city.write()
    monkeypatch.setattr(bylines, "MOST", 3)
    with pytest.raises(Refused, match="too_many_bylines"):
        beside(city, article, "nukus_editor", "nukus_head", "moderator_nukus")
    beside(city, article, "nukus_editor", "nukus_head")
