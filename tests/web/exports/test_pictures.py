import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from kg.store.store import Store
from tests.web.behind import NARROWED
from web import create_app
from web.exports.pictures.colours import picture_colours
from web.exports.pictures.rasterise import MOST_PIXELS, PictureTooLarge, png_of_svg, system_fonts
from web.exports.pictures.world import world

SVG = "{http://www.w3.org/2000/svg}"
HTML = {"Accept": "text/html"}
STYLES = Path(__file__).parents[3] / "web" / "assets" / "style"
VIEWS = ("/timeline?", "/map?", "/network?focus=norland&focus=vostria&")


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return create_app({"TESTING": True}, corpus).test_client()


def picture(site: FlaskClient, path: str, **headers: str) -> ET.Element:
    answer = site.get(f"{path}format=svg", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "image/svg+xml"
    return ET.fromstring(answer.data)  # noqa: S314 - our own answer


def titles(root: ET.Element) -> list[str]:
    """Return what the parts of a drawing are called; the first is the picture's own title."""
    return [one.text or "" for one in root.iter(f"{SVG}title")][1:]


def on_page(site: FlaskClient, path: str) -> list[str]:
    """Return what the parts of the page's drawing are called."""
    html = site.get(path, headers=HTML).text
    texts = re.findall(r"<title>(.*?)</title>", html)[1:]
    return [text.replace("&#39;", "'").replace("&amp;", "&") for text in texts]


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


@pytest.mark.parametrize("query", ["", *NARROWED])
def test_the_timeline_draws_the_bars_of_the_page(site: FlaskClient, query: str) -> None:
    path = f"/timeline?{query}&" if query else "/timeline?"
    assert titles(picture(site, path)) == on_page(site, path)


@pytest.mark.parametrize("query", ["", "kind=Meeting", "year=2018"])
def test_the_map_draws_the_places_of_the_page_that_are_in_sight(
    site: FlaskClient, query: str
) -> None:
    path = f"/map?{query}&" if query else "/map?"
    drawn = titles(picture(site, path))
    assert set(drawn) <= set(on_page(site, path))
    busy = [p for p in site.get(f"{path}format=json").get_json()["places"] if p["total"]]
    # The part of the world that is shown has all places where something happened.
    assert {f"{place['label']} ({place['total']})" for place in busy} <= set(drawn)


@pytest.mark.parametrize("more", ["", "layout=spread&", "without=Event&"])
def test_the_network_draws_the_nodes_and_lines_of_the_page(site: FlaskClient, more: str) -> None:
    path = f"/network?focus=norland&focus=vostria&{more}form=wide&"
    root = picture(site, path)
    assert titles(root) == on_page(site, path)
    data = site.get(f"{path}format=json").get_json()
    assert len(list(root.iter(f"{SVG}line"))) == len(data["layout"]["lines"])


@pytest.mark.parametrize("path", VIEWS)
def test_a_picture_says_what_it_is_and_where_it_is_from(site: FlaskClient, path: str) -> None:
    root = picture(site, path)
    assert root.get("aria-labelledby") == "title desc"
    (name, described) = (root.find(f"{SVG}{tag}").text for tag in ("title", "desc"))
    assert name
    address = "http://localhost" + path.rstrip("?&")
    number = site.get("/healthz").get_json()["build"]
    assert described == f"Aide-Mémoire · {address} · build {number} · CC BY 4.0"
    texts = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert described in texts


@pytest.mark.parametrize("path", VIEWS)
def test_a_picture_needs_nothing_besides_itself(site: FlaskClient, path: str) -> None:
    for element in picture(site, path).iter():
        assert element.tag not in {f"{SVG}style", f"{SVG}use", f"{SVG}image", f"{SVG}script"}
        assert not {"class", "style", "href"} & element.attrib.keys()


@pytest.mark.parametrize("path", VIEWS)
def test_a_png_is_the_svg_at_twice_its_size(site: FlaskClient, path: str) -> None:
    root = picture(site, path)
    answer = site.get(f"{path}format=png")
    assert answer.content_type == "image/png"
    assert re.fullmatch(r'attachment; filename="\w+\.png"', answer.headers["Content-Disposition"])
    width, height = (2 * float(root.get(name)) for name in ("width", "height"))
    assert all(abs(a - b) < 2 for a, b in zip(size_of(answer.data), (width, height), strict=True))
    # Drawn once for a build.
    assert site.get(f"{path}format=png").data == answer.data


def test_names_are_in_the_language_of_the_reader(live: FlaskClient) -> None:
    root = picture(live, "/network?focus=japan&", **{"Accept-Language": "ja"})
    assert "日本" in titles(root)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"


@pytest.fixture(scope="module")
def live(built: Store) -> FlaskClient:
    return create_app({"TESTING": True}, built).test_client()


def drawn(text: str) -> bytes:
    size = 'width="200" height="40"'
    word = f'<text x="10" y="30" font-size="20" font-family="Source Serif 4">{text}</text>'
    return png_of_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{word}</svg>', 200, 40)


def test_latin_and_cyrillic_letters_are_drawn_by_the_font_of_the_site() -> None:
    blank = drawn("")
    words = [drawn(word) for word in ("Japan", "Łódź", "Япония")]
    assert len({blank, *words}) == 4
    # What a font lacks is left out or a box: then two words of one length would look alike.
    assert drawn("Токио") != drawn("Киото")


def test_japanese_is_drawn_where_the_system_has_a_font() -> None:
    if not any("CJK" in path.name for path in system_fonts()):
        pytest.skip("this machine has no font of Noto CJK")
    assert drawn("日本") != drawn("北方")


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    with pytest.raises(PictureTooLarge, match="save it as SVG"):
        png_of_svg("<svg/>", 1e4, MOST_PIXELS / 1e4)


def test_the_program_that_draws_imports_nothing_of_ours() -> None:
    program = Path(__file__).parents[3] / "web" / "exports" / "pictures" / "raster_program.py"
    code = f"import runpy, sys; runpy.run_path({str(program)!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=True)
    assert not {"web", "kg", "flask"} & set(done.stdout.decode().split())


def test_a_network_needs_something_in_its_middle(site: FlaskClient) -> None:
    answer = site.get("/network?format=svg")
    assert answer.status_code == 400
    assert "focus=" in answer.get_json()["detail"]


def test_the_colours_are_those_of_the_style_sheets() -> None:
    # The first of each name is that on light paper.
    style = "".join((STYLES / name).read_text() for name in ("style.css", "neighbourhood.css"))
    variables = dict(reversed(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", style)))
    colours = picture_colours()
    assert colours.page == {name: variables[name] for name in colours.page}
    for group, names in re.findall(
        r"^(\.kind-\w.*) \{ --kind: var\(--([\w-]+)\)", style, re.MULTILINE
    ):
        for name in re.findall(r"\.kind-(\w+)", group):
            assert colours.kind(name) == variables[names]


def test_the_base_map_is_that_of_the_site() -> None:
    assert len(world().land) > 10_000
    assert world().borders.startswith("M")


def test_pages_lead_to_their_pictures(site: FlaskClient) -> None:
    for path, address in (
        ("/timeline?actor=norland", "/timeline?actor=norland&amp;format="),
        ("/map?year=2018", "/map?year=2018&amp;format="),
    ):
        page = site.get(path, headers=HTML).text
        assert f'href="{address}svg"' in page
        assert f'href="{address}png"' in page
    page = site.get("/network?focus=norland", headers=HTML).text
    assert '/network?format=png&amp;focus=norland"' in page
