"""Every address of readers, read from the program's own routes, so that a new one is measured."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from kimcms.db import db
from kimcms.domain.hosts import Door
from kimcms.models.account import User
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.queries.paging import Cursor

DOMAIN = "localhost"
SEARCH = {"/cari": ("?q=warga", "?q=warga&urut=cocok")}  # newest, and best


@dataclass(frozen=True)
class Address:
    name: str
    host: str
    path: str
    best: bool = False  # a search that ranks


@dataclass(frozen=True)
class Examples:
    """What stands in the places of routes: those of the largest KIM."""

    kim: str
    article: str
    author: str
    middle: Cursor
    newest: dt.datetime
    part: int

    def value(self, rule: Rule, argument: str) -> str:
        first = rule.rule.removeprefix("/en").split("/")[1]
        slugs = {"berita": self.article, "pewarta": self.author, "kim": self.kim, "topik": "umkm"}
        known = {
            "slug": slugs.get(first, "sukun"),
            **dict.fromkeys(("name", "form"), "rss.xml"),
            "year": f"{self.newest:%Y}",
            "number": f"{self.newest:%m}",
            "part": str(self.part),
        }
        return known.get(argument, "")


def examples(app: Flask) -> Examples:
    with app.app_context():
        count = sa.func.count()
        kim = db.session.execute(
            sa.select(Kim.id, Kim.slug).join(Article).group_by(Kim.id).order_by(count.desc())
        ).first()
        assert kim
        newest = db.session.scalars(
            sa.select(Article).filter_by(kim_id=kim.id).order_by(Article.id.desc()).limit(1)
        ).one()
        assert newest.public_at
        middle = db.session.get_one(Article, newest.id // 2)
        assert middle.public_at
        author = db.session.get_one(User, newest.author_id)
        found = Examples(
            kim=kim.slug,
            article=newest.slug,
            author=str(getattr(author, "byline_slug", None) or ""),
            middle=Cursor(middle.public_at, middle.id),
            newest=newest.public_at,
            part=newest.id // 50_000,
        )
        db.session.remove()
    return found


def addresses(app: Flask, given: Examples) -> Iterator[Address]:
    """One of each route; English pages are the same views. A route whose example this city has
    none of is left out."""
    hosts = {Door.PORTAL.value: DOMAIN, Door.SITUS.value: f"{given.kim}.{DOMAIN}"}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if not getattr(view, "reader_page", False) or rule.endpoint.endswith("_en"):
            continue
        values = {argument: given.value(rule, argument) for argument in rule.arguments}
        if not all(values.values()):
            continue
        adapter = app.url_map.bind(rule.host or "", url_scheme="http")
        built = adapter.build(
            rule.endpoint, {n: int(v) if v.isdigit() else v for n, v in values.items()}
        )
        path = built.partition(rule.host or "")[2] if built.startswith("http") else built
        door = "site" if rule.host == Door.SITUS.value else "portal"
        for query in SEARCH.get(rule.rule, ("",)):
            yield Address(
                f"{door} {_named(rule.rule) + query}",
                hosts[rule.host or ""],
                path + query,
                "terbaik" in query,
            )


def _named(rule: str) -> str:
    """A rule without its converters, so that both cities call a page the same."""
    return re.sub(r"<[^<>]*:(\w+)>", r"<\1>", rule)
