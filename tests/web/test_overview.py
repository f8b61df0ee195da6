"""The overview of the Forum's work: numbers that agree with the lists behind them, and files."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.archive import Month
from kimcms.domain.complaints import Kind, Outcome
from kimcms.domain.corrections import Kind as CorrectionKind
from kimcms.domain.review import Reason, Why
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.queries import overview
from kimcms.services import complaints, corrections, publishing, review
from kimcms.services.complaint_answers import Answer, answer
from kimcms.services.complaints import Said, Sent
from kimcms.services.corrections import Words
from kimcms.web.sheets import Sheet, csv_file, xlsx_file
from tests.world import City, Visit

NAMES = ("Diterima", "Minta perubahan", "Ditolak", "Dikeluarkan", "Ralat", "Dicabut", "Aduan")


def busy(city: City) -> None:
    """Two months of work, the second one begun."""
    city.clock.now = dt.datetime(2026, 10, 31, 16, 59, tzinfo=dt.UTC)  # 23.59 WIB
    decide(city, "Oktober", hours=0)
    city.clock.now = dt.datetime(2026, 10, 31, 17, 0, tzinfo=dt.UTC)  # November in WIB
    decide(city, "November", hours=3)
    decide(city, "Lagi", hours=5)
    moderator = city.actor("moderator")
    why = Why(Reason.FACTS, "Jumlahnya belum cocok.")
    refused = city.publish(title="Ditolak", at=city.now)
    review.decline(moderator, refused, refused.live_revision_id or 0, why, city.now)
    asked = city.publish(title="Diubah dulu", at=city.now)
    review.ask_change(moderator, asked, asked.live_revision_id or 0, why, city.now)
    review.remove(moderator, *kept("Lagi"), Why(Reason.COPIED, "Salinan."), city.now)
    editor = city.actor("nukus_editor")
    article, _revision = kept("November")
    words = Words(CorrectionKind.RALAT, "RW 4.", "RW 5.")
    corrections.add(editor, article, words, city.now)
    publishing.withdraw(editor, kept("Oktober")[0], Withdrawal.OTHER, "Ganda.", city.now)
    for number in range(3):
        said = Said(Kind.VIOLATION, f"Iklan {number}", "", "Pak Budi")
        made = complaints.send(
            city.kim(), article.id, said, Sent(f"f{number}", f"t{number}", str(number)), city.now
        )
        if number == 0:
            answer(editor, made, Answer(Outcome.DONE, "Dihapus."), city.now)
    city.clock.forward(hours=49)
    answer(editor, made, Answer(Outcome.REFUSED, "Bukan iklan."), city.now)


def decide(city: City, title: str, hours: int) -> None:
    article = city.publish(title=title)
    now = city.clock.forward(hours=hours)
    review.accept(city.actor("moderator"), article, article.live_revision_id or 0, now)


def kept(title: str) -> tuple[Article, int]:
    slug = title.lower()
    article = db.session.scalars(sa.select(Article).where(Article.slug == slug)).one()
    return article, article.live_revision_id or 0


def rows(page: str) -> dict[str, list[str]]:
    """The lines of the tables by their first cell."""
    found = {}
    for line in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)
        found[re.sub("<[^>]+>", "", cells[0]).strip()] = [cell.strip() for cell in cells[1:]]
    return found


def bare(cells: list[str]) -> list[str]:
    return [re.sub("<[^>]+>", "", cell) for cell in cells]


def behind(visit: Visit, cell: str) -> int:
    """How many lines the list has to which a number leads."""
    link = re.search(r'href="([^"]+)"', cell)
    assert link, cell
    page = visit.get(html.unescape(link[1]))
    assert page.status_code == 200, link[1]
    return page.text.count('<li class="row">')


def test_numbers_agree_with_their_lists(city: City) -> None:
    busy(city)
    visit = city.desk("diskominfo")
    page = visit.get("/ikhtisar/").text
    found = rows(page)
    assert bare(found["November 2026"])[:10] == ["2", "1", "1", "1", "1", "1", "3", "1", "2", "0"]
    assert bare(found["Oktober 2026"])[:10] == ["1", *["0"] * 9]
    assert bare(found["September 2026"]) == [*["0"] * 10, "-", "-"]
    for cell in (*found["November 2026"][:9], found["Oktober 2026"][0]):
        assert behind(visit, cell) == int(bare([cell])[0]), cell
    assert behind(visit, found["November 2026"][10]) == 5
    assert bare(found["November 2026"])[10:] == ["2 jam", "5 jam"]  # 3, 5, 0 and 0 hours
    facts, copied = found["Faktanya perlu dipastikan"], found["Menyalin karya pihak lain"]
    assert (bare(facts)[:2], bare(copied)[:2]) == (["2", "0"], ["1", "0"])
    assert behind(visit, facts[0]) == 2
    assert 'aria-label="Keputusan per bulan, seluruhnya: Diterima 3, Minta perubahan 1' in page
    assert "dijawab dalam tenggat 1, lewat tenggat 2" in page
    assert city.desk("moderator").get("/ikhtisar/").text.count("<svg") >= 2
    assert city.desk("nukus_head").get("/ikhtisar/").status_code == 403
    earlier = rows(visit.get("/ikhtisar/?sampai=2026-10").text)
    assert "November 2026" not in earlier
    assert bare(earlier["Oktober 2026"])[0] == "1"
    for wrong in ("2026-12", "2026-13", "x", "2026-1", "٢٠٢٦-١٠"):
        assert visit.get(f"/ikhtisar/?sampai={wrong}").status_code == 400, wrong


def test_files_say_the_same(city: City) -> None:
    busy(city)
    visit = city.desk("moderator")
    text = visit.get("/ikhtisar.csv").data.decode("utf-8-sig")
    head, newest, *more = csv.reader(io.StringIO(text))
    assert head[:3] == ["bulan", "Diterima", "Minta perubahan"]
    assert newest[:11] == ["2026-11", "2", "1", "1", "1", "1", "1", "3", "1", "2", "0"]
    assert newest[11:13] == ["2.0", "5.0"]
    assert newest[head.index("sebab: Faktanya perlu dipastikan")] == "2"
    assert len(more) == 11
    book = visit.get("/ikhtisar.xlsx")
    assert book.headers["Content-Disposition"].endswith('.xlsx"')
    assert cells(book.data)[:4] == ["bulan", "Diterima", "Minta perubahan", "Ditolak"]
    assert "2026-11" in cells(book.data)


def cells(data: bytes) -> list[str]:
    """The texts of a workbook, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        tree = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(part.itertext()) for part in tree]


def test_cells_cannot_become_formulas() -> None:
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x.id"]
    book = xlsx_file("x.xlsx", [Sheet("Satu", ["a"], [[text, 3] for text in nasty])]).data
    sheet = csv_file("x.csv", ["a"], [[text] for text in nasty]).data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        page = opened.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in opened.namelist() if "rels" in name and "sheet1" in name]
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert page.count('t="s"') == len(nasty) + 1
    assert cells(book)[1:] == nasty
    lines = [line[0] for line in csv.reader(io.StringIO(sheet))][1:]
    assert lines == [f"'{text}" for text in nasty[:-1]] + nasty[-1:]


def test_a_constant_number_of_queries(city: City) -> None:
    few = cost(city)
    busy(city)
    assert cost(city) == few
    assert few <= 10


def cost(city: City) -> int:
    visit = city.desk("moderator")
    with city.counting() as seen:
        assert visit.get("/ikhtisar/").status_code == 200
    return len(seen)


def test_what_waits_by_age(city: City) -> None:
    for title, days in (("Lama", 8), ("Kemarin", 1), ("Baru", 0)):
        city.clock.forward(days=-days)
        city.publish(title=title)
        city.clock.forward(days=days)
    city.clock.forward(minutes=1)
    (offered,) = [age for age in overview.ages(city.now) if age.total]
    assert offered.counts == (1, 1, 0, 1)
    page = rows(city.desk("moderator").get("/ikhtisar/").text)
    assert bare(page["Berita"]) == ["1", "1", "0", "1", "3"]
    assert behind(city.desk("moderator"), page["Berita"][-1]) == 3


def test_months_run_in_wib() -> None:
    month = Month(2026, 11)
    assert month.since == dt.datetime(2026, 10, 31, 17, tzinfo=dt.UTC)
    assert (month.before(11), month.before(12)) == (Month(2025, 12), Month(2025, 11))
    assert month.last_day == dt.date(2026, 11, 30)
    assert Month.named("2026-11") == month


@pytest.mark.parametrize("text", ["2026-1", "2026-13", "202-611", "2026-11-1", "", "abcd-ef"])
def test_what_is_no_month(text: str) -> None:
    assert Month.named(text) is None
