"""The words and hosts that make an item wait: what is in the program, and how the Forum's changes
to it are put on top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kimcms.domain import tokens
from kimcms.domain.refusal import Refused
from kimcms.domain.text import clean_line
from kimcms.domain.tokens import LONGEST_TERM

TERM_LONGEST = 80
MOST = 2_000  # of one list
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")


class Name(StrEnum):
    """The lists."""

    GAMBLING = "gambling"
    SPAM = "spam"
    HOSTS = "hosts"  # to which no item may lead
    KNOWN = "known"  # to which every item may lead
    ACCUSATIONS = "accusations"
    CRIMES = "crimes"
    CHILDREN = "children"


OF_HOSTS = frozenset({Name.HOSTS, Name.KNOWN})
# What is looked for every night in what readers see already.
WATCHED = frozenset({Name.GAMBLING, Name.SPAM, Name.HOSTS})

Lists = Mapping[Name, frozenset[str]]


def _said(text: str) -> frozenset[str]:
    return frozenset(tokens.spelt(line) for line in text.split(",") if line.strip())


DEFAULTS: Lists = {
    Name.GAMBLING: _said("""
        gacor, slot gacor, slot online, situs slot, judi slot, daftar slot, demo slot, akun slot,
        slot88, slot77, slot777, rtp slot, rtp live, slot deposit, slot dana, slot pulsa, maxwin,
        situs judi, agen judi, bandar judi, judi bola, taruhan bola, situs togel, bandar togel,
        togel online, toto macau, toto togel, data sgp, data hk, keluaran hk, keluaran sgp,
        live draw, bonus new member, scatter hitam, mahjong ways, gates of olympus,
        sweet bonanza, starlight princess, pragmatic play, pg soft, habanero slot, joker123,
        kasino online, casino online, live casino, sbobet, bandarq, dominoqq, pkv games,
        poker online, sabung ayam online, jackpot slot, zeus slot, link alternatif, link gacor,
        pola gacor, freebet, spaceman slot, mix parlay, prediksi togel
    """),
    Name.SPAM: _said("""
        pinjaman cepat cair, dana cepat cair, pinjaman tanpa jaminan, pinjol cepat cair,
        obat kuat, obat aborsi, obat penggugur kandungan, pembesar alat vital, viagra, cialis,
        jasa hack, jasa hacker, jual followers, followers murah, jasa backlink, jual akun,
        pesugihan, pelet ampuh, dukun pelet, uang gaib, investasi pasti untung, profit pasti,
        binary option, jual ijazah, ijazah palsu, bo massage, pijat plus
    """),
    Name.HOSTS: frozenset({"heylink.me", "linklist.bio", "mez.ink"}),
    Name.KNOWN: frozenset({
        "go.id", "ac.id", "sch.id", "desa.id", "mil.id", "youtube.com", "youtu.be",
        "instagram.com", "facebook.com", "tiktok.com", "x.com", "wa.me", "google.com",
        "maps.app.goo.gl", "wikipedia.org",
    }),
    Name.ACCUSATIONS: _said("""
        diduga, terduga, tersangka, terdakwa, korupsi, mengorupsi, koruptor, penipu, penipuan,
        menipu, pencuri, maling, perampok, pungli, pungutan liar, menggelapkan, penggelapan,
        menyelewengkan, penyelewengan, mafia, selingkuh, perselingkuhan, pemeras,
        memeras, suap, menyuap, gratifikasi, oknum
    """),
    Name.CRIMES: _said("""
        cabul, pencabulan, dicabuli, mencabuli, perkosaan, pemerkosaan, diperkosa, memperkosa,
        pelecehan, dilecehkan, melecehkan, kekerasan seksual, penganiayaan, dianiaya, menganiaya,
        pembunuhan, dibunuh, membunuh, pengeroyokan, dikeroyok, mengeroyok, tawuran, begal,
        pencurian, mencuri, penculikan, diculik, menculik, perundungan, dirundung, merundung,
        bullying, penusukan, ditusuk, menusuk, perdagangan orang, curanmor, pengedar, pecandu,
        hamil di luar nikah, aborsi, bunuh diri, ditangkap, ditahan, disiksa, penyiksaan,
        ditelantarkan
    """),
    Name.CHILDREN: _said("""
        anak, bocah, balita, bayi, pelajar, di bawah umur, dibawah umur, siswa sd, siswi sd,
        siswa smp, siswi smp, siswa sma, siswi sma, siswa mi, siswi mi, siswa mts, siswi mts,
        murid sd, murid smp, santri, santriwati, remaja
    """),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What the Forum did to a list: a term that counts, or one that does so no longer."""

    name: Name
    term: str
    counts: bool


def in_force(changes: Iterable[Change]) -> Lists:
    """The lists of the program with the Forum's changes."""
    found = {name: set(DEFAULTS[name]) for name in Name}
    for change in changes:
        (found[change.name].add if change.counts else found[change.name].discard)(change.term)
    return {name: frozenset(words) for name, words in found.items()}


def spelt(name: Name, typed: str) -> str:
    """A term as it stands in a list. Raises `Refused`: "term_empty", "term_long", "term_host"."""
    line = clean_line(typed, 4 * TERM_LONGEST)
    if name in OF_HOSTS:
        host = line.casefold().removeprefix("https://").removeprefix("http://")
        host = host.partition("/")[0].removeprefix("www.").strip(".")
        if not host:
            raise Refused("term_empty")
        if not _HOST.fullmatch(host) or len(host) > TERM_LONGEST:
            raise Refused("term_host", found=line[:TERM_LONGEST])
        return host
    term = tokens.spelt(line)
    if not term:
        raise Refused("term_empty")
    if len(term) > TERM_LONGEST or len(term.split()) > LONGEST_TERM:
        raise Refused("term_long", words=LONGEST_TERM)
    return term


def listed(host: str, hosts: frozenset[str]) -> str | None:
    """The entry under which a host falls: itself, or a domain above it."""
    labels = host.split(".")
    ends = (".".join(labels[start:]) for start in range(min(len(labels), 10)))
    return next((end for end in ends if end in hosts), None)
