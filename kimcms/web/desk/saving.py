"""What a save answers: a page to a form, JSON to the script that keeps texts on the phone.

The script sends the very form that a person would send. Where something stands in the way, it
says so in a sentence and leaves the page to the form.
"""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, get_template_attribute, jsonify, request
from flask_babel import gettext as _

from kimcms.domain.refusal import Refused
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.services import credit, revisions
from kimcms.services.articles import Edit
from kimcms.web import sentences
from kimcms.web.access import actor
from kimcms.web.desk import pages
from kimcms.web.desk.forms import ArticleForm
from kimcms.web.rendering import iso, moment_short


def by_script() -> bool:
    """Whether a script wants JSON."""
    return bool(request.accept_mimetypes.best == "application/json")


def same_person(form: ArticleForm) -> None:
    """A form that was opened by one account is never taken from another on the same phone."""
    if form.akun.data not in (None, actor().user_id):
        abort(401)


def unfit(kim: Kim, form: ArticleForm, article: Article | None) -> Any:
    """Fields that cannot be taken."""
    if by_script():
        fields = {field.name: " ".join(map(str, field.errors)) for field in form if field.errors}
        return jsonify(error=_("Periksa isian, lalu kirim lagi."), fields=fields), 422
    return pages.form(kim, form, article), 422


def refused(kim: Kim, form: ArticleForm, article: Article | None, refusal: Refused) -> Any:
    """What the rules do not allow. Where somebody else saved meanwhile, both texts are shown."""
    status = sentences.status(refusal)
    stale = refusal.code == "stale"
    if by_script():
        return jsonify(error=sentences.sentence(refusal), stale=stale), status
    if stale and article is not None:
        return pages.conflict(article, form), status
    return pages.form(kim, form, article, refusal), status


def done(article: Article, endpoint: str, form: ArticleForm, edit: Edit, said: str) -> Any:
    """Kept: on to a page of the item, or what the script has to know of it.

    The page learns which text of the phone has arrived, so that the phone can let go of it.
    """
    there = pages.to(endpoint, article, terkirim=form.lembar.data or None)
    if not by_script():
        flash(said, "ok")
        return there
    if endpoint == "desk.article_detail":  # the script goes there too
        flash(said, "ok")
    newest = article.newest
    assert newest is not None
    line = get_template_attribute("desk/_parts.html", "verdict_line")
    return jsonify(
        id=article.id,
        # What comes next starts from these words; from no revision where others are newer.
        dasar=newest.id if revisions.is_newest(article, edit.draft) else 0,
        revision=newest.number,
        saved=moment_short(newest.created_at),
        at=iso(newest.created_at),
        state=article.text_state,
        address=there.location,
        verdict=str(line(credit.preview(article, g.now).as_dict())),
    )
