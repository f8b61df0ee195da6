"""The form of the emergency banner."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateTimeLocalField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from kimcms.domain.banner import LINK_LONGEST, TEXT_LONGEST, Level
from kimcms.domain.clock import WIB
from kimcms.web.desk.stepped_forms import SteppedForm

_REQUIRED = InputRequired(_("Wajib diisi."))
_WHEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_NOT_A_TIME = _("Tulis hari dan jam yang benar, misalnya 2026-11-24T14:05.")

LEVELS = {
    Level.INFO: _("Pemberitahuan"),
    Level.WARNING: _("Peringatan"),
    Level.DANGER: _("Darurat"),
}


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=_("Paling banyak %(max)d huruf."))


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
