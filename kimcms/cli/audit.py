"""`flask audit`: is the history as it was written, and what does it end with."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kimcms.cli.refusals import Noun
from kimcms.cli.reports import text_of
from kimcms.db import CITY, kim_scope, reading
from kimcms.domain.chain import CITY_CHAIN, Fault, Head
from kimcms.queries import chain

audit = Noun("audit", help="The history of all changes, chained by hash.")

_SAID = {
    "changed": "entry {id}, place {place}, is not what was written (or the one before it is not)",
    "missing": "the entry at place {place} is missing",
    "inserted": "entry {id} was put in",
    "reordered": "entry {id} stands where it was not written; place {place} is the first wrong one",
    "head": "its end, place {place}, is not the one that was written down",
}


@audit.command("verify")
@click.option(
    "--heads",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What `flask audit heads` printed on an earlier day, from a backup's manifest.",
)
def verify_command(file: Path | None) -> None:
    """Recompute every chain, and name the first entry that is wrong; exit 1 where one is."""
    reading(CITY)
    kept = _read(file) if file else {}
    wrong = 0
    for whose, fault in chain.faults(kept):
        wrong += 1
        click.echo(f"{_name(whose)}: {_words(fault)}")
    if wrong:
        raise click.ClickException(f"{wrong} chains are not what was written.")
    ends = chain.heads()
    entries = sum(head.place for head in ends.values())
    click.echo(f"{len(ends)} chains with {entries} entries are what was written")


@audit.command("heads")
def heads_command() -> None:
    """Print the ends of all chains, a line each: keep them apart from the database."""
    reading(CITY)
    for whose, head in chain.heads().items():
        line = {"chain": _name(whose), "place": head.place, "hash": head.hash}
        click.echo(json.dumps(line))


def _name(whose: int) -> str:
    return CITY if whose == CITY_CHAIN else kim_scope(whose)


def _words(fault: Fault) -> str:
    return _SAID[fault.kind].format(id=fault.id, place=fault.place)


def _read(file: Path) -> dict[int, Head]:
    kept = {}
    for number, text in enumerate(text_of(file).splitlines(), 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            name, head = str(line["chain"]), Head(int(line["place"]), str(line["hash"]))
            whose = CITY_CHAIN if name == CITY else int(name.removeprefix("kim:"))
        except (ValueError, KeyError, TypeError):
            raise click.ClickException(f"{file}, line {number}: not a line of heads.") from None
        kept[whose] = head
    return kept
