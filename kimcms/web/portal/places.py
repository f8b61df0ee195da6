"""The portal by place: kecamatan, kelurahan, and the KIM of one."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kimcms.models.kelurahan import Kecamatan
from kimcms.queries import articles, kims
from kimcms.queries.kims import Place
from kimcms.queries.paging import Cursor
from kimcms.web import feeds
from kimcms.web.freshness import page
from kimcms.web.language import local
from kimcms.web.portal import portal


@portal.both("/kim/")
@page()
def directory() -> str:
    return render_template("portal/directory.html", places=kims.directory())


@portal.both("/kecamatan/<slug>/")
@page("sesudah", "hemat")
def kecamatan(slug: str) -> str:
    place, here = _kecamatan(slug)
    after = Cursor.read(request.args.get("sesudah"))
    found = articles.feed_articles(g.now, after, kim_ids=_open(here))
    return render_template("portal/kecamatan.html", place=place, places=here, page=found)


@portal.get(f"/kecamatan/<slug>/<{feeds.NAMES}:form>")
@page()
def kecamatan_feed(slug: str, form: str) -> Response:
    place, here = _kecamatan(slug)
    title = _("Kecamatan %(name)s", name=place.name)
    return feeds.of_city(form, f"kecamatan/{place.id}", title, kim_ids=_open(here))


@portal.both("/kelurahan/<slug>/")
@page("sesudah", "hemat")
def kelurahan(slug: str) -> str:
    """Its news; where nobody writes yet, that of its neighbours."""
    here, neighbours = _kelurahan(slug)
    after = Cursor.read(request.args.get("sesudah"))
    whose = _open([here]) or _open(neighbours)
    found = articles.feed_articles(g.now, after, kim_ids=whose)
    return render_template("portal/kelurahan.html", place=here, neighbours=neighbours, page=found)


@portal.get(f"/kelurahan/<slug>/<{feeds.NAMES}:form>")
@page()
def kelurahan_feed(slug: str, form: str) -> Response:
    here, neighbours = _kelurahan(slug)
    title = _("Kelurahan %(name)s", name=here.kelurahan)
    whose = _open([here]) or _open(neighbours)
    return feeds.of_city(form, f"kelurahan/{here.kelurahan_slug}", title, kim_ids=whose)


@portal.both("/saya")
@page()
def mine() -> str:
    """The short address to choose one's own kelurahan from."""
    return render_template("portal/mine.html", places=kims.directory())


@portal.both("/kim/<slug>/")
@page("sesudah", "hemat")
def kim(slug: str) -> Any:
    """What one KIM has in the city feed. A former name leads to the one of today."""
    here = _kim(slug)
    after = Cursor.read(request.args.get("sesudah"))
    found = articles.feed_articles(g.now, after, kim_ids=_open([here]))
    return render_template("portal/kim.html", place=here, page=found)


@portal.get(f"/kim/<slug>/<{feeds.NAMES}:form>")
@page()
def kim_feed(slug: str, form: str) -> Response:
    here = _kim(slug, form)
    return feeds.of_city(form, f"kim/{here.kim_id}", here.kim or "", kim_ids=_open([here]))


def _kecamatan(slug: str) -> tuple[Kecamatan, list[Place]]:
    place = kims.kecamatan_by_slug(slug) or abort(404)
    return place, [row for row in kims.directory() if row.kecamatan_slug == slug]


def _kelurahan(slug: str) -> tuple[Place, list[Place]]:
    """The kelurahan, and those around it where somebody writes."""
    places = kims.directory()
    here = next((row for row in places if row.kelurahan_slug == slug), None) or abort(404)
    district = [row for row in places if row.kecamatan_slug == here.kecamatan_slug and row != here]
    return here, [row for row in district if row.kim_open]


def _kim(slug: str, below: str = "") -> Place:
    here = next((row for row in kims.directory() if row.kim_slug == slug and row.kim_open), None)
    if here is None:
        former = kims.by_former_slug(slug)
        stays = kims.survivor(former) if former else None
        if stays is None or not stays.is_open or stays.slug == slug:
            abort(404)
        path = f"/kim/{stays.slug}/{below}"
        abort(redirect(path if below else local(path), 308))
    return here


def _open(places: list[Place]) -> list[int]:
    return [row.kim_id for row in places if row.kim_id and row.kim_open]
