"""The illustrations of the sample articles."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from kimcms.seed.pictures import SCENES, draw
from tests.lengths import later

FEW = SCENES[::8]


def test_the_scenes_of_the_stories_are_there() -> None:
    assert len(SCENES) == len(set(SCENES)) == 33
    assert {"posyandu", "kerja-bakti", "pasar-umkm", "jalan-gang"} <= set(SCENES)


@pytest.mark.parametrize("scene", [*FEW, *later(*(one for one in SCENES if one not in FEW))])
def test_a_scene_is_a_plain_jpeg_of_the_agreed_size(scene: str) -> None:
    data = draw(scene)
    assert len(data) < 260_000
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1200, 800))
        assert not image.getexif()
        image.load()


@pytest.mark.long
def test_no_two_scenes_are_alike() -> None:
    assert len({hashlib.sha256(draw(scene)).digest() for scene in SCENES}) == len(SCENES)


@pytest.mark.parametrize("scene", ["bendera", "ponsel", "pos-ronda"])
def test_a_scene_is_always_drawn_alike(scene: str) -> None:
    assert draw(scene) == draw(scene)


def test_an_unknown_scene_is_refused() -> None:
    with pytest.raises(KeyError):
        draw("gunung-meletus")
