"""Signing in and out over HTTP: cookies, links, throttling, and what a stranger can learn."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import sqlalchemy as sa
from itsdangerous import URLSafeSerializer

from kimcms.db import db
from kimcms.domain.accounts import BY_ACCOUNT
from kimcms.domain.roles import Role
from kimcms.models.account import OneTimeLink, User
from kimcms.models.article import Article
from kimcms.queries import accounts as people
from kimcms.services import accounts, links, members
from kimcms.web.letters import send_waiting
from tests.web.test_story import form
from tests.world import COOKIE, PASSWORD, City, Visit

HEAD = "nukus.head@contoh.test"
NEW = "empat-kata-acak-baru"
SECRET = "sandi-yang-tidak-boleh-tampil"


def enter(visit: Visit, akun: str = HEAD, sandi: str = PASSWORD, path: str = "/masuk") -> Any:
    return visit.post(path, {"akun": akun, "sandi": sandi})


def is_in(visit: Visit) -> bool:
    return bool(visit.get("/").status_code == 200)


def cookie(visit: Visit) -> str:
    found = visit.client.get_cookie(COOKIE, visit.host)
    assert found
    return str(found.value)


def plain(page: str, *names: str) -> str:
    """A page without its token and without what was typed."""
    page = re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1", page)
    for name in names:
        page = page.replace(name, "NAMA")
    return page


def invite(city: City, typed: str = "siti@contoh.test") -> OneTimeLink:
    _guest, link = members.invite(
        city.actor("nukus_head"), "Bu Siti", typed, Role.EDITOR, city.kim(), city.now
    )
    assert link
    return link


def path_of(city: City, link: OneTimeLink | int) -> str:
    link_id = link if isinstance(link, int) else link.id
    return f"/tautan/{city.app.extensions['kimcms'].signer.token(link_id)}"


def letters(city: City) -> list[EmailMessage]:
    """The letters in the outbox, oldest first."""
    files = sorted((Path(city.app.instance_path) / "outbox").glob("*.eml"))
    policy = email.policy.default
    return [email.message_from_bytes(file.read_bytes(), policy=policy) for file in files]


# --- in and out --------------------------------------------------------------------------------


def test_in_and_out(city: City) -> None:
    visit = city.desk()
    page = visit.get("/masuk")
    assert page.status_code == 200
    assert visit.get("/").location.startswith("/masuk")
    entered = enter(visit)
    assert (entered.status_code, entered.location) == (303, "/")
    assert is_in(visit)
    assert visit.get("/masuk").status_code == 302
    kept = cookie(visit)
    out = visit.post("/keluar")
    assert out.status_code == 303
    assert not is_in(visit)
    thief = city.desk()
    thief.client.set_cookie(COOKIE, kept, domain=thief.host, secure=True)
    assert not is_in(thief)  # the old cookie is worth nothing


def test_wrong_and_unknown_look_the_same(city: City) -> None:
    pages = set()
    for akun, sandi in (
        (HEAD, "salah-sekali-ini"),
        (HEAD, "x"),
        ("tidak.ada@contoh.test", PASSWORD),
        ("081200000000", PASSWORD),
        ("bukan-nama", PASSWORD),
        (HEAD.upper(), "salah-sekali-ini"),
    ):
        answer = enter(city.desk(), akun, sandi)
        assert PASSWORD not in answer.text
        kept = {name: value for name, value in answer.headers if name != "Content-Length"}
        pages.add((answer.status_code, plain(answer.text, akun), str(sorted(kept))))
    assert len(pages) == 1
    assert next(iter(pages))[0] == 401


def test_an_account_is_throttled_and_others_are_not(city: City) -> None:
    visit = city.desk()
    for _ in range(BY_ACCOUNT.tries):
        assert enter(visit, sandi="salah-sekali-ini").status_code == 401
    for sandi in ("salah-sekali-ini", PASSWORD):
        answer = enter(visit, sandi=sandi)
        assert answer.status_code == 429
        assert "Tunggu 15 menit" in answer.text
    assert not is_in(visit)
    assert enter(city.desk(), "nukus.editor@contoh.test").status_code == 303
    city.clock.forward(minutes=16)
    assert enter(visit).status_code == 303


def test_an_address_is_throttled(on_sqlite: City) -> None:
    city, visit = on_sqlite, on_sqlite.desk()
    for number in range(60):
        assert enter(visit, f"orang{number}@contoh.test").status_code == 401
    assert enter(visit).status_code == 429
    more = {"environ_overrides": {"REMOTE_ADDR": "198.51.100.7"}}
    assert visit.post("/masuk", {"akun": HEAD, "sandi": PASSWORD}, **more).status_code == 303
    forged = {"headers": {"X-Forwarded-For": "203.0.113.9"}}
    answer = city.desk().post("/masuk", {"akun": HEAD, "sandi": PASSWORD}, **forged)
    assert answer.status_code == 429


def test_a_new_password_ends_every_sign_in(city: City) -> None:
    here, there, other = city.desk(), city.desk(), city.desk("nukus_editor")
    enter(here)
    enter(there)
    for values, status in (
        ({"sandi_lama": "salah", "sandi": NEW, "sandi_ulang": NEW}, 422),
        ({"sandi_lama": PASSWORD, "sandi": NEW, "sandi_ulang": NEW + "x"}, 422),
        ({"sandi_lama": PASSWORD, "sandi": "pendek", "sandi_ulang": "pendek"}, 422),
        ({"sandi_lama": PASSWORD, "sandi": NEW, "sandi_ulang": NEW}, 303),
    ):
        answer = here.post("/akun", values)
        assert answer.status_code == status
        assert NEW not in answer.text
    assert (is_in(here), is_in(there), is_in(other)) == (False, False, True)
    assert enter(city.desk()).status_code == 401
    assert enter(city.desk(), sandi=NEW).status_code == 303


def test_a_change_of_roles_ends_every_sign_in(city: City) -> None:
    member, head = city.desk("nukus_pewarta"), city.desk("nukus_head")
    added = {"nama": "X", "akun": "nukus.pewarta@contoh.test", "peran": "editor"}
    assert head.post("/k/nukus/anggota", added).status_code == 303
    assert not is_in(member)
    member = city.desk("nukus_pewarta")
    roles = [m for m in people.members(city.kim().id) if m.user_id == people_id(city)]
    assert len(roles) == 2
    for role in roles:
        ended = head.post(f"/k/nukus/anggota/{role.membership_id}/akhiri")
        assert ended.status_code == 303
    assert not is_in(member)
    again = city.desk("nukus_pewarta")
    assert is_in(again)
    assert again.get("/k/nukus/berita/").status_code == 404


def people_id(city: City) -> int:
    return city.cast.users["nukus_pewarta"]


# --- cookies -----------------------------------------------------------------------------------


def test_every_cookie_is_guarded(city: City) -> None:
    visit = city.desk()
    seen = []
    for answer in (
        visit.get("/masuk"),
        enter(visit, sandi="salah"),
        enter(visit),
        visit.get("/"),
        visit.get("/akun"),
        visit.get("/tidak-ada"),
        visit.post("/keluar"),
        visit.call("POST", "/masuk", data={}),
        visit.post("/lupa", {"akun": HEAD}),
    ):
        seen += answer.headers.getlist("Set-Cookie")
    assert seen
    for line in seen:
        name, *attributes = (part.strip() for part in line.split(";"))
        assert name.startswith(f"{COOKIE}=")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(attributes)
        assert not any(part.lower().startswith("domain") for part in attributes)


def test_pages_renew_the_session_and_scripts_leave_it_alone(city: City) -> None:
    """A late answer to a script would take back what was said to the page meanwhile."""
    visit = city.desk()
    enter(visit)
    visit.get("/")
    assert "Set-Cookie" in visit.get("/akun").headers
    by_script = {"headers": {"Sec-Fetch-Mode": "cors", "Accept": "application/json"}}
    assert "Set-Cookie" not in visit.get("/akun", **by_script).headers
    assert "Set-Cookie" in visit.get("/akun", headers={"Sec-Fetch-Mode": "navigate"}).headers


def test_a_session_that_was_planted_is_not_taken_over(city: City) -> None:
    mallory = city.desk()
    mallory.get("/masuk")
    mallory.token()
    planted = cookie(mallory)
    victim = city.desk()
    victim.client.set_cookie(COOKIE, planted, domain=victim.host, secure=True)
    enter(victim)
    assert is_in(victim)
    assert cookie(victim) != planted
    mallory.client.set_cookie(COOKIE, planted, domain=mallory.host, secure=True)
    assert not is_in(mallory)


def test_signing_in_over_another_persons_session(city: City) -> None:
    mallory = city.desk("gerabah_pewarta")
    token = mallory.session()["_user_id"]
    victim = city.desk()
    victim.set_session(_user_id=token, _fresh=True)
    enter(victim)
    assert victim.session()["_user_id"] != token
    assert HEAD in victim.get("/akun").text or "nukus_head" in victim.get("/").text
    assert "nukus_head" not in mallory.get("/").text


@pytest.mark.parametrize("token", ["", "x", "1", "nonsense" * 50, "\0"])
def test_a_session_with_a_wrong_token_is_nobody(on_sqlite: City, token: str) -> None:
    visit = on_sqlite.desk()
    visit.set_session(_user_id=token, _fresh=True)
    assert visit.get("/").status_code == 302


def test_a_session_signed_with_another_key_is_nobody(on_sqlite: City) -> None:
    visit = on_sqlite.desk("nukus_head")
    session = visit.session()
    for salt, key in (("cookie-session", "z" * 40), ("other", on_sqlite.app.secret_key)):
        forged = URLSafeSerializer(str(key), salt=salt).dumps(session)
        visit.client.set_cookie(COOKIE, str(forged), domain=visit.host, secure=True)
        assert visit.get("/").status_code == 302


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "//evil.example/masuk",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "https://evil.example",
        "http:evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "@evil.example",
        ".evil.example",
        "/%09/evil.example",
        "/\x00/evil.example",
        "/\x85/evil.example",
        "/\u2028/evil.example",
        "",
    ],
)
def test_nobody_is_sent_elsewhere(on_sqlite: City, wanted: str) -> None:
    def target(location: str) -> str:
        # As browsers read it: backslashes are slashes, tabs and line breaks are not there.
        seen = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
        parts = urlsplit(urljoin("http://redaksi.localhost:8000/masuk", seen))
        return f"{parts.scheme}://{parts.netloc}"

    visit = on_sqlite.desk()
    visit.token()
    query = {"query_string": {"lanjut": wanted}}
    entered = visit.post("/masuk", {"akun": HEAD, "sandi": PASSWORD}, **query)
    assert entered.status_code == 303
    assert target(entered.location) == "http://redaksi.localhost:8000"
    again = visit.get("/masuk", **query)
    assert target(again.location) == "http://redaksi.localhost:8000"


def test_one_comes_back_to_where_one_wanted_to_go(city: City) -> None:
    visit = city.desk()
    asked = visit.get("/k/nukus/berita/?rak=draf")
    assert asked.status_code == 302
    entered = enter(visit, path=asked.location)
    assert entered.location == "/k/nukus/berita/?rak=draf"
    assert visit.get(entered.location).status_code == 200


# --- links -------------------------------------------------------------------------------------


def test_an_invitation_sets_a_password_once(city: City) -> None:
    path, visit = path_of(city, invite(city)), city.desk()
    assert visit.get(path).status_code == 200
    differs = visit.post(path, {"sandi": NEW, "sandi_ulang": NEW + "x"})
    assert differs.status_code == 422
    done = visit.post(path, {"sandi": NEW, "sandi_ulang": NEW})
    assert (done.status_code, done.location) == (303, "/masuk")
    for answer in (visit.get(path), visit.post(path, {"sandi": "lain" * 5, "sandi_ulang": "x"})):
        assert answer.status_code == 410
        assert "Minta tautan baru" in answer.text
    assert enter(city.desk(), "siti@contoh.test", NEW).status_code == 303


def test_an_expired_invitation(city: City) -> None:
    path, visit = path_of(city, invite(city)), city.desk()
    city.clock.forward(days=7)
    assert visit.get(path).status_code == 410
    assert visit.post(path, {"sandi": NEW, "sandi_ulang": NEW}).status_code == 410
    assert enter(city.desk(), "siti@contoh.test", NEW).status_code == 401


def test_a_forged_link_does_not_exist(city: City) -> None:
    link, visit = invite(city), city.desk()
    good = path_of(city, link).removeprefix("/tautan/")
    body, signature = good.split(".")
    foreign = URLSafeSerializer("z" * 40, salt="one-time-link").dumps(link.id)
    other_salt = URLSafeSerializer(str(city.app.secret_key), salt="other").dumps(link.id)
    right_key = URLSafeSerializer(str(city.app.secret_key), salt="one-time-link")
    for token in (
        str(foreign),
        str(other_salt),
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        f"{body}.",
        f".{signature}",
        f"Mg.{signature}",
        str(link.id),
        "x",
        ".",
        "%00",
        "%ff",
        "x" * 3000,
        path_of(city, 999_999).removeprefix("/tautan/"),
        str(right_key.dumps("1")),
        str(right_key.dumps([link.id])),
        str(right_key.dumps(None)),
    ):
        assert visit.get(f"/tautan/{token}").status_code == 404, token
        posted = visit.post(f"/tautan/{token}", {"sandi": NEW, "sandi_ulang": NEW})
        assert posted.status_code == 404, token
    assert links.usable(link, city.now)


def test_a_member_list_shows_the_link_to_copy(city: City) -> None:
    head = city.desk("nukus_head")
    made = head.post("/k/nukus/anggota", {"nama": "B", "akun": "081234567890", "peran": "pewarta"})
    assert made.status_code == 200
    found = re.search(r"http://redaksi\.localhost:8000(/tautan/[\w.-]+)", made.text)
    assert found
    assert city.desk().get(found[1]).status_code == 200


def test_asking_for_a_reset_says_the_same_to_everybody(city: City) -> None:
    invite(city, "081234567890")
    pages = set()
    for akun in (HEAD, "tidak.ada@contoh.test", "081234567890", "081299999999", "bukan-nama"):
        answer = city.desk().post("/lupa", {"akun": akun})
        pages.add((answer.status_code, plain(answer.text, akun)))
    assert len(pages) == 1
    assert next(iter(pages))[0] == 200
    send_waiting()
    assert [str(letter["To"]) for letter in letters(city)] == [HEAD]


def test_the_letter_leads_to_the_host_of_the_settings(city: City) -> None:
    visit = city.desk()
    visit.token()
    poison = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    sent = visit.post(
        "/lupa", {"akun": HEAD}, base_url="http://redaksi.localhost:6666", headers=poison
    )
    assert sent.status_code == 200
    evil = visit.call("POST", "/lupa", data={"akun": HEAD}, headers={"Host": "evil.example"})
    assert evil.status_code == 404
    assert send_waiting() == 1
    assert send_waiting() == 0
    (letter,) = letters(city)
    text = letter.get_content()
    assert "evil" not in str(letter)
    assert "6666" not in text
    found = re.search(r"http://redaksi\.localhost:8000(/tautan/\S+)", text)
    assert found
    assert letter["To"] == HEAD
    assert letter["Message-ID"].startswith("<notice-")

    assert enter(visit).status_code == 303
    fresh = city.desk()
    assert fresh.get(found[1]).status_code == 200
    done = fresh.post(found[1], {"sandi": NEW, "sandi_ulang": NEW})
    assert done.status_code == 303
    assert not is_in(visit)
    assert enter(fresh, sandi=PASSWORD).status_code == 401
    assert enter(fresh, sandi=NEW).status_code == 303
    assert fresh.get(found[1]).status_code == 410


def test_a_stale_reset_letter(city: City) -> None:
    city.desk().post("/lupa", {"akun": HEAD})
    link = db.session.scalar(sa.select(OneTimeLink))
    assert link
    city.clock.forward(hours=2)
    assert city.desk().get(path_of(city, link)).status_code == 410


def test_too_many_resets(city: City) -> None:
    for akun in (HEAD, "tidak.ada@contoh.test"):
        statuses = [city.desk().post("/lupa", {"akun": akun}).status_code for _ in range(5)]
        assert statuses == [200] * 4 + [429]


# --- forms that come too late ------------------------------------------------------------------


def test_a_form_without_token_keeps_what_was_typed(city: City) -> None:
    visit = city.desk("nukus_pewarta")
    for values in (form(city), form(city, csrf_token="x"), form(city, csrf_token="\0é")):
        answer = visit.call("POST", "/k/nukus/berita/", data=values)
        assert answer.status_code == 400
        assert "Posyandu Melati timbang 42 balita" in answer.text
        assert "Warga RW 04 berkumpul di balai" in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Article.id))) == 0
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
    assert token
    again = visit.call("POST", "/k/nukus/berita/", data=form(city, csrf_token=token[1]))
    assert again.status_code == 303  # the page sends it again with a good token


def test_every_form_wants_its_token(city: City) -> None:
    article = city.publish()
    other = city.desk("gerabah_head")
    other.set_session(csrf_token="1" * 40)
    foreign = other.token()
    for name, path in (
        (None, "/masuk"),
        (None, "/lupa"),
        (None, path_of(city, invite(city))),
        ("nukus_head", "/keluar"),
        ("nukus_head", "/akun"),
        ("nukus_head", "/k/nukus/anggota"),
        ("nukus_head", "/k/nukus/foto/kirim"),
        ("nukus_head", f"/k/nukus/berita/{article.id}/turunkan"),
        ("moderator", f"/tinjauan/{article.id}/terima"),
    ):
        visit = city.desk(name)
        visit.token()
        refused = 400 if name else 401
        for token in ({}, {"csrf_token": ""}, {"csrf_token": foreign}):
            values = {"akun": HEAD, "sandi": PASSWORD, "sandi_ulang": PASSWORD, **token}
            assert visit.call("POST", path, data=values).status_code == refused, path
    db.session.refresh(article)
    assert (article.exposure, article.feed_state) == ("public", "pending")
    assert is_in(city.desk("nukus_head"))


def test_a_session_that_is_gone_keeps_the_text_of_the_article(city: City) -> None:
    late = city.desk().call("POST", "/k/nukus/berita/", data=form(city))
    assert late.status_code == 401
    assert "Posyandu Melati timbang 42 balita" in late.text
    assert "Warga RW 04 berkumpul di balai" in late.text


def test_an_expired_session_keeps_the_text_of_the_article(city: City) -> None:
    visit = city.desk("nukus_pewarta")
    visit.token()
    with city.app.app_context():
        found = people.user(people_id(city))
        assert found
        accounts.set_password(found, NEW, city.app.extensions["kimcms"].passwords, city.now)
    late = visit.post("/k/nukus/berita/", form(city))
    assert late.status_code == 401
    assert "Posyandu Melati timbang 42 balita" in late.text
    assert "Warga RW 04 berkumpul di balai" in late.text
    assert "/masuk" in late.text
    assert db.session.scalar(sa.select(sa.func.count(Article.id))) == 0


def test_a_password_is_never_on_a_page(city: City) -> None:
    for visit in (city.desk(), city.desk("nukus_head")):
        values = {"sandi_lama": SECRET, "sandi": SECRET, "sandi_ulang": SECRET, "akun": HEAD}
        for path in ("/akun", "/masuk", path_of(city, invite(city, f"a{id(visit)}@contoh.test"))):
            for answer in (
                visit.call("POST", path, data=values),
                visit.post(path, {**values, "sandi_ulang": SECRET + "x"}),
            ):
                assert answer.status_code >= 400, path
                assert SECRET not in answer.text, path


def test_reader_hosts_have_no_door(city: City) -> None:
    for host in ("localhost", "nukus.localhost", "www.localhost"):
        visit = city.reader(host)
        for path in ("/masuk", "/keluar", "/lupa", "/akun"):
            assert visit.get(path, follow_redirects=False).status_code in {308, 404}
            assert visit.call("POST", path, data={"akun": HEAD}).status_code in {308, 404, 405}
    assert db.session.scalar(sa.select(sa.func.count(User.id))) == len(city.cast.users)
