"""Reports of files that were read: line by line what is made, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import click

from kimcms.services.imports import Report
from kimcms.web.sentences import sentence

_MADE = {
    "kim": "KIM",
    "sk": "SK, belum diverifikasi",
    "sk_verified": "SK, terverifikasi",
    "seat": "pengurus",
    "baseline": "data awal",
}


def text_of(path: Path) -> str:
    """The text of a file that a person wrote; a message where it is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{path}: simpan sebagai CSV UTF-8, lalu coba lagi.") from None


def show(report: Report) -> None:
    """Print it; exit status 1 where something is wrong."""
    for line, what, which in report.made:
        click.echo(f"baris {line:4}  {_MADE[what]}: {which}")
    for problem in report.problems:
        column = f", kolom {problem.column}" if problem.column else ""
        click.echo(f"baris {problem.line:4}{column}  SALAH: {sentence(problem.refusal)}", err=True)
    if report.problems:
        count = len(report.problems)
        raise click.ClickException(f"{count} kesalahan; tidak ada yang ditulis.")
    if report.written:
        click.echo(f"{len(report.made)} baris ditulis.")
    else:
        click.echo(f"{len(report.made)} baris siap; belum ditulis. Ulangi dengan --write.")
