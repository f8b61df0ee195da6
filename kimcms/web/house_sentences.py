"""Refusals about a KIM's people and its own house, as sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

# code -> (status, sentence)
HOUSE_SENTENCES: dict[str, tuple[int, Any]] = {
    "role_held": (409, _("Orang ini sudah memegang peran itu.")),
    "role_unknown": (422, _("Pilih salah satu peran yang ada.")),
    "own_role": (409, _("Peran sendiri tidak bisa dicabut. Minta orang lain melakukannya.")),
    "last_head": (
        409,
        _(
            "Anda satu-satunya ketua di KIM ini. Jadikan orang lain ketua lebih dulu di halaman "
            "anggota, atau minta bantuan Diskominfo."
        ),
    ),
    "leave_unsure": (422, _("Beri centang dulu kalau Anda yakin ingin keluar.")),
    "reset_by_city": (
        403,
        _("Akun ini juga dipakai di tempat lain. Minta Diskominfo membuat tautannya."),
    ),
    "accent_unknown": (422, _("Pilih salah satu warna yang ada.")),
    "link_unusable": (
        422,
        _('"%(url)s" bukan alamat yang bisa dibuka. Tulis seperti https://instagram.com/kimcontoh'),
    ),
    "link_account": (
        422,
        _("Itu halaman depan %(place)s. Buka akun KIM Anda di sana, lalu salin alamatnya ke sini."),
    ),
    "links_many": (422, _("Paling banyak %(limit)s tautan. Hapus satu lebih dulu.")),
    "contact_phone": (422, _("Tulis nomor telepon yang benar, misalnya 0812 3456 7890.")),
    "contact_email": (422, _("Tulis alamat surel yang benar, misalnya kim@contoh.id.")),
    "page_empty": (422, _("Isi judul dan teks halamannya.")),
    "page_many": (422, _("Paling banyak %(limit)s halaman. Ubah atau pakai ulang yang sudah ada.")),
    "page_gone": (404, _("Halaman ini sudah dihapus.")),
    "page_stale": (409, _("Halaman ini sudah diubah orang lain. Buka lagi, lalu ubah.")),
    "page_first": (409, _("Belum ada perubahan yang bisa diurungkan.")),
}
