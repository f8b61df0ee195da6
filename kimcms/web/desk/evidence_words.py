"""Proof in plain words: kinds, states, and what is asked for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from kimcms.domain.evidence import Adinda, ProofState
from kimcms.domain.ledger import Proof

KINDS = {
    Proof.BOARD: _("Konfirmasi pengurus"),
    Proof.PROGRAMME: _("Program kerja"),
    Proof.MEETING: _("Rapat"),
    Proof.REPORT: _("Laporan kegiatan"),
    Proof.INVITATION: _("Undangan"),
}
STATES = {
    ProofState.WAITING: _("Menunggu Forum"),
    ProofState.VERIFIED: _("Terverifikasi"),
    ProofState.RETURNED: _("Dikembalikan"),
}
# The sign before the word.
SIGNS = {
    ProofState.WAITING: "state-sent",
    ProofState.VERIFIED: "state-public",
    ProofState.RETURNED: "state-back",
}
ADINDA = {
    Adinda.ACCESS: _("Akses"),
    Adinda.DISCUSSION: _("Diskusi"),
    Adinda.IMPLEMENTATION: _("Implementasi"),
    Adinda.NETWORKING: _("Networking"),
    Adinda.DISSEMINATION: _("Diseminasi"),
    Adinda.ADVOCACY: _("Advokasi"),
}
# Kinds that have a form, by the word in the address.
PATHS = {
    "program": Proof.PROGRAMME,
    "rapat": Proof.MEETING,
    "kegiatan": Proof.REPORT,
}
HEADS = {
    Proof.PROGRAMME: _("Kirim program kerja"),
    Proof.MEETING: _("Catat rapat"),
    Proof.REPORT: _("Laporkan kegiatan"),
}
LEADS = {
    Proof.PROGRAMME: _("Rencana setahun, satu berkas PDF atau beberapa foto halamannya."),
    Proof.MEETING: _("Rapat pengurus atau anggota, dengan notulennya. Dua rapat dalam 6 bulan."),
    Proof.REPORT: _("Kegiatan bersama warga, dengan foto. Satu laporan dalam 6 bulan."),
}
FILES = {
    Proof.PROGRAMME: (_("Naskah program kerja"), _("PDF, atau foto tiap halaman.")),
    Proof.MEETING: (_("Notulen"), _("Foto tulisan tangan pun boleh, asal terbaca. Atau PDF.")),
    Proof.REPORT: (_("Foto kegiatan"), _("Beberapa foto, atau laporan PDF.")),
}
