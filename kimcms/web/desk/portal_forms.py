"""Forms about the portal itself: its own pages, and the emergency banner."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, StopValidation

from kimcms.domain.citypage import LINK_LONGEST, TEXT_LONGEST, TITLE_LONGEST, Level
from kimcms.domain.clock import WIB
from kimcms.domain.html import to_markdown
from kimcms.models.citypage import CityPage
from kimcms.services.citypages import Words

_REQUIRED = InputRequired(_("Wajib diisi."))
_WHEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_NOT_A_TIME = _("Tulis hari dan jam yang benar, misalnya 2026-11-24T14:05.")
PREVIEW, SAVE = "pratinjau", "simpan"

LEVELS = {
    Level.INFO: _("Pemberitahuan"),
    Level.WARNING: _("Peringatan"),
    Level.DANGER: _("Darurat"),
}


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=_("Paling banyak %(max)d huruf."))


class SteppedForm(FlaskForm):  # type: ignore[misc]
    """Looked at first, then saved: `langkah` says which; `kunci` makes it once."""

    langkah = HiddenField(default=PREVIEW, validators=[AnyOf([PREVIEW, SAVE])])
    kunci = HiddenField()

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        if not self.kunci.data:
            self.kunci.data = secrets.token_hex(16)

    @property
    def confirmed(self) -> bool:
        return bool(self.langkah.data == SAVE)


class CityPageForm(SteppedForm):
    judul = StringField(_("Judul"), [_REQUIRED, _at_most(TITLE_LONGEST)])
    isi = TextAreaField(_("Isi halaman"), [_REQUIRED])
    urutan = IntegerField(
        _("Urutan di menu"), [NumberRange(0, 99, _("Tulis angka dari 0 sampai 99."))], default=1
    )
    tampil = BooleanField(_("Tampilkan kepada pembaca"))
    versi = IntegerField(validators=[Optional()])

    def validate_urutan(self, field: Any) -> None:
        if field.data is None:
            field.errors = []
            raise StopValidation(_("Tulis dengan angka."))

    def words(self) -> Words:
        return Words(
            self.judul.data or "", self.isi.data or "", self.urutan.data, bool(self.tampil.data)
        )

    @staticmethod
    def values_of(page: CityPage) -> dict[str, Any]:
        """The fields of a stored page."""
        return {
            "judul": page.title,
            "isi": to_markdown(page.body),
            "urutan": page.rank,
            "tampil": page.published,
            "versi": page.version,
        }


class BannerForm(SteppedForm):
    teks = StringField(_("Pengumuman"), [_REQUIRED, _at_most(TEXT_LONGEST)])
    tautan = StringField(_("Tautan penjelasan"), [_at_most(LINK_LONGEST)])
    tingkat = RadioField(
        _("Tingkat"),
        choices=[SelectChoice(level.value, name) for level, name in LEVELS.items()],
        validators=[InputRequired(_("Pilih satu tingkat."))],
        default=Level.WARNING.value,
    )
    mulai = DateTimeLocalField(_("Mulai (WIB)"), [Optional()], format=_WHEN)
    sampai = DateTimeLocalField(_("Berakhir sendiri (WIB)"), format=_WHEN)

    def validate_mulai(self, field: Any) -> None:
        if field.errors:
            field.errors = [_NOT_A_TIME]
            raise StopValidation

    def validate_sampai(self, field: Any) -> None:
        if field.data is None:
            field.errors = []
            raise StopValidation(_("Pilih kapan pengumuman ini berakhir."))

    def starts(self) -> dt.datetime | None:
        return _instant(self.mulai.data)

    def ends(self) -> dt.datetime:
        found = _instant(self.sampai.data)
        assert found is not None  # the form was valid
        return found


def _instant(typed: dt.datetime | None) -> dt.datetime | None:
    return typed.replace(tzinfo=WIB) if typed else None
