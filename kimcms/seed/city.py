"""The sample city: 30 KIMs whose clusters come out of 30 weeks of played history.

Nothing is typed in: what each KIM publishes, its decree and its proof are played through the
services, week by week, with the evaluations and confirmations between. So the tracker gives
9 / 10 / 5 / 6 on any day of loading.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kimcms.db import CITY
from kimcms.domain.clock import UTC, WEEK, WIB, day_of, monday_of
from kimcms.domain.draft import Draft
from kimcms.domain.ledger import Proof
from kimcms.domain.roles import Role
from kimcms.domain.terms import Standing
from kimcms.models.kim import Kim
from kimcms.queries import clusters
from kimcms.queries.articles import categories
from kimcms.seed import cast, complaints, desk, reference
from kimcms.seed.assistance import Helping
from kimcms.seed.cast import Crew
from kimcms.seed.reference import read_csv
from kimcms.seed.stories import Newsroom, Place
from kimcms.services import (
    articles,
    decrees,
    evidence,
    media,
    notices,
    publishing,
    reminders,
    review,
)
from kimcms.services import clusters as tracker
from kimcms.services.articles import Edit
from kimcms.services.decrees import DecreeFacts
from kimcms.services.unit import atomic
from kimcms.storage.files import FileStore
from kimcms.storage.images import Processed
from kimcms.storage.secrets import Passwords

WEEKS = 30
_SEED = 1421


@dataclass(frozen=True)
class Habit:
    """How a KIM of a cluster lives. Weeks are counted back from the Monday of loading."""

    recent: int  # published weeks among the newest 13
    earlier: int  # and among the 16 before
    organised: bool
    decree_ends_in: int  # days from loading; negative is past


HABITS: dict[int, Habit] = {
    1: Habit(recent=10, earlier=4, organised=True, decree_ends_in=500),
    2: Habit(recent=8, earlier=4, organised=False, decree_ends_in=400),
    3: Habit(recent=1, earlier=2, organised=False, decree_ends_in=300),
    4: Habit(recent=0, earlier=4, organised=False, decree_ends_in=-62),
}

_UNREAD_DAYS = 10  # what is older, the Forum has read

Act = tuple[dt.datetime, int, Callable[[dt.datetime], None]]
Progress = Callable[[int, int], None]


def load(
    store: FileStore,
    pictures: Mapping[str, Processed],
    passwords: Passwords,
    now: dt.datetime,
    progress: Progress = lambda _done, _all: None,
) -> list[cast.SignIn]:
    """Play the sample city up to `now`, all of it or nothing; the sign-ins of its people."""
    rng = random.Random(_SEED)  # noqa: S311
    today = monday_of(day_of(now))
    opening = _hour(today - WEEKS * WEEK, 8)
    with atomic(CITY, now):
        reference.load(now)
        crew = cast.engage(read_csv("kim-malang-sample.csv"), passwords, opening, rng)
        player = _Player(crew, store, pictures, rng, now)
        acts = sorted(player.plan(today, now), key=lambda act: act[:2])
        for done, (at, _order, act) in enumerate(acts, 1):
            player.evaluate_until(at)
            act(at)
            progress(done, len(acts))
        player.evaluate_until(now)
        desk.lay_out(crew, now)
        complaints.lay_out(crew, now)
        reminders.remind(now)
        notices.silence(now)
        for kim in crew.kims:  # its people were never seen to sign in
            kim.awake_at = now
    return crew.sign_ins


class _Player:
    """Plays one city's weeks in order."""

    def __init__(
        self,
        crew: Crew,
        store: FileStore,
        pictures: Mapping[str, Processed],
        rng: random.Random,
        now: dt.datetime,
    ) -> None:
        self._crew = crew
        self._store = store
        self._pictures = pictures
        self._rng = rng
        self._newsroom = Newsroom(_SEED)
        self._topics = {topic.slug: topic.id for topic in categories()}
        self._evaluated = dt.datetime.min.replace(tzinfo=UTC)
        self._number = 0
        self._read_until = now - dt.timedelta(days=_UNREAD_DAYS)

    def plan(self, today: dt.date, now: dt.datetime) -> Iterator[Act]:
        """Everything that happens before `now`, in no order."""
        for kim in self._crew.kims:
            habit = HABITS[self._crew.cluster[kim.id]]
            opening = today - WEEKS * WEEK
            start = opening - dt.timedelta(days=400 + self._rng.randrange(200))
            ends = today + dt.timedelta(days=habit.decree_ends_in + self._rng.randrange(20))
            yield self._act(_hour(opening, 9), self._decree, kim, start, ends)
            if habit.organised:
                yield from self._organisation(kim, opening, today)
            for monday in self._weeks(habit, today):
                at = self._moment(monday)
                if at < now:
                    yield self._act(at, self._publish, kim)
        for at, do in Helping(self._crew, now).plan():
            yield self._act(at, do)

    def _act(self, at: dt.datetime, do: Callable[..., None], *values: object) -> Act:
        self._number += 1
        return at, self._number, lambda moment: do(moment, *values)

    def _weeks(self, habit: Habit, today: dt.date) -> list[dt.date]:
        recent = self._rng.sample(range(1, 14), habit.recent)
        earlier = self._rng.sample(range(14, WEEKS), habit.earlier)
        return [today - back * WEEK for back in (*recent, *earlier)]

    def _moment(self, monday: dt.date) -> dt.datetime:
        day = monday + dt.timedelta(days=self._rng.randrange(7))
        return _hour(day, 6 + self._rng.randrange(14), self._rng.randrange(60))

    def _organisation(self, kim: Kim, opening: dt.date, today: dt.date) -> Iterator[Act]:
        """Board, programme, meetings and reports, each seen by the Forum two days later."""
        proofs = [(Proof.BOARD, opening, "Konfirmasi susunan pengurus")]
        for year in sorted({opening.year, today.year}):
            day = max(opening, dt.date(year, 1, 20))
            if day < today - dt.timedelta(days=3):
                proofs.append((Proof.PROGRAMME, day, f"Program kerja {year}"))
        for back in range(WEEKS - 1, 1, -6):
            day = today - back * WEEK + dt.timedelta(days=5)
            proofs.append((Proof.MEETING, day, "Rapat redaksi dan pengurus"))
        for back in range(WEEKS - 4, 2, -9):
            day = today - back * WEEK + dt.timedelta(days=6)
            proofs.append((Proof.REPORT, day, "Laporan kegiatan bersama warga"))
        for kind, day, title in proofs:
            yield self._act(_hour(day, 20), self._prove, kim, kind, title)

    def _decree(self, at: dt.datetime, kim: Kim, start: dt.date, ends: dt.date) -> None:
        paper = DecreeFacts(
            number=f"188.45/{kim.id:03d}/KEL/{start.year}",
            dated_on=start,
            starts_on=start,
            ends_on=ends,
            signer=f"Lurah {kim.kelurahan.name}",
        )
        head = self._crew.people[kim.id, Role.HEAD]
        decrees.verify(self._crew.diskominfo, decrees.enter(head, kim, paper, at), at)

    def _prove(self, at: dt.datetime, kim: Kim, kind: Proof, title: str) -> None:
        head = self._crew.people[kim.id, Role.HEAD]
        proof = evidence.submit(head, kim, kind, day_of(at), title, at)
        evidence.verify(self._crew.moderator, proof, at + dt.timedelta(hours=2))

    def _publish(self, at: dt.datetime, kim: Kim) -> None:
        writer = self._crew.people[kim.id, Role.PEWARTA]
        editor = self._crew.people[kim.id, Role.EDITOR]
        place = Place(kim.name, kim.kelurahan.name, kim.kelurahan.kecamatan.name)
        story = self._newsroom.story(place, day_of(at))
        photo_id = None
        if story.picture in self._pictures and self._rng.random() < 0.7:
            written = at - dt.timedelta(hours=1)
            made = self._pictures[story.picture]
            photo_id = media.keep(writer, kim, made, self._store, written).id
        draft = Draft(
            title=story.title,
            lead=story.lead,
            body=story.body,
            markdown=True,
            category_id=self._topics[story.category],
            event_on=day_of(at) - dt.timedelta(days=self._rng.randrange(2)),
            photo_id=photo_id,
            photo_caption=story.caption if photo_id else "",
            photo_alt=story.alt if photo_id else "",
            photo_credit="Ilustrasi contoh" if photo_id else "",
        )
        article = articles.create(writer, kim, Edit(draft), at - dt.timedelta(minutes=50))
        articles.submit(writer, article, at - dt.timedelta(minutes=30))
        publishing.publish(editor, article, at)
        if self._rng.random() < 0.6 or at < self._read_until:
            assert article.live_revision_id is not None
            later = at + dt.timedelta(minutes=25)
            review.accept(self._crew.moderator, article, article.live_revision_id, later)

    def evaluate_until(self, at: dt.datetime) -> None:
        """The Monday runs that are due by now, and the Forum's answers to what they propose."""
        if monday_of(day_of(at)) == monday_of(day_of(self._evaluated)):
            return
        night = _hour(monday_of(day_of(at)), 2)
        if night > at:
            return
        tracker.run(night)
        self._evaluated = at
        states = clusters.states()
        for kim in self._crew.kims:
            case = states[kim.id].open_proposal if kim.id in states else None
            if case and case.to is Standing.ONE and self._crew.cluster[kim.id] == 1:
                answered = min(night + dt.timedelta(hours=1), at)
                tracker.answer(self._crew.moderator, kim, True, answered)


def _hour(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), WIB).astimezone(UTC)
