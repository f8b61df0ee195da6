"""`flask kim`: open and list KIMs."""

from __future__ import annotations

from pathlib import Path

import click

from kimcms.cli.refusals import Noun, said
from kimcms.cli.reports import show, text_of
from kimcms.domain.roles import SYSTEM
from kimcms.models.kim import Kim
from kimcms.queries import kims as register
from kimcms.services import imports, kims
from kimcms.web.links import site_url
from kimcms.web.tools import tools

kim = Noun("kim", help="Open and list KIMs.")


def find(slug: str) -> Kim:
    """The KIM with this slug, or a message."""
    found = register.by_slug(slug)
    if found is None:
        raise click.ClickException(f"There is no KIM {slug}. `flask kim list` names them all.")
    return found


@kim.command("open")
@click.argument("slug")
@click.argument("kelurahan")
@click.option("--name", required=True, help="Name of the KIM, such as 'KIM Nukus'.")
def open_command(slug: str, kelurahan: str, name: str) -> None:
    """Open the subsite SLUG for the KIM of KELURAHAN (its slug in the register)."""
    place = register.kelurahan_by_slug(kelurahan)
    if place is None:
        raise click.ClickException(f"There is no kelurahan {kelurahan} in the register.")
    with said():
        opened = kims.open_kim(SYSTEM, place, name, slug, tools().clock())
    click.echo(f"{opened.name}: {site_url(opened.slug, None)}")


@kim.command("list")
def list_command() -> None:
    """All kelurahan with their KIM and where it stands."""
    for place in register.directory():
        kim_name = place.kim or "-"
        slug, standing = place.kim_slug or "-", place.standing or "-"
        click.echo(f"{place.kecamatan:15} {place.kelurahan:16} {kim_name:22} {slug:16} {standing}")


@kim.command("alias")
@click.argument("slug")
@click.argument("domain")
def alias_command(slug: str, domain: str) -> None:
    """Give the subsite SLUG the own DOMAIN, which you have seen to lead here; "-" takes it away."""
    with said():
        now, ours = tools().clock(), tools().settings.domain
        wanted = None if domain == "-" else domain
        found = kims.set_alias(SYSTEM, find(slug), wanted, now, city_domain=ours)
        if found.alias_domain:
            kims.verify_alias(SYSTEM, found, now)
    click.echo(f"{found.name}: {site_url(found.slug, found.canonical_alias)}")


@kim.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write it; without this it is only tried.")
def import_command(file: Path, write: bool) -> None:
    """KIMs, decrees and boards from a CSV FILE, all or nothing, with a report per line."""
    with said():
        show(imports.load(text_of(file), tools().clock(), write=write))
