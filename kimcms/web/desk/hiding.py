"""The emergency hide: taking an item from readers at once, and the second person's answer."""

from __future__ import annotations

from typing import Any

from flask import flash, g, render_template
from flask_babel import gettext as _

from kimcms.domain.hiding import is_hidden
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.queries import accounts
from kimcms.queries import hiding as shelf
from kimcms.queries.claims import Holder
from kimcms.services import hiding
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, on_article
from kimcms.web.desk import claims, desk, pages, waiting
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.removal_forms import HideForm, LiftForm, WithdrawForm


@desk.get("/tinjauan/disembunyikan/")
@in_city(Verb.SEE_REGISTER)
def hidden_list() -> str:
    """What is hidden now and waits for a second person; of the own KIM only the others see it."""
    return render_template(
        "desk/review/hidden.html",
        rows=shelf.waiting(g.now, actor().impartial_from(g.now)),
        me=actor().user_id,
    )


@desk.get("/k/<kim>/berita/<int:article_id>/sembunyi")
@on_article(Verb.HIDE)
def article_hide_page(article: Article) -> str:
    """Where it is hidden, opening it takes it: a second person answers."""
    other = None
    if is_hidden(article, g.now) and article.hidden_by != actor().user_id:
        other = claims.hold(article)
    return _page(article, other=other)


@desk.post("/k/<kim>/berita/<int:article_id>/sembunyi")
@on_article(Verb.HIDE)
def article_hide(article: Article) -> Any:
    form = HideForm()
    if not form.validate_on_submit():
        return _page(article, hide=form), 422
    try:
        hiding.hide(actor(), article, form.alasan.data or "", g.now)
    except Refused as refusal:
        return _page(article, refusal, hide=form), sentences.status(refusal)
    flash(_("Disembunyikan selama 24 jam. Moderator lain diminta memutuskan."), "ok")
    return pages.to("desk.article_detail", article)


@desk.post("/k/<kim>/berita/<int:article_id>/sembunyi/buka")
@on_article(Verb.HIDE)
def article_unhide(article: Article) -> Any:
    form = LiftForm()
    if not form.validate_on_submit():
        return _page(article, lift=form), 422
    try:
        hiding.lift(actor(), article, form.alasan.data or "", g.now)
    except Refused as refusal:
        return _page(article, refusal, lift=form), sentences.status(refusal)
    flash(_("Berita tampil kembali."), "ok")
    return pages.to("desk.article_detail", article)


@desk.post("/k/<kim>/berita/<int:article_id>/sembunyi/cabut")
@on_article(Verb.HIDE)
def article_withdraw_hidden(article: Article) -> Any:
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _page(article, withdraw=form), 422
    why = Withdrawal(form.sebab.data)
    try:
        hiding.withdraw(actor(), article, why, form.alasan.data or "", g.now)
    except Refused as refusal:
        return _page(article, refusal, withdraw=form), sentences.status(refusal)
    flash(_("Berita dicabut. Alamatnya sekarang menampilkan alasan pencabutan."), "ok")
    return pages.to("desk.article_detail", article)


def _page(
    article: Article,
    refusal: Refused | None = None,
    other: Holder | None = None,
    **forms: Any,
) -> str:
    """The form that hides, or where it is hidden the two answers."""
    hidden = is_hidden(article, g.now)
    return render_template(
        "desk/articles/hidden.html" if hidden else "desk/articles/hide.html",
        kim=article.kim,
        article=article,
        revision=article.live or article.newest,
        by=accounts.user(article.hidden_by) if article.hidden_by else None,
        mine=article.hidden_by == actor().user_id,
        hide=forms.get("hide") or HideForm(formdata=None),
        lift=forms.get("lift") or LiftForm(formdata=None),
        withdraw=forms.get("withdraw") or WithdrawForm(formdata=None),
        problem=sentences.sentence(refusal) if refusal else None,
        other=other,
        said=claims.sentence,
        button=ButtonForm(),
        way=waiting.way(),
    )
