"""Forms of the decisions about a cluster."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from kimcms.domain.standing import OUTSIDE
from kimcms.domain.terms import Standing
from kimcms.services.cases import WORDS_LONGEST

_SAID = DataRequired(_("Wajib diisi."))  # blanks say nothing
_SHORT = Length(max=WORDS_LONGEST, message=_("Paling banyak %(max)d huruf."))
_NAMES = {
    Standing.ONE: _("Klaster 1"),
    Standing.TWO: _("Klaster 2"),
    Standing.THREE: _("Klaster 3"),
    Standing.FOUR: _("Klaster 4"),
}


class WordsForm(FlaskForm):  # type: ignore[misc]
    """Why something is declined."""

    alasan = TextAreaField(_("Alasan"), [_SAID, _SHORT])


class TakeBackForm(FlaskForm):  # type: ignore[misc]
    """One's own proposal needs no words to be taken back."""

    alasan = TextAreaField(_("Alasan"), [Optional(), _SHORT])


class ObjectionForm(FlaskForm):  # type: ignore[misc]
    keberatan = TextAreaField(_("Keberatan kami"), [_SAID, _SHORT])


class OverrideForm(FlaskForm):  # type: ignore[misc]
    ke = RadioField(
        _("Tampilkan sebagai"),
        choices=[
            SelectChoice(standing.value, _NAMES[standing])
            for standing in Standing
            if standing not in OUTSIDE
        ],
        validators=[InputRequired(_("Pilih satu klaster."))],
    )
    alasan = TextAreaField(_("Alasan keputusan khusus"), [_SAID, _SHORT])
