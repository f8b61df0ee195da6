"""Sentences of refusals about photos, PDFs and what is on its way; a part of `web/sentences.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

# code -> (status, sentence)
MEDIA_SENTENCES: Mapping[str, tuple[int, Any]] = {
    "photo_gone": (410, _("Foto itu sudah dihapus dari pustaka. Pilih foto lain.")),
    "photo_changed": (409, _("Foto ini baru saja disamarkan orang lain. Lihat dulu hasilnya.")),
    "photo_used": (409, _("Masih dipakai, jadi belum bisa dihapus: %(where)s.")),
    "photo_logo": (409, _("Foto ini dipakai sebagai logo. Ganti logonya dulu.")),
    "area_none": (422, _("Tandai dulu bagian yang mau disamarkan.")),
    "area_empty": (422, _("Bagian itu terlalu kecil atau di luar foto. Tandai lagi.")),
    "upload_empty": (422, _("Berkas itu kosong. Pilih berkas lain.")),
    "upload_facts": (422, _("Kiriman itu tidak lengkap. Pilih berkasnya lagi, lalu kirim.")),
    "upload_many": (
        429,
        _("Masih ada %(limit)s kiriman yang belum selesai. Selesaikan atau batalkan dulu."),
    ),
    "upload_offset": (409, _("Sebagian berkas sudah diterima. Kiriman dilanjutkan dari situ.")),
    "upload_busy": (409, _("Berkas ini sedang dikirim dari tempat lain. Tunggu sebentar.")),
    "upload_long": (413, _("Kiriman lebih panjang daripada yang diumumkan. Pilih berkasnya lagi.")),
    "upload_broken": (
        422,
        _("Berkas tidak sampai dengan utuh. Pilih berkasnya lagi, lalu kirim ulang."),
    ),
    "heic": (
        422,
        _(
            "Foto HEIC dari iPhone belum bisa dibaca di sini. Di iPhone buka Pengaturan, Kamera, "
            "Format, pilih Paling Kompatibel; atau kirim fotonya lewat WhatsApp lalu simpan."
        ),
    ),
    "not_a_pdf": (422, _("Berkas itu bukan PDF. Lampiran hanya bisa berupa PDF.")),
    "pdf_unknown": (422, _("Lampiran itu bukan milik KIM ini. Pilih atau unggah PDF-nya lagi.")),
    "pdf_many": (422, _("Paling banyak %(limit)s PDF untuk satu berita.")),
    "pdf_twice": (422, _("PDF yang sama terlampir dua kali. Lepas salah satunya.")),
    "pdf_big": (413, _("PDF terlalu besar: paling besar 12 MB. Kecilkan lalu unggah lagi.")),
    "pdf_damaged": (422, _("PDF rusak atau terpotong. Simpan ulang PDF-nya, lalu unggah lagi.")),
    "photo_unknown": (422, _("Foto itu bukan milik KIM ini. Pilih atau unggah foto lagi.")),
    "too_big": (413, _("Foto terlalu besar: paling besar 12 MB. Kecilkan foto lalu unggah lagi.")),
    "too_many_pixels": (
        422,
        _(
            "Ukuran foto terlalu besar: jenis ini paling banyak %(limit)s megapiksel. "
            "Kecilkan lalu unggah lagi."
        ),
    ),
    "not_an_image": (
        422,
        _("Berkas itu bukan foto yang dikenal. Gunakan JPEG, PNG, GIF, atau WebP."),
    ),
    "not_a_file": (422, _("Berkas itu tidak dikenal. Kirim PDF atau foto.")),
    "damaged": (422, _("Foto rusak atau terpotong. Ambil atau unggah ulang fotonya.")),
    "odd_shape": (422, _("Foto terlalu panjang atau terlalu lebar. Potong dulu lalu unggah.")),
}
