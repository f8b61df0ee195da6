"""Answers to complaints, as fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation

from kimcms.domain.complaints import NAME_LONGEST, TEXT_LONGEST, Outcome
from kimcms.models.complaint import Complaint
from kimcms.models.correction import Correction
from kimcms.services.complaint_answers import Answer
from kimcms.web import words
from kimcms.web.complaint_words import OUTCOME_CHOICES
from kimcms.web.rendering import moment_short

_SAID = DataRequired(_("Wajib diisi."))  # blanks say nothing
_LONGEST = Length(max=TEXT_LONGEST, message=_("Paling banyak %(max)d huruf."))


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What was done, what the sender is told, and what readers get to see of it."""

    hasil = RadioField(_("Apa yang Anda lakukan?"), validators=[InputRequired(_("Pilih satu."))])
    ralat = SelectField(_("Ralat yang menjawab aduan ini"), [Optional()], coerce=str)
    nama = StringField(
        _("Hak jawab dari"),
        [Length(max=NAME_LONGEST, message=_("Paling banyak %(max)d huruf."))],
    )
    muat = TextAreaField(_("Hak jawab yang dimuat"), [_LONGEST])
    jawaban = TextAreaField(_("Jawaban untuk pengirim"), [_SAID, _LONGEST])

    def __init__(
        self, complaint: Complaint, corrections: Sequence[Correction], **values: Any
    ) -> None:
        first = {"nama": complaint.name, "muat": complaint.correct}
        super().__init__(**values, data=first)
        shown = [*Outcome] if complaint.article_id else [Outcome.DONE, Outcome.REFUSED]
        if not corrections:
            shown = [outcome for outcome in shown if outcome is not Outcome.CORRECTED]
        self.hasil.choices = [SelectChoice(one.value, OUTCOME_CHOICES[one]) for one in shown]
        self.ralat.choices = [
            SelectChoice(
                str(made.id),
                f"{words.CORRECTIONS[made.kind]}, {moment_short(made.at)}: {made.correct[:80]}",
            )
            for made in corrections
        ]

    def validate_nama(self, field: Any) -> None:
        self._published(field)

    def validate_muat(self, field: Any) -> None:
        self._published(field)

    def _published(self, field: Any) -> None:
        if self.hasil.data == Outcome.PUBLISHED and not (field.data or "").strip():
            raise StopValidation(_("Wajib diisi untuk memuat hak jawab."))

    def answer(self) -> Answer:
        """What was chosen and written."""
        outcome = Outcome(self.hasil.data)
        chosen = self.ralat.data if outcome is Outcome.CORRECTED else None
        return Answer(
            outcome,
            self.jawaban.data or "",
            correction_id=int(chosen) if chosen else None,
            name=self.nama.data or "",
            text=self.muat.data or "",
        )


class ClosingForm(FlaskForm):  # type: ignore[misc]
    """The Forum's last word."""

    alasan = TextAreaField(_("Keputusan Forum, untuk pengirim dan KIM"), [_SAID, _LONGEST])
