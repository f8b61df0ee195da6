"""The Forum's ready words for authors: how long, how many, and how they join what is typed."""

from __future__ import annotations

from kimcms.domain.refusal import Refused
from kimcms.domain.text import clean_line

NAME_LONGEST = 60
TEXT_LONGEST = 400  # room is left for words of one's own
MOST = 40


def checked(name: str, text: str) -> tuple[str, str]:
    """Both as one clean line each; raises `Refused` where one says nothing."""
    name, text = clean_line(name, NAME_LONGEST), clean_line(text, TEXT_LONGEST)
    if not name:
        raise Refused("phrase_name")
    if not text:
        raise Refused("phrase_text")
    return name, text


def joined(ready: str, typed: str) -> str:
    """Ready words, then one's own; the ready ones are not said twice."""
    typed = typed.strip()
    if not ready or ready in typed:
        return typed
    return f"{ready} {typed}".strip()
