"""Forms of the library."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import MultipleFileField, RadioField, SelectChoice, StringField
from wtforms.validators import Length, Optional

from kimcms.domain.areas import MOST, Area
from kimcms.domain.draft import CAPTION_LONGEST, CREDIT_LONGEST
from kimcms.domain.refusal import Refused
from kimcms.models.media import Media
from kimcms.services.media import Words
from kimcms.storage.images import MAX_BYTES

MOST_FILES = 10
_SIDES = ("kiri", "atas", "lebar", "tinggi")
_FACES = {True: "ya", False: "tidak", None: ""}


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=_("Paling banyak %(max)d huruf."))


class MediaForm(FlaskForm):  # type: ignore[misc]
    keterangan = StringField(_("Keterangan"), [_at_most(CAPTION_LONGEST)])
    alt = StringField(_("Teks pengganti"), [_at_most(CAPTION_LONGEST)])
    kredit = StringField(_("Pemotret"), [_at_most(CREDIT_LONGEST)])
    wajah = RadioField(
        _("Ada wajah anak?"),
        choices=[SelectChoice("ya", _("Ya")), SelectChoice("tidak", _("Tidak"))],
        validators=[Optional()],
    )

    def words(self) -> Words:
        faces = {"ya": True, "tidak": False}.get(self.wajah.data or "")
        return Words(self.keterangan.data or "", self.alt.data or "", self.kredit.data or "", faces)

    @staticmethod
    def values_of(item: Media) -> dict[str, Any]:
        return {
            "keterangan": item.caption,
            "alt": item.alt,
            "kredit": item.credit,
            "wajah": _FACES[item.faces],
        }


class FilesForm(FlaskForm):  # type: ignore[misc]
    berkas = MultipleFileField(_("Foto atau PDF"))

    def chosen(self) -> list[tuple[str, bytes]]:
        """Name and bytes of each file, as many as are taken at once."""
        found = [file for file in request.files.getlist("berkas") if file.filename]
        return [(str(f.filename), f.stream.read(MAX_BYTES + 1)) for f in found[:MOST_FILES]]


def areas() -> list[Area]:
    """The areas in a form, each as four numbers in percent. Raises `Refused`."""
    columns = [request.form.getlist(side)[:MOST] for side in _SIDES]
    found = []
    for row in zip(*columns, strict=False):
        if not any(text.strip() for text in row):
            continue
        try:
            left, top, width, height = (float(text.replace(",", ".")) for text in row)
        except ValueError:
            raise Refused("area_empty") from None
        found.append(Area.of(left, top, width, height))
    return found
