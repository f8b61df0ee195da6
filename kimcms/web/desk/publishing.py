"""What readers see: publishing, taking down, withdrawing, and the address."""

from __future__ import annotations

from typing import Any

from flask import flash, g
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.domain.clock import WIB
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.services import publishing
from kimcms.web import sentences
from kimcms.web.access import actor, on_article
from kimcms.web.desk import desk, pages
from kimcms.web.desk.forms import PublishForm, SlugForm
from kimcms.web.desk.removal_forms import RestoreForm, WithdrawForm


@desk.get("/k/<kim>/berita/<int:article_id>/terbit")
@on_article(Verb.PUBLISH)
def article_publish_page(article: Article) -> str:
    """Sebelum terbit: the item as readers will see it, what is missing, and when."""
    form = PublishForm(revisi=article.newest_revision_id, hanya_situs=article.site_only)
    if article.public_at is not None and article.public_at > g.now:
        form.waktu.data = article.public_at.astimezone(WIB)
    return pages.publish(article, form)


@desk.post("/k/<kim>/berita/<int:article_id>/terbit")
@on_article(Verb.PUBLISH)
def article_publish(article: Article) -> Any:
    form = PublishForm()
    if not form.validate_on_submit():
        return pages.publish(article, form), 422
    try:
        publishing.publish(
            actor(),
            article,
            g.now,
            at=form.at(),
            site_only=bool(form.hanya_situs.data),
            seen_revision_id=form.revisi.data,
            correction=form.words(),
        )
    except Refused as refusal:
        return pages.publish(article, form, refusal), sentences.status(refusal)
    assert article.public_at is not None
    flash(_("Dijadwalkan.") if article.public_at > g.now else _("Terbit."), "ok")
    return pages.to("desk.article_detail", article)


@desk.post("/k/<kim>/berita/<int:article_id>/turunkan")
@on_article(Verb.UNPUBLISH)
def article_unpublish(article: Article) -> Response:
    ahead = article.public_at is not None and article.public_at > g.now
    publishing.unpublish(actor(), article, g.now)
    said = _("Berita tidak lagi tampil. Anda bisa menerbitkannya kembali.")
    flash(_("Jadwal dibatalkan. Naskah tetap ada.") if ahead else said, "ok")
    return pages.to("desk.article_detail", article)


@desk.get("/k/<kim>/berita/<int:article_id>/cabut")
@on_article(Verb.WITHDRAW)
def article_withdraw_page(article: Article) -> str:
    return pages.withdraw(article, WithdrawForm())


@desk.post("/k/<kim>/berita/<int:article_id>/cabut")
@on_article(Verb.WITHDRAW)
def article_withdraw(article: Article) -> Any:
    form = WithdrawForm()
    if not form.validate_on_submit():
        return pages.withdraw(article, form), 422
    why = Withdrawal(form.sebab.data)
    try:
        publishing.withdraw(actor(), article, why, form.alasan.data or "", g.now)
    except Refused as refusal:
        return pages.withdraw(article, form, refusal), sentences.status(refusal)
    flash(_("Berita dicabut. Alamatnya sekarang menampilkan alasan pencabutan."), "ok")
    return pages.to("desk.article_detail", article)


@desk.get("/k/<kim>/berita/<int:article_id>/pulihkan")
@on_article(Verb.RESTORE)
def article_restore_page(article: Article) -> str:
    return pages.restore(article, RestoreForm())


@desk.post("/k/<kim>/berita/<int:article_id>/pulihkan")
@on_article(Verb.RESTORE)
def article_restore(article: Article) -> Any:
    form = RestoreForm()
    if not form.validate_on_submit():
        return pages.restore(article, form), 422
    try:
        publishing.restore(actor(), article, g.now, reason=form.alasan.data or "")
    except Refused as refusal:
        return pages.restore(article, form, refusal), sentences.status(refusal)
    flash(_("Berita tampil kembali."), "ok")
    return pages.to("desk.article_detail", article)


@desk.post("/k/<kim>/berita/<int:article_id>/alamat")
@on_article(Verb.PUBLISH)
def article_slug(article: Article) -> Any:
    form = SlugForm()
    if not form.validate_on_submit():
        return pages.detail(article, slug_form=form), 422
    publishing.change_slug(actor(), article, form.alamat.data or "", g.now)
    flash(_("Alamat diganti. Alamat lama tetap mengarah ke berita ini."), "ok")
    return pages.to("desk.article_detail", article)
