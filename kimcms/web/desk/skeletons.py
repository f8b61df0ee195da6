"""Beginnings of usual items: what a reader wants to know, with gaps to fill in.

Gaps are written as three dots, which the checklist of the form looks for before an item goes out.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from kimcms.domain.html import clean_html, from_markdown


@dataclass(frozen=True)
class Skeleton:
    """A name for the choice, and a body in Markdown."""

    name: LazyString
    body: LazyString

    def html(self) -> str:
        """For the rich editor."""
        return clean_html(from_markdown(str(self.body)), {})


SKELETONS: dict[str, Skeleton] = {
    "kegiatan": Skeleton(
        _("Kegiatan"),
        _(
            "Warga RW … mengadakan … di …, … (hari dan tanggal), pukul … WIB.\n\n"
            "Kegiatan ini diikuti … orang, di antaranya …. Tujuannya …\n\n"
            "“…,” kata …, ketua …\n\n"
            "Kegiatan berikutnya … di …"
        ),
    ),
    "pengumuman": Skeleton(
        _("Pengumuman"),
        _(
            "… (siapa) mengumumkan … bagi warga … mulai … sampai …\n\n"
            "Syaratnya:\n\n- …\n- …\n\n"
            "Tempat: …, pukul … sampai … WIB. Keterangan lebih lanjut: …, nomor …"
        ),
    ),
    "umkm": Skeleton(
        _("UMKM"),
        _(
            "… (nama pemilik), warga RW …, membuat dan menjual … sejak …\n\n"
            "Usaha ini dikerjakan oleh … orang di … Dalam sebulan terjual … dengan harga …\n\n"
            "“…,” kata …\n\n"
            "Pesanan: …, buka … sampai … WIB."
        ),
    ),
    "bencana": Skeleton(
        _("Bencana"),
        _(
            "… (apa yang terjadi) di RW …, … (hari dan tanggal), sekitar pukul … WIB.\n\n"
            "Yang terdampak: … rumah, … orang. Korban: …\n\n"
            "Penanganan: … oleh … Yang dibutuhkan warga: …\n\n"
            "Informasi ini dari …, pukul … WIB. Posko: …, nomor …"
        ),
    ),
    "profil": Skeleton(
        _("Profil"),
        _(
            "… (nama), … tahun, warga RW …, dikenal karena …\n\n"
            "Kisahnya bermula …\n\n"
            "“…,” katanya.\n\n"
            "Sehari-hari ia … Ke depan ia ingin …"
        ),
    ),
}
