"""Pictures of every kind of page, and one sheet of them all: `make screenshots`."""

from __future__ import annotations

from html import escape
from pathlib import Path

from kg.model.prefixes import ROOT
from tests.browser.driving import SCHEMES, WIDTHS, Visit, context, driving, site
from tests.browser.pages import PAGES

FOLDER = ROOT / ".screenshots"

_SHEET = """<!doctype html><html lang="en"><title>Contact sheet</title><style>
body {{ font: 14px sans-serif; background: #888; margin: 16px; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, 250px); gap: 16px; }}
figure {{ margin: 0; background: #fff; padding: 6px; }}
img {{ width: 100%; height: 260px; object-fit: cover; object-position: top; }}
</style><main>{}</main></html>"""


def main() -> None:
    """Take the pictures and say where they are."""
    FOLDER.mkdir(exist_ok=True)
    taken = []
    with driving() as browser, site() as root:
        for width in WIDTHS:
            for scheme in SCHEMES:
                window = context(browser, width, scheme)
                for name, path in PAGES.items():
                    seen = Visit(window.new_page(), root).open(path)
                    file = FOLDER / f"{name.replace(' ', '-')}-{width}-{scheme}.png"
                    seen.page.screenshot(path=file, full_page=True)
                    seen.page.close()
                    taken.append(file)
                window.close()
                print(f"{width}, {scheme}: {len(PAGES)} pages")
        sheet = FOLDER / "sheet.html"
        sheet.write_text(_SHEET.format("".join(_figure(file) for file in sorted(taken))))
        window = context(browser, "desktop", "light")
        page = window.new_page()
        page.goto(sheet.as_uri())
        page.screenshot(path=FOLDER / "sheet.png", full_page=True)
        window.close()
    print(f"{len(taken)} pictures and sheet.png in {FOLDER}")


def _figure(file: Path) -> str:
    name = escape(file.stem)
    return f'<figure><img src="{name}.png" alt=""><figcaption>{name}</figcaption></figure>'


if __name__ == "__main__":
    main()
