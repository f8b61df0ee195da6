"""Proof over HTTP: a form that keeps what was typed, private files, and nobody for the own KIM."""

from __future__ import annotations

import io
from typing import Any

import pytest

from kimcms.domain.clock import DAY, day_of
from kimcms.domain.evidence import ProofState
from kimcms.domain.ledger import Proof
from kimcms.models.evidence import Evidence
from kimcms.queries import evidence as shelf
from kimcms.services import evidence
from tests.world import City, picture


def meeting(city: City, **more: Any) -> dict[str, Any]:
    return {
        "judul": "Rapat bulanan <b>",
        "tanggal": (day_of(city.now) - DAY).isoformat(),
        "hadir": "14",
        "berkas": [(io.BytesIO(picture()), "notulen.jpg"), (io.BytesIO(b"%PDF-1.4"), "a.pdf")],
        **more,
    }


def newest(city: City) -> Evidence:
    return shelf.lines(city.kim().id).rows[0].proof


def entered(city: City) -> Evidence:
    day = day_of(city.now)
    return evidence.submit(
        city.actor("nukus_head"), city.kim(), Proof.MEETING, day, "Rapat", city.now
    )


def test_a_meeting_from_the_form_to_the_verdict(city: City) -> None:
    head, moderator = city.desk("nukus_head"), city.desk("moderator")
    sent = head.post("/k/nukus/bukti/kirim/rapat", meeting(city))
    assert sent.status_code == 303, sent.text
    proof = newest(city)
    assert proof.details == {"people": 14}
    papers = shelf.files(proof.kim_id, proof.id)
    assert [paper.name for paper in papers] == ["notulen.jpg", "a.pdf"]
    page = moderator.get(f"/bukti/{proof.id}").text
    assert "Rapat bulanan &lt;b&gt;" in page
    for paper in papers:
        path = f"/k/nukus/berkas/{paper.id}"
        assert path in page
        assert moderator.get(path).status_code == 200
        assert city.desk("gerabah_head").get(path).status_code == 404
    assert "Rapat bulanan" in moderator.get("/").text
    seen = {"versi": evidence.version(proof)}
    back = moderator.post(f"/bukti/{proof.id}/kembalikan", seen)
    assert back.status_code == 422
    assert "Tulis apa yang perlu diperbaiki" in back.text
    assert moderator.post(f"/bukti/{proof.id}/verifikasi", {"versi": "lain"}).status_code == 409
    assert moderator.post(f"/bukti/{proof.id}/verifikasi", seen).status_code == 303
    assert "Bukti diverifikasi Forum: Rapat bulanan" in head.get("/pemberitahuan").text
    assert "Tidak ada yang menunggu" in moderator.get("/bukti/").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hadir": "banyak"}, "Tulis dengan angka."),
        ({"hadir": "0"}, "paling sedikit 1"),
        ({"hadir": "9" * 40}, "paling sedikit 1"),
        ({"tanggal": "2026-11-25"}, "Pilih hari ini atau sebelumnya."),
        ({"tanggal": "kemarin"}, "Tulis tanggal yang benar"),
        ({"judul": ""}, "Wajib diisi."),
        ({"berkas": []}, "Lampirkan paling sedikit satu"),
        ({"berkas": [(io.BytesIO(b"GIF halo"), "virus.exe")]}, "virus.exe: Berkas itu tidak"),
    ],
)
def test_a_form_that_cannot_be_taken(on_sqlite: City, changes: dict[str, Any], said: str) -> None:
    values = meeting(on_sqlite, **changes)
    answer = on_sqlite.desk("nukus_head").post("/k/nukus/bukti/kirim/rapat", values)
    assert answer.status_code == 422
    assert said in answer.text
    if values["judul"]:
        assert "Rapat bulanan &lt;b&gt;" in answer.text
    assert shelf.lines(on_sqlite.kim().id).rows == []


def test_a_moderator_of_the_kim_sees_why_and_is_refused(city: City) -> None:
    proof, biased = entered(city), city.desk("moderator_nukus")
    assert "KIM Anda, diperiksa moderator lain" in biased.get("/bukti/").text
    assert "Rapat" not in biased.get("/").text.split("Kabar terbaru")[0]
    page = biased.get(f"/bukti/{proof.id}")
    assert page.status_code == 200
    assert "diperiksa moderator lain" in page.text
    for button in ("Verifikasi</button>", "Kembalikan ke KIM"):
        assert button not in page.text
    seen = {"versi": evidence.version(proof), "alasan": "Belum jelas."}
    for deed in ("verifikasi", "kembalikan"):
        for name in ("moderator_nukus", "nukus_head", "diskominfo"):
            answer = city.desk(name).post(f"/bukti/{proof.id}/{deed}", seen)
            assert answer.status_code == 403, (deed, name)
    assert shelf.state_of(proof) is ProofState.WAITING
    assert "Verifikasi</button>" in city.desk("moderator").get(f"/bukti/{proof.id}").text


def test_the_queue_takes_the_same_queries_for_one_and_for_many(city: City) -> None:
    moderator = city.desk("moderator")
    entered(city)
    with city.counting() as one:
        moderator.get("/bukti/")
    for _ in range(12):
        entered(city)
    with city.counting() as many:
        assert moderator.get("/bukti/").text.count("/bukti/1") > 1
    assert len(one) == len(many)
