"""The picture that social networks show beside a link. They take no SVG, and no font is sure to know the reader's
script: so it is a drawing without words, one for all languages; the words are the page's title beside it."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 630
_SCALE = 2  # drawn larger, so that edges come out smooth
_BACK, _PAPER, _INK, _SOFT, _LOOK, _ACCENT = "#14524c", "#ffffff", "#14524c", "#dfe7e6", "#fff4e5", "#c2620a"


def preview_png() -> bytes:
    """Return the picture: an order page with a highlighted status line, and the ways that lead on from there."""
    image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), _BACK)
    pen = ImageDraw.Draw(image)
    _draw_page(pen)
    _draw_ways(pen)
    image = image.reduce(_SCALE).quantize(48, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _box(pen: ImageDraw.ImageDraw, x: int, y: int, w: int, h: int, fill: str, line: str = "", radius: int = 14) -> None:
    corners = [value * _SCALE for value in (x, y, x + w, y + h)]
    width = 6 * _SCALE if line else 0
    pen.rounded_rectangle(corners, radius * _SCALE, fill=fill, outline=line or None, width=width)


def _draw_page(pen: ImageDraw.ImageDraw) -> None:
    _box(pen, 110, 60, 420, 510, _PAPER, radius=28)
    _box(pen, 150, 95, 180, 18, _SOFT, radius=9)
    _box(pen, 140, 140, 360, 110, _LOOK, _ACCENT)
    _box(pen, 170, 172, 240, 22, _INK, radius=11)
    _box(pen, 170, 208, 150, 14, _SOFT, radius=7)
    _box(pen, 150, 285, 90, 90, _SOFT)
    for y, width in ((292, 220), (322, 170), (352, 90)):
        _box(pen, 265, y, width, 16, _SOFT, radius=8)
    for x in (150, 328):
        _box(pen, x, 420, 162, 50, _SOFT, radius=25)
    _box(pen, 150, 510, 230, 14, _SOFT, radius=7)


def _draw_ways(pen: ImageDraw.ImageDraw) -> None:
    def line(*points: tuple[int, int]) -> None:
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        pen.line(scaled, fill=_PAPER, width=7 * _SCALE, joint="curve")

    line((530, 195), (640, 195), (640, 130), (760, 130))
    line((640, 195), (640, 315), (760, 315))
    line((640, 315), (640, 500), (760, 500))
    for y in (130, 315, 500):
        _box(pen, 760, y - 60, 330, 120, _PAPER, radius=24)
        pen.ellipse([value * _SCALE for value in (790, y - 28, 846, y + 28)], fill=_ACCENT if y == 130 else _BACK)
        _box(pen, 875, y - 25, 180, 18, _INK, radius=9)
        _box(pen, 875, y + 8, 120, 14, _SOFT, radius=7)
