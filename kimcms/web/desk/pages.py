"""The pages of one article, rendered: what the views of writing and of publishing share."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from kimcms.domain.blocks import blocks
from kimcms.domain.draft import Draft
from kimcms.domain.html import clean_html, from_markdown, image_ids
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Verb
from kimcms.domain.workflow import TextState
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim
from kimcms.models.vouch import Vouch
from kimcms.queries import accounts as people
from kimcms.queries import appeals, bylines, notes, vouches
from kimcms.queries import desk as newsroom
from kimcms.queries import media as pictures
from kimcms.queries.articles import categories
from kimcms.queries.clusters import policy_in_force
from kimcms.queries.notes import Beside
from kimcms.services import credit, revisions, signs, vouching
from kimcms.services.notes import NOTED
from kimcms.web import previews, sentences, signal_words
from kimcms.web.access import actor, may
from kimcms.web.desk import merging, presence
from kimcms.web.desk.byline_forms import BylinesForm
from kimcms.web.desk.correction_forms import CorrectionForm
from kimcms.web.desk.forms import (
    ArticleForm,
    BesideForm,
    ButtonForm,
    NoteForm,
    PublishForm,
    SlugForm,
)
from kimcms.web.desk.removal_forms import RestoreForm, WithdrawForm
from kimcms.web.desk.review_forms import AppealForm
from kimcms.web.desk.skeletons import SKELETONS


def detail(article: Article, **forms: Any) -> str:
    """Where an item stands. `forms` are those that could not be taken: `note`, `slug_form`,
    `beside`, `appeal_form` with its `problem`."""
    # Not asked of WRITE: the author of a submitted text may not change it, and still reads it.
    own = article.author_id == actor().user_id
    writers = bylines.of(article)
    inside = actor().may(Verb.READ, article.kim_id, g.now, own=own)
    shown = article.newest if inside else article.live
    can_note = inside and may(Verb.RETURN, article) and article.text_state in NOTED
    beside = _notes(article) if inside else []
    return render_template(
        "desk/articles/detail.html",
        can_note=can_note,
        beside=beside,
        beside_form=forms.get("beside") or BesideForm(),
        parts=blocks(shown.body) if shown and (can_note or beside) else None,
        present=presence.sentences(article.id) if inside else [],
        article=article,
        kim=article.kim,
        inside=inside,
        revision=shown,
        photo=_photo(article, shown.photo_id if shown else None),
        topic=_topic(shown),
        writers=writers,
        byline_form=forms.get("byline_form") or BylinesForm(article, writers, formdata=None),
        readiness=revisions.readiness(article),
        verdict=article.credit or credit.preview(article, g.now).as_dict(),
        history=newsroom.history(article.id),
        may={verb.value: may(verb, article) for verb in Verb},
        button=ButtonForm(),
        preview=previews.shared(article, g.now),
        note=forms.get("note") or NoteForm(),
        appeal=appeals.of(article.id) if inside else None,
        appeal_form=forms.get("appeal_form") or AppealForm(),
        decider=people.user(article.reviewed_by) if article.reviewed_by else None,
        vouch=_vouch(article) if inside else None,
        problem=forms.get("problem"),
        slug_form=forms.get("slug_form") or SlugForm(alamat=article.slug),
    )


def _vouch(article: Article) -> Vouch | None:
    """Who stands for the newest revision, while it waits for a second person."""
    return vouches.of(article) if article.live_revision_id != article.newest_revision_id else None


def _notes(article: Article) -> list[Beside]:
    """The notes beside paragraphs that this person reads: the author, what was handed back."""
    if article.text_state is TextState.CLEAN:
        return []
    waits = article.text_state is TextState.SUBMITTED
    return [] if waits and not may(Verb.RETURN, article) else notes.beside(article)


def _photo(article: Article, photo_id: int | None) -> Any:
    return pictures.photos(article.kim_id, [photo_id]).get(photo_id) if photo_id else None


def _topic(revision: Revision | None) -> str | None:
    names = {topic.id: topic.name for topic in categories()}
    return names.get(revision.category_id) if revision and revision.category_id else None


def form(
    kim: Kim, typed: ArticleForm, article: Article | None, refusal: Refused | None = None
) -> str:
    """The form for writing, with what was typed."""
    photo_id = typed.foto_id.data
    return render_template(
        "desk/articles/form.html",
        kim=kim,
        form=typed,
        article=article,
        body_html=_body(kim, typed, article),
        photo=pictures.photos(kim.id, [photo_id]).get(photo_id) if photo_id else None,
        problem=sentences.sentence(refusal) if refusal else None,
        can_publish=actor().may(Verb.PUBLISH, kim.id, g.now),
        can_submit=article is None or article.text_state is not TextState.SUBMITTED,
        verdict=credit.preview(article, g.now).as_dict() if article else None,
        policy=policy_in_force(g.now),
        skeletons=SKELETONS,
        beside=_notes(article) if article else [],
        present=presence.sentences(article.id) if article else [],
        button=ButtonForm(),
    )


def _body(kim: Kim, form: ArticleForm, article: Article | None) -> str:
    """The text on the form as HTML for the rich editor: what was typed, else what is stored."""
    if request.method != "POST" and article and article.newest:
        return article.newest.body
    typed = form.isi.data or ""
    try:
        html = typed if form.format.data == "html" else from_markdown(typed)
        return clean_html(html, pictures.photos(kim.id, image_ids(html)))
    except Refused:  # the sentence for it stands on the page; the text stays in its field
        return ""


def conflict(
    article: Article,
    typed: ArticleForm,
    *,
    mine: Draft | None = None,
    base_id: int | None = None,
    refusal: Refused | None = None,
) -> str:
    """Both texts, part by part. `mine` over `base_id` is what was typed, unless they say more."""
    try:
        if mine is None:
            mine, base_id = typed.edit().draft, base_id or typed.dasar.data
        both = merging.between(article, mine, base_id)
    except Refused as problem:  # could not be saved in any case: first that
        return form(article.kim, typed, article, problem)
    return render_template(
        "desk/articles/conflict.html",
        kim=article.kim,
        article=article,
        form=typed,
        both=both,
        values=merging.values(both.two.mine, both.theirs.id),
        fields=merging.FIELDS,
        theirs_by=people.user(both.theirs.author_id),
        problem=sentences.sentence(refusal) if refusal else None,
    )


def publish(article: Article, form: PublishForm, refusal: Refused | None = None) -> str:
    """What goes out, what is missing, and when."""
    revision = article.newest
    found = signs.before_publishing(actor(), article, g.now) if revision else []
    return render_template(
        "desk/articles/publish.html",
        signs=signal_words.explained(found),
        second=vouching.second_wanted(actor(), article, found),
        kim=article.kim,
        article=article,
        revision=revision,
        photo=_photo(article, revision.photo_id if revision else None),
        faces=pictures.with_faces(revision.id) if revision else [],
        topic=_topic(revision),
        form=form,
        readiness=revisions.readiness(article),
        verdict=credit.preview(article, g.now).as_dict(),
        writers=bylines.of(article),
        preview=previews.shared(article, g.now),
        button=ButtonForm(),
        problem=sentences.sentence(refusal) if refusal else None,
    )


def withdraw(article: Article, form: WithdrawForm, refusal: Refused | None = None) -> str:
    """Why an item is taken away for good."""
    return _about("withdraw", article, form, refusal)


def restore(article: Article, form: RestoreForm, refusal: Refused | None = None) -> str:
    """Why what was withdrawn comes back."""
    return _about("restore", article, form, refusal)


def correct(article: Article, form: CorrectionForm, refusal: Refused | None = None) -> str:
    """What readers are told was wrong."""
    return _about("correct", article, form, refusal)


def _about(name: str, article: Article, form: FlaskForm, refusal: Refused | None) -> str:
    return render_template(
        f"desk/articles/{name}.html",
        kim=article.kim,
        article=article,
        form=form,
        problem=sentences.sentence(refusal) if refusal else None,
    )


def to(endpoint: str, article: Article, **more: Any) -> Response:
    """On to another page of the same item."""
    there = url_for(endpoint, kim=article.kim.slug, article_id=article.id, **more)
    return redirect(there, 303)
