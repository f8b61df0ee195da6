"""Forms of the register."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation

from kimcms.domain.draft import NOTE_LONGEST
from kimcms.models.kim import Kim

_SAID = DataRequired(_("Wajib diisi."))
_DATE = _("Tulis tanggal yang benar, misalnya 2016-04-21.")


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=_("Paling banyak %(max)d huruf."))


class KimForm(FlaskForm):  # type: ignore[misc]
    """What the register says of a KIM."""

    nama = StringField(_("Nama KIM"), [_SAID, _at_most(80)])
    berdiri = DateField(_("Tanggal berdiri"), [Optional()])

    def validate_berdiri(self, field: Any) -> None:
        if field.errors:
            field.errors = [_DATE]
            raise StopValidation

    @staticmethod
    def values_of(kim: Kim) -> dict[str, Any]:
        """The fields as they are stored, for `KimForm(data=...)`."""
        return {"nama": kim.name, "berdiri": kim.founded_on}


class StepForm(FlaskForm):  # type: ignore[misc]
    """A step about a KIM that wants a reason."""

    alasan = TextAreaField(_("Alasan"), [_SAID, _at_most(NOTE_LONGEST)])


class SlugStepForm(StepForm):
    alamat = StringField(_("Alamat baru"), [_SAID, _at_most(63)])


class CloseForm(StepForm):
    ketik = StringField(_("Ketik alamat subsitus untuk memastikan"), [_SAID, _at_most(63)])


class MergeForm(CloseForm):
    ke = SelectField(_("Digabung ke"), [InputRequired(_("Pilih satu KIM."))], coerce=str)
