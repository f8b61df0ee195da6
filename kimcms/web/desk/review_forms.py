"""Forms of the Forum's review."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.review import Reason, Why
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
