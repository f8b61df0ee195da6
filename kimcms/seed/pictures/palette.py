"""Colours: mixing, the light of a time of day, cloth and skin."""

from __future__ import annotations

from dataclasses import dataclass

Color = tuple[int, int, int]

WHITE: Color = (252, 249, 241)
INK: Color = (43, 47, 66)
RED: Color = (200, 66, 56)
CORAL: Color = (226, 118, 92)
OCHRE: Color = (226, 168, 76)
STRAW: Color = (240, 213, 150)
CREAM: Color = (247, 235, 210)
LEAF: Color = (84, 142, 96)
FOREST: Color = (46, 98, 82)
TEAL: Color = (58, 134, 138)
SKY: Color = (134, 186, 204)
BLUE: Color = (68, 110, 160)
NAVY: Color = (48, 66, 108)
PLUM: Color = (122, 82, 118)
ROSE: Color = (222, 150, 150)
WOOD: Color = (150, 104, 70)
DARKWOOD: Color = (102, 70, 54)
CLAY: Color = (192, 108, 78)
STONE: Color = (186, 180, 168)
GREY: Color = (134, 140, 146)
BLACK: Color = (48, 42, 48)

SKINS: tuple[Color, ...] = (
    (205, 150, 112),
    (184, 126, 90),
    (222, 172, 134),
    (160, 106, 76),
    (196, 138, 102),
)


def mix(first: Color, second: Color, share: float) -> Color:
    """`first` with `share` (0 to 1) of `second`."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(first, second, strict=True))
    return r, g, b


def dark(color: Color, share: float = 0.18) -> Color:
    """A shaded tone, drifting to blue as shadows do."""
    return mix(color, (38, 36, 66), share)


def pale(color: Color, share: float = 0.2) -> Color:
    """A lit tone."""
    return mix(color, (255, 246, 222), share)


@dataclass(frozen=True)
class Light:
    """What a time of day gives to a landscape."""

    sky: tuple[Color, Color]
    sun: Color
    cloud: Color
    hills: tuple[Color, Color, Color, Color]
    leaves: tuple[Color, Color, Color]
    ground: Color
    path: Color
    grass: Color

    @property
    def haze(self) -> Color:
        """The air between the eye and the distance."""
        return mix(self.sky[1], self.hills[0], 0.35)


MORNING = Light(
    sky=((132, 190, 206), (252, 234, 204)),
    sun=(255, 244, 206),
    cloud=(255, 250, 236),
    hills=((158, 194, 200), (118, 168, 176), (86, 142, 146), (72, 122, 108)),
    leaves=((58, 112, 88), (92, 150, 100), (148, 184, 112)),
    ground=(220, 198, 158),
    path=(234, 218, 186),
    grass=(154, 182, 112),
)
DAY = Light(
    sky=((98, 172, 208), (226, 240, 232)),
    sun=(255, 250, 226),
    cloud=(255, 255, 248),
    hills=((146, 190, 206), (104, 160, 178), (72, 132, 142), (64, 118, 102)),
    leaves=((46, 104, 84), (78, 142, 96), (138, 182, 108)),
    ground=(214, 194, 160),
    path=(230, 218, 194),
    grass=(140, 178, 110),
)
GOLDEN = Light(
    sky=((240, 174, 118), (254, 230, 180)),
    sun=(255, 246, 204),
    cloud=(255, 226, 186),
    hills=((202, 172, 160), (152, 146, 152), (108, 126, 136), (92, 112, 98)),
    leaves=((74, 100, 78), (116, 138, 84), (182, 172, 96)),
    ground=(224, 186, 138),
    path=(238, 206, 160),
    grass=(172, 172, 98),
)
DUSK = Light(
    sky=((74, 88, 140), (246, 178, 146)),
    sun=(255, 214, 168),
    cloud=(216, 158, 160),
    hills=((150, 130, 164), (106, 106, 148), (76, 92, 128), (62, 86, 100)),
    leaves=((48, 80, 84), (76, 110, 92), (120, 138, 100)),
    ground=(176, 150, 140),
    path=(196, 168, 150),
    grass=(116, 134, 100),
)
NIGHT = Light(
    sky=((30, 44, 82), (92, 112, 152)),
    sun=(250, 240, 206),
    cloud=(74, 92, 132),
    hills=((80, 102, 144), (58, 82, 122), (46, 68, 102), (42, 66, 84)),
    leaves=((38, 66, 74), (56, 90, 84), (86, 116, 92)),
    ground=(126, 122, 128),
    path=(146, 138, 138),
    grass=(80, 108, 94),
)
RAIN = Light(
    sky=((116, 136, 154), (202, 212, 210)),
    sun=(220, 226, 224),
    cloud=(158, 172, 182),
    hills=((162, 180, 188), (128, 152, 164), (98, 128, 138), (84, 112, 108)),
    leaves=((56, 94, 88), (84, 124, 100), (128, 156, 116)),
    ground=(170, 166, 158),
    path=(186, 184, 178),
    grass=(126, 150, 116),
)
