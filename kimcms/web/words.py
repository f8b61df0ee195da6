"""States, roles and reasons as people read them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from kimcms.domain.corrections import Kind
from kimcms.domain.notices import Topic
from kimcms.domain.register import Condition
from kimcms.domain.review import Reason
from kimcms.domain.roles import Role
from kimcms.domain.workflow import Exposure, FeedState, TextState, Withdrawal

ROLES = {
    Role.PEWARTA: _("Pewarta"),
    Role.EDITOR: _("Editor"),
    Role.HEAD: _("Ketua"),
    Role.MODERATOR: _("Moderator Forum"),
    Role.DISKOMINFO: _("Diskominfo"),
}

# What a person may do in a KIM, for those who hand out roles.
ROLE_CHOICES = {
    Role.PEWARTA: _("Pewarta: menulis berita dan mengirimnya ke editor"),
    Role.EDITOR: _("Editor: memeriksa, membetulkan, dan menerbitkan berita siapa saja"),
    Role.HEAD: _("Ketua: semua itu, ditambah anggota, rumah KIM, pengurus, SK, dan bukti"),
}

TEXT = {
    TextState.CLEAN: _("Sudah bersih"),
    TextState.DRAFT: _("Draf"),
    TextState.SUBMITTED: _("Menunggu editor"),
    TextState.RETURNED: _("Dikembalikan"),
}

EXPOSURE = {
    Exposure.NEVER: _("Belum terbit"),
    Exposure.PUBLIC: _("Terbit"),
    Exposure.UNPUBLISHED: _("Diturunkan"),
    Exposure.WITHDRAWN: _("Dicabut"),
}

FEED = {
    FeedState.NONE: _("Tidak ditawarkan ke portal"),
    FeedState.PENDING: _("Menunggu tinjauan Forum"),
    FeedState.ACCEPTED: _("Tampil di portal kota"),
    FeedState.CHANGE_ASKED: _("Forum minta perubahan"),
    FeedState.DECLINED: _("Tidak masuk portal kota"),
    FeedState.REMOVED: _("Dikeluarkan dari portal kota"),
}

REASONS = {
    Reason.SOURCE: _("Sumbernya belum jelas"),
    Reason.FACTS: _("Faktanya perlu dipastikan"),
    Reason.BALANCE: _("Pihak yang dituduh belum menjawab"),
    Reason.CHILD: _("Identitas anak terbuka"),
    Reason.PRIVACY: _("Memuat data pribadi"),
    Reason.COPIED: _("Menyalin karya pihak lain"),
    Reason.DUPLICATE: _("Sudah ada berita yang sama"),
    Reason.PROMOTION: _("Iklan atau promosi"),
    Reason.GAMBLING: _("Memuat judi atau penipuan"),
    Reason.OUTSIDE: _("Bukan kabar kelurahan atau kota ini"),
    Reason.WRITING: _("Tulisan atau fotonya perlu dirapikan"),
    Reason.OTHER: _("Sebab lain"),
}

WITHDRAWN = {
    Withdrawal.FALSE: _("Isinya tidak benar"),
    Withdrawal.COPIED: _("Menyalin karya pihak lain"),
    Withdrawal.GAMBLING: _("Memuat judi atau penipuan"),
    Withdrawal.CHILD: _("Melindungi anak"),
    Withdrawal.PRIVACY: _("Melindungi data pribadi"),
    Withdrawal.SOURCE: _("Melindungi narasumber"),
    Withdrawal.LAW: _("Perintah hukum"),
    Withdrawal.OTHER: _("Sebab lain"),
}

CORRECTIONS = {
    Kind.RALAT: _("Ralat"),
    Kind.KOREKSI: _("Koreksi"),
    Kind.KLARIFIKASI: _("Klarifikasi"),
}

CONDITIONS = {
    Condition.FORMING: _("Sedang dibentuk"),
    Condition.NEW: _("KIM baru"),
    Condition.ACTIVE: _("Aktif"),
    Condition.GRACE: _("SK masa tenggang"),
    Condition.DEAD: _("SK mati"),
    Condition.SUSPENDED: _("Dibekukan"),
}

ACCENT_NAMES = {
    "bata": _("Bata"),
    "daun": _("Daun"),
    "laut": _("Laut"),
    "nila": _("Nila"),
    "manggis": _("Manggis"),
    "kunyit": _("Kunyit"),
    "apel": _("Apel"),
    "batu": _("Batu"),
}

HISTORY = {
    "article.save": _("menyimpan naskah"),
    "article.submit": _("mengirim ke editor"),
    "article.take_back": _("menarik kembali naskah"),
    "article.return": _("mengembalikan naskah"),
    "article.note": _("memberi catatan di samping paragraf"),
    "article.note_fixed": _("menandai catatan sudah diperbaiki"),
    "article.note_open": _("membuka lagi catatan"),
    "article.publish": _("menerbitkan"),
    "article.wish": _("ingin menerbitkan naskah dengan kata judi"),
    "article.vouch": _("menyetujui sebagai orang kedua"),
    "article.unpublish": _("menurunkan"),
    "article.clear": _("membatalkan jadwal terbit"),
    "article.correct": _("membetulkan"),
    "article.reply": _("memuat hak jawab"),
    "article.withdraw": _("mencabut"),
    "article.restore": _("memulihkan"),
    "article.accept": _("menerima untuk portal kota"),
    "article.read": _("membaca sesudah tampil di portal kota"),
    "article.ask_change": _("meminta perbaikan untuk portal kota"),
    "article.decline": _("menolak untuk portal kota"),
    "article.remove": _("mengeluarkan dari portal kota"),
    "article.hold": _("menahan: ada tanda risiko"),
    "article.appeal": _("mengajukan banding"),
    "article.hide": _("menyembunyikan selama 24 jam"),
    "article.unhide": _("membuka lagi yang disembunyikan"),
    "article.change_slug": _("mengganti alamat"),
    "article.bylines": _("mengatur nama pewarta"),
    "article.share_preview": _("membagikan pratinjau"),
    "article.unshare_preview": _("mencabut tautan pratinjau"),
    "article.lead": _("menjadikan berita utama portal"),
    "article.unlead": _("melepas dari berita utama"),
    "kim.open": _("KIM dibuka"),
    "kim.describe": _("data KIM diubah"),
    "kim.rename": _("nama KIM diubah"),
    "kim.shape": _("tampilan situs diubah"),
    "kim.alias": _("domain sendiri diubah"),
    "kim.alias_verified": _("domain sendiri diverifikasi"),
    "kim.slug": _("alamat diganti"),
    "kim.trust": _("cara peninjauan diubah"),
    "kim.suspend": _("subsitus dibekukan"),
    "kim.wake": _("redaksi dibangunkan"),
    "kim.resume": _("subsitus dibuka kembali"),
    "kim.close": _("KIM ditutup"),
    "kim.role.pewarta": _("Anda sekarang pewarta di %(kim)s"),
    "kim.role.editor": _("Anda sekarang editor di %(kim)s"),
    "kim.role.head": _("Anda sekarang ketua di %(kim)s"),
    "kim.role_ended": _("Peran Anda di %(kim)s sudah berakhir. Terima kasih atas karya Anda."),
    "kim.left": _("%(who)s keluar dari %(kim)s"),
    "kim.merge": _("digabung ke KIM lain"),
    "kim.merged_here": _("KIM lain digabung ke sini"),
    "board.renew": _("susunan pengurus diganti"),
}

TOPICS = {
    Topic.SUBMITTED: _("Naskah menunggu Anda"),
    Topic.RETURNED: _("Naskah dikembalikan"),
    Topic.PUBLISHED: _("Berita terbit, dibetulkan, dicabut, atau memuat nama Anda"),
    Topic.ACCEPTED: _("Berita diterima di portal kota"),
    Topic.DECLINED: _("Berita tidak masuk portal kota"),
    Topic.CLUSTER: _("Klaster: perubahan, usul, dan peringatan"),
    Topic.DECREE: _("SK kepengurusan dan perpanjangannya"),
    Topic.EVIDENCE: _("Bukti kegiatan dan undangan"),
    Topic.KIM: _("KIM dan serah terima ketua"),
    Topic.POLICY: _("Angka pelacak klaster"),
    Topic.COMPLAINT: _("Aduan pembaca dan tenggatnya"),
    Topic.ASSISTANCE: _("Pendampingan: permintaan, jawaban, kunjungan, dan pengingat"),
}

# What happened to the words of an entry of the history, as a label on it.
MOMENTS = {
    "article.submit": _("Dikirim"),
    "article.take_back": _("Ditarik kembali"),
    "article.return": _("Dikembalikan"),
    "article.publish": _("Terbit"),
    "article.unpublish": _("Diturunkan"),
    "article.withdraw": _("Dicabut"),
    "article.restore": _("Dipulihkan"),
    "article.correct": _("Ralat"),
    "article.accept": _("Diterima Forum"),
    "article.read": _("Dibaca Forum"),
    "article.ask_change": _("Diminta perbaikan"),
    "article.decline": _("Ditolak Forum"),
    "article.remove": _("Dikeluarkan Forum"),
    "article.appeal": _("Banding"),
}

NOTICES = {
    "article.submitted": _("Naskah menunggu Anda: %(title)s"),
    "article.returned": _("Naskah dikembalikan: %(title)s"),
    "article.published": _("Berita terbit: %(title)s"),
    "article.credited": _("Nama Anda dicantumkan sebagai pewarta: %(title)s"),
    "article.corrected": _("Berita dibetulkan: %(title)s"),
    "article.withdrawn": _("Berita dicabut: %(title)s"),
    "article.hidden": _("Disembunyikan Forum untuk sementara: %(title)s"),
    "article.unhidden": _("Tidak lagi disembunyikan: %(title)s"),
    "wake.link": _("Redaksi %(kim)s tertidur karena lama tidak ada yang masuk"),
    "hide.waiting": _("Menunggu keputusan Anda, disembunyikan di %(kim)s: %(title)s"),
    "article.restored": _("Berita dipulihkan: %(title)s"),
    "article.second_asked": _("Perlu orang kedua karena memuat kata judi: %(title)s"),
    "article.second_forum": _("%(kim)s minta orang kedua, naskah memuat kata judi: %(title)s"),
    "article.vouched": _("Forum setuju, silakan terbitkan: %(title)s"),
    "article.held": _("Tanda judi atau iklan gelap (%(found)s): %(title)s"),
    "article.accepted": _("Diterima di portal kota: %(title)s"),
    "article.change_asked": _("Forum minta perbaikan: %(title)s. Alasan: %(reason)s"),
    "article.removed": _("Dikeluarkan dari portal kota: %(title)s. Alasan: %(reason)s"),
    "article.declined": _("Tidak masuk portal kota: %(title)s. Alasan: %(reason)s"),
    "account.invite": _("Undangan ke redaksi"),
    "account.reset": _("Tautan kata sandi baru"),
    "cluster.changed": _("%(kim)s sekarang di klaster %(to)s"),
    "cluster.new": _("%(kim)s sekarang KIM baru: SK pertamanya sudah diverifikasi"),
    "cluster.warning": _("%(kim)s: tanpa berita baru, pemberitaan dinilai berhenti %(day)s"),
    "cluster.proposed.rise": _("%(kim)s diusulkan naik ke klaster %(to)s, menunggu Forum"),
    "cluster.proposed.fall": _("%(kim)s diusulkan turun ke klaster %(to)s, menunggu Forum"),
    "cluster.declined": _("Usul klaster %(to)s untuk %(kim)s ditolak Forum: %(reason)s"),
    "cluster.objected": _("%(kim)s mengajukan keberatan atas klasternya"),
    "cluster.objection_declined": _("Keberatan %(kim)s dijawab Forum: %(reason)s"),
    "cluster.override_proposed": _(
        "Keputusan khusus klaster %(to)s untuk %(kim)s menunggu moderator kedua"
    ),
    "cluster.overridden": _(
        "Forum menampilkan %(kim)s di klaster %(to)s sampai %(day)s: %(reason)s"
    ),
    "policy.switch": _("Angka pelacak klaster berubah mulai %(day)s"),
    "policy.take_back": _("Perubahan angka pelacak klaster dibatalkan"),
    "policy.propose": _("Forum mengusulkan angka pelacak klaster lain: %(reason)s"),
    "kim.review_after": _("Berita %(kim)s sekarang tampil di portal kota tanpa menunggu tinjauan"),
    "kim.review_before": _(
        "Berita %(kim)s kembali menunggu tinjauan sebelum tampil di portal kota"
    ),
    "kim.slug": _("Alamat %(kim)s diganti menjadi %(to)s. Alasan: %(reason)s"),
    "kim.suspend": _("Subsitus %(kim)s dibekukan. Alasan: %(reason)s"),
    "kim.resume": _("Subsitus %(kim)s terbuka lagi. Alasan: %(reason)s"),
    "kim.close": _("%(kim)s ditutup dan peran Anda di sana berakhir. Alasan: %(reason)s"),
    "kim.merge": _("%(kim)s digabung ke %(to)s. Alasan: %(reason)s"),
    "kim.merged_here": _("%(to)s digabung ke %(kim)s. Alasan: %(reason)s"),
    "decree.entered": _("SK %(kim)s menunggu verifikasi"),
    "decree.verified": _("SK %(kim)s sudah diverifikasi"),
    "decree.returned": _("SK %(kim)s perlu diperbaiki: %(reason)s"),
    "decree.ending": _("SK %(kim)s berakhir %(end)s (sisa %(left)s hari)"),
    "decree.grace": _("SK %(kim)s berakhir %(end)s, masa tenggang sampai %(day)s"),
    "decree.assumed_ended": _("SK %(kim)s diperkirakan berakhir %(end)s, kirim SK yang benar"),
    "decree.dead": _("SK %(kim)s tidak berlaku lagi: berakhir %(end)s dan belum diperpanjang"),
    "renewal.requested": _("%(kim)s meminta perpanjangan SK"),
    "renewal.refused": _("Perpanjangan SK %(kim)s ditolak: %(reason)s"),
    "evidence.verified": _("Bukti diverifikasi Forum: %(title)s"),
    "evidence.returned": _("Bukti dikembalikan Forum: %(title)s. Alasan: %(reason)s"),
    "invitation.made": _("Undangan untuk %(kim)s, %(day)s: %(title)s"),
    "invitation.off": _("Acara batal: %(title)s, %(day)s. Alasan: %(reason)s"),
    "handover.head": _("Anda ketua baru %(kim)s di redaksi"),
    "handover.leaving": _(
        "Serah terima %(kim)s kepada %(head)s: peran ketua Anda berakhir paling lambat %(day)s"
    ),
    "handover.ended": _("Peran ketua Anda di %(kim)s sudah berakhir. Terima kasih."),
    "complaint.arrived": _("Aduan %(number)s (%(about)s, %(kim)s) masuk, jawab sebelum %(due)s"),
    "complaint.held": _("Aduan %(number)s untuk %(kim)s ditahan: periksa dulu apakah sungguhan"),
    "complaint.half": _("Aduan %(number)s (%(about)s, %(kim)s) belum dijawab, tenggatnya %(due)s"),
    "complaint.overdue": _("Aduan %(number)s (%(about)s, %(kim)s) lewat tenggat %(due)s"),
    "complaint.message": _("Pengirim aduan %(number)s (%(kim)s) menulis lagi"),
    "complaint.answered": _("Forum menjawab aduan %(number)s untuk %(kim)s"),
    "complaint.closed": _("Forum menutup aduan %(number)s untuk %(kim)s"),
    "handover.done": _("Serah terima %(kim)s selesai: peran ketua %(who)s sudah berakhir"),
    "assistance.tell": _("%(kim)s minta pendampingan"),
    "assistance.begin": _("Forum menawarkan pendampingan kepada %(kim)s"),
    "assistance.write": _("%(kim)s menulis di pendampingannya"),
    "assistance.answer": _("Forum menjawab pendampingan %(kim)s"),
    "assistance.plan": _("Forum akan mengunjungi %(kim)s, %(day)s: %(place)s"),
    "assistance.found": _("Hasil kunjungan Forum ke %(kim)s sudah dicatat"),
    "assistance.ask": _("Apakah %(kim)s sudah terbantu? Forum menunggu jawaban Anda"),
    "assistance.helped": _("%(kim)s sudah terbantu, pendampingan selesai"),
    "assistance.not_yet": _("%(kim)s belum terbantu"),
    "assistance.silent": _("Pendampingan %(kim)s ditutup karena tidak ada jawaban"),
    "assistance.hand": _("Pendampingan %(kim)s diserahkan kepada Anda"),
    "assistance.due": _("Pendampingan %(kim)s: waktunya langkah berikutnya, %(day)s"),
}
