"""Illustrations for the sample articles, drawn with Pillow alone."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from kimcms.seed.pictures import (
    scenes_arts,
    scenes_garden,
    scenes_gather,
    scenes_health,
    scenes_kampung,
    scenes_lane,
    scenes_service,
    scenes_sport,
    scenes_trade,
    scenes_work,
)
from kimcms.seed.pictures.canvas import Canvas

_SCENES = MappingProxyType[str, Callable[[Canvas], None]](
    {
        "bank-sampah": scenes_work.bank_sampah,
        "bendera": scenes_lane.bendera,
        "dapur": scenes_service.dapur,
        "gamelan": scenes_arts.gamelan,
        "hujan-genangan": scenes_lane.hujan_genangan,
        "jalan-gang": scenes_lane.jalan_gang,
        "jumantik": scenes_work.jumantik,
        "kampung": scenes_kampung.kampung,
        "kebun-polybag": scenes_garden.kebun_polybag,
        "kelas-laptop": scenes_gather.kelas_laptop,
        "kerja-bakti": scenes_work.kerja_bakti,
        "loket": scenes_service.loket,
        "lomba": scenes_sport.lomba,
        "pasar-murah": scenes_trade.pasar_murah,
        "pasar-umkm": scenes_trade.pasar_umkm,
        "pengajian": scenes_gather.pengajian,
        "pkk": scenes_gather.pkk,
        "pohon-tumbang": scenes_kampung.pohon_tumbang,
        "ponsel": scenes_service.ponsel,
        "pos-ronda": scenes_kampung.pos_ronda,
        "posyandu": scenes_health.posyandu,
        "presentasi": scenes_gather.presentasi,
        "rapat": scenes_gather.rapat,
        "selokan": scenes_lane.selokan,
        "sembako": scenes_trade.sembako,
        "senam": scenes_sport.senam,
        "sungai": scenes_kampung.sungai,
        "taman-baca": scenes_arts.taman_baca,
        "tanam-pohon": scenes_garden.tanam_pohon,
        "tari": scenes_arts.tari,
        "tensi": scenes_health.tensi,
        "vaksin": scenes_health.vaksin,
        "voli": scenes_sport.voli,
    }
)

SCENES: tuple[str, ...] = tuple(sorted(_SCENES))


def draw(scene: str) -> bytes:
    """The JPEG (1200 x 800) of a scene; always the same bytes. KeyError if there is none."""
    paint = _SCENES[scene]
    canvas = Canvas(scene)
    paint(canvas)
    return canvas.finish()
