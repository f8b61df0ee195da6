"""Plain text: one clean line, an address, the number of own words, the beginning of a text."""

from __future__ import annotations

import re
import unicodedata

from kimcms.domain.htmllimits import strip_controls
from kimcms.domain.likeness import words

FALLBACK_SLUG = "berita"
# What NFKD leaves whole.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "&": " dan ", "%": " persen "}
)
# Dropped, not turned into a hyphen: Jum'at is jumat, Qur’an is quran.
_INSIDE_WORDS = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_SLUG_FROM = 1_000  # characters of a title that are looked at
_DATELINE = re.compile(r"KIM [^\n]{1,100}? [-–—] ")
_CLOSING = re.compile(r"(?:Pewarta|Penulis|Kontributor) ?: ?[^\n]{0,200}", re.IGNORECASE)


def slugify(title: str, limit: int = 80) -> str:
    """The part of an address for a title: a-z, 0-9 and single hyphens, cut between words.

    Never empty: a title without a Latin letter or digit is "berita".
    """
    folded = _INSIDE_WORDS.sub("", title[:_SLUG_FROM].casefold()).translate(_LETTERS)
    letters = unicodedata.normalize("NFKD", folded).casefold()
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    slug = _NO_SLUG.sub("-", plain).strip("-")
    if len(slug) > limit:
        slug = slug[: limit + 1].rpartition("-")[0] or slug[:limit]
    return slug.strip("-") or FALLBACK_SLUG


def clean_line(value: str, limit: int) -> str:
    """The value as one plain line of at most `limit` characters.

    White space is one space, none at the ends; control characters, bidi overrides and invisible
    characters are gone. It is text, not HTML: whoever prints it escapes it.
    """
    return " ".join(strip_controls(value).split())[:limit].rstrip()


def clean_text(value: str, limit: int) -> str:
    """The value as plain paragraphs of at most `limit` characters: each line as by `clean_line`,
    with at most one empty line between two."""
    lines = [" ".join(line.split()) for line in strip_controls(value).split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()[:limit].rstrip()


def own_words(plain: str, dateline: str = "", closing: str = "") -> int:
    """How many words the writer wrote: without the dateline before and the closing line after.

    `plain` comes from `own_text`, so quotations are out already. Where the system's own dateline
    or closing is not given, what looks like one is left out.
    """
    text = plain.strip()
    given = dateline.strip()
    if given and text.casefold().startswith(given.casefold()):
        text = text[len(given) :]
    elif found := _DATELINE.match(text):
        text = text[found.end() :]
    body, _, last = text.rpartition("\n")
    is_closing = last.strip().casefold() == closing.strip().casefold() if closing else False
    if is_closing or _CLOSING.fullmatch(last.strip()):
        text = body
    return len(words(text))


def excerpt(plain: str, limit: int) -> str:
    """The beginning of a text in at most `limit` characters, cut between words, with "…"."""
    text = " ".join(plain[: 4 * limit + 1].split())
    if len(text) <= limit and len(plain) <= 4 * limit:
        return text
    cut = text[:limit]
    shorter = cut.rpartition(" ")[0] or cut[: limit - 1]
    return shorter.rstrip(" ,;:.-–—") + "…"
