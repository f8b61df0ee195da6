"""What a person has been told: the list of the newsroom, and the choice of letters."""

from __future__ import annotations

import re

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.account import User
from kimcms.models.event import Event
from kimcms.models.notice import Notice
from kimcms.services import articles, notices
from kimcms.services.unit import atomic
from tests.world import City


def tell(city: City, many: int, to: str = "nukus_editor") -> list[int]:
    """So many notices, oldest first."""
    with atomic("", city.now, eventless=True):
        for number in range(many):
            key = f"article.submitted:{number}:{city.now}"
            path = f"/k/nukus/berita/{number}"
            users = [city.cast.users[to]]
            notices.tell(
                users, "article.submitted", key, city.now, path=path, title=f"N{number:03}"
            )
    db.session.rollback()
    return list(db.session.scalars(sa.select(Notice.id).order_by(Notice.id)))


def titles(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"Naskah menunggu Anda: N(\d+)</a>", page)]


def test_unread_first_and_no_row_twice(city: City) -> None:
    ids, desk = tell(city, 70), city.desk("nukus_editor")
    for number in (69, 3, 68):
        opened = desk.get(f"/pemberitahuan/{ids[number]}")
        assert (opened.status_code, opened.location) == (303, f"/k/nukus/berita/{number}")
    seen, address = [], "/pemberitahuan"
    for _page in range(3):
        page = desk.get(address).text
        seen += titles(page)
        following = re.search(r'href="(/pemberitahuan\?sesudah=[^"]+)"', page)
        address = following[1] if following else ""
    assert not address
    unread = [n for n in range(69, -1, -1) if n not in {69, 68, 3}]
    assert seen == [*unread, 69, 68, 3]


def test_opening_the_list_reads_nothing(city: City) -> None:
    tell(city, 2)
    desk = city.desk("nukus_editor")
    assert desk.get("/pemberitahuan").text.count("state-new") == 2
    assert desk.get("/pemberitahuan").text.count("state-new") == 2
    assert desk.post("/pemberitahuan/dibaca").status_code == 303
    page = desk.get("/pemberitahuan").text
    assert "state-new" not in page
    assert "Tandai semua" not in page


def test_another_persons_notice_does_not_exist(city: City) -> None:
    (notice,) = tell(city, 1)
    assert city.desk("nukus_head").get(f"/pemberitahuan/{notice}").status_code == 404
    assert city.desk("nukus_head").post("/pemberitahuan/dibaca").status_code == 303
    assert db.session.get_one(Notice, notice).read_at is None


def test_choosing_letters(city: City) -> None:
    desk = city.desk("nukus_editor")
    page = desk.get("/akun/surat").text
    assert 'value="submitted"' in page
    assert 'value="decree"' not in page  # no editor is told of decrees
    assert page.count("checked") == 9 + 1  # all topics of an editor, and "segera"
    sent = {"surat": ["returned", "published"], "laju": "harian"}
    assert desk.post("/akun/surat", sent).status_code == 303
    user = city.person("nukus_editor")
    db.session.refresh(user)
    assert user.mail_daily
    off = ["accepted", "assistance", "cluster", "complaint", "declined", "kim", "submitted"]
    assert user.mail_off == off
    page = desk.get("/akun/surat").text
    assert re.findall(r'checked[^>]*value="(\w+)"', page) == ["returned", "published", "harian"]
    event = db.session.scalars(sa.select(Event).where(Event.verb == "account.letters")).one()
    assert event.actor_id == user.id


def test_what_was_not_offered_stays_as_it_is(city: City) -> None:
    with atomic("", city.now, eventless=True):
        city.person("nukus_editor").mail_off = ["decree"]
    desk = city.desk("nukus_editor")
    assert desk.post("/akun/surat", {"surat": [], "laju": "segera"}).status_code == 303
    db.session.rollback()
    assert "decree" in db.session.get_one(User, city.cast.users["nukus_editor"]).mail_off


def test_choices_that_are_none(city: City) -> None:
    desk = city.desk("nukus_editor")
    for sent in (
        {"surat": ["submitted"], "laju": "kadang"},
        {"surat": ["submitted"]},
        {"surat": ["account"], "laju": "segera"},
        {"surat": ["decree"], "laju": "segera"},
    ):
        assert desk.post("/akun/surat", sent).status_code == 422, sent
    assert desk.get("/akun/surat?surat=returned&laju=harian").status_code == 200
    assert city.person("nukus_editor").mail_off == []
    assert not city.person("nukus_editor").mail_daily


def test_who_signs_in_by_phone_has_nothing_to_choose(city: City) -> None:
    with atomic("", city.now, eventless=True):
        user = city.person("nukus_editor")
        user.email, user.phone = None, "+6281234567890"
    page = city.desk("nukus_editor").get("/akun/surat").text
    assert "tidak ada surat yang dikirim" in page
    assert 'name="surat"' not in page


def test_no_draft_leaves_the_newsroom_by_mail(city: City) -> None:
    """Only the headline does, by which the editor knows what waits."""
    from kimcms.queries.notices import due
    from kimcms.web.letters import letter

    article = city.write(lead="Ringkasan rahasia.", body="<p>Isi rahasia.</p>" + "<p>kata </p>" * 9)
    articles.submit(city.actor("nukus_pewarta"), article, city.now)
    note = "Catatan rahasia untuk penulis."
    articles.return_to_author(city.actor("nukus_editor"), article, note, city.now)
    letters = [letter(told, user) for user, told in due(city.now, city.now)]
    assert len(letters) == 3
    assert "rahasia" not in " ".join(bytes(one).decode() for one in letters)
