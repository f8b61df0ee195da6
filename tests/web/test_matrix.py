"""Every route of the newsroom x every role x own and other KIM, walked from the app's own map.

The expectations are the table of the domain, written once more and by hand; they are not read
from the permission map that they hold to account.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule as Route

from kimcms.db import db
from kimcms.domain.assistance import Difficulty
from kimcms.domain.banner import Level
from kimcms.domain.clock import WEEK, day_of, monday_of
from kimcms.domain.complaints import Kind as ComplaintKind
from kimcms.domain.ledger import Proof
from kimcms.domain.policy import Policy
from kimcms.domain.roles import Role, Verb
from kimcms.domain.workflow import Exposure
from kimcms.models.article import Article
from kimcms.models.cluster import ClusterCase, RestWeek
from kimcms.models.kim import Kim
from kimcms.queries import accounts, ownpages
from kimcms.queries import phrases as ready
from kimcms.queries import policies as shelves
from kimcms.services import (
    assistance,
    banners,
    boards,
    complaints,
    evidence,
    files,
    invitations,
    media,
    people,
    phrases,
    policies,
    restweeks,
    uploads,
)
from kimcms.services import ownpages as leaves
from kimcms.services.boards import Seat
from kimcms.services.complaints import Said, Sent
from kimcms.services.ownpages import Words
from kimcms.services.unit import atomic
from tests.lengths import later
from tests.world import PASSWORD, City, picture

OK, FORBIDDEN, HIDDEN, SIGN_IN = "ok", 403, 404, "sign in"
MEMBERS = {"nukus_pewarta", "nukus_editor", "nukus_head", "moderator_nukus"}
CITY = {"moderator", "moderator2", "moderator_nukus", "diskominfo"}
EDITORS = {"nukus_editor", "nukus_head"}
EVERYBODY = [
    *("nukus_pewarta", "nukus_editor", "nukus_head", "moderator_nukus"),
    *("gerabah_pewarta", "gerabah_editor", "gerabah_head"),
    *("moderator", "diskominfo"),
]

# Who may do a verb to an item that nukus_pewarta wrote. moderator_nukus is a pewarta of the same
# KIM, so a colleague's draft is closed to them, and as a moderator they decide nothing about it.
ARTICLE = {
    Verb.WRITE: {"nukus_pewarta", *EDITORS},
    Verb.SUBMIT: {"nukus_pewarta", *EDITORS},
    Verb.TAKE_BACK: {"nukus_pewarta", *EDITORS},
    Verb.DELETE: {"nukus_pewarta", *EDITORS},
    Verb.RETURN: EDITORS,
    Verb.PUBLISH: EDITORS,
    Verb.UNPUBLISH: EDITORS,
    Verb.CORRECT: EDITORS,
}
PUBLIC_ARTICLE = ARTICLE | {
    Verb.READ: {"nukus_pewarta", *EDITORS, *CITY},
    Verb.WITHDRAW: {*EDITORS, "moderator"},
    Verb.RESTORE: {"moderator"},
    Verb.HIDE: {"moderator"},
}
DRAFT_ARTICLE = ARTICLE | {
    Verb.READ: {"nukus_pewarta", *EDITORS},
    Verb.WITHDRAW: EDITORS,
    Verb.RESTORE: set[str](),
    Verb.HIDE: set[str](),
}
IN_KIM = {
    Verb.SEE_KIM: {*MEMBERS, *CITY},
    Verb.SEE_CARD: {*MEMBERS, *CITY},
    Verb.SEE_AUDIT: {"nukus_head", *CITY},
    Verb.WAKE: {"moderator", "diskominfo"},
    Verb.OBJECT: {"nukus_head"},
    Verb.DECIDE_CLUSTER: {"moderator"},
    Verb.SEE_FILES: {*MEMBERS, *CITY},
    Verb.WRITE: MEMBERS,
    Verb.CHANGE_PHOTO: {"nukus_pewarta", *EDITORS},  # who took it in, and the editors
    Verb.PUBLISH: EDITORS,
    Verb.ENTER_EVIDENCE: {"nukus_head", "diskominfo"},
    Verb.VERIFY_EVIDENCE: {"moderator"},
    Verb.ENTER_DECREE: {"nukus_head", "diskominfo"},
    Verb.VERIFY_DECREE: {"diskominfo"},
    Verb.MANAGE_BOARD: {"nukus_head", "diskominfo"},
    Verb.MANAGE_MEMBERS: {"nukus_head", "diskominfo"},
    Verb.LEAVE: MEMBERS,
    Verb.MANAGE_LOOK: {"nukus_head", "diskominfo"},
    Verb.MANAGE_REGISTER: {"diskominfo"},
    Verb.SEE_REGISTER: CITY,
    Verb.SEE_COMPLAINT: {*EDITORS, "moderator", "diskominfo"},
    Verb.ANSWER_COMPLAINT: EDITORS,
    Verb.OVERSEE_COMPLAINT: {"moderator"},
    Verb.REVIEW: {"moderator"},
    Verb.ASK_HELP: MEMBERS,
    Verb.ASSIST: {"moderator"},
    Verb.SEE_ASSISTANCE: {"moderator", "diskominfo"},
}
IN_CITY = {
    Verb.SEE_COMPLAINT: CITY,
    Verb.SEE_ASSISTANCE: CITY,
    Verb.SEE_REGISTER: CITY,
    Verb.SEE_AUDIT: CITY,
    Verb.MANAGE_REGISTER: {"diskominfo"},
    Verb.MANAGE_CITY_ROLES: {"diskominfo"},
    Verb.INVITE: CITY,
    Verb.REVIEW: {"moderator", "moderator2", "moderator_nukus"},
    Verb.MANAGE_CALENDAR: {"diskominfo"},
    Verb.MANAGE_PORTAL: {"diskominfo"},
    Verb.TRY_POLICY: CITY,
    Verb.EDIT_LISTS: CITY,
    Verb.SWITCH_POLICY: {"diskominfo"},
}
# Views that ask more than their gate does: a moderator has no list of a KIM's drafts.
STRICTER = {("desk.article_list", "moderator"), ("desk.article_list", "diskominfo")}


def routes(app: Flask) -> Iterator[tuple[Route, str]]:
    for route in app.url_map.iter_rules():
        if route.host == "redaksi" and not route.endpoint.startswith("static"):
            for method in sorted((route.methods or set()) & {"GET", "POST"}):
                yield route, method


def access(app: Flask, route: Route) -> Any:
    return getattr(app.view_functions[route.endpoint], "access", None)


def expected(rule: Any, endpoint: str, name: str, state: str) -> object:
    """What the domain's table says; written without looking at the program's own map."""
    if rule.subject in {"open", "signed_in"}:
        return OK
    if rule.subject == "city":
        return OK if name in IN_CITY[rule.verb] else FORBIDDEN
    if rule.subject == "vouched":  # the item waits for nobody
        return HIDDEN if name in CITY else FORBIDDEN
    if rule.subject == "review":
        if name not in CITY:
            return FORBIDDEN
        if state == "draft":
            return HIDDEN
        return OK if name == "moderator" else FORBIDDEN
    if name.startswith("gerabah"):
        return HIDDEN
    if rule.subject == "kim":
        allowed = name in IN_KIM[rule.verb] and (endpoint, name) not in STRICTER
        return OK if allowed else FORBIDDEN
    table = PUBLIC_ARTICLE if state == "public" else DRAFT_ARTICLE
    if name not in table[Verb.READ]:
        return FORBIDDEN if name in MEMBERS else HIDDEN
    return OK if name in table[rule.verb] else FORBIDDEN


def observed(response: Any) -> object:
    if response.status_code in {403, 404}:
        return response.status_code
    if response.status_code == 401 or "/masuk" in response.headers.get("Location", ""):
        return SIGN_IN
    assert response.status_code < 500, response.text
    return OK


def address(city: City, route: Route, article: Article, extra: dict[str, Any]) -> str:
    values = {"kim": "nukus", "article_id": article.id, **extra}
    if route.endpoint.startswith("desk.city_member"):
        values["membership_id"] = extra["city_membership_id"]
    wanted = {name: values[name] for name in route.arguments}
    return city.app.url_map.bind("redaksi").build(route.endpoint, wanted)


def objects(city: City) -> dict[str, Any]:
    """One object of KIM Nukus for each name that stands in an address."""
    photo = media.add(city.actor("nukus_pewarta"), city.kim(), picture(), city.media, city.now)
    paper = files.add(
        city.actor("nukus_head"),
        city.kim(),
        Verb.ENTER_DECREE,
        "sk.pdf",
        b"%PDF-1.4 contoh",
        city.app.extensions["kimcms"].private,
        city.now,
    )
    spare = spare_member(city, Role.PEWARTA, city.kim())
    return {
        "media_id": photo.id,
        "name": "480.webp",
        "file_id": paper.id,
        "membership_id": spare,
        "city_membership_id": spare_member(city, Role.MODERATOR, None),
        "kelurahan": "dinoyo",
        "token": "none",
        "notice_id": 1,
        "case_id": open_case(city),
        "decree_id": waiting_decree(city),
        "proof_id": waiting_proof(city),
        "jenis": "rapat",
        "invitation_id": invitation(city),
        "week_id": rest_week(city),
        "seat_id": seat(city),
        "version": waiting_policy(city),
        "page_id": city_page(city),
        "leaf_id": own_page(city, "nukus_head", city.kim()),
        "banner_id": banner(city),
        "phrase_id": phrase(city),
        "kunci": announced(city),
        "complaint_id": complaint(city),
        "daftar": "gambling",
        "assistance_id": told(city),
        "langkah": "jawab",
        "kata": "tulis",
    }


def told(city: City) -> int:
    """A difficulty of KIM Nukus; the same one each time, since a KIM has only a few."""
    head, kim = city.actor("nukus_head"), city.kim()
    words = "Tidak ada penulis."
    return assistance.tell(head, kim, Difficulty.NEWS, words, city.now, "kesulitan").id


def complaint(city: City) -> int:
    """What a reader complains of, each time anew."""
    said = Said(ComplaintKind.VIOLATION, "Ini iklan.", "", "Pak Budi")
    mark = secrets.token_hex(32)
    made = complaints.send(city.kim(), None, said, Sent(mark, mark, mark), city.now)
    return made.id


def announced(city: City) -> str:
    """The key under which each member has announced a photo; the same each time."""
    key = "0123456789abcdef"
    for name in sorted(MEMBERS):
        uploads.begin(city.actor(name), city.kim(), uploads.Announced(key, 100), city.now)
    return key


def waiting_policy(city: City) -> int:
    """A policy that was switched on and has not begun yet."""
    newest = shelves.versions()[-1]
    if newest.made_by is None:
        monday = monday_of(day_of(city.now)) + WEEK
        numbers = Policy(p_on=7)
        newest = policies.switch_on(city.actor("diskominfo"), numbers, monday, city.now)
    return newest.version


def waiting_decree(city: City) -> int:
    """A decree that Diskominfo has not looked at yet."""
    today = day_of(city.now)
    return city.decree(today, today + 52 * WEEK, verified=False).id


def waiting_proof(city: City) -> int:
    """A meeting that the Forum has not looked at yet."""
    head, today = city.actor("nukus_head"), day_of(city.now)
    return evidence.submit(head, city.kim(), Proof.MEETING, today, "Rapat", city.now).id


def invitation(city: City) -> int:
    """A meeting of today to which KIM Nukus was invited."""
    host, today = city.actor("moderator"), day_of(city.now)
    return invitations.make(host, "Pelatihan", today, "Aula", [city.kim()], city.now).id


def rest_week(city: City) -> int:
    """A week without duty, each time another one."""
    weeks = db.session.scalar(sa.select(sa.func.count(RestWeek.id))) or 0
    day = day_of(city.now) + weeks * WEEK
    return restweeks.rest(city.actor("diskominfo"), None, day, "Libur", city.now).id


def city_page(city: City) -> int:
    """A page of the portal's own."""
    return own_page(city, "diskominfo", None)


def own_page(city: City, name: str, kim: Kim | None) -> int:
    """A page of a host's own; the same one each time, since there may only be a few."""
    found = ownpages.pages(kim.id if kim else None)
    if found:
        return found[0].id
    words = Words("Layanan aduan", "Hubungi kami.", True)
    return leaves.create(city.actor(name), kim, words, city.now).id


def banner(city: City) -> int:
    """A banner that stands."""
    drafted = banners.drafted(
        "Banjir", "", Level.DANGER, None, city.now + dt.timedelta(hours=1), city.now
    )
    return banners.put_up(city.actor("diskominfo"), drafted, city.now).id


def phrase(city: City) -> int:
    """Ready words of the Forum; the same ones each time, since there may only be some."""
    found = ready.phrases()
    if found:
        return found[0].id
    return phrases.add(city.actor("moderator"), "Narasumber", "Sebut siapa.", city.now).id


def seat(city: City) -> int:
    """Somebody on the board."""
    person = Seat("Sekretaris", "Bu Rini")
    return boards.add(city.actor("nukus_head"), city.kim(), person, day_of(city.now), city.now).id


def open_case(city: City) -> int:
    """An objection that waits for the Forum."""
    with atomic("", city.now, eventless=True):
        case = ClusterCase(
            kim_id=city.cast.kims["nukus"],
            kind="objection",
            from_standing="2",
            opened_on=day_of(city.now),
            opened_at=city.now,
            words="Rapat kami belum dihitung.",
        )
        db.session.add(case)
    return case.id


def spare_member(city: City, role: Role, kim: Kim | None) -> int:
    """A role that a route may end without ending the cast."""
    name = f"cadangan.{secrets.token_hex(4)}@contoh.test"
    passwords = city.app.extensions["kimcms"].passwords
    user = people.create("Cadangan", name, role, kim, PASSWORD, passwords, city.now)
    members = accounts.members(kim.id if kim else None)
    return next(member.membership_id for member in members if member.user_id == user.id)


def test_every_route_is_classified(on_sqlite: City) -> None:
    unknown = [r.endpoint for r, _m in routes(on_sqlite.app) if access(on_sqlite.app, r) is None]
    assert unknown == []


def test_an_unclassified_route_is_seen(on_sqlite: City) -> None:
    route = next(route for route, _method in routes(on_sqlite.app))
    bare = on_sqlite.app.view_functions[route.endpoint].__wrapped__  # type: ignore[attr-defined]
    assert getattr(bare, "access", None) is None


@pytest.mark.parametrize(
    ("city", "state"),
    [
        *(("sqlite", "draft"), ("sqlite", "public")),
        # What is asked of the map is the same on both, and takes minutes there.
        *later(("postgresql", "draft"), ("postgresql", "public")),
    ],
    indirect=["city"],
)
@pytest.mark.parametrize("name", EVERYBODY)
def test_who_may_what(city: City, name: str, state: str) -> None:
    make = city.publish if state == "public" else city.write
    visit, article, extra = city.desk(name), make(), objects(city)
    wrong = []
    for route, method in routes(city.app):
        rule = access(city.app, route)
        if rule.subject in {"open", "signed_in"}:
            continue  # their own objects are tested below
        if state == "draft" and "article_id" not in route.arguments:
            continue  # what knows no item is asked once
        want = expected(rule, route.endpoint, name, state)
        path = address(city, route, article, extra)
        response = visit.get(path) if method == "GET" else visit.post(path)
        if observed(response) != want:
            wrong.append((method, path, route.endpoint, "want", want, "got", response.status_code))
        if method == "POST" and want is OK:  # it may have moved the item, or ended sign-ins
            visit, article, extra = city.desk(name), make(), objects(city)
    assert wrong == []


def test_strangers_are_sent_to_sign_in(on_sqlite: City) -> None:
    stranger, article = on_sqlite.desk(), on_sqlite.publish()
    extra = objects(on_sqlite)
    for route, method in routes(on_sqlite.app):
        if access(on_sqlite.app, route).subject == "open":
            continue
        path = address(on_sqlite, route, article, extra)
        response = stranger.get(path) if method == "GET" else stranger.post(path)
        assert observed(response) == SIGN_IN, (method, path, response.status_code)


def test_another_kims_photo_does_not_exist(city: City) -> None:
    extra = objects(city)
    path = f"/media/{extra['media_id']}/480.webp"
    assert city.desk("nukus_editor").get(path).status_code == 200
    for name in ("gerabah_head", "moderator", "diskominfo"):
        assert city.desk(name).get(path).status_code == 404
    for host in ("localhost", "nukus.localhost", "gerabah.localhost"):
        assert city.reader(host).get(path).status_code == 404


def test_diskominfo_reviews_only_where_no_moderator_is_free(city: City) -> None:
    article = city.publish()
    assert city.desk("diskominfo").get(f"/tinjauan/{article.id}").status_code == 403
    for name in ("moderator", "moderator2"):
        for member in accounts.members(None):
            if member.user_id == city.cast.users[name]:
                gone = city.desk("diskominfo").post(f"/pengguna/{member.membership_id}/akhiri")
                assert gone.status_code == 303
    assert city.desk("diskominfo").get(f"/tinjauan/{article.id}").status_code == 200
    assert article.exposure is Exposure.PUBLIC


def test_what_the_forum_decides_is_no_link_for_diskominfo(on_sqlite: City) -> None:
    link = f'href="/tinjauan/{on_sqlite.publish().id}?'
    for page in ("/", "/tinjauan/"):
        assert link in on_sqlite.desk("moderator").get(page).text, page
        shown = on_sqlite.desk("diskominfo").get(page).text
        assert link not in shown, page
        assert "Yang tanpa tautan diputuskan moderator Forum" in shown, page
