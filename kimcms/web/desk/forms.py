"""Forms of the newsroom: how what was typed becomes values."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from flask import g, request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    Optional,
    Regexp,
    StopValidation,
)

from kimcms.domain import attachments
from kimcms.domain.attachments import TITLE_LONGEST as PDF_TITLE_LONGEST
from kimcms.domain.attachments import Attachment
from kimcms.domain.clock import WIB
from kimcms.domain.draft import (
    CAPTION_LONGEST,
    CREDIT_LONGEST,
    LEAD_LONGEST,
    TITLE_LONGEST,
    Draft,
)
from kimcms.domain.notes import NOTE_LONGEST as BESIDE_LONGEST
from kimcms.domain.roles import CITY_ROLES, KIM_ROLES
from kimcms.models.article import Revision
from kimcms.models.media import Media
from kimcms.queries.articles import categories
from kimcms.services.articles import Edit
from kimcms.web import words
from kimcms.web.desk.correction_forms import ChangedFacts

_REQUIRED = InputRequired(_("Wajib diisi."))
_SAID = DataRequired(_("Wajib diisi."))  # blanks say nothing
_DATE = _("Tulis tanggal yang benar, misalnya 2026-11-24.")
_PHOTO_LONGEST = 12 * 1024 * 1024


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=_("Paling banyak %(max)d huruf."))


class SignInForm(FlaskForm):  # type: ignore[misc]
    akun = StringField(_("Surel atau nomor HP"), [_REQUIRED, _at_most(254)])
    sandi = PasswordField(_("Kata sandi"), [_REQUIRED, _at_most(200)])


class ResetForm(FlaskForm):  # type: ignore[misc]
    akun = StringField(_("Surel atau nomor HP"), [_REQUIRED, _at_most(254)])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    sandi = PasswordField(_("Kata sandi baru"), [_REQUIRED])
    sandi_ulang = PasswordField(_("Ketik sekali lagi"), [_REQUIRED])


class ChangePasswordForm(PasswordForm):
    sandi_lama = PasswordField(_("Kata sandi sekarang"), [_REQUIRED])


class ButtonForm(FlaskForm):  # type: ignore[misc]
    """A button that changes something: only the token that it comes from our page."""


class BylineForm(FlaskForm):  # type: ignore[misc]
    tampil = BooleanField(_("Tampilkan nama saya sebagai pewarta"))


class RevisionForm(FlaskForm):  # type: ignore[misc]
    """An older revision, and the newest one that the person saw beside it."""

    revisi = IntegerField(validators=[InputRequired()])
    dasar = IntegerField(validators=[Optional()])


class BesideForm(FlaskForm):  # type: ignore[misc]
    """A note beside the paragraph `bagian` of the revision that was read."""

    revisi = IntegerField(validators=[InputRequired()])
    bagian = IntegerField(validators=[InputRequired()])
    catatan = TextAreaField(_("Catatan untuk bagian ini"), [_at_most(BESIDE_LONGEST)])


class FixedForm(FlaskForm):  # type: ignore[misc]
    nomor = IntegerField(validators=[InputRequired()])
    beres = BooleanField()


class NoteForm(FlaskForm):  # type: ignore[misc]
    catatan = TextAreaField(_("Catatan untuk penulis"), [_at_most(2000)])


class SlugForm(FlaskForm):  # type: ignore[misc]
    alamat = StringField(_("Alamat baru"), [_REQUIRED, _at_most(100)])


class PublishForm(ChangedFacts):
    revisi = IntegerField(validators=[Optional()])
    waktu = DateTimeLocalField(
        _("Jadwal terbit (WIB)"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    hanya_situs = BooleanField(_("Hanya di situs kami, tidak ditawarkan ke portal kota"))
    # Set by the form that asks for an hour: without one in the future nothing goes out.
    nanti = HiddenField(_("Jadwal terbit"))

    def validate_nanti(self, field: Any) -> None:
        chosen = self.at()
        if field.data and not self.waktu.errors and (chosen is None or chosen <= g.now):
            raise StopValidation(_("Pilih hari dan jam yang akan datang."))

    def at(self) -> dt.datetime | None:
        """The chosen hour, as an instant; typed in WIB."""
        chosen: dt.datetime | None = self.waktu.data
        return chosen.replace(tzinfo=WIB) if chosen else None


class ArticleForm(FlaskForm):  # type: ignore[misc]
    """The editor's form. `format` says whether the script's HTML or plain Markdown came."""

    judul = StringField(_("Judul"), [_at_most(TITLE_LONGEST)])
    isi = TextAreaField(_("Isi berita"))
    format = HiddenField(default="markdown", validators=[AnyOf(["markdown", "html"])])
    ringkasan = TextAreaField(_("Ringkasan"), [_at_most(LEAD_LONGEST)])
    topik = SelectField(_("Topik"), coerce=str)
    tanggal = DateField(_("Tanggal peristiwa"), [Optional()])
    sumber = StringField(_("Siaran ulang dari"), [_at_most(TITLE_LONGEST)])
    foto = FileField(_("Foto utama"))
    foto_id = IntegerField(validators=[Optional()])
    hapus_foto = BooleanField(_("Lepas foto ini"))
    keterangan = StringField(_("Keterangan foto"), [_at_most(CAPTION_LONGEST)])
    alt = StringField(_("Teks pengganti foto"), [_at_most(CAPTION_LONGEST)])
    kredit = StringField(_("Pemotret"), [_at_most(CREDIT_LONGEST)])
    lampiran = FileField(_("Tambah PDF"))
    lampiran_judul = StringField(_("Judul PDF"), [_at_most(PDF_TITLE_LONGEST)])
    lampiran_daftar = HiddenField()
    dasar = IntegerField(validators=[Optional()])
    kunci = HiddenField()
    # From the script only: kept by itself; whose text it is, and under which name it lies on the
    # phone.
    otomatis = BooleanField()
    akun = IntegerField(validators=[Optional()])
    lembar = HiddenField(validators=[Optional(), Regexp(r"[0-9a-f]{32}\Z")])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.topik.choices = [
            SelectChoice("", _("Pilih topik")),
            *(SelectChoice(str(topic.id), topic.name) for topic in categories()),
        ]
        if not self.kunci.data:
            self.kunci.data = secrets.token_hex(16)

    def validate_tanggal(self, field: Any) -> None:
        if field.errors:
            field.errors = [_DATE]
            raise StopValidation

    def renew_key(self) -> None:
        """The old one is used up: what is sent next is something new."""
        self.kunci.raw_data, self.kunci.data = None, secrets.token_hex(16)

    def photo(self) -> bytes | None:
        """The bytes of a chosen photo; one byte more than allowed shows that it is too large."""
        chosen = request.files.get("foto")
        return chosen.stream.read(_PHOTO_LONGEST + 1) if chosen and chosen.filename else None

    def paper(self) -> tuple[str, bytes] | None:
        """Name and bytes of a chosen PDF."""
        chosen = request.files.get("lampiran")
        if not chosen or not chosen.filename:
            return None
        return chosen.filename, chosen.stream.read(_PHOTO_LONGEST + 1)

    def attach(self, item: Media) -> None:
        """Take a PDF up that came with this very form."""
        title = self.lampiran_judul.data or item.caption
        there = [one for one in self.attachments() if one.media_id != item.id]  # sent again
        listed = [*there, Attachment(item.id, title)]
        self.lampiran_daftar.data = attachments.for_form(attachments.stored(listed))
        self.lampiran_judul.data = ""

    def attachments(self) -> tuple[Attachment, ...]:
        """The PDFs that stay, in their order. Raises `Refused`."""
        listed = attachments.typed(self.lampiran_daftar.data or "")
        return tuple(one for one in listed if not request.form.get(f"lepas_{one.media_id}"))

    def edit(self, photo_id: int | None = None) -> Edit:
        """What the writer hands in. `photo_id` is a photo that came with this very form."""
        kept = None if self.hapus_foto.data else self.foto_id.data
        draft = Draft(
            title=self.judul.data or "",
            body=self.isi.data or "",
            lead=self.ringkasan.data or "",
            markdown=self.format.data != "html",
            category_id=int(self.topik.data) if self.topik.data else None,
            event_on=self.tanggal.data,
            repost_source=self.sumber.data or "",
            photo_id=photo_id or kept,
            photo_caption=self.keterangan.data or "",
            photo_alt=self.alt.data or "",
            photo_credit=self.kredit.data or "",
            attachments=self.attachments(),
        )
        return Edit(
            draft,
            self.dasar.data,
            self.kunci.data or None,
            auto=bool(self.otomatis.data),
        )

    @staticmethod
    def values_of(revision: Revision, body: str) -> dict[str, Any]:
        """The fields of a stored revision, for `ArticleForm(data=...)`."""
        return {
            "judul": revision.title,
            "isi": body,
            "ringkasan": revision.lead,
            "topik": str(revision.category_id or ""),
            "tanggal": revision.event_on,
            "sumber": revision.repost_source,
            "foto_id": revision.photo_id,
            "keterangan": revision.photo_caption,
            "alt": revision.photo_alt,
            "kredit": revision.photo_credit,
            "lampiran_daftar": attachments.for_form(revision.attachments),
            "dasar": revision.id,
        }


class MemberForm(FlaskForm):  # type: ignore[misc]
    nama = StringField(_("Nama"), [_REQUIRED, _at_most(80)])
    akun = StringField(_("Surel atau nomor HP"), [_REQUIRED, _at_most(254)])
    peran = RadioField(
        _("Peran"),
        choices=[SelectChoice(role.value, words.ROLE_CHOICES[role]) for role in KIM_ROLES],
        validators=[InputRequired(_("Pilih satu peran."))],
    )


class RoleForm(FlaskForm):  # type: ignore[misc]
    peran = SelectField(
        _("Peran baru"),
        choices=[SelectChoice(role.value, words.ROLE_CHOICES[role]) for role in KIM_ROLES],
    )


class LeaveForm(FlaskForm):  # type: ignore[misc]
    yakin = BooleanField(_("Ya, saya keluar dari KIM ini"))


class CityMemberForm(MemberForm):
    peran = RadioField(
        _("Peran"),
        choices=[SelectChoice(role.value, words.ROLES[role]) for role in CITY_ROLES],
        validators=[InputRequired(_("Pilih satu peran."))],
    )


class OpenKimForm(FlaskForm):  # type: ignore[misc]
    nama = StringField(_("Nama KIM"), [_REQUIRED, _at_most(80)])
    alamat = StringField(_("Alamat subsitus"), [_REQUIRED, _at_most(63)])


class AliasForm(FlaskForm):  # type: ignore[misc]
    domain = StringField(_("Domain sendiri"), [_at_most(253)])
