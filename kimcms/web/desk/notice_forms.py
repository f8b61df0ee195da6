"""Of what letters go, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from kimcms.domain.notices import DIGEST_HOUR, Topic
from kimcms.web import words


class LettersForm(FlaskForm):  # type: ignore[misc]
    surat = SelectMultipleField(_("Kirim surat tentang"), option_widget=CheckboxInput())
    laju = RadioField(
        _("Kapan dikirim"),
        choices=[
            SelectChoice("segera", _("Segera, satu surat tiap kabar")),
            SelectChoice(
                "harian",
                _(
                    "Sekali sehari, pukul %(hour)s WIB, semua dalam satu surat",
                    hour=f"{DIGEST_HOUR:02}.00",
                ),
            ),
        ],
        validators=[InputRequired(_("Pilih salah satu."))],
    )

    def __init__(self, topics: Sequence[Topic], **values: Any) -> None:
        super().__init__(**values)
        self.surat.choices = [SelectChoice(topic.value, words.TOPICS[topic]) for topic in topics]
