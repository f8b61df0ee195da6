"""What was wrong and what is right, as fields: alone, or beside a changed text."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation

from kimcms.domain.corrections import WORDS_LONGEST, Kind
from kimcms.services.corrections import Words

_LONGEST = Length(max=WORDS_LONGEST, message=_("Paling banyak %(max)d huruf."))
_SAID = DataRequired(_("Wajib diisi."))
_KINDS = [
    SelectChoice(Kind.RALAT.value, _("Ralat: kami menemukan kekeliruan sendiri")),
    SelectChoice(Kind.KOREKSI.value, _("Koreksi: orang lain menemukannya")),
    SelectChoice(Kind.KLARIFIKASI.value, _("Klarifikasi: tidak keliru, tetapi bisa disalahpahami")),
]


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    jenis = RadioField(
        _("Jenis"), choices=_KINDS, validators=[InputRequired(_("Pilih satu jenis."))]
    )
    keliru = TextAreaField(_("Apa yang keliru"), [_SAID, _LONGEST])
    benar = TextAreaField(_("Yang benar"), [_SAID, _LONGEST])
    yakin = BooleanField(
        _("Ya, tampilkan kepada pembaca"),
        [InputRequired(_("Centang dulu: pembetulan langsung tampil dan tidak bisa dihapus."))],
    )

    def words(self) -> Words | None:
        return _words(self)


class ChangedFacts(FlaskForm):  # type: ignore[misc]
    """The same fields beside a changed text; the first choice is that no fact changes."""

    jenis = RadioField(
        _("Apakah ada fakta yang dibetulkan?"),
        choices=[SelectChoice("", _("Tidak, hanya bahasa atau tambahan")), *_KINDS],
        default="",
    )
    keliru = TextAreaField(_("Apa yang keliru"), [_LONGEST])
    benar = TextAreaField(_("Yang benar"), [_LONGEST])

    def validate_keliru(self, field: Any) -> None:
        self._needed(field)

    def validate_benar(self, field: Any) -> None:
        self._needed(field)

    def _needed(self, field: Any) -> None:
        if self.jenis.data and not (field.data or "").strip():
            raise StopValidation(_("Wajib diisi."))

    def words(self) -> Words | None:
        """What readers are told; None where no fact changes."""
        return _words(self)


def _words(form: Any) -> Words | None:
    if not form.jenis.data:
        return None
    return Words(Kind(form.jenis.data), form.keliru.data or "", form.benar.data or "")
