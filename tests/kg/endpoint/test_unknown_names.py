import pytest

from kg.endpoint.unknown_names import unknown
from kg.store.store import Store


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("{ ?s a dip:Stat }", "there is no term dip:Stat; did you mean dip:State?"),
        ("{ id:ruritannia ?p ?o }", "there is no thing id:ruritannia; did you mean id:ruritania?"),
        (
            "{ ?s a <https://w3id.org/aide-memoire/ontology#Stat> }",
            "there is no term dip:Stat; did you mean dip:State?",
        ),
        ("{ ?s a dip:Xqzv. }", "there is no term dip:Xqzv"),
    ],
)
def test_names_missing_in_the_graph_are_reported(store: Store, query: str, said: str) -> None:
    assert unknown(store, "PREFIX dip: <https://w3id.org/aide-memoire/ontology#> " + query) == [
        said
    ]


@pytest.mark.parametrize(
    "query",
    ["{ id:ruritania a dip:State . }", "{ ?s ?p ?o } # dip:Stat", "{ ?s mydip:Stat ?o }"],
)
def test_existing_names_comments_and_other_prefixes_are_not_reported(
    store: Store, query: str
) -> None:
    assert unknown(store, query) == []
