"""What a KIM says of itself on its subsite: limits, and which addresses may be linked."""

from __future__ import annotations

from urllib.parse import urlsplit

from kimcms.config import HOST
from kimcms.domain.accounts import sign_in_name
from kimcms.domain.refusal import Refused
from kimcms.domain.text import clean_line

TAGLINE_LONGEST = 140
ABOUT_LONGEST = 6000  # as typed
ADDRESS_LONGEST = 200
PHONE_LONGEST = 20
EMAIL_LONGEST = 254
MOST_LINKS = 8
LABEL_LONGEST = 40
URL_LONGEST = 200
RESPONSIBLE_LONGEST = 80
EDITORS_LONGEST = 300

# Places where a KIM has an account of its own: the bare host is nobody's.
_PLACES = {
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "fb.com": "Facebook",
    "youtube.com": "YouTube",
    "tiktok.com": "TikTok",
    "x.com": "X",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "whatsapp.com": "WhatsApp",
    "wa.me": "WhatsApp",
    "t.me": "Telegram",
}


def link(label: str, typed: str) -> dict[str, str]:
    """A link as it is stored. Without a label it is called after its place.

    Raises `Refused`: "link_unusable" for what is no https address of a public host,
    "link_account" for a social network's front page.
    """
    url = clean_line(typed, URL_LONGEST + 1)
    if "://" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        odd = parts.port is not None or parts.username is not None
    except ValueError:
        raise Refused("link_unusable", url=url) from None
    if (
        parts.scheme != "https"
        or odd
        or len(url) > URL_LONGEST
        or any(sign in url for sign in ' "<>\\^`{|}')
        or "." not in host
        or not HOST.fullmatch(host)
        or host.rpartition(".")[2].isdigit()
    ):
        raise Refused("link_unusable", url=url)
    place = _PLACES.get(host)
    if place and not parts.path.strip("/"):
        raise Refused("link_account", place=place)
    return {"name": clean_line(label, LABEL_LONGEST) or place or host, "url": url}


def phone(typed: str) -> str:
    """A phone number as it was typed. Raises `Refused` for what cannot be called."""
    line = clean_line(typed, PHONE_LONGEST + 1)
    if line and (len(line) > PHONE_LONGEST or "@" in line or not _is_name(line)):
        raise Refused("contact_phone")
    return line


def email(typed: str) -> str:
    """An e-mail address. Raises `Refused` for anything else."""
    line = clean_line(typed, EMAIL_LONGEST + 1)
    if line and ("@" not in line or not _is_name(line)):
        raise Refused("contact_email")
    return line


def _is_name(line: str) -> bool:
    try:
        sign_in_name(line)
    except Refused:
        return False
    return True
