"""Refusals of the Forum's queue, as sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

# code -> (status, sentence)
QUEUE_SENTENCES: dict[str, tuple[int, Any]] = {
    "claimed": (
        409,
        _(
            "%(who)s sedang memegang ini sejak %(since)s, jadi keputusan Anda belum disimpan. "
            "Hubungi %(who)s, atau coba lagi: sesudah 15 menit tidak dibuka, ini bebas lagi."
        ),
    ),
    "phrase_name": (422, _("Beri templat itu nama yang pendek.")),
    "phrase_text": (422, _("Tulis kalimat templatnya.")),
    "phrase_many": (409, _("Paling banyak %(limit)s templat. Hapus yang tidak dipakai.")),
}
