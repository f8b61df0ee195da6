"""Signs of a risk: what is found, and what is not mistaken for one."""

from __future__ import annotations

import time

import pytest

from kimcms.domain import lists, signals
from kimcms.domain.lists import DEFAULTS, Change, Name
from kimcms.domain.refusal import Refused
from kimcms.domain.signals import Kind, Piece, Signal, look


def found(
    text: str, links: tuple[str, ...] = (), own: tuple[str, ...] = ()
) -> set[tuple[str, str]]:
    return {(s.kind.value, s.found) for s in look([Piece("1", text)], links, DEFAULTS, own)}


@pytest.mark.parametrize(
    "text",
    [
        "Anak-anak bermain bola di lapangan bersama Pak Budi.",
        "Tersedia slot parkir untuk warga, dan slot waktu pendaftaran.",
        "Diduga korsleting, rumah di Sukun terbakar.",
        "Pelaku pencurian ditangkap warga.",
        "Anak diajari Bu Rini mencuci tangan.",
        "Rekening 1234567890123456, jam 08.00 sampai 10.00, kode pos 65147.",
        "Lomba pada 17.08.2026 diikuti 081 peserta dari RT 01.",
        "Bagus Santoso, 15 tahun menjadi kader, mendapat penghargaan.",
        "Hukuman 15 tahun penjara menanti pengedar, kata Kapolsek Sukun.",
        "",
    ],
)
def test_what_is_no_sign(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Main slot gacor hari ini", "gambling", "slot gacor"),
        ("Main SL0T G4C0R hari ini", "gambling", "slot gacor"),
        ("s l o t   g.a.c.o.r", "gambling", "slot gacor"),
        ("daftar di SLOT_GACOR88", "gambling", "gacor"),
        ("mAxw1n!!!", "gambling", "maxwin"),
        ("slоt gаcоr", "gambling", "slot gacor"),  # with Cyrillic letters
        ("ｇａｃｏｒ", "gambling", "gacor"),
        ("gaaacooor", "gambling", "gacor"),
        ("Pinjaman cepat cair tanpa ribet", "spam", "pinjaman cepat cair"),
        ("kunjungi judi.heylink.me sekarang", "host", "judi.heylink.me"),
        ("Budi Santoso diduga menggelapkan dana.", "accusation", "diduga: Budi Santoso"),
        ("Kata warga, pencuri itu Joko.", "accusation", "pencuri: Joko"),
        ("Siswa SMP bernama Rudi dianiaya.", "child", "dianiaya, siswa smp: Rudi"),
        ("AS (15) dicabuli tetangganya.", "child", "dicabuli, 15 tahun: AS"),
        ("Rina, berusia 9, menjadi korban penculikan.", "child", "penculikan, 9 tahun: Rina"),
        ("NIK 3573014505990001", "identity", "3573…01"),
        ("3573 0145 0599 0001", "identity", "3573…01"),
        ("Hubungi 0812-3456-7890", "phone", "0812…90"),
        ("Hubungi +62 812 3456 7890", "phone", "6281…90"),
    ],
)
def test_what_is_a_sign(text: str, kind: str, what: str) -> None:
    assert (kind, what) in found(text)


def test_links() -> None:
    links = ("https://www.Slot-x.com/a", "https://dinas.malangkota.go.id/", "mailto:a@b.c")
    links += ("https://gor.heylink.me/a", "https://kenal.id/x", "https://[", "https://")
    assert found("", links, ("kenal.id",)) == {
        ("new_host", "slot-x.com"),
        ("host", "gor.heylink.me"),
    }
    assert signals.hosts(links) == [
        "slot-x.com",
        "dinas.malangkota.go.id",
        "gor.heylink.me",
        "kenal.id",
    ]


def test_each_thing_once_and_not_without_end() -> None:
    pieces = [Piece("title", "gacor"), Piece("1", "gacor gacor"), Piece("2", "maxwin")]
    assert look(pieces, (), DEFAULTS) == [
        Signal(Kind.GAMBLING, "gacor", "title"),
        Signal(Kind.GAMBLING, "maxwin", "2"),
    ]
    many = " ".join(f"0812345{number:05d}" for number in range(10_000, 10_900))
    assert len(look([Piece("1", many)], (), DEFAULTS)) == signals.MOST
    late = [Piece("1", "a" * signals.LONGEST), Piece("2", "gacor")]
    assert look(late, (), DEFAULTS) == []


def test_as_it_is_stored() -> None:
    one = Signal(Kind.GAMBLING, "gacor", "title")
    assert signals.read([one.stored()]) == [one]
    assert signals.read(None) == []
    moved = Signal(Kind.GAMBLING, "gacor", "4")
    assert signals.only_new([moved, Signal(Kind.SPAM, "x")], [one]) == [Signal(Kind.SPAM, "x")]


@pytest.mark.parametrize("piece", ["sl0t ", "A. ", "diduga Budi anak dicuri ", "a.b.", "1-"])
def test_nothing_takes_long(piece: str) -> None:
    """Of its own CPU time, so that a busy machine says nothing."""
    text = piece * (signals.LONGEST // len(piece))
    began = time.process_time()
    look([Piece("1", text)], (), DEFAULTS)
    assert time.process_time() - began < 4


def test_the_forum_changes_lists() -> None:
    changes = [
        Change(Name.GAMBLING, "gacor", False),
        Change(Name.GAMBLING, "angka main", True),
        Change(Name.KNOWN, "kenal.id", True),
    ]
    mine = lists.in_force(changes)
    assert not look([Piece("1", "kicau burung gacor")], ["https://kenal.id"], mine)
    assert look([Piece("1", "4ngka m4in")], (), mine) == [
        Signal(Kind.GAMBLING, "angka main", "1"),
    ]
    assert "gacor" in DEFAULTS[Name.GAMBLING]


@pytest.mark.parametrize(
    ("name", "typed", "spelt"),
    [
        (Name.GAMBLING, "  Slot   GACOR ", "slot gacor"),
        (Name.GAMBLING, "<b>Judi</b>", "b judi b"),
        (Name.HOSTS, "https://www.Contoh.com/jalan?x", "contoh.com"),
    ],
)
def test_how_a_term_is_spelt(name: Name, typed: str, spelt: str) -> None:
    assert lists.spelt(name, typed) == spelt


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        (Name.GAMBLING, " ", "term_empty"),
        (Name.GAMBLING, "!!!", "term_empty"),
        (Name.GAMBLING, "a b c d e f g", "term_long"),
        (Name.GAMBLING, "xy" * 41, "term_long"),
        (Name.HOSTS, "", "term_empty"),
        (Name.HOSTS, "bukan situs", "term_host"),
        (Name.HOSTS, "com", "term_host"),
    ],
)
def test_what_is_no_term(name: Name, typed: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        lists.spelt(name, typed)


def test_the_defaults_are_spelt_as_they_are_found() -> None:
    for name, terms in DEFAULTS.items():
        assert {lists.spelt(name, term) for term in terms} == terms
