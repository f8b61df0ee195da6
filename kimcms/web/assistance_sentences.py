"""Refusals about assistance: part of `sentences`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

# code -> (status, sentence)
ASSISTANCE_SENTENCES: Mapping[str, tuple[int, Any]] = {
    "assistance_words": (422, _("Tulis dulu isinya.")),
    "assistance_visit": (422, _("Isi hari, tempat, dan siapa yang datang.")),
    "assistance_day": (422, _("Pilih hari ini atau sesudahnya, paling jauh satu tahun.")),
    "assistance_many": (
        409,
        _("Masih ada %(limit)s pendampingan yang berjalan. Lanjutkan di salah satunya."),
    ),
    "assistance_running": (409, _("KIM ini sudah didampingi. Lanjutkan di kasus yang berjalan.")),
    "assistance_closed": (409, _("Pendampingan ini sudah selesai. Muat ulang halaman.")),
    "assistance_deed": (
        409,
        _("Langkah itu tidak berlaku lagi: pendampingan sudah berjalan lebih jauh. Muat ulang."),
    ),
    "assistance_visit_ahead": (
        409,
        _("Kunjungannya belum berlangsung. Catat hasilnya sesudah itu."),
    ),
    "assistance_not_silent": (
        409,
        _("KIM masih punya waktu menjawab: %(days)s hari sejak ditanya apakah sudah terbantu."),
    ),
    "assistance_owner": (422, _("Pilih moderator yang tidak punya peran di KIM ini.")),
}
