"""The Forum's queue (tinjauan), and what is decided about items of the city feed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.queries import kims
from kimcms.queries import review as queue
from kimcms.queries.waiting import Place
from kimcms.services import review
from kimcms.web import sentences
from kimcms.web.access import actor, in_city, on_review
from kimcms.web.desk import desk, waiting
from kimcms.web.desk.decision_forms import DecisionForm
from kimcms.web.desk.decisions import Shown, open_item, shown
from kimcms.web.desk.forms import ButtonForm
from kimcms.web.desk.review_forms import ReasonForm
from kimcms.web.desk.waiting import Sieve


@desk.get("/tinjauan/")
@in_city(Verb.SEE_REGISTER)
def review_queue() -> str:
    """Oldest first. What concerns the own KIM is left to others."""
    return _queue()


@desk.get("/tinjauan/<int:article_id>")
@on_review
def review_item(article: Article) -> str:
    """Opening it takes it, while there is something to decide."""
    return _item(open_item(article), DecisionForm(formdata=None))


@desk.post("/tinjauan/<int:article_id>/terima")
@on_review
def review_accept(article: Article) -> Any:
    return _decide(
        article,
        ReasonForm(),
        lambda revision, _form: review.accept(actor(), article, revision, g.now),
        _("Diterima. Berita sekarang tampil di portal kota."),
    )


@desk.post("/tinjauan/<int:article_id>/dibaca")
@on_review
def review_read(article: Article) -> Any:
    return _decide(
        article,
        ReasonForm(),
        lambda revision, _form: review.read(actor(), article, revision, g.now),
        _("Sudah dibaca. Berita tetap tampil di portal kota."),
    )


@desk.post("/tinjauan/<int:article_id>/perbaikan")
@on_review
def review_ask_change(article: Article) -> Any:
    return _decide(
        article,
        DecisionForm(),
        lambda revision, form: review.ask_change(actor(), article, revision, form.why(), g.now),
        _("Perbaikan diminta. Berita kembali ke antrean begitu KIM menerbitkan perbaikannya."),
    )


@desk.post("/tinjauan/<int:article_id>/tolak")
@on_review
def review_decline(article: Article) -> Any:
    return _decide(
        article,
        DecisionForm(),
        lambda revision, form: review.decline(actor(), article, revision, form.why(), g.now),
        _("Ditolak. Penulis menerima alasan Anda."),
    )


@desk.post("/tinjauan/<int:article_id>/keluarkan")
@on_review
def review_remove(article: Article) -> Any:
    return _decide(
        article,
        DecisionForm(),
        lambda revision, form: review.remove(actor(), article, revision, form.why(), g.now),
        _("Dikeluarkan dari portal kota. Berita berikutnya dari KIM ini ditinjau lebih dulu."),
    )


@desk.post("/tinjauan/terima")
@in_city(Verb.SEE_REGISTER)
def review_accept_several() -> Any:
    """Those that were read and ticked, each by itself: what could not be taken is said."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    answers = review.accept_several(actor(), _ticked(), g.now)
    failed = {key: refusal for key, refusal in answers.items() if refusal is not None}
    done = len(answers) - len(failed)
    if failed:
        names = queue.titles(failed)
        said = [(names.get(key, "?"), sentences.sentence(one)) for key, one in failed.items()]
        return _queue(failed=said, done=done), 409
    if answers:
        flash(_("%(count)s berita diterima dan tampil di portal kota.", count=done), "ok")
    else:
        flash(_("Centang dulu berita yang akan diterima."), "error")
    return redirect(url_for("desk.review_queue", **Sieve.read(request.args).query), 303)


def _ticked() -> list[tuple[int, int]]:
    """Item and revision of each tick; what is no pair of numbers was not ticked on our page."""
    pairs = [value.split(":") for value in request.form.getlist("pilih")[: queue.PAGE]]
    if not all(len(pair) == 2 and all(_is_id(one) for one in pair) for pair in pairs):
        abort(400)
    return [(int(item), int(revision)) for item, revision in pairs]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _queue(failed: list[tuple[str, str]] | None = None, done: int = 0) -> str:
    sieve = Sieve.read(request.args)
    page = sieve.queue(Place.read(request.args.get("sesudah")))
    return render_template(
        "desk/review/queue.html",
        page=page,
        mine=waiting.mine(page.rows),
        me=waiting.me(),
        sieve=sieve,
        filters=sieve.rows(),
        places=kims.directory(),
        says=waiting,
        button=ButtonForm(),
        failed=failed or [],
        done=done,
    )


def _item(item: Shown, form: DecisionForm, problem: str | None = None) -> str:
    return render_template(
        "desk/review/item.html",
        **vars(item),
        form=form,
        button=ButtonForm(),
        problem=problem,
        way=waiting.way(),
        back=Sieve.read(request.args).query,
    )


def _decide(
    article: Article,
    form: Any,
    decide: Callable[[int, Any], Article],
    said: str,
) -> Any:
    """On to the next where it is done; the page again, with what was typed, where it is not."""

    def again(problem: str | None = None) -> str:
        typed = form if isinstance(form, DecisionForm) else DecisionForm(formdata=None)
        return _item(shown(article), typed, problem)

    if not form.validate_on_submit():
        return again(), 422
    try:
        done = decide(form.revisi.data or 0, form)
    except Refused as refusal:
        return again(sentences.sentence(refusal)), sentences.status(refusal)
    title = done.live.title if done.live else _("Lihat")
    link = Markup('<a href="{}">{}</a>').format(  # every part is escaped
        url_for("desk.review_item", article_id=done.id), title
    )
    flash(Markup("{} {}").format(said, link), "ok")
    return waiting.onward()
