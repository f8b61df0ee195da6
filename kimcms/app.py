"""The wiring: builds the app from settings, and decides nothing."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from flask import Flask
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from kimcms import cli, models
from kimcms.config import Settings
from kimcms.db import db, prepare
from kimcms.domain.clock import utcnow
from kimcms.domain.hosts import Door
from kimcms.queries.watch import watch
from kimcms.services import unit
from kimcms.storage.files import FileStore
from kimcms.storage.mail import Mailer, Outbox, Smtp
from kimcms.storage.pieces import PieceStore
from kimcms.storage.secrets import LinkSigner, Passwords, Signer
from kimcms.web import (
    compression,
    errors,
    fragments,
    freshness,
    language,
    reads,
    rendering,
    statics,
    tenancy,
)
from kimcms.web.desk import phone
from kimcms.web.desk.routes import desk
from kimcms.web.front import Front, Guarded
from kimcms.web.pagecache import PageCache
from kimcms.web.portal.routes import portal
from kimcms.web.site.routes import site
from kimcms.web.tools import Tools
from kimcms.web.visitors import load_visitor

PACKAGE = Path(__file__).parent
REQUEST_LARGEST = 14 * 1024 * 1024  # a photo of 12 MB and the words beside it
TEXT_LARGEST = 400_000  # so that a text of 65 kB reaches the rule that explains its limit


def create_app(
    settings: Settings | None = None, clock: Callable[[], dt.datetime] = utcnow
) -> Flask:
    """The program as a WSGI application."""
    settings = settings or Settings.read(os.environ)
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = tenancy.HostFlask(
        "kimcms",
        host_matching=True,
        static_folder=None,
        instance_path=str(settings.instance.resolve()),
    )
    key = settings.secret_key or _kept_key(settings.instance / "secret_key")
    app.config.update(
        SECRET_KEY=key,
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        MAX_CONTENT_LENGTH=REQUEST_LARGEST,
        MAX_FORM_MEMORY_SIZE=TEXT_LARGEST,
        SESSION_COOKIE_NAME="__Host-kimcms",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=30),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # SameSite and the token do; phones drop the Referer
        BABEL_DEFAULT_LOCALE="id",
        BABEL_DEFAULT_TIMEZONE="Asia/Jakarta",
        BABEL_TRANSLATION_DIRECTORIES=str(PACKAGE / "translations"),
    )
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.session_interface = tenancy.NewsroomSession()
    app.extensions["kimcms"] = Tools(
        settings=settings,
        clock=clock,
        media=FileStore(settings.media_root),
        private=FileStore(settings.instance / "private"),
        pieces=PieceStore(settings.instance / "uploads"),
        mailer=_mailer(settings),
        passwords=Passwords(light=settings.argon2_cost == "test"),
        signer=LinkSigner(key),
        previews=Signer(key, "preview"),
        wakes=Signer(key, "wake"),
        complaints=Signer(key, "complaint"),
        build=rendering.build_id(PACKAGE, settings),
    )
    _extensions(app)
    app.url_value_preprocessor(tenancy.enter)
    errors.install(app)
    rendering.install(app)
    fragments.install(app)
    compression.install(app)
    reads.install(app, clock)
    for door in Door:
        statics.install(app, door)
    for blueprint in (portal, site, desk):
        app.register_blueprint(blueprint)
    cli.install(app)
    _in_front(app, settings, clock)
    return app


def _in_front(app: Flask, settings: Settings, clock: Callable[[], dt.datetime]) -> None:
    """The layers outside of Flask, innermost first."""
    https = settings.scheme == "https"
    outer: Any = Guarded(app.wsgi_app, https=https)
    if settings.cache_mb:
        with app.app_context():
            engine = db.engine
        outer = app.extensions["pagecache"] = PageCache(
            outer,
            limit=settings.cache_mb * 1024 * 1024,
            watch=partial(watch, engine),
            parameters=partial(freshness.parameters, app),
            clock=clock,
            proxied=settings.trusted_proxies > 0,
        )
        unit.committed.connect(outer.told, sender=engine)
    outer = Front(outer, settings.domain, https=https)
    if hops := settings.trusted_proxies:
        outer = ProxyFix(outer, hops, hops, hops, hops)
    app.wsgi_app = outer  # type: ignore[method-assign]


def _extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    unit.install()
    Migrate(app, db, directory=str(PACKAGE.parent / "migrations"), compare_type=True)
    Babel(app, locale_selector=language.of_request)
    # Reader hosts know no session, so there is nothing that another site could act with; what is
    # shared with the newsroom only fills a form.
    csrf = CSRFProtect(app)
    csrf.exempt(site)
    csrf.exempt(phone.shared)
    # Its own processor would ask the database who is here, on every page, errors too.
    login = LoginManager(app, add_context_processor=False)
    login.user_loader(load_visitor)
    assert models


def _engine_options(settings: Settings) -> dict[str, object]:
    if settings.database.startswith("sqlite"):
        return {}
    # One snapshot for all that a request reads; units of work choose their own.
    return {
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 5,
        "isolation_level": "REPEATABLE READ",
    }


def _mailer(settings: Settings) -> Mailer:
    return Smtp(settings.mail_url) if settings.mail_url else Outbox(settings.instance / "outbox")


def _kept_key(path: Path) -> str:
    """The key that signs sessions, made once and readable by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text().strip()
