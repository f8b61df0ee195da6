"""Proposals, objections and overrides in Indonesian."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kimcms.domain.cases import Answer, CaseKind
from kimcms.queries.cases import Line
from kimcms.web.desk.standing import day_said, name_of

TITLES = {
    CaseKind.RISE: _l("Usul naik ke %(to)s"),
    CaseKind.FALL: _l("Usul turun ke %(to)s"),
    CaseKind.OVERRIDE: _l("Usul keputusan khusus: %(to)s"),
    CaseKind.OBJECTION: _l("Keberatan atas %(from_)s"),
}
_WHY = {
    CaseKind.RISE: _l(
        "SK berlaku, kelembagaan berjalan, dan berita terbit teratur. Sampai Forum menjawab, KIM "
        "berada di klaster 2; tidak ada tenggat."
    ),
    CaseKind.FALL: _l(
        "Bukti kelembagaan tidak cukup lagi. Sampai Forum menjawab, KIM tetap di klaster 1; tanpa "
        "jawaban usul berlaku pada penilaian %(due)s."
    ),
    CaseKind.OVERRIDE: _l(
        "Diusulkan %(by)s. Moderator lain perlu menyetujui; sesudah itu ditampilkan 90 hari, "
        "sedangkan aturan berjalan terus di bawahnya."
    ),
    CaseKind.OBJECTION: _l(
        "Ditulis %(by)s. Forum menjawab dengan penolakan beralasan, atau dengan keputusan khusus."
    ),
}
_ANSWERS = {
    Answer.YES: _l("disetujui"),
    Answer.NO: _l("ditolak"),
    Answer.SILENCE: _l("berlaku tanpa jawaban"),
    Answer.LAPSED: _l("gugur karena keadaan berubah"),
}


@dataclass(frozen=True)
class Told:
    """One case as people read it."""

    line: Line
    title: str
    why: str
    outcome: str
    open: bool
    kind: str


def told(line: Line) -> Told:
    case = line.case
    kind = CaseKind(case.kind)
    values = {
        "to": name_of(case.to_standing),
        "from_": name_of(case.from_standing),
        "due": day_said(case.due_on),
        "by": line.opened_by or _("Sistem"),
    }
    return Told(
        line,
        str(TITLES[kind]) % values,
        str(_WHY[kind]) % values,
        _outcome(line) if case.answer else "",
        case.answer is None,
        case.kind,
    )


def _outcome(line: Line) -> str:
    case = line.case
    said = str(_ANSWERS[Answer(str(case.answer))])
    if case.answered_at:
        said += " " + day_said(case.answered_at)
    if line.answered_by:
        said += " " + _("oleh %(name)s", name=line.answered_by)
    if case.kind == CaseKind.OVERRIDE and case.answer == Answer.YES:
        said += ", " + _("berlaku sampai %(day)s", day=day_said(case.due_on))
    if case.kind == CaseKind.OBJECTION and case.answer == Answer.YES:
        said = _("dijawab dengan keputusan khusus: %(to)s", to=name_of(case.to_standing))
    return said
