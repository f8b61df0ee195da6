"""Complaints in words: kinds, states, answers, and why something is not taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from kimcms.domain.complaints import Kind, Outcome, Stage, State

KINDS = {
    Kind.REPLY: _("hak jawab"),
    Kind.CORRECTION: _("hak koreksi"),
    Kind.VIOLATION: _("pelanggaran"),
    Kind.PRIVACY: _("data pribadi"),
}
CHOICES = {
    Kind.CORRECTION: _("Hak koreksi: ada yang keliru dalam berita"),
    Kind.REPLY: _("Hak jawab: berita ini tentang saya, dan saya ingin menanggapi"),
    Kind.PRIVACY: _("Data pribadi: ada data saya, anak saya, atau keluarga saya"),
    Kind.VIOLATION: _("Melanggar pedoman atau hukum"),
}
STATES = {
    State.HELD: _("Ditahan, diperiksa Forum"),
    State.OPEN: _("Menunggu jawaban"),
    State.ANSWERED: _("Dijawab"),
    State.DISPUTED: _("Jawaban dibantah pengirim"),
    State.CLOSED: _("Selesai"),
    State.SPAM: _("Ditolak sebagai spam"),
}
STAGES = {
    Stage.EARLY: _("masih dalam tenggat"),
    Stage.HALF: _("separuh waktu sudah lewat"),
    Stage.OVERDUE: _("lewat tenggat"),
}
OUTCOMES = {
    Outcome.PUBLISHED: _("Hak jawab dimuat"),
    Outcome.CORRECTED: _("Sudah diralat"),
    Outcome.DONE: _("Sudah ditindak"),
    Outcome.REFUSED: _("Tidak dipenuhi"),
}
OUTCOME_CHOICES = {
    Outcome.PUBLISHED: _("Muat hak jawab di beritanya"),
    Outcome.CORRECTED: _("Sudah diralat: tautkan ralatnya"),
    Outcome.DONE: _("Sudah ditindak: naskah diubah, data dihapus, atau berita dicabut"),
    Outcome.REFUSED: _("Tidak dipenuhi, dengan alasan"),
}
HELD_FOR = {
    "trap": _("Isian jebakan untuk robot ikut terisi. Bisa juga karena isian otomatis peramban."),
    "many": _("Lebih banyak aduan daripada biasanya dalam satu jam."),
}

COMPLAINT_SENTENCES: Mapping[str, tuple[int, Any]] = {
    "complaint_moved": (409, _("Keadaan aduan ini sudah berubah. Muat ulang halaman.")),
    "complaint_words": (422, _("Tulis dulu kata-katanya: pengirim aduan akan membacanya.")),
    "complaint_spoken": (409, _("Pesan tambahan hanya bisa dikirim satu kali.")),
    "complaint_many": (
        429,
        _(
            "Terlalu banyak aduan dari sambungan ini atau untuk KIM ini. "
            "Simpan tulisan Anda, lalu kirim lagi %(minutes)s menit lagi."
        ),
    ),
    "complaint_stale": (
        422,
        _("Formulir ini sudah terbuka lebih dari sehari. Periksa isinya, lalu kirim sekali lagi."),
    ),
    "complaint_quick": (
        422,
        _("Itu cepat sekali. Periksa isinya sebentar, lalu kirim sekali lagi."),
    ),
    "complaint_kims_turn": (
        409,
        _("KIM masih punya waktu untuk menjawab. Forum menjawab sesudah tenggatnya lewat."),
    ),
    "complaint_correction": (422, _("Pilih salah satu ralat dari berita itu.")),
    "reply_empty": (422, _("Isi hak jawab yang dimuat dan nama orang yang menyampaikannya.")),
    "reply_unseen": (409, _("Hak jawab hanya bisa dimuat pada berita yang sedang tampil.")),
}
