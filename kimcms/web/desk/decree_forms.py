"""Forms about decrees and boards."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, StopValidation

from kimcms.domain.board import POSITIONS
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.models.decree import Decree
from kimcms.services.boards import Seat
from kimcms.services.decrees import DecreeFacts
from kimcms.services.heads import NewHead
from kimcms.storage.images import MAX_BYTES

_REQUIRED = InputRequired(_("Wajib diisi."))
_DATE = _("Tulis tanggal yang benar, misalnya 2026-11-24.")
INVITE, SAME = "undang", ""


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=_("Paling banyak %(max)d huruf."))


def _real_date(_form: FlaskForm, field: Any) -> None:
    """One sentence instead of WTForms' own; an empty field is for the next validator."""
    if field.data is not None:
        return
    field.errors.clear()
    if field.raw_data and field.raw_data[0].strip():
        raise StopValidation(_DATE)


class DecreeForm(FlaskForm):  # type: ignore[misc]
    nomor = StringField(_("Nomor SK"), [_REQUIRED, _at_most(80)])
    tanggal = DateField(_("Tanggal SK"), [_real_date, _REQUIRED])
    mulai = DateField(_("Berlaku mulai"), [_real_date, _REQUIRED])
    akhir = DateField(_("Berlaku sampai"), [_real_date])
    tidak_tertulis = BooleanField(_("Tanggal akhir tidak tertulis di SK"))
    perkiraan = DateField(_("Perkiraan tanggal akhir"), [_real_date])
    penanda_tangan = StringField(_("Ditandatangani oleh"), [_at_most(120)])
    pindaian = FileField(_("Pindaian atau foto SK"))
    kunci = HiddenField()

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        if not self.kunci.data:
            self.kunci.data = secrets.token_hex(16)

    def validate_akhir(self, field: Any) -> None:
        if self.tidak_tertulis.data:
            return
        if field.data is None:
            raise StopValidation(_('Isi tanggal akhir, atau centang "tidak tertulis".'))
        if field.data and self.mulai.data and field.data < self.mulai.data:
            raise StopValidation(_("Tanggal akhir mendahului tanggal mulai."))

    def validate_perkiraan(self, field: Any) -> None:
        if not self.tidak_tertulis.data:
            return
        if field.data is None:
            raise StopValidation(_("Isi perkiraan, misalnya tiga tahun sesudah tanggal mulai."))
        if field.data and self.mulai.data and field.data < self.mulai.data:
            raise StopValidation(_("Tanggal akhir mendahului tanggal mulai."))

    def paper(self) -> DecreeFacts:
        assumed = bool(self.tidak_tertulis.data)
        return DecreeFacts(
            number=self.nomor.data or "",
            dated_on=self.tanggal.data,
            starts_on=self.mulai.data,
            ends_on=self.perkiraan.data if assumed else self.akhir.data,
            signer=self.penanda_tangan.data or "",
            end_assumed=assumed,
        )

    def scan(self) -> tuple[str, bytes] | None:
        """Name and bytes of a chosen file; one byte too many shows that it is too large."""
        chosen = request.files.get("pindaian")
        if not chosen or not chosen.filename:
            return None
        return chosen.filename, chosen.stream.read(MAX_BYTES + 1)

    @staticmethod
    def values_of(decree: Decree) -> dict[str, Any]:
        return {
            "nomor": decree.number,
            "tanggal": decree.dated_on,
            "mulai": decree.starts_on,
            "akhir": None if decree.end_assumed else decree.ends_on,
            "tidak_tertulis": decree.end_assumed,
            "perkiraan": decree.ends_on if decree.end_assumed else None,
            "penanda_tangan": decree.signer,
        }


class VerifyForm(FlaskForm):  # type: ignore[misc]
    """`ketua` is a member's id, "undang" for somebody new, or empty where the head stays."""

    dilihat = BooleanField(
        _("Saya sudah melihat naskah SK dan isinya cocok"),
        [InputRequired(_("Lihat dulu naskah SK, lalu centang."))],
    )
    ketua = RadioField(_("Ketua menurut SK ini"), default=SAME)
    nama = StringField(_("Nama ketua baru"), [_at_most(80)])
    akun = StringField(_("Surel atau nomor HP ketua baru"), [_at_most(254)])

    def __init__(self, members: list[tuple[int, str]], *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.ketua.choices = [
            SelectChoice(SAME, _("Tidak berganti")),
            *(SelectChoice(str(user_id), name) for user_id, name in members),
            SelectChoice(INVITE, _("Orang lain, undang ke redaksi")),
        ]

    def validate_nama(self, field: Any) -> None:
        if self.ketua.data == INVITE and not (field.data or "").strip():
            raise StopValidation(_("Isi nama ketua baru."))

    def validate_akun(self, field: Any) -> None:
        if self.ketua.data == INVITE and not (field.data or "").strip():
            raise StopValidation(_("Isi surel atau nomor HP ketua baru."))

    def head(self) -> NewHead | None:
        if self.ketua.data == INVITE:
            return NewHead(name=self.nama.data or "", sign_in_name=self.akun.data or "")
        return NewHead(user_id=int(self.ketua.data)) if self.ketua.data else None


class ReturnForm(FlaskForm):  # type: ignore[misc]
    alasan = TextAreaField(_("Apa yang perlu diperbaiki?"), [_at_most(NOTE_LONGEST)])


class RefuseForm(FlaskForm):  # type: ignore[misc]
    alasan = TextAreaField(_("Alasan penolakan"), [_at_most(NOTE_LONGEST)])


class _DecreeChoice(FlaskForm):  # type: ignore[misc]
    """What a change of the board names: the decree behind it, and its first day."""

    sk = SelectField(_("Menurut SK"))
    mulai = DateField(_("Menjabat mulai"), [_real_date, _REQUIRED])

    def __init__(self, decrees: list[Decree], *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.sk.choices = [
            *(SelectChoice(str(decree.id), decree.number) for decree in decrees),
            SelectChoice("", _("Tanpa SK")),
        ]

    def decree_id(self) -> int | None:
        return int(self.sk.data) if self.sk.data else None


class SeatForm(_DecreeChoice):
    jabatan = SelectField(_("Jabatan"), choices=[SelectChoice(p, p) for p in POSITIONS])
    nama = StringField(_("Nama"), [_REQUIRED, _at_most(80)])


class BoardForm(_DecreeChoice):
    """A whole board at once; the fields take several names, one a line."""

    ketua = StringField(_("Ketua"), [_REQUIRED, _at_most(80)])
    sekretaris = StringField(_("Sekretaris"), [_at_most(80)])
    bendahara = StringField(_("Bendahara"), [_at_most(80)])
    penggalian = TextAreaField(_("Bidang penggalian informasi"), [_at_most(2000)])
    pengolahan = TextAreaField(_("Bidang pengolahan informasi"), [_at_most(2000)])
    penyebaran = TextAreaField(_("Bidang penyebaran informasi"), [_at_most(2000)])

    def seats(self) -> list[Seat]:
        typed = (
            *(self.ketua, self.sekretaris, self.bendahara),
            *(self.penggalian, self.pengolahan, self.penyebaran),
        )
        return [
            Seat(position, name)
            for position, field in zip(POSITIONS, typed, strict=True)
            for name in (field.data or "").splitlines()
            if name.strip()
        ]


class TermForm(FlaskForm):  # type: ignore[misc]
    akhir = DateField(_("Hari terakhir"), [_real_date, _REQUIRED])

    def last(self) -> dt.date:
        day: dt.date = self.akhir.data
        return day
