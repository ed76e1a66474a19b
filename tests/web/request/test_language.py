import pytest
from flask.testing import FlaskClient

from kg.model.languages import in_language
from kg.store.store import Store
from web import create_app
from web.request.language import tongue


@pytest.mark.parametrize(
    ("header", "name"),
    [("ja", "ルリタニア"), ("ru, en;q=0.5", "Руритания"), ("de", "Ruritania"), ("", "Ruritania")],
)
def test_names_are_in_the_language_that_the_browser_asks_for(
    browser: FlaskClient, header: str, name: str
) -> None:
    page = browser.get("/class/State", headers={"Accept-Language": header})
    assert f">{name}</a>" in page.text
    assert "Accept-Language" in page.headers["Vary"]


def test_the_switch_beats_the_browser(app: object) -> None:
    client = app.test_client()  # type: ignore[attr-defined]
    answer = client.get("/language/ja?back=/class/State?order=day")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/class/State?order=day")
    assert ">ルリタニア</a>" in client.get("/class/State", headers={"Accept-Language": "ru"}).text


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/\\example.org", ""])
def test_the_switch_leads_nowhere_else(browser: FlaskClient, back: str) -> None:
    answer = browser.get("/language/en", query_string={"back": back})
    assert answer.headers["Location"] == "/"


def test_names_are_marked_with_their_language_within_english(corpus: Store) -> None:
    browser = create_app({"TESTING": True}, corpus).test_client()
    browser.environ_base["HTTP_ACCEPT"] = "text/html"
    for tag, name in (("ja", "ノルランド"), ("ru", "Норландия")):
        for path in ("/timeline", "/class/Event", "/search?q=linde", "/network?focus=norland"):
            page = browser.get(path, headers={"Accept-Language": tag}).text
            assert f'<span lang="{tag}">{name}</span>' in page, path
    assert "<span lang" not in browser.get("/timeline").text


@pytest.mark.parametrize(
    ("tag", "text", "marked"),
    [
        ("ja", "Visit to ノルランド国.", 'Visit to <span lang="ja">ノルランド国</span>.'),
        ("ja", "主要7か国 & G7", '<span lang="ja">主要7か国</span> &amp; G7'),
        ("ja", "バラク・オバマ <b>", '<span lang="ja">バラク・オバマ</span> &lt;b&gt;'),
        ("ru", "by Владимир Путин.", 'by <span lang="ru">Владимир Путин</span>.'),
        ("ru", "ノルランド", "ノルランド"),
        ("en", "ノルランド & Норландия", "ノルランド &amp; Норландия"),
    ],
)
def test_only_what_is_in_the_readers_signs_is_marked(tag: str, text: str, marked: str) -> None:
    with in_language(tag):
        assert tongue(text) == marked


def test_each_language_has_its_own_version(browser: FlaskClient) -> None:
    tags = {
        browser.get("/page/ruritania", headers={"Accept-Language": tag}).headers["ETag"]
        for tag in ("en", "ja", "ru")
    }
    assert len(tags) == 3


@pytest.mark.parametrize(
    "back",
    ["/%0d%0aX", "/%0aSet-Cookie:%20a=b", "//[", "//a.example/", "/%5Ca.example", "/%00", "a", ""],
)
def test_the_way_back_is_a_path_on_this_site(client: FlaskClient, back: str) -> None:
    answer = client.get(f"/language/ja?back={back}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_the_way_back_to_a_query_is_its_address_unless_that_is_long(browser: FlaskClient) -> None:
    link = "/language/ja?back=/sparql"
    page = browser.get("/sparql", query_string={"query": "ASK {}"}).text
    assert f'href="{link}%3Fquery%3DASK%2B%257B%257D"' in page
    page = browser.get("/sparql", query_string={"query": "ASK {} # " + "%" * 5000}).text
    assert f'href="{link}"' in page


def test_languages_that_are_not_spoken_here_are_passed_over(client: FlaskClient) -> None:
    liked = ",".join(f"x{n};q=0.9" for n in range(90)) + ",ja;q=0.5,en;q=0.1"
    assert client.get("/search?q=ruritania&format=json", headers={"Accept-Language": liked}).json
    page = client.get("/class/State?format=html", headers={"Accept-Language": liked})
    assert "ルリタニア" in page.text
