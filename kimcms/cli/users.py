"""`flask user`: accounts from the shell."""

from __future__ import annotations

import secrets

import click

from kimcms.cli.kims import find
from kimcms.cli.refusals import Noun, said
from kimcms.domain.accounts import sign_in_name
from kimcms.domain.roles import KIM_ROLES, Role
from kimcms.models.account import User
from kimcms.queries import accounts as people_queries
from kimcms.queries import kims as register
from kimcms.services import accounts, people
from kimcms.web.tools import tools

user = Noun("user", help="Create and list accounts.")


@user.command("create")
@click.argument("sign_in")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--kim", "slug", help="Slug of the KIM; left out for a role in the city.")
def create_command(sign_in: str, name: str, role: str, slug: str | None) -> None:
    """Create an account SIGN_IN (e-mail or phone number) and print a generated password."""
    if (Role(role) in KIM_ROLES) != (slug is not None):
        wanted = "needs --kim SLUG" if slug is None else "is a role in the city, without --kim"
        raise click.ClickException(f"The role {role} {wanted}.")
    password = secrets.token_urlsafe(12)
    with said():
        made = people.create(
            name,
            sign_in,
            Role(role),
            find(slug) if slug else None,
            password,
            tools().passwords,
            tools().clock(),
        )
    click.echo(f"{made.sign_in_name}  {password}")


@user.command("password")
@click.argument("sign_in")
def password_command(sign_in: str) -> None:
    """Give SIGN_IN a new generated password and print it; all its sign-ins end."""
    password = secrets.token_urlsafe(12)
    with said():
        accounts.set_password(_find(sign_in), password, tools().passwords, tools().clock())
    click.echo(f"{sign_in}  {password}")


@user.command("list")
@click.option("--kim", "slug", help="Slug of a KIM; left out for the city and all KIMs.")
def list_command(slug: str | None) -> None:
    """Who holds which role."""
    groups = [find(slug)] if slug else [None, *register.open_kims()]
    for group in groups:
        for member in people_queries.members(group.id if group else None, tools().clock()):
            where = group.slug if group else "(kota)"
            click.echo(f"{where:16} {member.role.value:11} {member.sign_in_name:36} {member.name}")


def _find(sign_in: str) -> User:
    found = people_queries.user_by_name(sign_in_name(sign_in))
    if found is None:
        raise click.ClickException(f"There is no account {sign_in}.")
    return found
