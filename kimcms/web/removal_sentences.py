"""Refusals about hiding items, and about subsites that sleep, as sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

# code -> (status, sentence)
REMOVAL_SENTENCES: dict[str, tuple[int, Any]] = {
    "hide_unseen": (409, _("Hanya berita yang sedang tampil yang bisa disembunyikan.")),
    "hide_again": (
        409,
        _("Anda sudah pernah menyembunyikan berita ini. Mintalah moderator lain."),
    ),
    "hide_second": (
        403,
        _("Anda yang menyembunyikannya. Moderator lain yang mencabut atau membukanya."),
    ),
    "not_hidden": (409, _("Berita ini sudah tidak disembunyikan. Muat ulang halaman.")),
    "asleep": (
        409,
        _(
            "Redaksi %(kim)s tertidur karena lama tidak ada yang masuk, jadi belum ada yang bisa "
            "ditulis. Ketua membangunkannya lewat tautan di suratnya, atau Forum dan Diskominfo "
            "atas permintaan Anda."
        ),
    ),
    "wake_link": (
        410,
        _("Tautan ini sudah dipakai atau sudah lewat waktunya. Minta tautan baru di redaksi."),
    ),
}
