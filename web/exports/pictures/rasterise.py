"""PNG from SVG, in a process of its own: the library holds Python's lock for as long as it draws.

Fonts: Source Serif 4, which the assets bring, has Latin and Cyrillic letters. Where a picture has
others, fonts of the system are read too (`system_fonts.toml`). On a machine without one for them
(Japanese: Debian's `fonts-noto-cjk`) they are left out of PNG; SVG has them all the same.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from kg.model.errors import KGError, LimitReached, Overloaded, SizeLimit, TimeLimit

SCALE = 2
MOST_PIXELS, MOST_BYTES = 40_000_000, 2_000_000
SECONDS = 20.0

_PROGRAM = Path(__file__).with_name("raster_program.py")
_FONTS = Path(__file__).parents[2] / "static"
_FAMILY = "Source Serif 4"
_FILES = tuple(
    f"{letters}-{weight}" for letters in ("latin", "latin-ext", "cyrillic") for weight in (400, 600)
)
_SYSTEM, _SUFFIXES = Path(__file__).with_name("system_fonts.toml"), {".ttf", ".otf", ".ttc"}
# What the font's files hold, as fonts.css has their ranges; the rest is looked for in the system.
_COVERED = re.compile(
    "[\t\n\r\u0020-\u024f\u02bb-\u02dc\u0301\u0400-\u045f\u0490-\u04b1\u2000-\u206f"
    "\u20ac\u2116\u2122\u2190-\u2193\u2212\u2215]*"
)
# In each process of the server; who waits longer than so many seconds comes again.
_AT_ONCE, _WAIT = BoundedSemaphore(1), 10.0


class PictureTooLarge(SizeLimit):
    """A drawing has more elements or pixels than are made into a PNG."""

    unit = "pixels"

    def __init__(self, pixels: int) -> None:
        """Record how many there would be."""
        LimitReached.__init__(
            self,
            MOST_PIXELS,
            f"this picture would have {pixels:,} pixels, more than are drawn as PNG; save it as "
            "SVG, or choose fewer things by filters",
        )


def png_of_svg(svg: str, width: float, height: float) -> bytes:
    """Return SVG of a size in pixels as PNG, at twice that size.

    PictureTooLarge beyond the pixels or bytes, TimeLimit beyond the time, Overloaded where others
    are drawn.
    """
    pixels = int(width * height * SCALE**2)
    if pixels > MOST_PIXELS or len(svg) > MOST_BYTES:
        raise PictureTooLarge(pixels)
    request = f"{json.dumps(_options(svg))}\n{svg}".encode()
    if not _AT_ONCE.acquire(timeout=_WAIT):
        raise Overloaded(_WAIT)
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", str(_PROGRAM)],
            input=request,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TimeLimit(SECONDS) from error
    finally:
        _AT_ONCE.release()
    if done.returncode:
        raise KGError(f"the picture was not drawn: {done.stderr.decode(errors='replace')[-300:]}")
    return done.stdout


def _options(svg: str) -> dict[str, object]:
    fonts = _fonts()
    others = () if not fonts or _COVERED.fullmatch(svg) else system_fonts()
    covered = bool(fonts) and (bool(others) or _COVERED.fullmatch(svg) is not None)
    return {
        "zoom": SCALE,
        "font_files": [str(path) for path in (*fonts, *others)],
        "serif_family": _FAMILY,
        "font_family": _FAMILY,
        "skip_system_fonts": covered,
    }


def _fonts() -> list[Path]:
    # A letter that the first file lacks is looked for in the others, in this order.
    paths = (_FONTS / f"source-serif-4-{name}.ttf" for name in _FILES)
    return [path for path in paths if path.is_file()]


@cache
def system_fonts() -> tuple[Path, ...]:
    """Return fonts of the system for other scripts: of each row of the table, the first there."""
    table = tomllib.loads(_SYSTEM.read_text(encoding="utf-8"))
    files = sorted(path for place in table["folders"] for path in _files(Path(place).expanduser()))
    rows = ((path for name in row for path in files if path.match(name)) for row in table["fonts"])
    return tuple(path for path in (next(row, None) for row in rows) if path)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)
