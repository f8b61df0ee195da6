"""The form with which a moderator says what is to change, or no."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional, ValidationError

from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.phrases import joined
from kimcms.queries import phrases
from kimcms.web.desk.review_forms import VerdictForm


class DecisionForm(VerdictForm):
    """A reason of the list, ready words of the Forum, and words of one's own."""

    templat = SelectField(_("Templat"), validators=[Optional()], validate_choice=False)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.ready = {str(row.id): row for row in phrases.phrases()}
        self.templat.choices = [
            SelectChoice("", gettext("Tanpa templat")),
            *(
                SelectChoice(key, row.name, render_kw={"data-text": row.text})
                for key, row in self.ready.items()
            ),
        ]

    def validate_alasan(self, field: Any) -> None:
        """Ready words become part of the text, where they can be seen and changed if it comes
        back; a browser with our script has put them there already."""
        chosen = self.ready.get(self.templat.data or "")
        field.data = joined(chosen.text if chosen else "", field.data or "")
        self.templat.data = ""
        if not field.data:
            raise ValidationError(gettext("Tulis apa yang perlu diketahui penulis."))
        if len(field.data) > NOTE_LONGEST:
            raise ValidationError(
                gettext("Bersama templatnya paling banyak %(max)d huruf.", max=NOTE_LONGEST)
            )
