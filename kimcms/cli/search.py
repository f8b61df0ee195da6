"""`flask search`: repair of the search index."""

from __future__ import annotations

import click

from kimcms.cli.refusals import Noun, said
from kimcms.domain.roles import SYSTEM
from kimcms.services import bulk
from kimcms.services import search as index
from kimcms.web.tools import tools

search = Noun("search", help="The search index.")


@search.command("rebuild")
def rebuild_command() -> None:
    """Empty the index and fill it from what is live, in one transaction."""
    with said(), bulk.bulk(tools().clock()) as unit:
        count = index.rebuild()
        unit.record(SYSTEM, "search.rebuild", None, after={"articles": count})
    click.echo(f"{count} articles in the index")
