"""Three cases of assistance in the sample city: one that helped, one with a visit ahead, and one
that the tracker suggested. Invented, as all of the sample."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from kimcms.domain.assistance import Deed, Difficulty, Said, about
from kimcms.domain.clock import DAY, day_of, start_of
from kimcms.domain.roles import Role
from kimcms.models.assistance import Assistance
from kimcms.models.kim import Kim
from kimcms.queries import attention
from kimcms.seed.cast import Crew
from kimcms.services import assistance

Act = tuple[dt.datetime, Callable[[dt.datetime], None]]


class Helping:
    """Plays the cases; each act belongs to an instant before `now`."""

    def __init__(self, crew: Crew, now: dt.datetime) -> None:
        self._crew = crew
        self._now = now
        self._cases: dict[int, Assistance] = {}

    def plan(self) -> Iterator[Act]:
        """Everything that KIMs and Forum do, in no order."""
        yield from self._helped(self._first_of(2))
        yield from self._planned(self._first_of(3))
        yield self._ago(3), self._suggested

    def _helped(self, kim: Kim) -> Iterator[Act]:
        yield (
            self._ago(40),
            self._tells(
                kim,
                Difficulty.TECHNICAL,
                "Foto dari HP kami selalu ditolak situs, katanya terlalu besar. Sudah dua berita "
                "terbit tanpa foto.",
            ),
        )
        yield (
            self._ago(39),
            self._does(
                kim,
                Deed.ANSWER,
                Said(
                    "Coba buka editor lewat peramban Chrome, fotonya dikecilkan sendiri. Sabtu "
                    "kami temani bila masih gagal.",
                    self._day(35),
                ),
            ),
        )
        yield self._ago(36), self._does(kim, Deed.ASK, Said())
        yield (
            self._ago(34),
            self._does(kim, Deed.HELPED, Said("Sudah bisa. Dua berita kemarin sudah berfoto.")),
        )

    def _planned(self, kim: Kim) -> Iterator[Act]:
        yield (
            self._ago(6),
            self._tells(
                kim,
                Difficulty.NEWS,
                "Penulis kami tinggal satu dan sekarang bekerja malam.\n\nKami ingin mengajak "
                "karang taruna, tetapi belum tahu cara memulainya.",
            ),
        )
        yield (
            self._ago(5),
            self._does(
                kim,
                Deed.ANSWER,
                Said(
                    "Kami bantu dengan pelatihan menulis dua jam. Malam apa yang cocok?",
                    self._day(1),
                ),
            ),
        )
        yield (
            self._ago(4),
            self._does(kim, Deed.WRITE, Said("Sabtu malam, di balai RW. Sekitar sepuluh orang.")),
        )
        yield (
            self._ago(2),
            self._does(
                kim,
                Deed.PLAN,
                Said("", self._day(-4), "Balai RW 03, pukul 19.00", "Dua moderator Forum"),
            ),
        )
        yield (
            self._ago(1),
            self._does(
                kim,
                Deed.NOTE,
                Said(
                    "Bawa contoh berita 80 kata. Ketua karang taruna sudah dihubungi.",
                    self._day(-4),
                ),
            ),
        )

    def _suggested(self, at: dt.datetime) -> None:
        """The Forum begins with the most urgent of whom the tracker names."""
        busy = self._cases.keys()
        for call, _line in attention.board(at).calls:
            if call.kim_id in busy:
                continue
            kim = next(kim for kim in self._crew.kims if kim.id == call.kim_id)
            words = (
                "Apa kabar? Kami melihat ada yang perlu diurus bersama. Apa yang paling "
                "menyulitkan sekarang, dan kapan kami boleh datang?"
            )
            said = Said(words, day_of(at) + 5 * DAY)
            kind = about(call.reason, call.why)
            forum = self._crew.moderator
            assistance.begin(forum, kim, kind, said, at, reason=call.reason)
            return

    def _tells(self, kim: Kim, kind: Difficulty, words: str) -> Callable[[dt.datetime], None]:
        def act(at: dt.datetime) -> None:
            head = self._crew.people[kim.id, Role.HEAD]
            self._cases[kim.id] = assistance.tell(head, kim, kind, words, at)

        return act

    def _does(self, kim: Kim, deed: Deed, said: Said) -> Callable[[dt.datetime], None]:
        def act(at: dt.datetime) -> None:
            head, forum = self._crew.people[kim.id, Role.HEAD], self._crew.moderator
            of_kim = deed in (Deed.WRITE, Deed.HELPED)
            assistance.do(head if of_kim else forum, self._cases[kim.id], deed, said, at)

        return act

    def _first_of(self, cluster: int) -> Kim:
        return next(kim for kim in self._crew.kims if self._crew.cluster[kim.id] == cluster)

    def _ago(self, days: int) -> dt.datetime:
        """Ten in the morning of a day before today."""
        return start_of(self._day(days)) + dt.timedelta(hours=10)

    def _day(self, ago: int) -> dt.date:
        return day_of(self._now) - ago * DAY
