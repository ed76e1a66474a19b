"""Credentials: what is sent, by which scheme, and that they come into no message."""

import pytest

from kg.model.errors import KGError
from kg.store.remote.addresses import EngineSettings
from kg.store.remote.authentication import Authentication

# The example of RFC 7616, 3.9.1, but for the client's nonce, which is random.
CHALLENGE = 'Digest realm="a, b", qop="auth,auth-int", algorithm=MD5, nonce="n1", opaque="o1"'


def test_nothing_is_sent_without_a_user() -> None:
    assert Authentication().headers("POST", "http://a.example/") == {}
    assert not Authentication().accept(CHALLENGE)


def test_basic_comes_first() -> None:
    sent = Authentication("Aladdin", "open sesame").headers("GET", "http://a.example/")
    assert sent == {"Authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="}


def test_digest_follows_a_challenge_once() -> None:
    who = Authentication("me", "secret")
    assert who.accept(CHALLENGE)
    first, second = (who.headers("POST", "http://a.example/x?y=1")["Authorization"] for _ in "12")
    assert first.startswith('Digest username="me", realm="a, b", nonce="n1", uri="/x?y=1"')
    assert "nc=00000001" in first
    assert "nc=00000002" in second
    assert 'opaque="o1"' in first
    assert "secret" not in first
    # Refused with the same challenge again, the password is wrong.
    assert not who.accept(CHALLENGE)
    assert who.accept(CHALLENGE.replace("n1", "n2"))
    assert not who.accept('Basic realm="x"')


def test_without_qop_the_digest_is_that_of_rfc_2069() -> None:
    who = Authentication("Mufasa", "CircleOfLife")
    who.accept('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"')
    sent = who.headers("GET", "http://www.nowhere.org/dir/index.html")["Authorization"]
    # https://www.rfc-editor.org/errata/eid749
    assert 'response="1949323746fe6a43ef61f9606e7febea"' in sent


def test_settings_name_engines_in_order() -> None:
    settings = EngineSettings.of(
        {
            "KG_STORE": "http://a:1/query, http://b:2/sparql",
            "KG_STORE_UPDATE": "http://a/u,http://b/u",
        }
    )
    assert [(one.query, one.update) for one in settings.addresses] == [
        ("http://a:1/query", "http://a/u"),
        ("http://b:2/sparql", "http://b/u"),
    ]
    assert settings.at("http://b:2/sparql").addresses[0].update == "http://b/u"
    assert EngineSettings.of({}).addresses == ()


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"KG_STORE": "ftp://a/"}, "is not the http or https address"),
        ({"KG_STORE": "http://"}, "is not the http or https address"),
        ({"KG_STORE": "http://[a"}, "is not the http or https address"),
        ({"KG_STORE": "http://me:secret@a/"}, "set KG_STORE_USER"),
        ({"KG_STORE": "http://me:secret@a:bad/"}, "set KG_STORE_USER"),
        ({"KG_STORE": "http://me:secret@[a/"}, "set KG_STORE_USER"),
        ({"KG_STORE": "http://a", "KG_STORE_UPDATE": "http://a,http://b"}, "has 2 addresses"),
        (
            {"KG_STORE": "http://a", "KG_STORE_ENGINE": "oracle"},
            "no engine that is listed: fuseki, ",
        ),
    ],
)
def test_what_is_wrong_with_a_setting_is_said(environment: dict[str, str], message: str) -> None:
    with pytest.raises(KGError, match=message) as caught:
        EngineSettings.of(environment)
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(EngineSettings.of({"KG_STORE_PASSWORD": "secret"}))
