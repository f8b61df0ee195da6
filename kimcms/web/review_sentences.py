"""Refusals about the city feed, trust, a second person and the Forum's lists, as sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

# code -> (status, sentence)
REVIEW_SENTENCES: dict[str, tuple[int, Any]] = {
    "already_read": (409, _("Berita ini sudah dibaca moderator lain.")),
    "appeal_words": (422, _("Tulis mengapa berita ini perlu dilihat sekali lagi.")),
    "appealed": (409, _("Banding hanya sekali untuk satu berita, dan sudah dipakai.")),
    "appeal_other": (
        403,
        _("Anda yang memutus pertama. Banding ini dijawab moderator lain."),
    ),
    "second_wanted": (
        409,
        _(
            "Naskah memuat kata atau tautan judi, jadi perlu orang kedua. Kami mencatat bahwa Anda "
            "setuju; begitu editor, ketua, atau moderator lain setuju, naskah bisa terbit."
        ),
    ),
    "correction_gambling": (
        422,
        _("Ralat memuat kata atau situs judi. Ubah naskahnya, agar orang kedua bisa membacanya."),
    ),
    "term_empty": (422, _("Tulis dulu kata atau situsnya.")),
    "term_long": (422, _("Paling banyak %(words)s kata.")),
    "term_host": (422, _('"%(found)s" bukan alamat situs. Tulis seperti contoh.com.')),
    "term_there": (409, _('"%(term)s" sudah ada di daftar ini.')),
    "term_gone": (409, _("Kata itu sudah tidak ada di daftar ini.")),
    "list_full": (409, _("Daftar ini sudah penuh: paling banyak %(limit)s.")),
    "trust_same": (409, _("Cara peninjauan KIM ini sudah begitu. Muat ulang halaman.")),
    "trust_early": (409, _("Belum sepuluh berita KIM ini diterima pada keputusan pertama.")),
}
