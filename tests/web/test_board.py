"""The Forum's board, one-tap answers, and the pages of a KIM's cluster."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import unquote

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.clock import DAY, WEEK, day_of, monday_of, start_of
from kimcms.domain.terms import Standing as Place
from kimcms.models.account import User
from kimcms.models.cluster import ClusterCase, Standing
from kimcms.models.kelurahan import Kelurahan
from kimcms.services import cases, clusters
from kimcms.services import kims as register
from kimcms.services.unit import atomic
from tests.instances import Worker
from tests.services.test_cases import decree, news, placed, risen, rows
from tests.world import City


def board(city: City, query: str = "", name: str = "moderator") -> str:
    answer = city.desk(name).get(f"/klaster/{query}")
    assert answer.status_code == 200
    return str(answer.text)


def listed(page: str) -> list[str]:
    """The KIMs of the list, in its order."""
    return re.findall(r'<a class="row-link" href="/k/[^"]+/klaster">([^<]+)</a>', page)


def crowd(city: City, kims: int) -> None:
    """More KIMs, evaluated like the two of the cast."""
    have = {city.kim(slug).kelurahan_id for slug in ("nukus", "gerabah")}
    places = db.session.scalars(
        sa.select(Kelurahan).where(Kelurahan.id.not_in(have)).limit(kims - 2)
    ).all()
    for place in places:
        register.open_kim(
            city.actor("diskominfo"), place, f"KIM {place.name}", place.slug, city.now
        )


def test_queries_do_not_grow_with_the_kims(city: City) -> None:
    crowd(city, 30)
    city.clock.now += WEEK
    clusters.run(city.now)
    moderator, counted = city.desk("moderator"), []
    with atomic("", city.now, eventless=True):
        others = db.session.scalars(sa.select(Standing).order_by(Standing.kim_id)).all()[2:]
        kept = [(s.kim_id, s.standing, s.since, s.assessment_id, s.state) for s in others]
    for few in (False, True):
        if few:
            with atomic("", city.now, eventless=True):
                for stands in db.session.scalars(sa.select(Standing)).all():
                    if stands.kim_id in {row[0] for row in kept}:
                        db.session.delete(stands)
        with city.counting() as seen:
            page = moderator.get("/klaster/").text
        counted.append((len(listed(page)), len(seen)))
    assert counted[0][0] == 30
    assert counted[1][0] == 2
    assert counted[0][1] == counted[1][1] <= 14


def test_one_tap_changes_the_public_page_in_the_next_request(city: City) -> None:
    case = risen(city)
    reader, moderator = city.reader(), city.desk("moderator")
    assert "KIM Nukus" not in reader.get("/klaster/").text.split('id="tabel"')[0].split("petak")[0]
    page = moderator.get("/klaster/").text
    assert f"/k/nukus/klaster/kasus/{case.id}/setuju" in page
    done = moderator.post(f"/k/nukus/klaster/kasus/{case.id}/setuju?dari=papan")
    assert (done.status_code, done.headers["Location"]) == (303, "/klaster/")
    assert "KIM Nukus" in reader.get("/klaster/").text.split("petak")[0]
    again = moderator.post(f"/k/nukus/klaster/kasus/{case.id}/setuju")
    assert again.status_code == 409
    assert "sudah dijawab" in again.text


def test_declining_wants_words_beside_the_field(city: City) -> None:
    case = risen(city)
    moderator = city.desk("moderator")
    path = f"/k/nukus/klaster/kasus/{case.id}/tolak?dari=papan"
    bare = moderator.post(path, {"alasan": " "})
    assert bare.status_code == 422
    assert f'id="alasan-{case.id}-salah"' in bare.text
    assert moderator.post(path, {"alasan": "Notulen <b>kosong</b>."}).status_code == 303
    card = city.desk("nukus_head").get("/k/nukus/klaster/riwayat").text
    assert "Notulen &lt;b&gt;kosong&lt;/b&gt;." in card
    assert "Usul naik ke klaster 1" not in board(city)


def test_the_own_kim_is_refused_in_the_interface_and_by_direct_request(city: City) -> None:
    case = risen(city)
    page = board(city, name="moderator_nukus")
    assert "KIM Anda sendiri" in page
    assert "/kasus/" not in page
    own = city.desk("moderator_nukus")
    assert "Keputusan Forum" not in own.get("/k/nukus/klaster").text
    for path in (f"kasus/{case.id}/setuju", f"kasus/{case.id}/tolak", "keputusan"):
        answer = own.post(f"/k/nukus/klaster/{path}", {"alasan": "x", "ke": "1"})
        assert answer.status_code == 403, path
    assert own.get("/k/nukus/klaster/keputusan").status_code == 403
    db.session.refresh(case)
    assert case.answer is None


def test_a_case_of_another_kim_is_no_case_here(city: City) -> None:
    case = risen(city)
    answer = city.desk("moderator").post(f"/k/gerabah/klaster/kasus/{case.id}/setuju")
    assert answer.status_code == 404


def test_an_override_through_the_pages_wants_two_people(city: City) -> None:
    placed(city)
    one, two = city.desk("moderator"), city.desk("moderator2")
    bare = one.post("/k/nukus/klaster/keputusan", {"alasan": "Beritanya disalin."})
    assert bare.status_code == 422
    assert "Pilih satu klaster." in bare.text
    assert "Beritanya disalin." in bare.text
    sent = one.post("/k/nukus/klaster/keputusan", {"ke": "3", "alasan": "Beritanya disalin."})
    assert sent.status_code == 303
    (case,) = rows()
    assert "Setujui" not in one.get("/k/nukus/klaster/keputusan").text
    assert one.post(f"/k/nukus/klaster/kasus/{case.id}/setuju").status_code == 403
    assert "Setujui" in two.get("/k/nukus/klaster/keputusan").text
    assert two.post(f"/k/nukus/klaster/kasus/{case.id}/setuju").status_code == 303
    assert "KIM Nukus: klaster 3" in city.desk("nukus_pewarta").get("/k/nukus/klaster").text
    assert "Keputusan khusus yang berlaku" in board(city)


def test_the_head_objects_and_the_forum_answers(city: City) -> None:
    placed(city)
    head = city.desk("nukus_head")
    assert "Ajukan keberatan" in head.get("/k/nukus/klaster").text
    assert "Ajukan keberatan" not in city.desk("nukus_editor").get("/k/nukus/klaster").text
    bare = head.post("/k/nukus/klaster/keberatan", {"keberatan": ""})
    assert bare.status_code == 422
    assert 'aria-invalid="true"' in bare.text
    sent = head.post("/k/nukus/klaster/keberatan", {"keberatan": "Rapat kami belum dihitung."})
    assert sent.status_code == 303
    assert "Rapat kami belum dihitung." in board(city, "?lihat=menunggu")
    assert "Ajukan keberatan" not in head.get("/k/nukus/klaster").text
    (case,) = rows()
    city.desk("moderator").post(
        f"/k/nukus/klaster/kasus/{case.id}/tolak", {"alasan": "Notulennya belum dikirim."}
    )
    assert "Notulennya belum dikirim." in head.get("/k/nukus/klaster/riwayat").text


def test_filters_and_orders_are_plain_links(city: City) -> None:
    placed(city)
    clusters.run(city.now)
    both = ["KIM Gerabah", "KIM Nukus"]
    assert sorted(listed(board(city))) == both
    assert listed(board(city, "?klaster=2")) == ["KIM Nukus"]
    assert listed(board(city, "?klaster=forming")) == ["KIM Gerabah"]
    assert listed(board(city, "?kecamatan=klojen")) == ["KIM Gerabah"]
    assert listed(board(city, "?kecamatan=sukun&klaster=forming")) == []
    assert listed(board(city, "?urut=nama")) == both
    assert sorted(listed(board(city, "?tren=tetap"))) == both
    assert listed(board(city, "?tren=naik")) == []
    assert listed(board(city, "?lihat=menunggu")) == []
    assert sorted(listed(board(city, "?klaster=9&kecamatan=x&tren=%00&urut=--&lihat=y"))) == both
    page = board(city, "?klaster=2&urut=nama")
    assert 'href="/klaster/?klaster=2&amp;kecamatan=' in page or "klaster=2&amp;urut=nama" in page


def test_what_falls_soon_is_called_first_with_whatsapp_to_the_head(city: City) -> None:
    decree(city)
    news(city, 6)
    city.clock.now += 4 * WEEK  # silent: P goes off within four weeks
    for _ in range(2):
        clusters.run(city.now)
    with atomic("", city.now, eventless=True):
        head = db.session.get_one(User, city.cast.users["nukus_head"])
        head.phone = "+6281234567890"
    page = board(city, "?lihat=turun")
    assert listed(page) == ["KIM Nukus"]
    panel = page.split('id="hubungi"')[1].split("</section>")[0]
    assert "KIM Nukus" in panel
    link = re.search(r'href="(https://wa\.me/6281234567890\?text=[^"]+)"', panel)
    assert link
    text = unquote(link[1])
    assert "nukus_head dari KIM Nukus" in text
    assert text.endswith("/k/nukus/klaster")
    with atomic("", city.now, eventless=True):
        db.session.get_one(User, city.cast.users["nukus_head"]).phone = None
        city.kim().phone = "0341 555-0100"
    assert "https://wa.me/623415550100?text=" in board(city)


def test_the_running_week_fills_after_publishing(city: City) -> None:
    placed(city)
    pewarta = city.desk("nukus_pewarta")
    assert "belum ada berita yang dihitung" in pewarta.get("/k/nukus/klaster").text
    city.publish()
    city.clock.now += dt.timedelta(minutes=1)
    assert "sudah terbit" in pewarta.get("/k/nukus/klaster").text


@pytest.mark.parametrize("path", ["/k/nukus/klaster/riwayat", "/klaster/riwayat"])
def test_histories_have_words_and_few_queries(city: City, path: str) -> None:
    case = risen(city)
    moderator = city.desk("moderator")
    with city.counting() as before:
        assert moderator.get(path).status_code == 200
    cases.answer(city.actor("moderator"), case, True, "", city.now)
    for _week in range(3):
        news(city, 1)
        clusters.run(city.now)
    with city.counting() as after:
        page = moderator.get(path).text
    assert len(after) == len(before) <= 10
    assert 'role="img"' in page
    assert "Dikonfirmasi oleh Forum." in page


def test_the_history_of_a_kim_pages_by_year(on_sqlite: City) -> None:
    city = on_sqlite
    city.clock.now += 55 * WEEK
    clusters.run(city.now)
    visit = city.desk("nukus_head")
    newest = visit.get("/k/nukus/klaster/riwayat").text
    older = re.search(r'href="(/k/nukus/klaster/riwayat\?sebelum=[^"]+)"', newest)
    assert older
    assert "Setahun sebelumnya" not in visit.get(older[1]).text
    assert visit.get("/k/nukus/klaster/riwayat?sebelum=kapan").status_code == 200


def test_the_city_counts_what_stood_on_each_monday(on_sqlite: City) -> None:
    city = on_sqlite
    placed(city)
    changed = day_of(city.now)
    city.clock.now = start_of(monday_of(changed) + 2 * WEEK) + dt.timedelta(hours=3)
    clusters.run(city.now)
    from kimcms.queries import moves

    half_year = moves.city(city.now)
    days = [move.day for move in half_year.moves]
    assert days == sorted(days, reverse=True)
    assert len(days) > 1
    found = dict(half_year.weeks)
    assert found[monday_of(changed)].get("2") is None
    assert found[monday_of(changed) + WEEK]["2"] == 1
    assert all(sum(counts.values()) <= 2 for counts in found.values())


def test_all_clusters_are_named_where_the_setting_says_so(on_sqlite: City) -> None:
    city = on_sqlite
    placed(city, Place.THREE)
    assert "KIM Nukus" not in city.reader().get("/klaster/").text.split("petak")[0]
    frank = Worker(city, KIMCMS_SHOW_ALL_CLUSTERS="1")
    page = frank.get("localhost", "/klaster/").text.split("petak")[0]
    frank.close()
    assert "KIM Nukus" in page
    assert "KIM Gerabah" not in page  # forming: never named with a cluster


def test_a_lapsed_case_leaves_the_board(on_sqlite: City) -> None:
    city = on_sqlite
    case = risen(city)
    assert "Usul naik" in board(city)
    city.clock.now += 10 * WEEK
    clusters.run(city.now)
    assert "Usul naik" not in board(city)
    assert db.session.get_one(ClusterCase, case.id).answer == "lapsed"
    assert case.answered_at
    assert day_of(case.answered_at) <= day_of(city.now) + DAY


def test_the_card_leads_to_the_evidence_behind_each_value(on_sqlite: City) -> None:
    city = on_sqlite
    risen(city)
    for name in ("nukus_pewarta", "moderator"):
        visit = city.desk(name)
        page = visit.get("/k/nukus/klaster").text
        proofs = re.findall(r'class="proof no-print" href="([^"]+)"', page)
        assert len(proofs) == 3
        for path in (*proofs, "/k/nukus/sk/", "/k/nukus/bukti/"):
            assert path in page
            assert visit.get(path).status_code == 200
        for path in re.findall(r'href="(/k/nukus/berita/\d+)"', page):
            assert visit.get(path).status_code == 200
