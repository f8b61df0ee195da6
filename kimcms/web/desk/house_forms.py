"""Forms of a KIM's own house."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)
from wtforms.validators import InputRequired, Optional

from kimcms.domain import house
from kimcms.domain.html import to_markdown
from kimcms.domain.look import ACCENTS
from kimcms.models.kim import Kim
from kimcms.storage.images import MAX_BYTES
from kimcms.web import words
from kimcms.web.desk.stepped_forms import SteppedForm, at_most


class ProfileForm(SteppedForm):
    semboyan = StringField(_("Semboyan"), [at_most(house.TAGLINE_LONGEST)])
    tentang = TextAreaField(_("Tentang KIM"), [at_most(house.ABOUT_LONGEST)])
    alamat = StringField(_("Alamat sekretariat"), [at_most(house.ADDRESS_LONGEST)])
    telepon = TelField(_("Telepon atau WhatsApp"), [at_most(house.PHONE_LONGEST)])
    surel = EmailField(_("Surel"), [at_most(house.EMAIL_LONGEST)])

    @staticmethod
    def values_of(kim: Kim) -> dict[str, Any]:
        return {
            "semboyan": kim.tagline,
            "tentang": to_markdown(kim.about),
            "alamat": kim.address,
            "telepon": kim.phone,
            "surel": kim.email,
        }


class LookForm(SteppedForm):
    """The picture comes with the first step; the second one names it."""

    warna = RadioField(
        _("Warna situs"),
        choices=[SelectChoice(name, words.ACCENT_NAMES[name]) for name in ACCENTS],
        validators=[InputRequired(_("Pilih satu warna."))],
    )
    logo = FileField(_("Logo"))
    logo_id = IntegerField(validators=[Optional()])
    hapus_logo = BooleanField(_("Lepas logo"))

    def picture(self) -> bytes | None:
        """The bytes of a chosen picture; one more than allowed shows that it is too large."""
        chosen = request.files.get("logo")
        return chosen.stream.read(MAX_BYTES + 1) if chosen and chosen.filename else None

    @staticmethod
    def values_of(kim: Kim) -> dict[str, Any]:
        return {"warna": kim.accent, "logo_id": kim.logo_id}


class LinksForm(SteppedForm):
    """A label and an address for each of `MOST_LINKS`: fields `nama_1`, `alamat_1`, `nama_2`..."""

    def pairs(self) -> list[tuple[str, str]]:
        return [(label.data or "", url.data or "") for label, url in self.rows()]

    def rows(self) -> list[tuple[Any, Any]]:
        """The fields, two by two."""
        return [(self[f"nama_{n}"], self[f"alamat_{n}"]) for n in range(1, house.MOST_LINKS + 1)]

    @staticmethod
    def values_of(kim: Kim) -> dict[str, Any]:
        held = enumerate(kim.links or [], 1)
        return {
            f"{field}_{n}": link.get(key, "")
            for n, link in held
            for field, key in (("nama", "name"), ("alamat", "url"))
        }


for _number in range(1, house.MOST_LINKS + 1):
    _label = StringField(_("Nama tautan %(n)d", n=_number), [at_most(house.LABEL_LONGEST)])
    _url = URLField(_("Alamat tautan %(n)d", n=_number), [at_most(house.URL_LONGEST)])
    setattr(LinksForm, f"nama_{_number}", _label)
    setattr(LinksForm, f"alamat_{_number}", _url)


class BoxForm(SteppedForm):
    penanggung = StringField(_("Penanggung jawab"), [at_most(house.RESPONSIBLE_LONGEST)])
    editor = StringField(_("Editor"), [at_most(house.EDITORS_LONGEST)])

    @staticmethod
    def values_of(kim: Kim) -> dict[str, Any]:
        return {"penanggung": kim.responsible, "editor": kim.editors}
