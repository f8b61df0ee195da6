"""Every setting of the program: an environment variable, its default, and what is accepted.

`Settings.read(environ)` is the only reader of the environment. A wrong value raises `BadSetting`
with one line that names the variable, the value and what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class BadSetting(ValueError):
    """A setting that the program cannot start with; the text is one line for the operator."""


HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)


def _integer(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise BadSetting(f"a whole number from {low} to {high}")
        return int(value)

    return parse


def _domain(value: str) -> str:
    if not HOST.fullmatch(value):
        raise BadSetting("a bare lower-case host name such as kim.example.go.id, without port")
    return value


def _switch(value: str) -> bool:
    if value not in {"0", "1"}:
        raise BadSetting("0 or 1")
    return value == "1"


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in words:
            raise BadSetting("one of " + ", ".join(words))
        return value

    return parse


def _database(value: str) -> str:
    if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting("empty, sqlite:///<path> or postgresql+psycopg://user:password@host/name")
    return value


def _mail(value: str) -> str:
    if value and urlsplit(value).scheme not in {"smtp", "smtps"}:
        raise BadSetting("empty (letters become files) or smtp[s]://user:password@host:port")
    return value


def _secret(value: str) -> str:
    if value and len(value) < 32:
        raise BadSetting("empty (one is made and kept) or at least 32 characters")
    return value


def _recipient(value: str) -> str:
    if value and not re.fullmatch(r"age1[a-z0-9]{58}", value):
        raise BadSetting("empty or a public key that `age-keygen` or `flask backup key` printed")
    return value


def _setting(name: str, default: str, parse: Callable[[str], Any], doc: str) -> Any:
    return field(metadata={"name": name, "default": default, "parse": parse, "doc": doc})


@dataclass(frozen=True)
class Settings:
    """The values with which one process runs."""

    port: int = _setting("PORT", "8000", _integer(1, 65535), "port that the web process listens on")
    domain: str = _setting(
        "KIMCMS_DOMAIN",
        "localhost",
        _domain,
        "base domain: portal, redaksi.<domain>, <kim>.<domain>",
    )
    database_url: str = _setting(
        "KIMCMS_DATABASE_URL", "", _database, "database; empty is SQLite in the instance folder"
    )
    migrations_url: str = _setting(
        "KIMCMS_MIGRATIONS_URL",
        "",
        _database,
        "database URL of the owner role that migrates; empty is the same as KIMCMS_DATABASE_URL",
    )
    instance: Path = _setting(
        "KIMCMS_INSTANCE", "instance", Path, "folder for everything written at run time"
    )
    sample: bool = _setting(
        "KIMCMS_SAMPLE",
        "1",
        _switch,
        "1 loads the sample city into an empty database at the first start",
    )
    scheme: str = _setting(
        "KIMCMS_SCHEME", "http", _one_of("http", "https"), "scheme of public addresses"
    )
    public_port: int = _setting(
        "KIMCMS_PUBLIC_PORT",
        "0",
        _integer(0, 65535),
        "port in public addresses; 0 is PORT for http, 443 for https",
    )
    trusted_proxies: int = _setting(
        "KIMCMS_TRUSTED_PROXIES",
        "0",
        _integer(0, 9),
        "proxies before the program whose X-Forwarded-* headers are believed; 0 is none",
    )
    workers: int = _setting("KIMCMS_WORKERS", "2", _integer(1, 64), "web worker processes")
    secret_key: str = _setting(
        "KIMCMS_SECRET_KEY",
        "",
        _secret,
        "key that signs sessions; empty makes one in the instance folder",
    )
    mail_url: str = _setting(
        "KIMCMS_MAIL_URL",
        "",
        _mail,
        "SMTP server; empty writes letters to outbox/ in the instance folder",
    )
    mail_from: str = _setting("KIMCMS_MAIL_FROM", "redaksi@localhost", str, "sender of letters")
    city: str = _setting("KIMCMS_CITY", "Kota Malang", str, "name of the city in titles")
    kim_long: str = _setting(
        "KIMCMS_KIM_LONG",
        "Kelompok Informasi Masyarakat",
        str,
        "long form of KIM; officially also Komunitas Informasi Masyarakat",
    )
    show_all_clusters: bool = _setting(
        "KIMCMS_SHOW_ALL_CLUSTERS",
        "0",
        _switch,
        "1 names the KIMs of clusters 2 to 4 on public pages too",
    )
    offline: bool = _setting(
        "KIMCMS_OFFLINE",
        "1",
        _switch,
        "1 lets readers' devices and the newsroom's phones work without a connection",
    )
    dormant_days: int = _setting(
        "KIMCMS_DORMANT_DAYS",
        "90",
        _integer(0, 3650),
        "days without a sign-in after which a KIM's newsroom is read-only; 0 is never",
    )
    cache_mb: int = _setting(
        "KIMCMS_CACHE_MB",
        "32",
        _integer(0, 4096),
        "megabytes of the page cache in each web worker; 0 switches it off",
    )
    shared_maxage: int = _setting(
        "KIMCMS_SHARED_MAXAGE",
        "0",
        _integer(0, 3600),
        "seconds for which a proxy may serve a reader page without asking; 0 lets it ask each time",
    )
    complaint_months: int = _setting(
        "KIMCMS_COMPLAINT_MONTHS",
        "12",
        _integer(1, 60),
        "months after its end for which a complaint names its sender",
    )
    argon2_cost: str = _setting(
        "KIMCMS_ARGON2_COST",
        "normal",
        _one_of("normal", "test"),
        "argon2 cost; test is for test suites only",
    )

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """The settings of an environment; raises `BadSetting` at the first wrong value."""
        values = {}
        for spec in fields(cls):
            name, raw = spec.metadata["name"], environ.get(spec.metadata["name"], "").strip()
            raw = raw or spec.metadata["default"]
            try:
                values[spec.name] = spec.metadata["parse"](raw)
            except BadSetting as wanted:
                raise BadSetting(f"{name}={raw!r} is not usable: it takes {wanted}.") from None
        return cls(**values)

    @classmethod
    def unknown(cls, environ: Mapping[str, str]) -> list[str]:
        """Variables that look like settings of the program and are none: mostly slips."""
        known = {spec.metadata["name"] for spec in fields(cls)}
        return sorted(n for n in environ if n.startswith("KIMCMS_") and n not in known)

    backups: str = _setting(
        "KIMCMS_BACKUPS",
        "",
        str,
        "folder of the nightly backups; empty is backups/ in the instance",
    )
    backups_kept: int = _setting(
        "KIMCMS_BACKUPS_KEPT",
        "14",
        _integer(0, 3650),
        "how many nightly backups are kept; 0 makes none",
    )
    backup_recipient: str = _setting(
        "KIMCMS_BACKUP_RECIPIENT",
        "",
        _recipient,
        "public age key (age1...) to which backups are encrypted; empty does not encrypt",
    )

    @property
    def database(self) -> str:
        """The URL that the program works on."""
        return self.database_url or f"sqlite:///{self.instance.resolve()}/kimcms.sqlite3"

    @property
    def media_root(self) -> Path:
        """Where pictures lie."""
        return self.instance / "media"

    @property
    def backup_folder(self) -> Path:
        """Where nightly backups lie."""
        return Path(self.backups) if self.backups else self.instance / "backups"

    @property
    def shown_port(self) -> int:
        """The port of public addresses, 0 where the scheme's own is meant."""
        port = self.public_port or (self.port if self.scheme == "http" else 443)
        return 0 if port == {"http": 80, "https": 443}[self.scheme] else port


def origin(scheme: str, host: str, port: int) -> str:
    """`scheme://host[:port]`; port 0 is left out."""
    return f"{scheme}://{host}:{port}" if port else f"{scheme}://{host}"
