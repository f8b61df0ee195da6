"""Forms whose result is looked at before it is saved, and the one of own pages among them."""

from __future__ import annotations

import secrets
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from kimcms.domain.html import to_markdown
from kimcms.domain.ownpage import SLUG_LONGEST, TITLE_LONGEST
from kimcms.models.ownpage import OwnPage
from kimcms.services.ownpages import Words

_REQUIRED = InputRequired(_("Wajib diisi."))
PREVIEW, SAVE = "pratinjau", "simpan"


def at_most(longest: int) -> Length:
    return Length(max=longest, message=_("Paling banyak %(max)d huruf."))


class SteppedForm(FlaskForm):  # type: ignore[misc]
    """Looked at first, then saved: `langkah` says which; `kunci` makes it once."""

    langkah = HiddenField(default=PREVIEW, validators=[AnyOf([PREVIEW, SAVE])])
    kunci = HiddenField()

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        if not self.kunci.data:
            self.kunci.data = secrets.token_hex(16)

    @property
    def confirmed(self) -> bool:
        return bool(self.langkah.data == SAVE)


class OwnPageForm(SteppedForm):
    judul = StringField(_("Judul"), [_REQUIRED, at_most(TITLE_LONGEST)])
    isi = TextAreaField(_("Isi halaman"), [_REQUIRED])
    alamat = StringField(_("Alamat halaman"), [at_most(SLUG_LONGEST)])
    tampil = BooleanField(_("Tampilkan kepada pembaca"))
    versi = IntegerField(validators=[Optional()])

    def words(self) -> Words:
        return Words(
            self.judul.data or "",
            self.isi.data or "",
            bool(self.tampil.data),
            self.alamat.data or "",
        )

    @staticmethod
    def values_of(page: OwnPage) -> dict[str, Any]:
        """The fields of a stored page."""
        return {
            "judul": page.title,
            "isi": to_markdown(page.body),
            "alamat": page.slug,
            "tampil": page.published,
            "versi": page.version,
        }


class MoveForm(FlaskForm):  # type: ignore[misc]
    """Up or down by one place."""

    arah = HiddenField(validators=[AnyOf(["naik", "turun"])])

    @property
    def up(self) -> bool:
        return bool(self.arah.data == "naik")
