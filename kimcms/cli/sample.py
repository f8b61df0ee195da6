"""`flask sample`: the sample city, and big ones for measuring."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

import click

from kimcms.cli.refusals import Noun
from kimcms.queries import kims as register
from kimcms.seed import cast, city, crowd, pictures
from kimcms.services import bulk
from kimcms.storage.images import Processed, process
from kimcms.web.tools import tools

sample = Noun("sample", help="Load and remove sample data.")


@sample.command("load")
@click.option("--kims", type=click.IntRange(1, 100_000), help="For measuring: so many KIMs.")
@click.option("--articles", type=click.IntRange(1, 20_000_000), help="... and so many articles.")
@click.option("--seed", type=int, default=1, show_default=True, help="... from this seed.")
def load_command(kims: int | None, articles: int | None, seed: int) -> None:
    """Load the sample city into an empty register; with --kims and --articles a big one."""
    if register.open_kims():
        raise click.ClickException("There are KIMs already; the sample goes into an empty city.")
    if kims or articles:
        click.echo(crowd.load(kims or 30, articles or 1500, seed, tools().clock()))
        return
    load_city()


def load_city() -> None:
    """The sample city, with its sign-ins in the instance folder."""
    path = tools().settings.instance / "sample-accounts.csv"
    now = tools().clock()
    click.echo("Drawing the sample's pictures ...")
    with ProcessPoolExecutor() as pool:
        drawn = dict(zip(pictures.SCENES, pool.map(_picture, pictures.SCENES), strict=True))
    with click.progressbar(length=100, label="Playing 30 weeks of news") as bar:

        def progress(done: int, total: int) -> None:
            bar.update(done * 100 // total - bar.pos)

        sign_ins = city.load(tools().media, drawn, tools().passwords, now, progress)
    cast.write_sign_ins(path, sign_ins)


def _picture(scene: str) -> Processed:
    return process(pictures.draw(scene))


@sample.command("clear")
@click.confirmation_option(prompt="Remove all sample KIMs with everything in them?")
def clear_command() -> None:
    """Remove everything that is marked as sample."""
    removed = bulk.clear_sample(tools().stores.values(), tools().clock())
    (tools().settings.instance / "sample-accounts.csv").unlink(missing_ok=True)
    click.echo(f"removed {removed} KIMs")
