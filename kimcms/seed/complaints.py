"""Two complaints of readers in the sample city, as invented as its news: one that was answered by a
published reply, and one that waits."""

from __future__ import annotations

import datetime as dt
import secrets

from kimcms.domain.complaints import Kind, Outcome
from kimcms.domain.roles import Role
from kimcms.models.complaint import Complaint
from kimcms.queries import articles
from kimcms.seed.cast import Crew
from kimcms.services import complaint_answers, complaints
from kimcms.services.complaint_answers import Answer
from kimcms.services.complaints import Said, Sent
from kimcms.storage.secrets import token_hash

_REPLY = "Jadwal yang ditulis adalah jadwal lama. Kami sudah memindahkannya ke Minggu pagi."


def lay_out(crew: Crew, now: dt.datetime) -> None:
    """About the newest items of the first KIM that readers had a few days to read."""
    kim = crew.kims[0]
    newest, before = articles.public_articles(kim.id, now - _hours(72)).rows[:2]
    older = _send(crew, before.id, Kind.REPLY, "Jadwalnya keliru.", _REPLY, now - _hours(30))
    given = Answer(
        Outcome.PUBLISHED, "Terima kasih, sudah kami muat.", name=older.name, text=older.correct
    )
    editor = crew.people[kim.id, Role.EDITOR]
    complaint_answers.answer(editor, older, given, now - _hours(20))
    words = "Angka pesertanya tidak sama dengan daftar hadir."
    _send(crew, newest.id, Kind.CORRECTION, words, "Yang hadir 34 orang.", now - _hours(26))


def _send(
    crew: Crew, article_id: int, kind: Kind, words: str, correct: str, at: dt.datetime
) -> Complaint:
    said = Said(kind, words, correct, "Warga contoh")
    form, status = (token_hash(secrets.token_urlsafe()) for _ in range(2))
    sent = Sent(form, status, "sample")
    return complaints.send(crew.kims[0], article_id, said, sent, at)


def _hours(hours: int) -> dt.timedelta:
    return dt.timedelta(hours=hours)
