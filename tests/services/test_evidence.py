"""Proof from the KIM's phone to the public page: handed in, verified, judged on Monday."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.clock import DAY, WEEK, WIB, day_of, monday_of
from kimcms.domain.evidence import Adinda, Claim, ProofState
from kimcms.domain.ledger import (
    EvidenceReturned,
    EvidenceSubmitted,
    EvidenceVerified,
    Proof,
)
from kimcms.domain.organisation import Mark
from kimcms.domain.refusal import Refused
from kimcms.models.evidence import Evidence
from kimcms.models.media import PrivateFile
from kimcms.models.notice import Notice
from kimcms.queries import clusters as results
from kimcms.queries import evidence as shelf
from kimcms.services import boards, clusters, evidence, files
from kimcms.services.boards import Seat
from tests.world import LONG, City

PDF = b"%PDF-1.4 notulen"
POSITIONS = (
    *("Ketua", "Sekretaris", "Bendahara"),
    *(f"Bidang {what} informasi" for what in ("penggalian", "pengolahan", "penyebaran")),
)


def seat_board(city: City, positions: tuple[str, ...] = POSITIONS) -> list[int]:
    seats = [Seat(position, f"Bu {position}") for position in positions]
    made = boards.renew(
        city.actor("nukus_head"), city.kim(), seats, day_of(city.now) - DAY, city.now
    )
    return [seat.id for seat in made]


def meeting(city: City, day: dt.date | None = None, **changes: object) -> Claim:
    values = {"title": "Rapat bulanan", "people": 12, "day": day or day_of(city.now)}
    return Claim(kind=Proof.MEETING, **(values | changes))  # type: ignore[arg-type]


def hand_in(city: City, claim: Claim, name: str = "nukus_head", key: str | None = None) -> Evidence:
    papers = [files.take("notulen.pdf", PDF)]
    store = city.app.extensions["kimcms"].private
    return evidence.hand_in(city.actor(name), city.kim(), claim, papers, store, city.now, key)


def mark(city: City, proof: Proof) -> Mark:
    card = results.card(city.kim().id)
    assert card
    assert card.result
    return next(m for m in card.result.organisation.marks if m.proof is proof)


def entries(city: City) -> list[tuple[str, bool]]:
    ledger = results.ledgers([city.kim().id])[city.kim().id]
    kinds = (EvidenceSubmitted, EvidenceVerified, EvidenceReturned)
    return [(e.KIND, e.attended) for e in ledger.entries if isinstance(e, kinds)]


def told(city: City, kind: str) -> list[int]:
    rows = db.session.scalars(sa.select(Notice.user_id).where(Notice.kind == kind))
    return sorted(rows)


def next_night(city: City) -> None:
    """On to Monday, 02:00 WIB, and the run of that night."""
    monday = monday_of(day_of(city.now)) + WEEK
    city.clock.now = dt.datetime.combine(monday, dt.time(2), WIB)
    clusters.run(city.now)


def test_from_the_phone_to_the_public_page(city: City) -> None:
    """The head enters, a moderator verifies, Monday proposes 1, the Forum says yes: public."""
    today = day_of(city.now)
    city.decree(today - 200 * DAY, today + 700 * DAY)
    seats = seat_board(city)
    for number in range(8):
        body = " ".join(f"{word}{number}" for word in LONG.split())
        city.publish(title=f"Kabar minggu {number}", body=f"<p>{body}</p>")
        next_night(city)
        city.clock.forward(days=1)
    assert results.card(city.kim().id).standing in ("new", "2")  # type: ignore[union-attr]
    while results.card(city.kim().id).standing == "new":  # type: ignore[union-attr]
        body = " ".join(f"{word}{city.now:%j}" for word in LONG.split())
        city.publish(title=f"Kabar hari {city.now:%j}", body=f"<p>{body}</p>")
        next_night(city)
        city.clock.forward(days=1)
    card = results.card(city.kim().id)
    assert card
    assert (card.standing, card.state.open_proposal) == ("2", None)

    head, moderator = city.actor("nukus_head"), city.actor("moderator")
    board = evidence.confirm_board(head, city.kim(), "Konfirmasi", seats, city.now)
    year = day_of(city.now).year
    programme = Claim(Proof.PROGRAMME, day_of(city.now), f"Program kerja {year}", year)
    proofs = [board, hand_in(city, programme), hand_in(city, meeting(city))]
    proofs.append(hand_in(city, meeting(city, day_of(city.now) - DAY, title="Rapat kedua")))
    assert [row.state for row in shelf.lines(city.kim().id).rows] == [ProofState.WAITING] * 4
    for proof in proofs:
        evidence.verify(moderator, proof, city.now)
    assert len(told(city, "evidence.verified")) == 4

    before = city.reader().get("/klaster/")
    assert "KIM Nukus" not in before.text
    next_night(city)
    card = results.card(city.kim().id)
    assert card
    assert card.state.open_proposal
    assert set(mark(city, Proof.MEETING).evidence) == {p.id for p in proofs[2:]}
    assert "KIM Nukus" not in city.reader().get("/klaster/").text

    clusters.answer(moderator, city.kim(), True, city.now)
    after = city.reader().get("/klaster/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "KIM Nukus" in after.text


def test_a_moderator_of_the_kim_is_refused(city: City) -> None:
    proof = hand_in(city, meeting(city))
    biased = city.actor("moderator_nukus")
    for deed in (
        lambda: evidence.verify(biased, proof, city.now),
        lambda: evidence.give_back(biased, proof, "Belum jelas.", city.now),
        lambda: evidence.verify(city.actor("diskominfo"), proof, city.now),
        lambda: evidence.verify(city.actor("nukus_head"), proof, city.now),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == "not_allowed"
    assert shelf.state_of(proof) is ProofState.WAITING


def test_returned_corrected_and_verified(city: City) -> None:
    proof = hand_in(city, meeting(city, day_of(city.now) - DAY))
    moderator = city.actor("moderator")
    seen = evidence.version(proof)
    with pytest.raises(Refused, match="evidence_reason"):
        evidence.give_back(moderator, proof, " \0 ", city.now)
    evidence.give_back(moderator, proof, "Notulennya tidak terbaca.", city.now)
    assert told(city, "evidence.returned") == [city.cast.users["nukus_head"]]
    with pytest.raises(Refused, match="evidence_returned"):
        evidence.verify(moderator, proof, city.now)

    city.clock.forward(hours=1)
    head, store = city.actor("nukus_head"), city.app.extensions["kimcms"].private
    old = shelf.links(proof.id)[0].file_id
    claim = meeting(city, day_of(city.now) - 2 * DAY, title="Rapat bulanan, notulen baru")
    with pytest.raises(Refused, match="evidence_files"):
        evidence.correct(head, city.kim(), proof, claim, [], store, city.now, without={old})
    again = [files.take("foto.pdf", PDF)]
    evidence.correct(head, city.kim(), proof, claim, again, store, city.now, without={old})
    assert [file.name for file in shelf.files(city.kim().id, proof.id)] == ["foto.pdf"]
    assert shelf.state_of(proof) is ProofState.WAITING
    with pytest.raises(Refused, match="evidence_changed"):
        evidence.verify(moderator, proof, city.now, seen)
    evidence.verify(moderator, proof, city.now, evidence.version(proof))
    with pytest.raises(Refused, match="already_verified"):
        evidence.correct(head, city.kim(), proof, claim, [], store, city.now)
    kinds = ["evidence_submitted", "evidence_returned", "evidence_submitted", "evidence_verified"]
    assert entries(city) == [(kind, False) for kind in kinds]
    evidence.give_back(moderator, proof, "Ternyata rapat KIM lain.", city.now)
    assert entries(city)[-1] == ("evidence_returned", False)
    assert proof.verified_at is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"people": 0}, "evidence_people"),
        ({"people": None}, "evidence_people"),
        ({"people": 5_001}, "evidence_people"),
        ({"title": " \0 "}, "evidence_title"),
        ({"day": dt.date(2026, 11, 25)}, "evidence_ahead"),
        ({"day": dt.date(1, 1, 1)}, "evidence_old"),
        ({"kind": Proof.REPORT}, "evidence_tags"),
        ({"kind": Proof.PROGRAMME}, "evidence_year"),
        ({"kind": Proof.PROGRAMME, "year": 2024}, "evidence_year"),
        ({"kind": Proof.BOARD}, "evidence_kind"),
        ({"kind": Proof.INVITATION}, "evidence_kind"),
    ],
)
def test_what_the_forum_could_not_verify(
    on_sqlite: City, changes: dict[str, object], code: str
) -> None:
    values = {"kind": Proof.MEETING, "day": day_of(on_sqlite.now), "title": "Rapat", "people": 3}
    with pytest.raises(Refused, match=code):
        hand_in(on_sqlite, Claim(**(values | changes)))  # type: ignore[arg-type]
    assert db.session.scalar(sa.select(sa.func.count(PrivateFile.id))) == 0


def test_the_same_form_twice_is_one_proof_with_its_files(city: City) -> None:
    key = "0123456789abcdef"
    first, second = (hand_in(city, meeting(city), key=key) for _ in range(2))
    assert first.id == second.id
    assert db.session.scalar(sa.select(sa.func.count(PrivateFile.id))) == 1
    report = Claim(Proof.REPORT, day_of(city.now), "Kerja bakti", tags=(Adinda.ACCESS,))
    assert hand_in(city, report).details["tags"] == ["akses"]


def test_a_board_is_confirmed_whole_and_as_it_was_seen(city: City) -> None:
    head = city.actor("nukus_head")
    some = seat_board(city, POSITIONS[:5])
    with pytest.raises(Refused) as refusal:
        evidence.confirm_board(head, city.kim(), "Konfirmasi", some, city.now)
    assert refusal.value.values == {"seats": POSITIONS[5]}
    whole = seat_board(city)
    with pytest.raises(Refused, match="board_changed"):
        evidence.confirm_board(head, city.kim(), "Konfirmasi", some, city.now)
    proof = evidence.confirm_board(head, city.kim(), "Konfirmasi", whole, city.now)
    assert [seat.id for seat in shelf.seats(city.kim().id, proof.details["seats"])] == whole


def test_the_queue_is_oldest_first_and_asks_one_query(city: City) -> None:
    for number in range(shelf.PAGE + 3):
        hand_in(city, meeting(city, title=f"Rapat {number:02}"))
        city.clock.forward(minutes=1)
    with city.counting() as statements:
        page = shelf.waiting()
    assert len([s for s in statements if s.startswith("SELECT")]) == 1
    assert [row.title for row in page.rows[:2]] == ["Rapat 00", "Rapat 01"]
    rest = shelf.waiting(after=page.after)
    assert [row.title for row in rest.rows] == ["Rapat 30", "Rapat 31", "Rapat 32"]
    assert rest.after is None
    assert shelf.waiting((city.kim().id,)).rows == []
