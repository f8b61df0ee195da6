"""Pages that say how this medium works: guidelines, privacy, accessibility, being offline; and
those that a host writes of itself."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from kimcms.queries import ownpages


def answer(name: str, **values: Any) -> str:
    """`base/<name>.html` in the frame of this host."""
    frame = "site/layout.html" if g.kim is not None else "portal/layout.html"
    return render_template(f"base/{name}.html", frame=frame, **values)


def own_page(slug: str) -> Any:
    """The own page of this host with this slug; a slug that it had once leads to it."""
    for leaf in ownpages.published(g.kim.id if g.kim is not None else None):
        if leaf.slug == slug:
            return answer("page", leaf=leaf)
        if slug in leaf.former:
            return redirect(f"/halaman/{leaf.slug}", 308)
    abort(404)
