"""What each number of the tracker means, as the Forum reads it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

# (name of the group, [(field, label, meaning)]), in the order in which the rule works.
GROUPS = (
    (
        _("Pemberitaan"),
        (
            ("window_weeks", _("Lebar jendela, minggu"), _("Berapa minggu terakhir yang dilihat.")),
            ("p_on", _("Mulai aktif, minggu terbit"), _("Dengan sebanyak ini pemberitaan hidup.")),
            (
                "p_off",
                _("Berhenti di bawah, minggu terbit"),
                _("Kurang dari ini pemberitaan dinilai berhenti."),
            ),
            (
                "silent_off",
                _("Diam berturut-turut, minggu"),
                _("Sepanjang ini tanpa berita, pemberitaan dinilai berhenti."),
            ),
            ("level_regular", _("Sebutan rutin, mulai minggu"), _("Hanya kata di kartu.")),
            ("level_enough", _("Sebutan cukup, mulai minggu"), _("Hanya kata di kartu.")),
            ("level_rare", _("Sebutan jarang, mulai minggu"), _("Di bawahnya disebut diam.")),
            ("warn_days", _("Peringatan, hari sebelumnya"), _("Kapan KIM diberi tahu akan turun.")),
        ),
    ),
    (
        _("Berita yang dihitung"),
        (
            (
                "words_with_photo",
                _("Kata paling sedikit, dengan foto"),
                _("Berlaku untuk berita yang terbit sesudah angka ini dipakai."),
            ),
            ("words_without", _("Kata paling sedikit, tanpa foto"), _("Sama, tanpa foto.")),
            (
                "likeness_limit",
                _("Batas kemiripan, 0 sampai 1"),
                _("Mulai dari sini berita dianggap salinan."),
            ),
            ("likeness_days", _("Kemiripan dicari, hari"), _("Sejauh ini ke belakang.")),
            (
                "public_hours",
                _("Tetap dihitung sesudah tayang, jam"),
                _("Berita yang diturunkan sesudahnya tetap dihitung."),
            ),
        ),
    ),
    (
        _("Kelembagaan"),
        (
            ("board_months", _("Konfirmasi pengurus, bulan"), _("Berlaku selama ini.")),
            (
                "programme_until_month",
                _("Program kerja tahun lalu, sampai bulan ke"),
                _("3 berarti sampai 31 Maret; 0 berarti tidak berlaku lagi."),
            ),
            ("meetings", _("Rapat bernotulen"), _("Banyaknya rapat yang diminta.")),
            ("meeting_months", _("Rapat dalam, bulan"), _("Dihitung ke belakang.")),
            ("reports", _("Laporan kegiatan"), _("Banyaknya laporan yang diminta.")),
            ("report_months", _("Laporan dalam, bulan"), _("Dihitung ke belakang.")),
            ("invitation_months", _("Undangan dalam, bulan"), _("Dihitung ke belakang.")),
            (
                "invitations_least",
                _("Undangan paling sedikit"),
                _("Bila kurang, undangan tidak ikut dinilai."),
            ),
            ("invitation_percent", _("Undangan dihadiri, persen"), _("Bagian yang harus hadir.")),
            ("g_need", _("Bukti selain pengurus"), _("Yang diperlukan agar kelembagaan hidup.")),
            (
                "g_need_uninvited",
                _("Bukti selain pengurus, tanpa undangan"),
                _("Bila undangan tidak ikut dinilai."),
            ),
            ("g_slack", _("Kelonggaran untuk bertahan, bukti"), _("Sebanyak ini boleh kurang.")),
            (
                "g_off_days",
                _("Berhenti sesudah, hari"),
                _("Selama ini tidak cukup bukti, kelembagaan dinilai berhenti."),
            ),
        ),
    ),
    (
        _("SK"),
        (
            (
                "ending_soon_days",
                _("Disebut akan berakhir, hari sebelum"),
                _("Sebelum hari akhir."),
            ),
            (
                "reminder_days",
                _("Pengingat, hari sebelum"),
                _("Beberapa angka dengan koma; 0 berarti hari akhir itu sendiri."),
            ),
            ("grace_days", _("Masa tenggang, hari"), _("Sesudahnya SK mati.")),
            (
                "waiting_days",
                _("Menunggu perpanjangan, hari"),
                _("Sesudahnya tertulis menunggu Diskominfo."),
            ),
        ),
    ),
    (
        _("Klaster"),
        (
            ("new_days", _("Masa KIM baru, hari"), _("Sesudahnya klaster pertama.")),
            (
                "baseline_evaluations",
                _("Masa data awal, penilaian"),
                _("Selama ini klaster lama dipertahankan."),
            ),
            ("fall_days", _("Usul turun berlaku sendiri, hari"), _("Bila tidak dijawab.")),
            ("objection_days", _("Keberatan, hari"), _("Sesudah perubahan atau usul.")),
            ("override_days", _("Keputusan khusus, hari"), _("Lamanya berlaku.")),
        ),
    ),
)

# Why numbers cannot stand together, beside the field that is to be mended.
PROBLEMS = {
    "number": _("Tulis angka."),
    "range": _("Angkanya antara %(least)s dan %(most)s."),
    "reminders": _("Tiap angka antara 0 dan 365."),
    "p_off": _("Tidak boleh lebih besar daripada angka mulai aktif."),
    "window": _("Tidak boleh lebih besar daripada lebar jendela."),
    "levels": _("Sebutan harus naik: jarang, lalu cukup, lalu rutin."),
    "marks": _(
        "Urutannya: kelonggaran, bukti tanpa undangan, lalu bukti; masing-masing tidak turun."
    ),
    "waiting": _("Tidak boleh lebih pendek daripada masa tenggang."),
}
