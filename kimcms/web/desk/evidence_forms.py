"""Forms about proof: what the KIM hands in, and what the Forum answers."""

from __future__ import annotations

import secrets
from typing import Any

from flask import g, request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from kimcms.domain.clock import day_of
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.evidence import EARLIEST, MOST_FILES, MOST_PEOPLE, TITLE_LONGEST, Adinda, Claim
from kimcms.domain.ledger import Proof
from kimcms.models.evidence import Evidence
from kimcms.storage.images import MAX_BYTES
from kimcms.web.desk import evidence_words as words

_REQUIRED = InputRequired(_("Wajib diisi."))


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=_("Paling banyak %(max)d huruf."))


def real_date(_form: FlaskForm, field: Any) -> None:
    """One sentence instead of WTForms' own; an empty field is for the next validator."""
    if field.data is None:
        field.errors.clear()
        if field.raw_data and field.raw_data[0].strip():
            raise StopValidation(_("Tulis tanggal yang benar, misalnya 2026-11-24."))


def real_number(_form: FlaskForm, field: Any) -> None:
    if field.data is None:
        field.errors.clear()
        empty = not (field.raw_data and field.raw_data[0].strip())
        raise StopValidation(_("Wajib diisi.") if empty else _("Tulis dengan angka."))


def held(_form: FlaskForm, field: Any) -> None:
    """A day on which something took place."""
    if field.data is not None and not EARLIEST <= field.data <= day_of(g.now):
        raise StopValidation(_("Pilih hari ini atau sebelumnya."))


class Ticks(SelectMultipleField):  # type: ignore[misc]
    """A choice of several, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class KeyedForm(FlaskForm):  # type: ignore[misc]
    """A form that makes something, once however often it is sent."""

    kunci = HiddenField()

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        if not self.kunci.data:
            self.kunci.data = secrets.token_hex(16)


class BoardConfirmForm(KeyedForm):
    """`susunan` names the seats that were looked at."""

    susunan = HiddenField()

    def seat_ids(self) -> set[int]:
        parts = (self.susunan.data or "")[:2000].split(",")
        return {int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 19}


class ProofForm(KeyedForm):
    """What all kinds share: files, new ones and those that are to go."""

    kind: Proof
    unfit = ""  # why a chosen file was not taken
    berkas = MultipleFileField(_("Berkas"))
    lepas = Ticks(_("Lepas berkas"), coerce=int, choices=[], validate_choice=False)

    def validate_lepas(self, field: Any) -> None:
        if field.data is None:  # what was sent were no numbers
            field.errors = []
            raise StopValidation(_("Berkas itu tidak ada di sini."))

    def chosen(self) -> list[tuple[str, bytes]]:
        """Name and bytes of the files; one byte too many shows that a file is too large."""
        found = [file for file in request.files.getlist("berkas") if file and file.filename]
        return [(str(f.filename), f.stream.read(MAX_BYTES + 1)) for f in found[: MOST_FILES + 1]]

    def claim(self) -> Claim:
        raise NotImplementedError


class ProgrammeForm(ProofForm):
    kind = Proof.PROGRAMME
    tahun = SelectField(_("Program kerja tahun"), coerce=str)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        year = day_of(g.now).year
        # The next year's is written in December.
        self.tahun.choices = [SelectChoice(str(y), str(y)) for y in (year, year + 1, year - 1)]

    def claim(self) -> Claim:
        year = int(self.tahun.data)
        return Claim(
            kind=self.kind,
            day=day_of(g.now),
            title=str(_("Program kerja %(year)s", year=year)),
            year=year,
        )


class MeetingForm(ProofForm):
    kind = Proof.MEETING
    tanggal = DateField(_("Tanggal rapat"), [real_date, _REQUIRED, held])
    judul = StringField(_("Rapat tentang apa?"), [_REQUIRED, _at_most(TITLE_LONGEST)])
    hadir = IntegerField(
        _("Berapa orang hadir?"),
        [
            real_number,
            NumberRange(1, MOST_PEOPLE, _("Isi berapa orang yang hadir, paling sedikit 1.")),
        ],
    )

    def claim(self) -> Claim:
        return Claim(
            kind=self.kind,
            day=self.tanggal.data,
            title=self.judul.data or "",
            people=self.hadir.data,
        )


class ReportForm(ProofForm):
    kind = Proof.REPORT
    tanggal = DateField(_("Tanggal kegiatan"), [real_date, _REQUIRED, held])
    judul = StringField(_("Kegiatan apa?"), [_REQUIRED, _at_most(TITLE_LONGEST)])
    jenis = Ticks(
        _("Jenis kegiatan (ADINDA)"),
        choices=[SelectChoice(tag.value, words.ADINDA[tag]) for tag in Adinda],
    )
    cerita = TextAreaField(_("Cerita singkat"), [_at_most(2000)])

    def validate_jenis(self, field: Any) -> None:
        if not field.data:
            raise StopValidation(_("Pilih paling sedikit satu."))

    def claim(self) -> Claim:
        return Claim(
            kind=self.kind,
            day=self.tanggal.data,
            title=self.judul.data or "",
            tags=tuple(tag for tag in Adinda if tag.value in (self.jenis.data or ())),
            story=self.cerita.data or "",
        )


FORMS: dict[Proof, type[ProofForm]] = {
    form.kind: form for form in (ProgrammeForm, MeetingForm, ReportForm)
}


def values_of(proof: Evidence) -> dict[str, Any]:
    """The fields of what was handed in, for a form's `data`."""
    return {
        "tahun": str(proof.year or ""),
        "tanggal": proof.day,
        "judul": proof.title,
        "hadir": proof.details.get("people"),
        "jenis": proof.details.get("tags", []),
        "cerita": proof.details.get("story", ""),
    }


class VerdictForm(FlaskForm):  # type: ignore[misc]
    """`versi` is what the moderator looked at."""

    versi = HiddenField()
    alasan = TextAreaField(_("Apa yang perlu diperbaiki?"), [_at_most(NOTE_LONGEST)])


class InvitationForm(KeyedForm):
    acara = StringField(_("Nama acara"), [_REQUIRED, _at_most(140)])
    tanggal = DateField(_("Hari"), [real_date, _REQUIRED])
    tempat = StringField(_("Tempat"), [_at_most(140)])
    siapa = SelectField(
        _("Yang diundang"),
        choices=[
            SelectChoice("semua", _("Semua KIM yang aktif")),
            SelectChoice("pilih", _("KIM yang dipilih di bawah")),
        ],
        default="semua",
    )
    kim = Ticks(_("KIM"))


class AttendanceForm(FlaskForm):  # type: ignore[misc]
    hadir = Ticks(_("Yang hadir"))


class CancelForm(FlaskForm):  # type: ignore[misc]
    alasan = TextAreaField(_("Mengapa batal?"), [_at_most(NOTE_LONGEST)])


class RestForm(KeyedForm):
    hari = DateField(_("Hari apa saja pada minggu itu"), [real_date, _REQUIRED])
    untuk = SelectField(_("Berlaku untuk"))
    sebab = StringField(_("Sebab"), [_REQUIRED, _at_most(140)])
