"""Who to call today, in words: the reason on the board, and the text that WhatsApp opens with."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kimcms.domain.accounts import sign_in_name
from kimcms.domain.attention import Call, Reason, Trend
from kimcms.domain.refusal import Refused
from kimcms.domain.standing import Change, Why
from kimcms.queries.attention import Line
from kimcms.web.desk.standing import day_said, name_of
from kimcms.web.links import desk_url

_FALLS = {
    Why.PUBLISHING_OFF: _l("tidak ada berita baru"),
    Why.SILENCE: _l("kelembagaan berhenti dan usul tidak dijawab"),
    Why.DECREE_DEAD: _l("SK tidak diperpanjang"),
    Why.OVERRIDE_ENDED: _l("keputusan khusus berakhir"),
}
_SAID = {
    Reason.DECREE_DYING: _l("SK mati %(day)s, perpanjangan belum diajukan"),
    Reason.FALL: _l("Turun ke %(to)s pada %(day)s: %(why)s"),
    Reason.STOPS: _l("Pemberitaan dinilai berhenti pada %(day)s bila tidak ada berita"),
    Reason.RETURNED: _l("Bukti dikembalikan %(day)s dan belum dikirim lagi"),
    Reason.DECREE_ENDING: _l("SK berakhir %(day)s, perpanjangan belum diajukan"),
    Reason.RENEW: _l("Masih menerbitkan berita, tetapi SK berakhir %(day)s"),
    Reason.SILENT: _l("Tidak ada berita sejak pekan %(day)s"),
    Reason.DEAD: _l("SK berakhir %(day)s, dan tidak ada berita lagi"),
}
MORE = {
    Reason.DECREE_DYING: _l("SK masa tenggang"),
    Reason.FALL: _l("klaster akan turun"),
    Reason.STOPS: _l("pemberitaan akan dinilai berhenti"),
    Reason.RETURNED: _l("bukti dikembalikan"),
    Reason.DECREE_ENDING: _l("SK hampir berakhir"),
    Reason.RENEW: _l("SK mati"),
    Reason.SILENT: _l("lama tidak ada berita"),
    Reason.DEAD: _l("SK mati"),
}
# What a mentor would write; the number of the cluster is for the Forum, help is for the KIM.
_LETTERS = {
    Reason.DECREE_DYING: _l(
        "SK kepengurusan akan tidak berlaku pada %(day)s. Permintaan perpanjangannya perlu dicatat "
        "sebelum itu. Sudah sampai mana, dan apa yang bisa kami bantu?"
    ),
    Reason.FALL: _l(
        "supaya klaster KIM tetap, ada yang perlu dilengkapi sebelum %(day)s (%(why)s). Apa yang "
        "bisa kami bantu?"
    ),
    Reason.STOPS: _l(
        "sudah agak lama tidak ada berita. Satu berita sebelum %(day)s sudah cukup membantu. "
        "Apakah ada kesulitan yang bisa kami bantu?"
    ),
    Reason.RETURNED: _l(
        "ada bukti kegiatan yang kami kembalikan pada %(day)s. Bila catatannya kurang jelas, mari "
        "kita lihat bersama."
    ),
    Reason.DECREE_ENDING: _l(
        "SK kepengurusan berakhir %(day)s. Ini saat yang baik untuk mengajukan perpanjangan ke "
        "kelurahan. Ada yang bisa kami bantu?"
    ),
    Reason.RENEW: _l(
        "terima kasih, beritanya tetap terbit. SK kepengurusan sudah berakhir %(day)s; begitu SK "
        "baru diverifikasi, klaster KIM langsung naik. Ada yang bisa kami bantu?"
    ),
    Reason.SILENT: _l(
        "kami belum melihat berita sejak pekan %(day)s. Apa kabar teman-teman, dan apakah ada "
        "kesulitan yang bisa kami bantu?"
    ),
    Reason.DEAD: _l(
        "SK kepengurusan berakhir %(day)s. Kami ingin membantu KIM hidup lagi. Kapan ada waktu "
        "untuk berbincang?"
    ),
}
TRENDS = {
    Trend.UP: (_l("naik"), "trending-up"),
    Trend.DOWN: (_l("turun"), "trending-down"),
    Trend.EVEN: (_l("tetap"), "minus"),
}


@dataclass(frozen=True)
class Said:
    """One call as the board shows it."""

    line: Line
    reason: str
    more: list[str]
    whatsapp: str
    number_known: bool


def said(call: Call, line: Line) -> Said:
    number = phone(line.phone)
    text = quote(letter(call, line))
    return Said(
        line,
        reason(call),
        list(dict.fromkeys(str(MORE[more]) for more in call.more)),
        f"https://wa.me/{number}?text={text}",
        bool(number),
    )


def phone(typed: str) -> str:
    """A phone number as WhatsApp's addresses want it; empty where there is none."""
    try:
        number = sign_in_name(typed).phone if typed else None
    except Refused:
        return ""
    return number.removeprefix("+") if number else ""


def reason(call: Call) -> str:
    """Why to call, in one sentence without its end."""
    return str(_SAID[call.reason]) % _values(call)


def body(call: Call) -> str:
    """What a mentor would write first."""
    return str(_LETTERS[call.reason]) % _values(call)


def letter(call: Call, line: Line) -> str:
    """The first message, friendly and to the point, with the address of the KIM's card."""
    card = desk_url(url_for("desk.cluster_card", kim=line.kim_slug))
    greeting = (
        _("Halo, %(head)s dari %(kim)s,", head=line.head, kim=line.kim)
        if line.head
        else _("Halo, pengurus %(kim)s,", kim=line.kim)
    )
    return f"{greeting} {body(call)} {card}"


def fall(change: Change) -> str:
    """The next fall, for a row of the board."""
    why = _FALLS.get(change.why, _("menurut aturan"))
    return f"{name_of(change.to)}, {day_said(change.day)}: {why}"


def _values(call: Call) -> dict[str, object]:
    why = _FALLS.get(call.why) if call.why else None
    return {
        "day": day_said(call.day),
        "to": name_of(call.to) if call.to else "",
        "why": why or _("menurut aturan"),
    }
