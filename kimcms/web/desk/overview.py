"""The Forum's work month by month: table, pictures and files; each number leads to its list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kimcms.domain.archive import Month
from kimcms.domain.refusal import Refused
from kimcms.domain.review import Reason
from kimcms.domain.roles import Verb
from kimcms.queries import overview
from kimcms.queries.overview import Age, Sums
from kimcms.web import words
from kimcms.web.access import in_city
from kimcms.web.desk import desk, waiting
from kimcms.web.sheets import Sheet, csv_file, xlsx_file

MONTHS = 12
NO = ("article.ask_change", "article.decline", "article.remove")
AGES = (_l("sampai 1 hari"), _l("1 sampai 2 hari"), _l("2 sampai 7 hari"), _l("lebih dari 7 hari"))


@dataclass(frozen=True)
class Column:
    """One number of a month: its name, how it is read, and the list that it counts."""

    name: Any
    value: Callable[[Sums], int]
    link: Callable[[Month], str]


def _step(name: Any, *verbs: str) -> Column:
    """How often a step was taken, with the history of that month behind it."""
    return Column(
        name,
        lambda sums: sum(sums.steps[verb] for verb in verbs),
        lambda month: history(month, *verbs),
    )


def _complained(name: Any, value: Callable[[Sums], int], timely: str = "") -> Column:
    return Column(
        name,
        value,
        lambda month: url_for(
            "desk.complaint_city", rak="semua", bulan=month.name, tepat=timely or None
        ),
    )


DECISIONS = (
    _step(_l("Diterima"), "article.accept"),
    _step(_l("Minta perubahan"), "article.ask_change"),
    _step(_l("Ditolak"), "article.decline"),
    _step(_l("Dikeluarkan"), "article.remove"),
)
COLUMNS = (
    *DECISIONS,
    _step(_l("Ralat"), "article.correct"),
    _step(_l("Dicabut"), "article.withdraw"),
    _complained(_l("Aduan"), lambda sums: sums.complaints),
    _complained(_l("Dijawab dalam tenggat"), lambda sums: sums.in_time, "ya"),
    _complained(_l("Lewat tenggat"), lambda sums: sums.late, "tidak"),
    _step(_l("Hak jawab dimuat"), "article.reply"),
)


def history(month: Month, *verbs: str, why: str | None = None) -> str:
    """The history of a month, narrowed to some steps."""
    return url_for(
        "desk.city_audit",
        langkah=list(verbs),
        sebab=why,
        dari=month.first_day.isoformat(),
        sampai=month.last_day.isoformat(),
    )


@desk.get("/ikhtisar/")
@in_city(Verb.SEE_REGISTER)
def forum_overview() -> str:
    """Twelve months, the newest first. A constant number of queries."""
    last = _last()
    found = _found(last)
    ages = overview.ages(g.now)
    return render_template(
        "desk/overview.html",
        found=found,
        last=last,
        newest=Month.of(g.now),
        columns=COLUMNS,
        decisions=DECISIONS,
        reasons=[reason for reason in Reason if any(sums.reasons[reason] for sums in found)],
        ages=[age for age in ages if age.total],
        age_names=AGES,
        queue=queue_address,
        kinds=waiting.KINDS,
        history=history,
        no=NO,
        decided=overview.DECISIONS,
        lasted=lasted,
    )


@desk.get("/ikhtisar.csv")
@in_city(Verb.SEE_REGISTER)
def forum_overview_csv() -> Response:
    last = _last()
    return csv_file(f"ikhtisar-{last.name}.csv", *_table(_found(last)))


@desk.get("/ikhtisar.xlsx")
@in_city(Verb.SEE_REGISTER)
def forum_overview_xlsx() -> Response:
    last = _last()
    head, lines = _table(_found(last))
    ages = [[str(waiting.KINDS[a.kind]), *a.counts] for a in overview.ages(g.now)]
    now = Sheet(_("Antrean sekarang"), [_("jenis"), *map(str, AGES)], ages)
    return xlsx_file(f"ikhtisar-{last.name}.xlsx", [Sheet(_("Per bulan"), head, lines), now])


def _last() -> Month:
    """The month up to which the overview goes; this one, or the one that the address names."""
    asked, newest = request.args.get("sampai", ""), Month.of(g.now)
    month = Month.named(asked) if asked else newest
    if month is None or month > newest:
        raise Refused("filter_unknown")
    return month


def _found(last: Month) -> list[Sums]:
    return overview.by_month([last.before(back) for back in range(MONTHS)], g.now)


def _table(found: list[Sums]) -> tuple[list[str], list[list[Any]]]:
    """Everything by month, for a spreadsheet; hours with one decimal."""
    head = [_("bulan"), *(str(column.name) for column in COLUMNS)]
    head += [_("rata-rata jam menunggu"), _("paling lama jam menunggu")]
    head += [_("sebab: %(reason)s", reason=words.REASONS[reason]) for reason in Reason]
    lines = [
        [
            sums.month.name,
            *(column.value(sums) for column in COLUMNS),
            "" if sums.mean is None else round(sums.mean / 60, 1),
            "" if sums.mean is None else round(sums.longest / 60, 1),
            *(sums.reasons[reason] for reason in Reason),
        ]
        for sums in found
    ]
    return head, lines


def queue_address(age: Age) -> str:
    """The queue of one kind."""
    name = next(name for name, kind in waiting.NAMES.items() if kind is age.kind)
    return url_for("desk.review_queue", jenis=name)


def lasted(minutes: int) -> str:
    """ "5 jam", "3 hari": how long something waited."""
    hours = dt.timedelta(minutes=minutes) / dt.timedelta(hours=1)
    if hours < 1:
        return str(_("%(count)s menit", count=minutes))
    if hours < 48:
        return str(_("%(count)s jam", count=round(hours)))
    return str(_("%(count)s hari", count=round(hours / 24)))
