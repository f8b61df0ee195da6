"""Forms by which an item is taken from readers, for a day or for good, and given back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.workflow import Withdrawal
from kimcms.web import words

_SAID = DataRequired(_("Wajib diisi."))  # blanks say nothing
_NOT_LONGER = Length(max=NOTE_LONGEST, message=_("Paling banyak %(max)d huruf."))


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    sebab = RadioField(
        _("Sebab pencabutan"),
        choices=[SelectChoice(why.value, words.WITHDRAWN[why]) for why in Withdrawal],
        validators=[InputRequired(_("Pilih satu sebab."))],
    )
    alasan = TextAreaField(_("Penjelasan untuk pembaca"), [_SAID, _NOT_LONGER])
    yakin = BooleanField(
        _("Saya sudah memeriksanya dan yakin"),
        [InputRequired(_("Beri centang dulu kalau Anda yakin."))],
    )


class RestoreForm(FlaskForm):  # type: ignore[misc]
    alasan = TextAreaField(_("Mengapa berita ini boleh tampil lagi"), [_SAID, _NOT_LONGER])


class HideForm(FlaskForm):  # type: ignore[misc]
    alasan = TextAreaField(_("Mengapa harus disembunyikan sekarang"), [_SAID, _NOT_LONGER])


class LiftForm(FlaskForm):  # type: ignore[misc]
    alasan = TextAreaField(_("Mengapa boleh tampil lagi"), [_SAID, _NOT_LONGER])
