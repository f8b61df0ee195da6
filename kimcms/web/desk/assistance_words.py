"""Assistance in plain words: difficulties, phases and deeds."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from kimcms.domain.assistance import Deed, Difficulty, Phase
from kimcms.queries.assistance import Shelf

DIFFICULTIES = {
    Difficulty.NEWS: _("Tidak ada berita atau penulis"),
    Difficulty.BOARD: _("Pengurus dan SK"),
    Difficulty.ACTIVITY: _("Kegiatan kelembagaan"),
    Difficulty.TECHNICAL: _("Teknis situs atau HP"),
    Difficulty.KELURAHAN: _("Hubungan dengan kelurahan"),
    Difficulty.OTHER: _("Lainnya"),
}
PHASES = {
    Phase.OPEN: _("Berjalan"),
    Phase.PLANNED: _("Kunjungan direncanakan"),
    Phase.ASKED: _("Menunggu kata KIM"),
    Phase.CLOSED: _("Selesai"),
}
# The sign before the word.
SIGNS = {
    Phase.OPEN: "state-sent",
    Phase.PLANNED: "state-later",
    Phase.ASKED: "state-draft",
    Phase.CLOSED: "state-public",
}
# What an entry says of itself.
DEEDS = {
    Deed.WRITE: _("KIM menulis"),
    Deed.ANSWER: _("Forum menjawab"),
    Deed.PLAN: _("Kunjungan direncanakan"),
    Deed.FOUND: _("Hasil kunjungan"),
    Deed.NOTE: _("Catatan Forum"),
    Deed.HAND: _("Diserahkan"),
    Deed.ASK: _("Apakah sudah terbantu?"),
    Deed.HELPED: _("Sudah terbantu"),
    Deed.NOT_YET: _("Belum terbantu"),
    Deed.SILENT: _("Ditutup tanpa jawaban KIM"),
}
# What has a form, by the word in the address.
KIM_PATHS = {"tulis": Deed.WRITE, "terbantu": Deed.HELPED, "belum": Deed.NOT_YET}
FORUM_PATHS = {
    "jawab": Deed.ANSWER,
    "kunjungan": Deed.PLAN,
    "hasil": Deed.FOUND,
    "catatan": Deed.NOTE,
    "tanya": Deed.ASK,
    "tutup": Deed.SILENT,
}
DONE = {
    Deed.WRITE: _("Terkirim. Forum menjawab dalam tiga hari."),
    Deed.HELPED: _("Terima kasih. Pendampingan ini selesai."),
    Deed.NOT_YET: _("Terkirim. Forum melanjutkan pendampingan."),
    Deed.ANSWER: _("Jawaban terkirim ke KIM."),
    Deed.PLAN: _("Kunjungan dicatat dan KIM diberi tahu."),
    Deed.FOUND: _("Hasil kunjungan dicatat dan KIM diberi tahu."),
    Deed.NOTE: _("Catatan disimpan, hanya untuk Forum."),
    Deed.HAND: _("Pendampingan diserahkan."),
    Deed.ASK: _("KIM ditanya. Bila 14 hari tidak ada jawaban, Forum boleh menutup."),
    Deed.SILENT: _("Pendampingan ditutup, KIM diberi tahu."),
}
SHELVES = {
    Shelf.MINE: ("saya", _("Milik saya")),
    Shelf.OVERDUE: ("terlambat", _("Terlambat")),
    Shelf.OPEN: ("berjalan", _("Semua yang berjalan")),
    Shelf.CLOSED: ("selesai", _("Selesai")),
}
