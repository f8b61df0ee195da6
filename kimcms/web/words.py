"""States, roles and reasons as people read them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from kimcms.domain.roles import Role
from kimcms.domain.workflow import Exposure, FeedState, TextState, Withdrawal

ROLES = {
    Role.PEWARTA: _("Pewarta"),
    Role.EDITOR: _("Editor"),
    Role.HEAD: _("Ketua"),
    Role.MODERATOR: _("Moderator Forum"),
    Role.DISKOMINFO: _("Diskominfo"),
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
    "article.publish": _("menerbitkan"),
    "article.unpublish": _("menurunkan"),
    "article.clear": _("membatalkan jadwal terbit"),
    "article.withdraw": _("mencabut"),
    "article.restore": _("memulihkan"),
    "article.accept": _("menerima untuk portal kota"),
    "article.decline": _("menolak untuk portal kota"),
    "article.change_slug": _("mengganti alamat"),
}

NOTICES = {
    "article.submitted": _("Naskah menunggu Anda: %(title)s"),
    "article.returned": _("Naskah dikembalikan: %(title)s"),
    "article.published": _("Berita terbit: %(title)s"),
    "article.withdrawn": _("Berita dicabut: %(title)s"),
    "article.restored": _("Berita dipulihkan: %(title)s"),
    "article.accepted": _("Diterima di portal kota: %(title)s"),
    "article.declined": _("Tidak masuk portal kota: %(title)s. Alasan: %(reason)s"),
    "account.invite": _("Undangan ke redaksi"),
    "account.reset": _("Tautan kata sandi baru"),
    "cluster.changed": _("%(kim)s sekarang di klaster %(to)s"),
}
