"""Pages that say how this medium works: guidelines, privacy, accessibility, being offline."""

from __future__ import annotations

from flask import g, render_template


def answer(name: str) -> str:
    """`base/<name>.html` in the frame of this host."""
    frame = "site/layout.html" if g.kim is not None else "portal/layout.html"
    return render_template(f"base/{name}.html", frame=frame)
