import json
import re
from dataclasses import replace

import jsonschema
import pytest

from kg.references.formats import REFERENCE_FORMATS
from kg.references.reference import CitedKind, Edition, Reference
from tests.kg.references.reading import CSL_SCHEMA, read_bibtex, read_ris

PLAIN = Reference(
    CitedKind.PAGE,
    "aide-memoire-japan",
    "Japan",
    "https://w3id.org/aide-memoire/id/japan?build=fbf89802a474",
    Edition("fbf89802a474", "2026-11-28"),
)
SOURCE = Reference(
    CitedKind.SOURCE,
    "aide-memoire-gazette-p1s2",
    "Of rivers & kings: 50 % {for} the_crown",
    "https://w3id.org/aide-memoire/source/gazette/p1s2?build=00aa",
    Edition("00aa"),
    authors=("Rudolf Rässendyll", "ministry of war, Ruritania"),
    publishers=("Gazette", "Press\\Office"),
    issued="2018-04",
    place="¶1, sentence 2",
    language="ru",
    original="https://example.org/a_b?x=1&y=50%25#:~:text=a",
    notes=("A note.", "TY  - JOUR\r\nER  - \r\nof\ntwo lines"),
)
STATEMENT = replace(PLAIN, kind=CitedKind.STATEMENT, title="安倍 – 参加 – $5 ~ ^2 #1")
ANSWER = replace(PLAIN, kind=CitedKind.ANSWER, title="What has Japan done?")
REFERENCES = [PLAIN, SOURCE, STATEMENT, ANSWER]


def written(name: str, reference: Reference) -> str:
    return REFERENCE_FORMATS[name].write(reference).decode()


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda r: r.kind.value)
def test_bibtex_reads_back(reference: Reference) -> None:
    entry = read_bibtex(written("bib", reference))
    assert entry["key"] == reference.key
    assert entry["title"] == reference.title
    assert entry["version"] == reference.edition.number
    assert entry["url"] == reference.address
    assert entry.get("author", "").split(" and ") == (list(reference.authors) or [""])
    assert entry.get("year", "") == (str(reference.date[0]) if reference.date else "")


def test_bibtex_says_month_place_and_original() -> None:
    entry = read_bibtex(written("bib", SOURCE))
    assert (entry["month"], entry["publisher"]) == ("apr", "Gazette, Press\\Office")
    assert entry["note"].startswith(f"¶1, sentence 2. Original: {SOURCE.original}. A note. TY")


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda r: r.kind.value)
def test_ris_reads_back(reference: Reference) -> None:
    fields = read_ris(REFERENCE_FORMATS["ris"].write(reference))
    assert next(tag for tag, _ in fields) == "TY"
    assert [tag for tag, _ in fields].count("ER") == 1
    values = dict(fields)
    assert (values["TI"], values["UR"], values["ET"]) == (
        reference.title,
        reference.address,
        reference.edition.number,
    )
    assert [value for tag, value in fields if tag == "AU"] == list(reference.authors)
    assert [value for tag, value in fields if tag == "PB"] == list(reference.publishers)


def test_a_value_of_two_lines_begins_no_field_of_ris() -> None:
    fields = read_ris(REFERENCE_FORMATS["ris"].write(SOURCE))
    assert ("N1", "TY - JOUR ER - of two lines") in fields
    assert dict(fields)["DA"] == "2018/04//"


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda r: r.kind.value)
def test_csl_json_has_the_form_that_its_schema_demands(reference: Reference) -> None:
    items = json.loads(written("csl", reference))
    jsonschema.Draft7Validator(CSL_SCHEMA).validate(items)
    (item,) = items
    assert (item["title"], item["URL"]) == (reference.title, reference.address)
    assert item.get("issued", {}).get("date-parts", [[]]) == [list(reference.date)]
    assert [name["literal"] for name in item.get("author", ())] == list(reference.authors)


def test_the_schema_refuses_what_it_does_not_name() -> None:
    item = json.loads(written("csl", PLAIN))[0]
    for wrong in ({"editon": "1"}, {"type": "web"}, {"issued": {"date-parts": [[]]}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft7Validator(CSL_SCHEMA).validate([item | wrong])


def test_text_names_build_and_day() -> None:
    assert written("txt", PLAIN) == (
        "“Japan”. In: Aide-Mémoire, build fbf89802a474 of 2026-11-28, "
        "https://w3id.org/aide-memoire/id/japan?build=fbf89802a474\n"
    )
    assert written("txt", SOURCE).startswith(
        "Rudolf Rässendyll, ministry of war, Ruritania, Of rivers & kings: 50 % {for} the_crown, "
        "Gazette, Press\\Office, 2018-04, ¶1, sentence 2. In: Aide-Mémoire, build 00aa, https://"
    )


def test_a_key_is_made_of_letters_digits_and_hyphens() -> None:
    for name in ("日本", "a b/c,d{e}", "%"):
        assert re.fullmatch("[A-Za-z0-9-]+", replace(PLAIN, name=name).key)
