"""What the history says, in words: who did what, to what, and what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from kimcms.queries.audit import REFUSED, Entry
from kimcms.web import sentences, words

# The filter of the page: its word in the address, its name, and how the verbs begin.
GROUPS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "berita": (_("Berita"), ("article.", "claim.")),
    "foto": (_("Foto dan berkas"), ("media.", "file.")),
    "orang": (_("Akun dan anggota"), ("account.", "member.", "handover.")),
    "kim": (_("KIM dan situsnya"), ("kim.", "board.", "page.")),
    "sk": (_("SK"), ("decree.", "renewal.")),
    "bukti": (_("Bukti dan undangan"), ("evidence.", "invitation.")),
    "klaster": (_("Klaster"), ("cluster.", "policy.", "rest.")),
    "aduan": (_("Aduan dan pendampingan"), ("complaint.", "assistance.")),
    "kota": (_("Kota dan sistem"), ("city.", "banner.", "list.", "sample.", "search.")),
    "ditolak": (_("Percobaan yang ditolak"), (REFUSED,)),
}

VERBS: Mapping[str, Any] = {
    **words.HISTORY,
    "article.delete": _("menghapus naskah"),
    "account.create": _("membuat akun"),
    "account.sign_in": _("masuk"),
    "account.sign_out": _("keluar"),
    "account.password": _("mengganti kata sandi"),
    "account.reset_requested": _("meminta tautan kata sandi"),
    "account.invite": _("mengundang"),
    "account.reset": _("membuat tautan kata sandi"),
    "account.letters": _("mengatur surat pemberitahuan"),
    "account.byline": _("mengatur nama yang dilihat pembaca"),
    "member.add": _("memberi peran"),
    "member.change": _("mengganti peran"),
    "member.end": _("mengakhiri peran"),
    "member.leave": _("keluar dari KIM"),
    "handover.begin": _("memulai serah terima"),
    "handover.end": _("menyelesaikan serah terima"),
    "media.add": _("menambah foto atau PDF"),
    "media.describe": _("memberi keterangan foto"),
    "media.blur": _("mengaburkan bagian foto"),
    "media.delete": _("menghapus foto atau PDF"),
    "file.add": _("menambah berkas"),
    "kim.open": _("membuka KIM"),
    "kim.furnish": _("mengisi rumah KIM"),
    "kim.describe": _("mengubah data KIM"),
    "kim.rename": _("mengubah nama KIM"),
    "kim.shape": _("mengubah tampilan situs"),
    "kim.alias": _("mengubah domain sendiri"),
    "kim.alias_verified": _("memverifikasi domain sendiri"),
    "kim.slug": _("mengganti alamat situs"),
    "kim.trust": _("mengubah cara peninjauan"),
    "kim.suspend": _("membekukan subsitus"),
    "kim.resume": _("membuka kembali subsitus"),
    "kim.close": _("menutup KIM"),
    "kim.merge": _("menggabungkan KIM ini ke KIM lain"),
    "kim.merged_here": _("menggabungkan KIM lain ke sini"),
    "board.renew": _("mengganti susunan pengurus"),
    "board.add": _("menambah pengurus"),
    "board.end": _("mengakhiri masa pengurus"),
    "page.create": _("membuat halaman"),
    "page.change": _("mengubah halaman"),
    "page.undo": _("mengembalikan halaman"),
    "page.move": _("mengurutkan halaman"),
    "page.delete": _("menghapus halaman"),
    "decree.enter": _("mencatat SK"),
    "decree.correct": _("membetulkan data SK"),
    "decree.return": _("mengembalikan SK"),
    "decree.verify": _("memverifikasi SK"),
    "renewal.request": _("meminta perpanjangan SK"),
    "renewal.refuse": _("menolak perpanjangan SK"),
    "evidence.submit": _("mengirim bukti"),
    "evidence.correct": _("memperbaiki bukti"),
    "evidence.verify": _("memverifikasi bukti"),
    "evidence.return": _("mengembalikan bukti"),
    "evidence.attend": _("mencatat kehadiran"),
    "invitation.make": _("membuat undangan"),
    "invitation.tick": _("mencatat siapa yang hadir"),
    "invitation.cancel": _("membatalkan acara"),
    "cluster.move": _("klaster berpindah"),
    "cluster.answer": _("menjawab usul klaster"),
    "cluster.evaluate": _("menghitung penilaian mingguan"),
    "cluster.baseline": _("memasukkan data awal klaster"),
    "cluster.object": _("mengajukan keberatan klaster"),
    "cluster.objection_decline": _("menjawab keberatan klaster"),
    "cluster.override_propose": _("mengusulkan keputusan khusus klaster"),
    "cluster.override_approve": _("menyetujui keputusan khusus klaster"),
    "cluster.override_refuse": _("menolak keputusan khusus klaster"),
    "policy.switch": _("mengganti angka pelacak"),
    "policy.take_back": _("membatalkan angka pelacak"),
    "policy.propose": _("mengusulkan angka pelacak"),
    "rest.set": _("menetapkan minggu istirahat"),
    "rest.lift": _("menghapus minggu istirahat"),
    "complaint.half": _("mengingatkan tenggat aduan"),
    "complaint.overdue": _("aduan lewat tenggat"),
    "complaint.silence": _("aduan selesai tanpa bantahan"),
    "complaint.erase": _("menghapus isi aduan"),
    "city.load": _("memuat daftar kelurahan"),
    "banner.put_up": _("memasang pengumuman"),
    "banner.end": _("menurunkan pengumuman"),
    "complaint.arrive": _("menerima aduan dari pembaca"),
    "complaint.message": _("menerima pesan dari pengadu"),
    "complaint.answer": _("menjawab aduan"),
    "complaint.accept": _("mencatat bahwa pengadu menerima jawaban"),
    "complaint.close": _("menutup aduan"),
    "complaint.release": _("melepas aduan yang ditahan"),
    "complaint.reject": _("menandai aduan sebagai spam"),
    "assistance.tell": _("menceritakan kesulitan"),
    "assistance.begin": _("membuka pendampingan"),
    "assistance.write": _("menulis dalam pendampingan"),
    "assistance.answer": _("menjawab dalam pendampingan"),
    "assistance.plan": _("merencanakan kunjungan"),
    "assistance.found": _("mencatat hasil kunjungan"),
    "assistance.note": _("menulis catatan untuk Forum"),
    "assistance.hand": _("mengambil atau menyerahkan pendampingan"),
    "assistance.ask": _("menanyakan apakah KIM terbantu"),
    "assistance.helped": _("menyatakan sudah terbantu"),
    "assistance.not_yet": _("menyatakan belum terbantu"),
    "assistance.silent": _("menutup pendampingan tanpa kata KIM"),
    "list.add": _("menambah kata atau situs di daftar"),
    "list.strike": _("mencoret kata atau situs dari daftar"),
    "phrase.add": _("menambah templat alasan"),
    "phrase.change": _("mengubah templat alasan"),
    "phrase.remove": _("menghapus templat alasan"),
    "backup.restore": _("memulihkan cadangan"),
    "sample.crowd": _("memuat data ukur"),
    "search.rebuild": _("membangun ulang indeks pencarian"),
    "sample.clear": _("menghapus data contoh"),
}

# What somebody tried, by the verb of the gate.
_TRIED: Mapping[str, Any] = {
    "write": _("menulis"),
    "submit": _("mengirim ke editor"),
    "take_back": _("menarik kembali naskah"),
    "delete": _("menghapus naskah"),
    "return": _("mengembalikan naskah"),
    "publish": _("menerbitkan"),
    "unpublish": _("menurunkan"),
    "correct": _("membetulkan"),
    "withdraw": _("mencabut"),
    "restore": _("memulihkan"),
    "hide": _("menyembunyikan"),
    "review": _("memutuskan untuk portal kota"),
    "change_photo": _("mengubah foto"),
    "verify_evidence": _("memverifikasi bukti"),
    "enter_evidence": _("mengirim bukti"),
    "verify_decree": _("memverifikasi SK"),
    "enter_decree": _("mencatat SK"),
    "decide_cluster": _("memutuskan klaster"),
    "object": _("mengajukan keberatan"),
    "invite": _("mengundang"),
    "manage_board": _("mengatur pengurus"),
    "manage_members": _("mengatur anggota"),
    "manage_look": _("mengatur rumah KIM"),
    "manage_register": _("mengatur daftar KIM"),
    "manage_city_roles": _("mengatur peran kota"),
    "manage_calendar": _("mengatur kalender"),
    "manage_portal": _("mengatur portal"),
    "switch_policy": _("mengganti angka pelacak"),
    "wake": _("membangunkan subsitus"),
    "ask_help": _("minta pendampingan"),
    "assist": _("mendampingi"),
    "see_assistance": _("membaca pendampingan"),
}

OBJECTS: Mapping[str, Any] = {
    "article": _("berita"),
    "media": _("foto"),
    "private_file": _("berkas"),
    "decree": _("SK"),
    "evidence": _("bukti"),
    "invitation": _("undangan"),
    "board_member": _("pengurus"),
    "user_account": _("akun"),
    "membership": _("peran"),
    "own_page": _("halaman"),
    "banner": _("pengumuman"),
    "cluster_case": _("kasus klaster"),
    "rest_week": _("minggu istirahat"),
    "complaint": _("aduan"),
    "assistance": _("pendampingan"),
}


def said(entry: Entry) -> str:
    """What was done, without who and to what."""
    if not entry.verb.startswith(REFUSED):
        return str(VERBS.get(entry.verb, entry.verb))
    tried = entry.verb.removeprefix(REFUSED)
    if tried == "more":
        return str(_("mencoba lebih dari %(most)s langkah yang ditolak dalam satu jam")) % {
            "most": entry.after.get("most", "")
        }
    return str(_("ditolak saat mencoba %(tried)s")) % {"tried": _TRIED.get(tried, tried)}


def why(entry: Entry) -> str:
    """The reason that was given, or why it was refused."""
    if entry.verb.startswith(REFUSED):
        code = str(entry.after.get("why", ""))
        text = str(sentences.SENTENCES[code][1]) if code in sentences.SENTENCES else code
        return code if "%(" in text else text
    if entry.verb == "article.withdraw":
        return str(words.WITHDRAWN.get(entry.reason, entry.reason))  # type: ignore[call-overload]
    return entry.reason


def changed(entry: Entry) -> str:
    """The fields and states that the entry names, short."""
    names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
    parts = (f"{n}: {_short(entry.before.get(n))} -> {_short(entry.after.get(n))}" for n in names)
    return "; ".join(parts)


def _short(value: Any) -> str:
    return "-" if value is None else str(value)
