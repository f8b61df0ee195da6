"""A KIM's tracker card in Indonesian: the codes and values of the rule as sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_date
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from kimcms.domain.assessments import Assessment, Need, NeedCode, Rise, Tag
from kimcms.domain.cases import CaseKind
from kimcms.domain.clock import DAY
from kimcms.domain.decrees import Decree, DecreeStatus
from kimcms.domain.ledger import Proof
from kimcms.domain.organisation import Level as Runs
from kimcms.domain.organisation import Mark, Organisation
from kimcms.domain.publishing import Box, Publishing
from kimcms.domain.publishing import Level as Often
from kimcms.domain.standing import Change, State, Why
from kimcms.domain.terms import Standing
from kimcms.queries.clusters import Card

TAGS = {
    Tag.ORGANISATION_RUNS: _l("kelembagaan jalan"),
    Tag.STILL_ACTIVE: _l("masih aktif, segera perpanjang SK"),
    Tag.BY_SILENCE: _l("berlaku karena usul tidak dijawab"),
}
PROOFS = {
    Proof.BOARD: _l("susunan pengurus"),
    Proof.PROGRAMME: _l("program kerja"),
    Proof.MEETING: _l("notulen 2 rapat"),
    Proof.REPORT: _l("laporan kegiatan"),
    Proof.INVITATION: _l("kehadiran undangan"),
}
OFTEN = {
    Often.REGULAR: _l("rutin"),
    Often.ENOUGH: _l("cukup"),
    Often.RARE: _l("jarang"),
    Often.SILENT: _l("diam"),
}
RUNS = {
    Runs.ENOUGH: _l("cukup"),
    Runs.THIN: _l("jalan, tetapi pas-pasan"),
    Runs.FAILING: _l("tidak lagi cukup"),
    Runs.SHORT: _l("kurang"),
}
DECREES = {
    DecreeStatus.NONE: _l("belum ada SK yang diverifikasi"),
    DecreeStatus.VALID: _l("berlaku sampai %(end)s"),
    DecreeStatus.ENDING_SOON: _l("akan berakhir %(end)s, ajukan perpanjangan sekarang"),
    DecreeStatus.GRACE: _l("berakhir %(end)s, masa tenggang sampai %(limit)s"),
    DecreeStatus.WAITING: _l("berakhir %(end)s, perpanjangan sudah diajukan"),
    DecreeStatus.WAITING_DISKOMINFO: _l("berakhir %(end)s, menunggu jawaban Diskominfo"),
    DecreeStatus.ASSUMED_ENDED: _l("diperkirakan berakhir %(end)s, kirim SK yang benar"),
    DecreeStatus.DEAD: _l("tidak berlaku: berakhir %(end)s dan belum diperpanjang"),
}
DECREES_SHORT = {
    DecreeStatus.NONE: _l("SK belum ada"),
    DecreeStatus.VALID: _l("SK berlaku"),
    DecreeStatus.ENDING_SOON: _l("SK akan berakhir"),
    DecreeStatus.GRACE: _l("SK masa tenggang"),
    DecreeStatus.WAITING: _l("SK menunggu perpanjangan"),
    DecreeStatus.WAITING_DISKOMINFO: _l("SK menunggu Diskominfo"),
    DecreeStatus.ASSUMED_ENDED: _l("SK perlu dipastikan"),
    DecreeStatus.DEAD: _l("SK mati"),
}
WHY = {
    Why.DECREE_FIRST: _l("SK pertama sudah diverifikasi; penilaian pertama menyusul."),
    Why.FIRST: _l("Ini penilaian pertama sesudah masa KIM baru."),
    Why.PUBLISHING_ON: _l("Naik karena kembali rutin menerbitkan berita."),
    Why.PUBLISHING_OFF: _l("Turun karena terlalu lama tidak ada berita."),
    Why.DECREE_DEAD: _l("SK berakhir dan belum diperpanjang."),
    Why.DECREE_VERIFIED: _l("SK baru sudah diverifikasi."),
    Why.CONFIRMED: _l("Dikonfirmasi oleh Forum."),
    Why.SILENCE: _l("Berlaku karena usul tidak dijawab sampai tenggatnya."),
    Why.BASELINE: _l("Dari data awal, sebelum sistem ini dipakai."),
    Why.BASELINE_KEPT: _l("Klaster dari data awal dikukuhkan oleh penilaian."),
    Why.OVERRIDE: _l("Keputusan khusus Forum."),
    Why.OVERRIDE_ENDED: _l("Keputusan khusus Forum sudah berakhir."),
}
# Under what condition a forecast move comes.
_IF = {
    Why.PUBLISHING_OFF: _l("Bila tidak ada berita baru"),
    Why.SILENCE: _l("Bila bukti kelembagaan tidak dilengkapi dan usul tidak dijawab"),
    Why.DECREE_DEAD: _l("Bila SK tidak diperpanjang"),
    Why.OVERRIDE_ENDED: _l("Sesudah keputusan khusus berakhir"),
    Why.FIRST: _l("Pada penilaian pertama"),
}


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


@dataclass(frozen=True)
class Told:
    """The card in words. `weeks` run oldest first, as people read a row of boxes."""

    name: str
    number: int | None
    why: str
    decree: str
    organisation: str
    publishing: str
    rise: str
    ahead: list[str]
    notes: list[str]
    tags: list[str]
    weeks: list[Box]
    weeks_said: str
    marks: list[tuple[Mark, str, str]]
    judged_on: dt.date | None


def name_of(standing: str | None) -> str:
    """A standing as people say it; also of a kelurahan without a KIM."""
    if standing is None:
        return _("belum ada KIM")
    if standing == Standing.NEW:
        return _("KIM baru")
    if standing == Standing.FORMING:
        return _("sedang dibentuk")
    return _("klaster %(number)s", number=standing)


def told(card: Card) -> Told:
    """The card as a KIM reads it. What was not evaluated yet stays silent."""
    a = card.result
    return Told(
        name=name_of(card.standing),
        number=Standing(card.standing).number,
        why=str(WHY.get(card.state.why, "")),
        decree=decree(a.decree) if a else _("belum dinilai"),
        organisation=organisation(a.organisation) if a else _("belum dinilai"),
        publishing=publishing(a.publishing) if a else _("belum dinilai"),
        rise=rise(a.rise) if a and a.rise else "",
        ahead=_ahead(card),
        notes=list(_notes(card.state)),
        tags=[str(TAGS[tag]) for tag in a.tags] if a else [],
        weeks=list(reversed(a.publishing.boxes)) if a else [],
        weeks_said=weeks(a.publishing) if a else "",
        marks=[mark(m) for m in a.organisation.marks] if a else [],
        judged_on=a.monday if a else None,
    )


def decree(read: Decree) -> str:
    values = {"end": day_said(read.end), "limit": day_said(read.limit)}
    said = str(DECREES[read.status]) % values
    assumed = read.assumed_end and read.status is not DecreeStatus.ASSUMED_ENDED
    return said + _(" (tanggal akhir perkiraan)") if assumed else said


def organisation(read: Organisation) -> str:
    said = _("%(met)s dari %(of)s bukti, ", met=read.met, of=read.of) + str(RUNS[read.level])
    if read.failing_since:
        said += _(
            " sejak %(day)s; dinilai berhenti bila %(days)s hari tidak dilengkapi",
            day=day_said(read.failing_since),
            days=read.off_days,
        )
    return said


def publishing(read: Publishing) -> str:
    return _(
        "terbit %(filled)s dari %(of)s minggu, ", filled=read.filled, of=len(read.boxes)
    ) + str(OFTEN[read.level])


def weeks(read: Publishing) -> str:
    """The row of boxes for those who do not see it."""
    said = _(
        "%(of)s minggu terakhir: %(filled)s minggu ada berita, %(empty)s minggu kosong.",
        of=len(read.boxes),
        filled=read.filled,
        empty=len(read.boxes) - read.filled,
    )
    if read.silent_run:
        said += " " + _("%(run)s minggu terakhir berturut-turut kosong.", run=read.silent_run)
    return said


def mark(m: Mark) -> tuple[Mark, str, str]:
    """One mark with its name and how it stands."""
    names = {
        Proof.BOARD: _("Susunan pengurus lengkap dan dikonfirmasi"),
        Proof.PROGRAMME: _("Program kerja tahun ini"),
        Proof.MEETING: _("Notulen rapat, 6 bulan terakhir"),
        Proof.REPORT: _("Laporan kegiatan warga, 6 bulan terakhir"),
        Proof.INVITATION: _("Hadir di undangan, 12 bulan terakhir"),
    }
    if not m.counted:
        return m, names[m.proof], _("tidak dihitung: undangan belum cukup banyak")
    said = _("%(have)s dari %(need)s", have=m.have, need=m.need)
    if m.pending > 0:
        said += _(", %(pending)s menunggu verifikasi", pending=m.pending)
    return m, names[m.proof], said


def rise(found: Rise) -> str:
    """What is missing for the next better standing, in one sentence."""
    needs = "; ".join(_need(need) for need in found.needs)
    if found.to.number is None:
        return _("Langkah berikutnya: %(needs)s.", needs=needs)
    return _("Untuk naik ke klaster %(to)s: %(needs)s.", to=found.to.number, needs=needs)


def _need(need: Need) -> str:
    proofs = _either([str(PROOFS[proof]) for proof in need.proofs])
    said = {
        NeedCode.FIRST_DECREE: _l("SK kepengurusan pertama, diverifikasi Diskominfo"),
        NeedCode.NEW_OVER: _l("tunggu penilaian pertama, paling cepat %(day)s")
        if need.day
        else _l("situs KIM dibuka, lalu penilaian pertama menyusul"),
        NeedCode.DECREE: _l("perpanjang SK dan kirim untuk diverifikasi"),
        NeedCode.WEEKS: _l("terbitkan berita di %(amount)s minggu lagi"),
        NeedCode.BOARD: _l("lengkapi dan konfirmasi susunan pengurus"),
        NeedCode.MARKS: _l("tambah %(amount)s bukti: %(proofs)s"),
        NeedCode.VERIFICATION: _l("Forum perlu memeriksa bukti yang sudah dikirim: %(proofs)s"),
        NeedCode.CONFIRMATION: _l("syarat terpenuhi, menunggu konfirmasi Forum"),
        NeedCode.DECLINED: _l("Forum belum menyetujui usul terakhir"),
        NeedCode.BASELINE_OVER: _l("tunggu %(amount)s penilaian lagi, sampai masa data awal usai"),
    }[need.code]
    return str(said) % {"amount": need.amount, "day": day_said(need.day), "proofs": proofs}


def _either(items: list[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s, atau %(last)s", first=", ".join(items[:-1]), last=items[-1])


def _ahead(card: Card) -> list[str]:
    """The forecast: the next moves of the standing, and when the KIM will be warned."""
    if card.forecast is None:
        return []
    said = [_move(change, card.state) for change in card.forecast.changes[:2]]
    silent = [c for c in card.forecast.changes if c.why is Why.PUBLISHING_OFF]
    if card.forecast.p_off and not silent:
        said.append(
            _(
                "Bila tidak ada berita baru, pemberitaan dinilai berhenti pada %(day)s.",
                day=_weekday(card.forecast.p_off),
            )
        )
    if card.forecast.p_warning:
        said.append(_("Peringatan dikirim %(day)s.", day=_weekday(card.forecast.p_warning)))
    return said


def _move(change: Change, state: State) -> str:
    condition = str(_IF.get(change.why, _("Menurut aturan")))
    if change.why is Why.PUBLISHING_OFF and state.monday:
        condition += " " + _("sesudah %(day)s", day=day_said(state.monday - DAY))
    return _(
        "%(condition)s, %(kim)s menjadi %(to)s pada %(day)s.",
        condition=condition,
        kim=_("klaster") if change.from_.number else _("status"),
        to=change.to.number or name_of(change.to),
        day=_weekday(change.day),
    )


def _notes(state: State) -> list[str]:
    """Decisions under way."""
    found = []
    if state.override and state.override.due:
        found.append(
            _("Keputusan khusus Forum berlaku sampai %(day)s.", day=day_said(state.override.due))
        )
    if state.baseline is not None:
        found.append(_("Klaster ini dari data awal; aturan mulai menggerakkannya kemudian."))
    case = state.open_proposal
    if case and case.kind is CaseKind.RISE:
        found.append(
            _("Usul naik ke klaster 1 dibuka %(day)s, menunggu Forum.", day=day_said(case.opened))
        )
    if case and case.kind is CaseKind.FALL and case.due:
        found.append(
            _(
                "Usul turun ke klaster 2; bila tidak dijawab berlaku %(day)s.",
                day=day_said(case.due),
            )
        )
    return found


def row(result: Assessment | None) -> dict[str, object] | None:
    """A KIM's three signals in a few words, for the board."""
    if result is None:
        return None
    return {
        "decree": DECREES_SHORT[result.decree.status],
        "decree_good": result.decree.alive,
        "runs": RUNS[result.organisation.level],
        "runs_good": result.organisation.on,
        "met": f"{result.organisation.met}/{result.organisation.of}",
        "often": OFTEN[result.publishing.level],
        "often_good": result.publishing.on,
        "filled": f"{result.publishing.filled}/{len(result.publishing.boxes)}",
        "weeks": list(reversed(result.publishing.boxes)),
        "weeks_said": weeks(result.publishing),
        "tags": [TAGS[tag] for tag in result.tags],
    }


def day_said(day: dt.date | None) -> str:
    return format_date(day, "d MMM y", locale="id") if day else "-"


def _weekday(day: dt.date) -> str:
    return format_date(day, "EEEE, d MMM y", locale="id")
