"""The state of a decree and what comes, in plain words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_date
from flask_babel import lazy_gettext as _

from kimcms.domain.decrees import DecreeStatus
from kimcms.queries.decrees import Paper, Shelf
from kimcms.web.desk import standing

PAPERS = {
    Paper.ENTERED: _("Menunggu verifikasi Diskominfo"),
    Paper.RETURNED: _("Dikembalikan, perlu diperbaiki"),
    Paper.CURRENT: _("Dipakai sekarang"),
    Paper.REPLACED: _("Sudah digantikan"),
}
_HEADS = {
    DecreeStatus.NONE: _("Belum ada SK yang diverifikasi"),
    DecreeStatus.VALID: _("SK berlaku"),
    DecreeStatus.ENDING_SOON: _("SK akan berakhir"),
    DecreeStatus.GRACE: _("SK dalam masa tenggang"),
    DecreeStatus.WAITING: _("Menunggu perpanjangan"),
    DecreeStatus.WAITING_DISKOMINFO: _("Menunggu jawaban Diskominfo"),
    DecreeStatus.ASSUMED_ENDED: _("Tanggal akhir perlu dipastikan"),
    DecreeStatus.DEAD: _("SK tidak berlaku lagi"),
}
_AHEAD = {
    DecreeStatus.ENDING_SOON: _("Mulai %(day)s: saatnya mengajukan perpanjangan."),
    DecreeStatus.GRACE: _("Mulai %(day)s: masa tenggang. SK masih dihitung berlaku."),
    DecreeStatus.WAITING: _("Mulai %(day)s: menunggu perpanjangan. SK masih dihitung berlaku."),
    DecreeStatus.WAITING_DISKOMINFO: _(
        "Mulai %(day)s: menunggu jawaban Diskominfo. SK masih dihitung berlaku."
    ),
    DecreeStatus.ASSUMED_ENDED: _("Mulai %(day)s: tanggal akhir perlu dipastikan."),
    DecreeStatus.DEAD: _("Mulai %(day)s: SK tidak berlaku lagi dan KIM masuk klaster 4."),
}
# States in which a head has something to do, and those that only watch.
_SIGNS = {
    DecreeStatus.NONE: "state-draft",
    DecreeStatus.VALID: "state-public",
    DecreeStatus.DEAD: "state-gone",
}


@dataclass(frozen=True)
class Told:
    """`head` is the state in a few words, `said` with its dates, `ahead` what time will change."""

    head: str
    sign: str
    said: str
    ahead: list[str]


def told(shelf: Shelf) -> Told:
    """What the rule reads from a KIM's decrees today, as sentences."""
    read = shelf.today
    said = standing.decree(read)
    return Told(
        head=str(_HEADS[read.status]),
        sign=_SIGNS.get(read.status, "state-sent"),
        said=said[:1].upper() + said[1:] + ".",
        ahead=[str(_AHEAD[status]) % {"day": _day(day)} for day, status in shelf.ahead],
    )


def _day(day: dt.date) -> str:
    return format_date(day, "d MMMM y", locale="id")
