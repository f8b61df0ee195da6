"""Forms of the Forum's review."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional

from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.review import APPEAL_LONGEST, Reason, Why
from kimcms.web import words

_NOT_LONGER = Length(max=NOTE_LONGEST, message=_("Paling banyak %(max)d huruf."))


class ReasonForm(FlaskForm):  # type: ignore[misc]
    alasan = TextAreaField(
        _("Alasan"), [Length(max=NOTE_LONGEST, message=_("Paling banyak %(max)d huruf."))]
    )
    revisi = IntegerField(validators=[Optional()])


class VerdictForm(ReasonForm):
    """What a moderator says no with: a reason of the list and words that the author reads."""

    sebab = SelectField(
        _("Sebab"),
        choices=[
            SelectChoice("", _("Pilih sebabnya")),
            *(SelectChoice(reason.value, words.REASONS[reason]) for reason in Reason),
        ],
        validators=[InputRequired(_("Pilih satu sebab."))],
    )

    def why(self) -> Why:
        """Only after it was validated."""
        return Why(Reason(self.sebab.data), self.alasan.data or "")


class AppealForm(FlaskForm):  # type: ignore[misc]
    banding = TextAreaField(
        _("Mengapa perlu dilihat sekali lagi"),
        [
            DataRequired(_("Wajib diisi.")),
            Length(max=APPEAL_LONGEST, message=_("Paling banyak %(max)d huruf.")),
        ],
    )


class TrustForm(FlaskForm):  # type: ignore[misc]
    cara = StringField(validators=[AnyOf(("sesudah", "sebelum"))])
    alasan = TextAreaField(_("Alasan"), [_NOT_LONGER])
