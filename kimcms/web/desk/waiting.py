"""The Forum's queue on pages: its filters, what its rows say, and the way from one to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from kimcms.domain.assistance import Difficulty
from kimcms.domain.cases import CaseKind
from kimcms.domain.complaints import Kind as Complaint
from kimcms.domain.ledger import Proof
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.domain.waiting import Kind
from kimcms.models.kim import Kim
from kimcms.queries import kims, review
from kimcms.queries.review import Queue, Waiting
from kimcms.queries.waiting import Asked, Place
from kimcms.web import complaint_words, signal_words
from kimcms.web.access import actor, decidable
from kimcms.web.desk import assistance_words, evidence_words
from kimcms.web.desk.case_words import TITLES
from kimcms.web.desk.sieve import Choice
from kimcms.web.desk.standing import name_of

KINDS: Mapping[Kind, Any] = {
    Kind.OFFERED: _l("Berita"),
    Kind.UNREAD: _l("Perlu dibaca"),
    Kind.APPEAL: _l("Banding"),
    Kind.EVIDENCE: _l("Bukti"),
    Kind.PROPOSAL: _l("Usul klaster"),
    Kind.OBJECTION: _l("Keberatan"),
    Kind.COMPLAINT: _l("Aduan"),
    Kind.ASSISTANCE: _l("Pendampingan"),
    Kind.SECOND: _l("Orang kedua"),
    Kind.HIDDEN: _l("Disembunyikan"),
}
# The same as they stand in addresses.
NAMES: Mapping[str, Kind] = {
    "berita": Kind.OFFERED,
    "baca": Kind.UNREAD,
    "banding": Kind.APPEAL,
    "bukti": Kind.EVIDENCE,
    "klaster": Kind.PROPOSAL,
    "keberatan": Kind.OBJECTION,
    "aduan": Kind.COMPLAINT,
    "pendampingan": Kind.ASSISTANCE,
    "kedua": Kind.SECOND,
    "sembunyi": Kind.HIDDEN,
}
LOOKS: Mapping[str, Any] = {"lewat": _l("Lewat tenggat"), "saya": _l("Saya pegang")}
NEXT = 10  # how many are looked at for one that nobody has


@dataclass(frozen=True)
class Sieve:
    """What stands in the address of the queue; unknown values count as not given."""

    jenis: str = ""
    asal: str = ""  # the KIM
    lihat: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Sieve:
        kind, look = args.get("jenis", ""), args.get("lihat", "")
        return cls(
            kind if kind in NAMES else "", args.get("asal", "")[:63], look if look in LOOKS else ""
        )

    @property
    def query(self) -> dict[str, Any]:
        """What stands in an address that asks for the same."""
        return {name: value for name, value in self.__dict__.items() if value}

    def queue(self, after: Place | None, size: int | None = None) -> Queue:
        """The page that this person may decide about: nothing of the own KIM, nothing that wants
        a second person after them."""
        kim = self.chosen
        asked = Asked(
            kind=NAMES.get(self.jenis),
            kim_id=kim.id if kim else 0 if self.asal else None,
            overdue=self.lihat == "lewat",
            mine=self.lihat == "saya",
            me=actor().user_id,
        )
        return review.waiting(g.now, actor().impartial_from(g.now), after, asked, size)

    @property
    def chosen(self) -> Kim | None:
        """The KIM that was chosen; an address that none has gives an empty list."""
        return kims.by_slug(self.asal) if self.asal else None

    def rows(self) -> list[list[Choice]]:
        """The filters as links: by kind, and by what presses."""
        every = {"": str(_("Semua"))}
        kinds = every | {name: str(KINDS[kind]) for name, kind in NAMES.items()}
        looks = every | {name: str(said) for name, said in LOOKS.items()}
        return [self._row("jenis", kinds), self._row("lihat", looks)]

    def _row(self, name: str, labels: Mapping[str, str]) -> list[Choice]:
        chosen = getattr(self, name)
        return [
            Choice(
                said, {k: v for k, v in {**self.query, name: value}.items() if v}, chosen == value
            )
            for value, said in labels.items()
        ]


def title(row: Waiting) -> str:
    """What the row is about, in one line."""
    if row.kind in (Kind.PROPOSAL, Kind.OBJECTION):
        name = name_of(row.title)
        return str(TITLES[CaseKind(row.detail)]) % {"to": name, "from_": name}
    if row.kind is Kind.COMPLAINT:
        about = str(_("Aduan: %(kind)s", kind=complaint_words.KINDS[Complaint(row.detail)]))
        return f"{about}, {row.title}" if row.title else about
    return row.title or str(_("(tanpa judul)"))


def why(row: Waiting) -> str:
    """Why it waits, in a few words."""
    if row.kind is Kind.EVIDENCE:
        return str(evidence_words.KINDS[Proof(row.detail)])
    if row.kind is Kind.ASSISTANCE:
        return str(assistance_words.DIFFICULTIES[Difficulty(row.detail)])
    if row.kind is Kind.HIDDEN:
        return str(_("tampil lagi sendiri bila tidak dijawab"))
    if row.kind is Kind.SECOND:
        return str(_("menyebut judi, belum tampil"))
    if row.signals:
        return _signs(row.signals)
    if row.changed:
        return str(_("berubah sejak dibaca Forum"))
    if row.kind is Kind.UNREAD:
        return str(_("sudah tampil, belum dibaca"))
    return "" if row.kind is not Kind.OFFERED else str(_("baru"))


def _signs(stored: list[list[str]]) -> str:
    """The first sign of a risk, and how many more there are; the page tells all."""
    first, *more = [sign.partition(":")[0] for sign in dict.fromkeys(signal_words.of(stored))]
    return f"{first} (+{len(more)})" if more else first


def address(row: Waiting, sieve: Sieve) -> str:
    """The page on which it is decided, which knows the way on."""
    way: dict[str, Any] = {**sieve.query, "tempat": str(row.place)}
    if row.kind is Kind.EVIDENCE:
        return url_for("desk.evidence_item", proof_id=row.id, **way)
    if row.kind is Kind.COMPLAINT:
        return url_for("desk.complaint_detail", kim=row.kim_slug, complaint_id=row.id, **way)
    if row.kind is Kind.ASSISTANCE:
        return url_for("desk.assistance_case", assistance_id=row.id)
    if row.kind is Kind.HIDDEN:
        kim = row.kim_slug
        return url_for("desk.article_hide_page", kim=kim, article_id=row.id, **way)
    if row.kind is Kind.SECOND:
        return url_for("desk.vouch_page", article_id=row.id, **way)
    if row.kind in (Kind.PROPOSAL, Kind.OBJECTION):
        return url_for("desk.case_list", kim=row.kim_slug, **way)
    return url_for("desk.review_item", article_id=row.id, **way)


def way() -> dict[str, Any]:
    """What a page of a decision hands on in the addresses of its forms."""
    names = ("jenis", "asal", "lihat", "tempat")
    return {name: request.args[name] for name in names if request.args.get(name)}


def onward(otherwise: str | None = None) -> Response:
    """After a decision: to the next thing of the same filter that nobody has and this person may
    decide, or back to the queue. `otherwise` is where those go who did not come from the queue."""
    if otherwise is not None and "tempat" not in request.args:
        return _go(otherwise)
    sieve = Sieve.read(request.args)
    rows = [row for row in sieve.queue(_place(), NEXT).rows if row.claimed_by in (None, me())]
    free = mine(rows)
    found = next((row for row in rows if row.kim_id in free), None)
    return _go(address(found, sieve) if found else url_for("desk.review_queue", **sieve.query))


def me() -> int | None:
    return actor().user_id


def mine(rows: Iterable[Waiting]) -> set[int]:
    """The KIMs of these rows about which this person may decide."""
    return decidable(Verb.REVIEW, {row.kim_id for row in rows})


def age(at: dt.datetime) -> str:
    """How long something waits, in one word and its unit; the page says the instant beside it."""
    minutes = int((g.now - at).total_seconds() // 60)
    if minutes < 60:
        return str(_("kurang dari satu jam"))
    if minutes < 48 * 60:
        return str(_("%(hours)s jam", hours=minutes // 60))
    return str(_("%(days)s hari", days=minutes // (24 * 60)))


def _place() -> Place | None:
    """Where the decided thing stood; what is no place is the beginning."""
    try:
        return Place.read(request.args.get("tempat"))
    except Refused:
        return None


def _go(target: str) -> Response:
    answer: Response = redirect(target, 303)
    return answer
