"""Codes of refusals as Indonesian sentences: what happened, and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import g, has_request_context
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kimcms.domain.refusal import Refused
from kimcms.web.assistance_sentences import ASSISTANCE_SENTENCES
from kimcms.web.complaint_words import COMPLAINT_SENTENCES
from kimcms.web.house_sentences import HOUSE_SENTENCES
from kimcms.web.media_sentences import MEDIA_SENTENCES
from kimcms.web.queue_sentences import QUEUE_SENTENCES
from kimcms.web.removal_sentences import REMOVAL_SENTENCES
from kimcms.web.rendering import moment_short
from kimcms.web.review_sentences import REVIEW_SENTENCES

MISSING: Mapping[str, Any] = {
    "title": _("Judul belum diisi."),
    "body": _("Isi berita masih kosong."),
    "category": _("Topik belum dipilih."),
    "photo_caption": _("Keterangan foto utama belum diisi."),
    "photo_alt": _("Teks pengganti foto utama belum diisi."),
    "pictures": _("Ada foto di dalam teks yang belum punya keterangan dan teks pengganti."),
}

# code -> (status, sentence)
SENTENCES: Mapping[str, tuple[int, Any]] = {
    **COMPLAINT_SENTENCES,
    **ASSISTANCE_SENTENCES,
    **HOUSE_SENTENCES,
    **MEDIA_SENTENCES,
    **REMOVAL_SENTENCES,
    **REVIEW_SENTENCES,
    **QUEUE_SENTENCES,
    "gone": (404, _("Berita ini sudah dihapus.")),
    "not_allowed": (403, _("Akun ini tidak berwenang melakukan langkah itu.")),
    "move_not_open": (
        409,
        _(
            "Langkah ini sudah tidak berlaku karena keadaan berita sudah berubah. "
            "Muat ulang halaman berita untuk melihat keadaannya sekarang."
        ),
    ),
    "nothing_new": (409, _("Tidak ada perubahan yang perlu diterbitkan.")),
    "stale": (
        409,
        _(
            "Naskah ini sudah diubah orang lain sesudah Anda membukanya. "
            "Bandingkan kedua naskah sebelum menyimpan."
        ),
    ),
    "note_empty": (422, _("Tulis dulu apa yang perlu diperbaiki di bagian ini.")),
    "note_place": (404, _("Bagian itu tidak ada di naskah ini. Muat ulang halaman.")),
    "note_gone": (404, _("Catatan itu tidak ada di naskah ini.")),
    "notes_many": (422, _("Paling banyak %(limit)s catatan untuk satu naskah.")),
    "revision_gone": (404, _("Versi itu tidak ada di riwayat naskah ini.")),
    "undecided": (422, _("Masih ada bagian yang belum Anda pilih. Pilih satu untuk tiap bagian.")),
    "not_ready": (422, _("Berita belum siap.")),
    "not_empty": (409, _("Tempat ini sudah berisi. Pulihkan hanya ke tempat yang kosong.")),
    "other_schema": (409, _("Cadangan ini dari versi %(wanted)s, di sini %(found)s. Pasang itu.")),
    "was_public": (
        409,
        _("Berita yang pernah terbit tidak bisa dihapus. Turunkan atau cabut berita itu."),
    ),
    "reason_missing": (422, _("Alasan wajib diisi, agar penulis tahu apa yang perlu diperbaiki.")),
    "correction_empty": (422, _("Isi apa yang keliru dan bagaimana yang benar.")),
    "correction_unseen": (409, _("Hanya berita yang sedang tampil yang bisa diberi ralat.")),
    "too_many_bylines": (422, _("Paling banyak %(most)s nama di bawah satu berita.")),
    "no_member": (422, _("Pilih anggota redaksi KIM ini.")),
    "not_for_preview": (
        409,
        _("Berita ini sudah terbit atau dicabut. Bagikan alamatnya di situs, bukan pratinjaunya."),
    ),
    "too_far_ahead": (422, _("Jadwal terbit paling jauh satu tahun dari sekarang.")),
    "bad_key": (409, _("Formulir ini sudah pernah dikirim. Muat ulang halaman lalu coba lagi.")),
    "key_used": (
        409,
        _(
            "Formulir ini sudah tersimpan sebagai berita. Teks yang sekarang berbeda: "
            "simpan sekali lagi untuk membuat berita baru darinya."
        ),
    ),
    "bad_cursor": (404, _("Halaman daftar itu tidak ada. Kembali ke awal daftar.")),
    "filter_unknown": (
        400,
        _("Pilihan saringan itu tidak dikenal. Hapus saringannya, lalu cari lagi."),
    ),
    "too_long": (
        413,
        _("Naskah terlalu panjang: paling banyak 64 kB. Bagi menjadi dua berita."),
    ),
    "too_deep": (
        422,
        _("Susunan naskah terlalu bertingkat. Tempel ulang sebagai teks biasa."),
    ),
    "too_tangled": (
        422,
        _("Naskah memuat terlalu banyak tanda pemformatan. Tempel ulang sebagai teks biasa."),
    ),
    "unstable": (
        422,
        _("Susunan naskah tidak bisa dibaca. Tempel ulang sebagai teks biasa."),
    ),
    "already_verified": (409, _("Ini sudah diverifikasi.")),
    "decree_dates": (422, _("Tanggal akhir SK mendahului tanggal mulainya.")),
    "decree_number": (422, _("Nomor SK belum diisi.")),
    "decree_year": (422, _("Tanggal SK di luar jangkauan. Periksa tahunnya.")),
    "decree_ahead": (422, _("Tanggal SK masih di depan. Catat SK sesudah ditandatangani.")),
    "decree_verified": (
        409,
        _("SK ini sudah diverifikasi dan tidak bisa diubah. Catat SK yang benar sebagai SK baru."),
    ),
    "decree_unknown": (422, _("SK itu tidak ada. Pilih dari daftar.")),
    "decree_not_current": (409, _("SK ini sudah digantikan SK lain atau belum diverifikasi.")),
    "scan_unknown": (422, _("Pindaian itu bukan milik KIM ini. Unggah lagi.")),
    "already_requested": (409, _("Permintaan perpanjangan sudah dicatat dan masih menunggu.")),
    "renewal_early": (422, _("Belum waktunya: catat mulai %(days)s hari sebelum SK berakhir.")),
    "renewal_late": (
        422,
        _("Masa tenggang sudah lewat. Catat SK yang baru begitu lurah menandatanganinya."),
    ),
    "no_request": (409, _("Tidak ada permintaan perpanjangan yang menunggu jawaban.")),
    "member_unknown": (422, _("Orang itu bukan anggota KIM ini. Pilih dari daftar.")),
    "handing_over": (
        403,
        _("Selama serah terima, peran ketua diatur Diskominfo. Hubungi Diskominfo."),
    ),
    "board_empty": (422, _("Isi sedikitnya satu nama pengurus.")),
    "position_unknown": (422, _("Pilih salah satu jabatan yang ada.")),
    "seat_since": (422, _("Tanggal mulai harus tanggal yang benar dan tidak di depan.")),
    "seat_end": (422, _("Tanggal akhir harus sesudah tanggal mulai dan tidak di depan.")),
    "seat_ended": (409, _("Masa jabatan ini sudah diakhiri.")),
    "evidence_ahead": (422, _("Tanggal bukti masih di depan. Isi sesudah kegiatannya.")),
    "evidence_old": (422, _("Tanggal itu terlalu lama. Periksa tahunnya.")),
    "evidence_many": (422, _("Paling banyak %(limit)s berkas untuk satu bukti.")),
    "evidence_year": (422, _("Pilih tahun program kerja dari daftar.")),
    "evidence_title": (422, _("Judul belum diisi.")),
    "evidence_people": (422, _("Isi berapa orang yang hadir, paling sedikit 1.")),
    "evidence_tags": (422, _("Pilih paling sedikit satu jenis kegiatan ADINDA.")),
    "evidence_files": (422, _("Lampirkan paling sedikit satu berkas atau foto.")),
    "evidence_kind": (409, _("Bukti jenis ini tidak diubah di sini.")),
    "evidence_returned": (
        409,
        _("Bukti ini sudah dikembalikan. KIM perlu memperbaikinya lebih dulu."),
    ),
    "evidence_changed": (
        409,
        _("KIM sudah memperbaiki bukti ini sesudah Anda membukanya. Baca dulu versi barunya."),
    ),
    "evidence_reason": (422, _("Tulis apa yang perlu diperbaiki, agar KIM bisa mengirim lagi.")),
    "board_incomplete": (
        409,
        _("Susunan pengurus belum lengkap. Isi dulu: %(seats)s."),
    ),
    "board_changed": (
        409,
        _("Susunan pengurus berubah sesudah Anda membukanya. Periksa lagi, lalu konfirmasi."),
    ),
    "invitation_title": (422, _("Nama acara belum diisi.")),
    "invitation_day": (422, _("Pilih hari ini atau sesudahnya, paling jauh satu tahun.")),
    "invitation_nobody": (422, _("Pilih paling sedikit satu KIM.")),
    "invitation_guest": (422, _("Ada KIM yang tidak diundang. Muat ulang halaman ini.")),
    "invitation_ahead": (409, _("Acaranya belum berlangsung. Catat kehadiran sesudahnya.")),
    "invitation_off": (409, _("Undangan ini sudah dibatalkan.")),
    "invitation_ticked": (409, _("Kehadiran sudah dicatat, jadi acaranya tidak bisa dibatalkan.")),
    "invitation_reason": (422, _("Tulis mengapa acaranya batal; KIM yang diundang membacanya.")),
    "rest_reason": (422, _("Tulis sebabnya, misalnya libur Lebaran.")),
    "rest_range": (
        422,
        _("Pilih minggu antara %(back)s minggu yang lalu dan %(ahead)s minggu ke depan."),
    ),
    "rest_twice": (409, _("Minggu itu sudah tercatat sebagai minggu istirahat.")),
    "rest_lifted": (409, _("Minggu istirahat itu sudah dicabut.")),
    "words_missing": (422, _("Tulis alasannya: KIM dan moderator lain akan membacanya.")),
    "case_kind": (409, _("Keputusan itu bukan untuk usul jenis ini. Muat ulang halaman.")),
    "case_closed": (409, _("Usul atau keberatan ini sudah dijawab. Muat ulang halaman.")),
    "objection_closed": (
        409,
        _(
            "Keberatan bisa diajukan sekali, dalam 14 hari sesudah klaster berubah "
            "atau usul dibuka."
        ),
    ),
    "override_outside": (
        422,
        _("Keputusan khusus hanya untuk KIM yang sudah punya klaster, ke klaster 1 sampai 4."),
    ),
    "override_open": (409, _("Masih ada usul keputusan khusus yang menunggu moderator kedua.")),
    "second_person": (
        403,
        _("Anda yang mengusulkan. Keputusan khusus perlu disetujui moderator lain."),
    ),
    "no_proposal": (409, _("Tidak ada usul klaster yang menunggu jawaban.")),
    "not_a_monday": (422, _("Pilih hari Senin.")),
    "evaluation_order": (409, _("Evaluasi Senin itu sudah dibuat.")),
    "kim_closed": (409, _("KIM itu sudah ditutup.")),
    "clock_back": (409, _("Jam server mundur. Perbaiki jamnya, lalu jalankan lagi.")),
    "name_taken": (409, _("Nama akun itu sudah dipakai.")),
    "bad_characters": (
        422,
        _("Naskah memuat karakter yang tidak bisa disimpan. Tempel ulang sebagai teks biasa."),
    ),
    "too_long_field": (422, _("Isian terlalu panjang: paling banyak %(longest)s huruf.")),
    "category_unknown": (422, _("Topik itu tidak ada. Pilih topik dari daftar.")),
    "bad_name": (422, _("Tulis alamat surel atau nomor HP, misalnya 0812 3456 7890.")),
    "name_missing": (422, _("Nama belum diisi.")),
    "bad_sign_in": (401, _("Nama akun atau kata sandi tidak cocok. Periksa lalu coba lagi.")),
    "too_many": (
        429,
        _("Terlalu banyak percobaan. Tunggu %(minutes)s menit, lalu coba lagi."),
    ),
    "password_short": (422, _("Kata sandi paling pendek %(shortest)s huruf.")),
    "password_long": (422, _("Kata sandi paling panjang %(longest)s huruf.")),
    "password_is_name": (422, _("Kata sandi tidak boleh sama dengan nama akun.")),
    "password_monotone": (422, _("Kata sandi terlalu mudah ditebak. Pakai beberapa kata acak.")),
    "password_differs": (422, _("Kedua kata sandi tidak sama. Ketik ulang.")),
    "bad_old_password": (422, _("Kata sandi lama tidak cocok.")),
    "link_used": (
        410,
        _(
            "Tautan ini sudah dipakai atau kedaluwarsa. Minta tautan baru kepada ketua KIM "
            "atau Diskominfo."
        ),
    ),
    "slug_unusable": (
        422,
        _('Alamat "%(slug)s" tidak bisa dipakai. Gunakan huruf kecil, angka, dan tanda hubung.'),
    ),
    "slug_taken": (409, _('Alamat "%(slug)s" sudah pernah dipakai. Pilih alamat lain.')),
    "kelurahan_has_kim": (409, _("Kelurahan %(kelurahan)s sudah punya KIM yang aktif.")),
    "domain_unusable": (422, _('"%(domain)s" bukan nama domain yang bisa dipakai.')),
    "domain_ours": (
        422,
        _('"%(domain)s" ada di bawah %(city_domain)s. Alamat seperti itu mengikuti nama KIM.'),
    ),
    "domain_taken": (409, _('Domain "%(domain)s" sudah dipakai KIM lain.')),
    "cell_empty": (422, _("Kolom ini wajib diisi.")),
    "cell_day": (422, _('"%(found)s" bukan tanggal. Tulis seperti 2026-11-24.')),
    "cell_choice": (422, _('"%(found)s" tidak dikenal. Pilih salah satu: %(known)s.')),
    "cells_many": (422, _("Isi baris lebih banyak daripada judul kolom. Periksa tanda komanya.")),
    "columns_unknown": (422, _("Kolom tidak dikenal: %(names)s. Yang ada: %(known)s.")),
    "columns_missing": (422, _("Kolom ini harus ada: %(names)s.")),
    "csv_broken": (422, _("Berkas CSV tidak bisa dibaca: %(why)s.")),
    "kelurahan_unknown": (422, _('Kelurahan "%(found)s" tidak ada di daftar.')),
    "kim_unknown": (422, _('Tidak ada KIM terbuka dengan alamat "%(found)s".')),
    "baseline_cluster_outside": (422, _("Data awal hanya untuk klaster 1 sampai 4.")),
    "baseline_decree_missing": (
        422,
        _("Belum ada SK yang diverifikasi. Catat SK-nya dulu, boleh dengan akhir perkiraan."),
    ),
    "baseline_end_unknown": (
        422,
        _("Klaster 4 perlu SK dengan tanggal akhir yang pasti, bukan perkiraan."),
    ),
    "baseline_ahead": (422, _("Tanggal data awal tidak boleh di depan.")),
    "baseline_again": (409, _("Data awal KIM ini sudah dipakai penilaian, tidak bisa diganti.")),
    "policy_start": (422, _("Pilih hari Senin yang akan datang.")),
    "policy_waiting": (
        409,
        _("Sudah ada perubahan angka yang menunggu. Batalkan dulu, atau tunggu sampai berlaku."),
    ),
    "policy_same": (422, _("Belum ada angka yang berbeda. Ubah dulu, lalu coba.")),
    "policy_gone": (404, _("Versi itu tidak ada.")),
    "policy_begun": (409, _("Versi itu sudah berlaku dan tidak bisa dibatalkan lagi.")),
    "policy_reason": (422, _("Alasan usul wajib diisi.")),
    "policy_too_much": (
        422,
        _("Terlalu banyak angka berubah sekaligus untuk satu usul. Usulkan sebagian dulu."),
    ),
    "register_reason": (422, _("Alasan wajib diisi: ketua KIM akan membacanya.")),
    "founded_when": (422, _("Tanggal berdiri harus antara 1995 dan hari ini.")),
    "slug_same": (409, _("Itu sudah alamat KIM ini. Tulis alamat yang lain.")),
    "slug_not_typed": (422, _('Belum dijalankan. Ketik "%(slug)s" persis untuk memastikan.')),
    "kim_suspended": (409, _("Subsitus ini sudah dibekukan.")),
    "kim_not_suspended": (409, _("Subsitus ini tidak sedang dibekukan.")),
    "merge_itself": (422, _("Pilih KIM lain: KIM tidak bisa digabung dengan dirinya sendiri.")),
    "banner_text": (422, _("Tulis pengumumannya.")),
    "banner_link": (422, _("Alamat tautan harus dimulai dengan https://")),
    "banner_range": (422, _("Waktu berakhir paling lama %(days)s hari sesudah mulai.")),
    "banner_over": (409, _("Pengumuman itu sudah berakhir.")),
    "not_in_feed": (409, _("Berita itu tidak tampil di portal kota, jadi tidak bisa jadi utama.")),
    "no_lead": (409, _("Berita itu sudah bukan berita utama.")),
    "alias_missing": (409, _("KIM ini belum punya domain sendiri.")),
}

_UNKNOWN = (422, _("Permintaan itu tidak bisa diproses. Periksa isian lalu coba lagi."))


def sentence(refusal: Refused) -> str:
    """The sentence for a refusal, with what is missing listed after it."""
    text = SENTENCES.get(refusal.code, _UNKNOWN)[1]
    values = {name: _shown(value) for name, value in refusal.values.items()}
    said = str(text) % values if values and "%(" in str(text) else str(text)
    missing = refusal.values.get("missing")
    if isinstance(missing, tuple):
        said = " ".join([said, *(str(MISSING[code]) for code in missing)])
    return said


def _shown(value: object) -> str:
    return moment_short(value) if isinstance(value, dt.datetime) else str(value)


def status(refusal: Refused) -> int:
    """The HTTP status that goes with it. Who asks, answers with it: the request remembers why."""
    if has_request_context():
        g.refused = refusal.code
    return SENTENCES.get(refusal.code, _UNKNOWN)[0]


def plain(text: str) -> str:
    """A sentence of a view's own."""
    return str(gettext(text))
