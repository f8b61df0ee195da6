"""Forms of the register."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField, URLField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation

from kimcms.domain.draft import NOTE_LONGEST
from kimcms.models.kim import Kim

_SAID = DataRequired(_("Wajib diisi."))
_DATE = _("Tulis tanggal yang benar, misalnya 2016-04-21.")
# The places of social media, by the field's name; as readers see them on the subsite.
PLACES = {
    "instagram": "Instagram",
    "facebook": "Facebook",
    "youtube": "YouTube",
    "tiktok": "TikTok",
}


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=_("Paling banyak %(max)d huruf."))


def _https(_form: FlaskForm, field: Any) -> None:
    typed = (field.data or "").strip()
    if typed and not typed.startswith("https://"):
        raise StopValidation(_("Tulis alamat lengkap yang dimulai dengan https://"))


class KimForm(FlaskForm):  # type: ignore[misc]
    """What the register says of a KIM."""

    nama = StringField(_("Nama KIM"), [_SAID, _at_most(80)])
    berdiri = DateField(_("Tanggal berdiri"), [Optional()])
    instagram = URLField("Instagram", [_at_most(200), _https])
    facebook = URLField("Facebook", [_at_most(200), _https])
    youtube = URLField("YouTube", [_at_most(200), _https])
    tiktok = URLField("TikTok", [_at_most(200), _https])

    def validate_berdiri(self, field: Any) -> None:
        if field.errors:
            field.errors = [_DATE]
            raise StopValidation

    def links(self) -> dict[str, str]:
        return {name: self[field].data or "" for field, name in PLACES.items()}

    @staticmethod
    def values_of(kim: Kim) -> dict[str, Any]:
        """The fields as they are stored, for `KimForm(data=...)`."""
        held = {link.get("name"): link.get("url") for link in kim.links or []}
        fields = {field: held.get(name, "") for field, name in PLACES.items()}
        return {"nama": kim.name, "berdiri": kim.founded_on, **fields}


class StepForm(FlaskForm):  # type: ignore[misc]
    """A step about a KIM that wants a reason."""

    alasan = TextAreaField(_("Alasan"), [_SAID, _at_most(NOTE_LONGEST)])


class SlugStepForm(StepForm):
    alamat = StringField(_("Alamat baru"), [_SAID, _at_most(63)])


class CloseForm(StepForm):
    ketik = StringField(_("Ketik alamat subsitus untuk memastikan"), [_SAID, _at_most(63)])


class MergeForm(CloseForm):
    ke = SelectField(_("Digabung ke"), [InputRequired(_("Pilih satu KIM."))], coerce=str)
