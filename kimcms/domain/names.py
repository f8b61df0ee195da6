"""Where a text seems to name a person: capitalised words that are no place, body or date."""

from __future__ import annotations

from kimcms.domain.tokens import Token, plain


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What is written with a capital and is no person.
_NO_PERSON = _words("""
    senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei juni juli agustus
    september oktober november desember
    kelurahan kecamatan kota kabupaten provinsi desa dusun kampung jalan jl gang rt rw
    polisi polsek polres polresta polda tni babinsa bhabinkamtibmas satpol pp kejaksaan pengadilan
    lurah camat wali walikota bupati gubernur presiden menteri kapolsek kapolres
    kim forum diskominfo dinas pemkot pemerintah puskesmas posyandu pkk karang taruna bpbd bnn
    sd sdn smp smpn sma sman smk smkn mi mts ma tk paud masjid gereja pura pasar stasiun
    indonesia malang jawa timur surabaya jakarta islam allah tuhan ramadan idul fitri adha natal
    pak bu bapak ibu saudara sdr haji hajah ustaz kiai dokter dr
    pasal undang uu kuhp covid umkm
""")
# After these comes a place.
_BEFORE_PLACE = _words("""
    di ke dari kelurahan kecamatan kota kabupaten desa dusun kampung jalan jl gang pasar polsek
    polres polresta rw rt smp smpn sd sdn sma sman smk smkn dinas masjid
""")
_NAME_LONGEST = 4  # words


def names(said: list[Token]) -> dict[int, str]:
    """The place of each word that seems to be of a person's name, and the whole name."""
    found: dict[int, str] = {}
    row: list[int] = []
    single = _single(said)
    for place in [*sorted(single), len(said) + 1]:
        goes_on = row and place == row[-1] + 1 and place < len(said) and not said[place].begins
        if not goes_on or len(row) == _NAME_LONGEST:
            name = " ".join(single[one] for one in row)
            found |= dict.fromkeys(row, name)
            row = []
        row.append(place)
    return found


def _single(said: list[Token]) -> dict[int, str]:
    folded = [plain(token.text) for token in said]
    found = {}
    for place, token in enumerate(said):
        before = folded[place - 1] if place and not token.begins else ""
        if folded[place] in _NO_PERSON or before in _BEFORE_PLACE:
            continue
        after = said[place + 1] if place + 1 < len(said) else None
        aged = after is not None and (
            (after.bracketed and _is_age(after.text)) or after.text in {"berusia", "berumur"}
        )
        if (_is_initials(token.text) and aged) or (
            _is_capitalised(token.text)
            and (not token.begins or aged or _goes_on(after, folded[place + 1 : place + 2]))
        ):
            found[place] = token.text
    return found


def _goes_on(after: Token | None, folded: list[str]) -> bool:
    """The first word of a sentence is a name where the next is one too."""
    return (
        after is not None
        and not after.begins
        and _is_capitalised(after.text)
        and folded[0] not in _NO_PERSON
    )


def _is_capitalised(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()


def _is_initials(word: str) -> bool:
    return 2 <= len(word) <= 3 and word.isalpha() and word.isupper()


def _is_age(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= 2
