"""The item at the head of the portal (berita utama), chosen by the Forum."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from kimcms.domain.roles import Verb
from kimcms.models.article import Article
from kimcms.queries import articles
from kimcms.queries import leads as heads
from kimcms.services import leads
from kimcms.web.access import actor, in_city, on_review
from kimcms.web.desk import desk
from kimcms.web.desk.forms import ButtonForm


@desk.get("/tinjauan/utama")
@in_city(Verb.SEE_REGISTER)
def lead() -> str:
    """What stands at the head and who chose it, and the newest of the feed to choose from. Items
    of the own KIM are left to others."""
    return render_template(
        "desk/review/lead.html",
        chosen=heads.chosen(g.now),
        cards=articles.feed_articles(g.now).rows,
        own=actor().impartial_from(g.now),
        may_choose=bool(actor().reaches(Verb.REVIEW, None, g.now)),
        button=ButtonForm(),
    )


@desk.post("/tinjauan/<int:article_id>/utama")
@on_review
def lead_choose(article: Article) -> Any:
    leads.choose(actor(), article, g.now)
    flash(_("Berita ini sekarang berita utama portal, selama 24 jam."), "ok")
    return redirect(url_for("desk.lead"), 303)


@desk.post("/tinjauan/<int:article_id>/bukan-utama")
@on_review
def lead_end(article: Article) -> Any:
    leads.end(actor(), article, g.now)
    flash(_("Sudah dilepas. Berita utama kembali menurut urutan terbit."), "ok")
    return redirect(url_for("desk.lead"), 303)
