"""Hosts to routes and tenants. Routes are bound to three constant labels; the KIM of a reader
host is never a routing variable, and never comes from a header, cookie or parameter."""

from __future__ import annotations

from typing import Any, NoReturn
from urllib.parse import quote, urlsplit

from flask import Flask, Request, Response, abort, g, redirect, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.datastructures import ImmutableDict
from werkzeug.routing import (
    IntegerConverter,
    Map,
    MapAdapter,
    RequestRedirect,
    UnicodeConverter,
)

from kimcms.db import CITY, LARGEST_ID, NOTHING, kim_scope, reading
from kimcms.domain.hosts import Address, Door
from kimcms.models.kim import Kim
from kimcms.queries import kims, tenants
from kimcms.web.front import address_of
from kimcms.web.links import origin_of
from kimcms.web.tools import tools


class RowId(IntegerConverter):
    """An id in an address. A number that no column can hold names nothing: 404."""

    def __init__(self, url_map: Map, **limits: Any) -> None:
        super().__init__(url_map, **{"max": LARGEST_ID, **limits})


class Word(UnicodeConverter):
    """One part of an address. PostgreSQL stores no NUL, so none names anything: 404."""

    def __init__(self, url_map: Map, **limits: Any) -> None:
        super().__init__(url_map, **limits)
        self.regex = self.regex.replace("[^/]", "[^/\\x00]")


class HostMap(Map):
    """The routes, with converters that let through what may be asked of the database."""

    default_converters = ImmutableDict(
        {**Map.default_converters, "int": RowId, "default": Word, "string": Word}
    )


class HostFlask(Flask):
    """Flask, with the resolved label in the place of the host that routes are matched on."""

    url_map_class = HostMap

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        if request is None:
            return None
        address = address_of(request.environ)
        return self.url_map.bind_to_environ(
            request.environ | {"HTTP_HOST": address.door.value}, server_name=None
        )

    def raise_routing_exception(self, request: Request) -> NoReturn:
        """A missing slash leads to the host that was asked, not to the label of its door."""
        found = request.routing_exception
        if isinstance(found, RequestRedirect):
            there = urlsplit(found.new_url)
            query = f"?{there.query}" if there.query else ""
            found.new_url = origin_of(address_of(request.environ).host) + there.path + query
        super().raise_routing_exception(request)


class NewsroomSession(SecureCookieSessionInterface):
    """Sessions exist on the newsroom's host only; reader hosts set no cookie and read none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if address_of(request.environ).door is Door.REDAKSI:
            return super().open_session(app, request)
        return SecureCookieSession()

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Pages alone renew it: a late answer to a script would bring back the session as it was
        when the script asked, and take away what a page was told since."""
        by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
        return session.modified or (not by_script and super().should_set_cookie(app, session))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if address_of(request.environ).door is Door.REDAKSI:
            super().save_session(app, session, response)


def enter(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Runs for every request, unmatched paths too: names the door, the clock and the KIM."""
    address = address_of(request.environ)
    g.now = tools().clock()
    g.door = address.door
    g.kim = None
    reading(CITY if address.door is Door.REDAKSI else NOTHING)
    if address.www:
        _moved(tools().settings.domain)
    if address.door is not Door.SITUS:
        return
    slug, alias = address.slug, address.alias or ""
    kim = tenants.by_slug(slug) if slug else tenants.by_alias(alias)
    if kim is None or kim.merged_into_id is not None:
        _elsewhere(address)
    if address.slug and kim.canonical_alias:
        _moved(kim.canonical_alias)
    if kim.opened_at is None or kim.closed_at is not None:
        abort(Response(status=404))
    g.kim = kim
    reading(kim_scope(kim.id))
    if kim.suspended_at is not None:
        abort(404)


def _elsewhere(address: Address) -> NoReturn:
    """No KIM lives on this host any more: to where it went, or 404."""
    kim = kims.by_host_slug(address.slug) if address.slug else kims.by_alias(address.alias or "")
    former = kims.by_former_slug(address.slug) if address.slug and kim is None else None
    _merged(kim or former)
    if former:
        _moved(former.canonical_alias or f"{former.slug}.{tools().settings.domain}")
    abort(Response(status=404))


def _merged(kim: Kim | None) -> None:
    """A KIM that was merged leads to the home of the one that stayed."""
    if kim is None or kim.merged_into_id is None:
        return
    stays = kims.survivor(kim)
    if not stays.is_open:
        abort(Response(status=404))
    host = stays.canonical_alias or f"{stays.slug}.{tools().settings.domain}"
    abort(redirect(origin_of(host) + "/", 308))


def _moved(host: str) -> None:
    """308 to the same path on another host; the query keeps its bytes."""
    query = request.query_string.decode("latin-1")
    target = origin_of(host) + quote(request.path, safe="/~:@!$&'()*+,;=")
    abort(redirect(target + ("?" + query if query else ""), 308))
