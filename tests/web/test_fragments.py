"""Parts of pages that are kept: the same as rendered anew, and blind to the request."""

from __future__ import annotations

import dataclasses
import datetime as dt

from jinja2 import meta

from kimcms.domain.hosts import resolve
from kimcms.domain.html import Photo
from kimcms.queries.articles import Card
from kimcms.queries.kims import Place
from kimcms.web.fragments import TEMPLATES
from kimcms.web.front import ADDRESS
from tests.world import City

# What a part may use beside its values: words, and links that lead where the key says.
ALLOWED = {
    *("_", "gettext", "icon", "local", "site_url", "article_url", "portal_url", "desk_url"),
    *("city", "kim_long", "show_all", "dict", "saving", "kept"),
}
PORTAL = {ADDRESS: resolve("localhost", "localhost")}
AT = dt.datetime(2026, 11, 24, 7, 5, tzinfo=dt.UTC)
PLACE = Place("Sukun", "sukun", "Sukun", "sukun", 1, "KIM A", "a", None, True, "1", False)


def card(**changes: object) -> Card:
    values = {
        field.name: "x" if field.type == "str" else None for field in dataclasses.fields(Card)
    }
    known = {"id": 1, "kim_id": 1, "slug": "a", "title": "A < B", "public_at": AT}
    photo = {"photo": Photo(3, 640, 480, (320, 640)), "is_sample": False, "photo_alt": 'a "b"'}
    return Card(**(values | known | photo | changes))  # type: ignore[arg-type]


def test_no_part_asks_the_request(city: City) -> None:
    env = city.app.jinja_env
    for template in TEMPLATES:
        source = env.loader.get_source(env, template)[0] if env.loader else ""
        assert "macro" in source
        used = meta.find_undeclared_variables(env.parse(source))
        assert used <= ALLOWED, used - ALLOWED


def test_a_kept_part_is_what_its_macro_says_in_each_language_and_below_each_origin(
    city: City,
) -> None:
    app = city.app
    kept = app.jinja_env.globals["part"]
    values = [
        ("card", card(), True, "h3", ()),
        ("card", card(), False, "h2", (card(id=2, title="Lain"),)),
        ("opener", card(photo=None)),
        ("tile_map", (PLACE, PLACE), "peta"),
        ("portal_nav", "portal.home"),
    ]
    seen = set()
    for path in ("/", "/en/"):
        for _again in range(2):
            asked = app.test_request_context(path, environ_overrides=PORTAL)
            with app.app_context(), asked:  # a `g` of its own, as each request has
                app.preprocess_request()
                macros = app.jinja_env.get_template("base/parts.html").module
                for name, *given in values:
                    plain = getattr(macros, name)(*given).strip("\n")
                    assert kept(name, *given) == plain
                    seen.add((name, path, plain))
    assert len({plain for name, _path, plain in seen if name == "portal_nav"}) == 2
    assert any("A &lt; B" in plain and "a &#34;b&#34;" in plain for _n, _p, plain in seen)
