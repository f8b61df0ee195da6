"""`flask tracker`: run the activity tracker, and read what it says."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import click

from kimcms.cli.kims import find
from kimcms.cli.refusals import Noun, said
from kimcms.cli.reports import show, text_of
from kimcms.domain.assessments import Assessment, explain
from kimcms.domain.clock import day_of
from kimcms.queries import clusters as results
from kimcms.queries import kims as register
from kimcms.queries import replay as replaying
from kimcms.services import clusters, handover, imports, reminders
from kimcms.web.tools import tools

tracker = Noun("tracker", help="The activity tracker.")


@tracker.command("run")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="A Monday: compute and print its evaluation, write nothing.",
)
def run_command(as_of: dt.datetime | None) -> None:
    """Write every evaluation that is due. Running it again changes nothing."""
    with said():
        if as_of is not None:
            _print(clusters.preview(_near(as_of.date())))
            return
        written = clusters.run(tools().clock(), _progress)
        reminded = reminders.remind(tools().clock())
        handed_over = handover.step(tools().clock())
    for monday in written:
        click.echo(f"evaluated {monday}")
    if not written:
        click.echo("nothing is due")
    if reminded or handed_over:
        click.echo(f"decrees: {reminded} reminders; handovers ended: {handed_over}")
    counts = results.picture().counts
    click.echo("cluster 1 to 4: " + " / ".join(str(counts.get(c, 0)) for c in "1234"))


def _near(day: dt.date) -> dt.date:
    """Refuses slips of the keyboard, which would be computed week by week for ever."""
    if abs(day - day_of(tools().clock())) > dt.timedelta(days=20 * 366):
        raise click.ClickException(f"{day} is more than 20 years away.")
    return day


def _progress(monday: dt.date, done: int, total: int) -> None:
    click.echo(f"\r{monday}: {done} of {total}", nl=done == total, err=True)


def _print(found: dict[int, Assessment]) -> None:
    names = {kim.id: kim.name for kim in register.named(list(found))}
    for kim_id, result in sorted(found.items(), key=lambda item: (item[1].official, item[0])):
        p, g = result.publishing, result.organisation
        click.echo(
            f"{names[kim_id]:22} {result.official:8} computed {result.computed:8} "
            f"weeks {p.filled:2}/{len(p.boxes)}  marks {g.met}/{g.of}  SK {result.decree.status}"
        )
    counts = Counter(result.official.value for result in found.values())
    click.echo("cluster 1 to 4: " + " / ".join(str(counts.get(c, 0)) for c in "1234"))


@tracker.command("show")
@click.argument("slug", required=False)
def show_command(slug: str | None) -> None:
    """Where all KIMs stand, or one KIM (SLUG) with the reasons."""
    if slug is None:
        for row in results.board():
            click.echo(f"{row.kim:22} {row.standing:8} since {row.since}  {row.kelurahan}")
        return
    card = results.card(find(slug).id, tools().clock())
    if card is None:
        raise click.ClickException("This KIM was not evaluated yet: `flask tracker run`.")
    click.echo(f"{slug}: {card.standing} since {card.since}")
    for code, values in explain(card.result) if card.result else []:
        facts = ", ".join(f"{name} {value}" for name, value in values.items() if value is not None)
        click.echo(f"  {code}: {facts}")
    for change in card.forecast.changes if card.forecast else ():
        click.echo(f"  forecast: {change.from_} -> {change.to} on {change.day} ({change.why})")


@tracker.command("baseline")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write it; without this it is only tried.")
def baseline_command(file: Path, write: bool) -> None:
    """Where KIMs older than the system stood, from a CSV FILE (kim, cluster, p, g, day, source)."""
    with said():
        show(imports.baseline(text_of(file), tools().clock(), write=write))


@tracker.command("replay")
@click.option("--check", is_flag=True, required=True, help="Compare with what is stored.")
def replay_command(check: bool) -> None:
    """Recompute all results from the ledger and compare byte by byte; exit 1 where one differs."""
    assert check
    found = 0
    for difference in replaying.differences(_replayed):
        found += 1
        place = f", {difference.where}" if difference.where else ""
        click.echo(
            f"{difference.kim}: {difference.monday}{place}: "
            f"stored {difference.stored}, recomputed {difference.computed}"
        )
    if found:
        raise click.ClickException(f"{found} KIMs differ from their ledger.")
    click.echo("every stored result is what the ledger says")


def _replayed(done: int, total: int) -> None:
    click.echo(f"\r{done} of {total} KIMs", nl=done == total, err=True)
