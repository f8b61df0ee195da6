"""Who stands under an article beside its author."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField

from kimcms.models.account import User
from kimcms.models.article import Article
from kimcms.queries import accounts


class BylinesForm(FlaskForm):  # type: ignore[misc]
    """Four names in their order: plain fields, so that a thumb without a script can sort them."""

    kedua = SelectField(_("Nama kedua"), coerce=str)
    ketiga = SelectField(_("Nama ketiga"), coerce=str)
    keempat = SelectField(_("Nama keempat"), coerce=str)
    kelima = SelectField(_("Nama kelima"), coerce=str)

    def __init__(self, article: Article, writers: Sequence[User], **values: Any) -> None:
        """`writers`: all who stand there now, the author first."""
        beside = [str(writer.id) for writer in writers[1:]] + [""] * 4
        names = ("kedua", "ketiga", "keempat", "kelima")
        super().__init__(data=dict(zip(names, beside, strict=False)), **values)
        people = {writer.id: writer.name for writer in writers}
        people |= {member.user_id: member.name for member in accounts.members(article.kim_id)}
        del people[article.author_id]
        choices = [SelectChoice(str(one), name) for one, name in people.items()]
        for field in self.fields():
            field.choices = [SelectChoice("", _("Tidak ada")), *choices]

    def fields(self) -> tuple[SelectField, ...]:
        return (self.kedua, self.ketiga, self.keempat, self.kelima)

    def chosen(self) -> list[int]:
        return [int(field.data) for field in self.fields() if field.data]
