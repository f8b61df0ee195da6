"""Forms about assistance: what a KIM tells, and what the Forum does about it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from kimcms.domain.assistance import LINE_LONGEST, WORDS_LONGEST, Deed, Difficulty, Said
from kimcms.domain.attention import Reason
from kimcms.web.desk import assistance_words as words
from kimcms.web.desk.evidence_forms import KeyedForm, real_date

_SAID = DataRequired(_("Wajib diisi."))  # blanks say nothing
_SHORT = Length(max=WORDS_LONGEST, message=_("Paling banyak %(max)d huruf."))
_LINE = Length(max=LINE_LONGEST, message=_("Paling banyak %(max)d huruf."))


class TellForm(KeyedForm):
    tentang = RadioField(
        _("Tentang apa?"),
        choices=[SelectChoice(d.value, words.DIFFICULTIES[d]) for d in Difficulty],
        validators=[InputRequired(_("Pilih satu."))],
    )
    cerita = TextAreaField(_("Ceritakan kesulitannya"), [_SAID, _SHORT])


class BeginForm(TellForm):
    cerita = TextAreaField(_("Kata pertama kepada KIM"), [_SAID, _SHORT])
    tanggal = DateField(_("Tanggal berikutnya"), [real_date])
    sebab = HiddenField(validators=[AnyOf(["", *(reason.value for reason in Reason)])])

    def said(self) -> Said:
        return Said(self.cerita.data or "", self.tanggal.data)

    def reason(self) -> Reason | None:
        return Reason(self.sebab.data) if self.sebab.data else None


class WordsForm(KeyedForm):
    """Words without which the deed says nothing."""

    kata = TextAreaField(_("Pesan"), [_SAID, _SHORT])

    def said(self) -> Said:
        return Said(self.kata.data or "")


class MoreForm(WordsForm):
    """A deed that speaks for itself; words may be added."""

    kata = TextAreaField(_("Pesan"), [_SHORT])


class DatedForm(WordsForm):
    """What the Forum does next, and when."""

    tanggal = DateField(_("Tanggal berikutnya"), [real_date])

    def said(self) -> Said:
        return Said(self.kata.data or "", self.tanggal.data)


class VisitForm(MoreForm):
    hari = DateField(_("Hari"), [real_date, InputRequired(_("Wajib diisi."))])
    tempat = StringField(_("Tempat dan jam"), [_SAID, _LINE])
    siapa = StringField(_("Siapa yang datang"), [_SAID, _LINE])

    def said(self) -> Said:
        return Said(
            self.kata.data or "", self.hari.data, self.tempat.data or "", self.siapa.data or ""
        )


class HandForm(MoreForm):
    kepada = SelectField(_("Kepada"), coerce=int)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **values: Any) -> None:
        super().__init__(*args, **values)
        self.kepada.choices = [SelectChoice(user_id, name) for user_id, name in people]


FORMS: dict[Deed, type[WordsForm]] = {
    Deed.WRITE: WordsForm,
    Deed.HELPED: MoreForm,
    Deed.NOT_YET: WordsForm,
    Deed.ANSWER: DatedForm,
    Deed.PLAN: VisitForm,
    Deed.FOUND: DatedForm,
    Deed.NOTE: DatedForm,
    Deed.ASK: MoreForm,
    Deed.SILENT: WordsForm,
}
