"""The illustrations of the sample articles."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from kimcms.seed.pictures import SCENES, draw


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    """Each scene, drawn once."""
    return {scene: draw(scene) for scene in SCENES}


def test_the_scenes_of_the_stories_are_there() -> None:
    assert len(SCENES) == len(set(SCENES)) == 33
    assert {"posyandu", "kerja-bakti", "pasar-umkm", "jalan-gang"} <= set(SCENES)


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_is_a_plain_jpeg_of_the_agreed_size(scene: str, drawn: dict[str, bytes]) -> None:
    assert len(drawn[scene]) < 260_000
    with Image.open(io.BytesIO(drawn[scene])) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1200, 800))
        assert not image.getexif()
        image.load()


def test_no_two_scenes_are_alike(drawn: dict[str, bytes]) -> None:
    assert len({hashlib.sha256(data).digest() for data in drawn.values()}) == len(SCENES)


@pytest.mark.parametrize("scene", ["bendera", "ponsel", "pos-ronda"])
def test_a_scene_is_always_drawn_alike(scene: str, drawn: dict[str, bytes]) -> None:
    assert draw(scene) == drawn[scene]


def test_an_unknown_scene_is_refused() -> None:
    with pytest.raises(KeyError):
        draw("gunung-meletus")
