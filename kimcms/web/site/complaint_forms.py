"""The form for complaints. Reader hosts know no session, so it carries no token of one: there is
nothing that another site could send in somebody's name."""

from __future__ import annotations

import hashlib
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation

from kimcms.domain.accounts import SignInName, sign_in_name
from kimcms.domain.complaints import (
    LINKS_MOST,
    NAME_LONGEST,
    TEXT_LONGEST,
    Kind,
    clean_text,
    links,
)
from kimcms.domain.refusal import Refused
from kimcms.domain.text import clean_line
from kimcms.services.complaints import Said
from kimcms.web import sentences
from kimcms.web.complaint_words import CHOICES

_SAID = DataRequired(_("Wajib diisi."))  # blanks say nothing
_NEEDS_CORRECT = (Kind.CORRECTION, Kind.REPLY)
_WHICH_LONGEST = 300


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=_("Paling banyak %(max)d huruf."))


def _few_links(_form: Any, field: Any) -> None:
    if links(field.data or "") > LINKS_MOST:
        raise StopValidation(_("Paling banyak %(most)s tautan.") % {"most": LINKS_MOST})


class ComplaintForm(FlaskForm):  # type: ignore[misc]
    """What a reader complains of. `situs` is a trap: people do not see it, robots fill it in.
    `cap` says when the form was handed out."""

    class Meta:
        csrf = False

    jenis = RadioField(
        _("Apa yang Anda sampaikan?"),
        choices=[SelectChoice(kind.value, said) for kind, said in CHOICES.items()],
        validators=[InputRequired(_("Pilih satu."))],
    )
    berita = StringField(_("Berita yang mana?"), [_at_most(_WHICH_LONGEST)])
    keliru = TextAreaField(
        _("Apa yang keliru atau merugikan?"), [_SAID, _at_most(TEXT_LONGEST), _few_links]
    )
    benar = TextAreaField(
        _("Bagaimana yang benar, atau apa tanggapan Anda?"), [_at_most(TEXT_LONGEST), _few_links]
    )
    nama = StringField(_("Nama Anda"), [_SAID, _at_most(NAME_LONGEST)])
    kontak = StringField(_("Surel atau nomor HP"), [_at_most(254)])
    setuju = BooleanField(
        _("Saya setuju data ini disimpan untuk menjawab aduan saya"),
        [InputRequired(_("Centang dulu: tanpa itu aduan tidak bisa kami simpan."))],
    )
    situs = StringField(_("Jangan diisi"))
    cap = HiddenField()

    def validate_benar(self, field: Any) -> None:
        if self.jenis.data in _NEEDS_CORRECT and not clean_text(field.data or ""):
            raise StopValidation(_("Wajib diisi untuk hak jawab dan hak koreksi."))

    def validate_kontak(self, field: Any) -> None:
        try:
            self.contact()
        except Refused as refusal:
            raise StopValidation(sentences.sentence(refusal)) from None

    def contact(self) -> SignInName:
        """Where the sender can be reached. Raises `Refused`."""
        typed = (self.kontak.data or "").strip()
        return sign_in_name(typed) if typed else SignInName()

    def texts(self) -> str:
        """All that was written, as robots write it."""
        return "\n".join(
            str(f.data or "") for f in (self.keliru, self.benar, self.nama, self.berita)
        )

    def said(self, which: str = "") -> Said:
        """What was filled in, cleaned; `which` names an item that we could not find."""
        contact = self.contact()
        text = clean_text(self.keliru.data or "")
        if which:
            text = f"{_('Berita')}: {clean_line(which, _WHICH_LONGEST)}\n\n{text}"
        return Said(
            kind=Kind(self.jenis.data),
            text=text,
            correct=clean_text(self.benar.data or ""),
            name=clean_line(self.nama.data or "", NAME_LONGEST),
            email=contact.email or "",
            phone=contact.phone or "",
        )

    def mark(self, kim_id: int) -> str:
        """The same for the same form sent again, and for no other."""
        fields = (
            self.cap,
            self.jenis,
            self.berita,
            self.keliru,
            self.benar,
            self.nama,
            self.kontak,
        )
        parts = [str(kim_id), *(str(field.data or "") for field in fields)]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


class MessageForm(FlaskForm):  # type: ignore[misc]
    """What the sender adds, once."""

    class Meta:
        csrf = False

    pesan = TextAreaField(_("Pesan Anda"), [_SAID, _at_most(TEXT_LONGEST), _few_links])
