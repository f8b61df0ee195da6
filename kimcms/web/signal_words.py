"""Signs of a risk as sentences: what was found, where, and why somebody should look."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kimcms.domain import signals
from kimcms.domain.lists import Name
from kimcms.domain.signals import Kind, Signal

SIGNALS = {
    Kind.CHILD: _("Kata kejahatan, anak, dan nama berdekatan: jangan buka identitas anak"),
    Kind.ACCUSATION: _("Tuduhan di dekat sebuah nama: pastikan sumber dan jawaban pihak itu"),
    Kind.GAMBLING: _("Istilah judi"),
    Kind.SPAM: _("Istilah iklan gelap"),
    Kind.HOST: _("Alamat situs yang ada di daftar larangan"),
    Kind.IDENTITY: _("Nomor yang tampak seperti NIK atau nomor KK"),
    Kind.PHONE: _("Nomor ponsel: pastikan pemiliknya mau nomornya dibaca umum"),
    Kind.NEW_HOST: _("Tautan ke situs yang belum pernah ditautkan KIM ini"),
    Kind.MANY: _("KIM ini menerbitkan sangat banyak berita dalam satu jam"),
    Kind.NEW_ACCOUNT: _("Penulis atau penerbitnya akun yang berumur kurang dari tujuh hari"),
}
_PLACES = {
    "title": _("judul"),
    "lead": _("ringkasan"),
    "photo": _("keterangan foto"),
    "files": _("nama berkas"),
}

LISTS = {
    Name.GAMBLING: _("Istilah judi"),
    Name.SPAM: _("Istilah iklan gelap"),
    Name.HOSTS: _("Situs terlarang"),
    Name.KNOWN: _("Situs yang dikenal"),
    Name.ACCUSATIONS: _("Kata tuduhan"),
    Name.CRIMES: _("Kata kejahatan"),
    Name.CHILDREN: _("Kata tentang anak"),
}
LISTS_DO = {
    Name.GAMBLING: _(
        "Berita menunggu tinjauan, dan perlu orang kedua sebelum tampil di situs KIM. "
        "Dicari setiap malam di berita yang sudah tampil."
    ),
    Name.SPAM: _("Berita menunggu tinjauan. Dicari setiap malam di berita yang sudah tampil."),
    Name.HOSTS: _(
        "Tautan ke sini, dan ke semua alamat di bawahnya, diperlakukan seperti istilah judi."
    ),
    Name.KNOWN: _("Tautan ke sini, dan ke semua alamat di bawahnya, bukan tanda risiko."),
    Name.ACCUSATIONS: _("Berita menunggu bila kata ini berdekatan dengan nama orang."),
    Name.CRIMES: _("Berita menunggu bila kata ini berdekatan dengan anak dan nama orang."),
    Name.CHILDREN: _("Dipakai bersama kata kejahatan. Umur di bawah 18 juga dikenali."),
}


def explained(found: Iterable[Signal]) -> list[str]:
    """Each sign as a sentence."""
    return [_explained(signal) for signal in found]


def of(stored: Iterable[list[str]] | None) -> list[str]:
    """The same for what is kept with an article."""
    return explained(signals.read(stored))


def _explained(signal: Signal) -> str:
    why = str(SIGNALS[signal.kind])
    if not signal.found:
        return why
    if not signal.where:
        return f"{why}: {signal.found}"
    known = _PLACES.get(signal.where)
    place = str(known) if known else gettext("paragraf %(number)s", number=signal.where)
    return f"{why}: {signal.found} ({place})"
