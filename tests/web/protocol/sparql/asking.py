"""Queries of the tiny graph, and how they are asked."""

from werkzeug.test import Client

QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
STATES = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?state ?name { ?state a dip:State ; rdfs:label ?name FILTER(LANG(?name) = "en") }
ORDER BY ?name
"""
MEETING = "DESCRIBE <https://w3id.org/aide-memoire/id/strelsau-meeting>"
ANY = "ASK { ?s ?p ?o }"


def ask(client: Client, query: str, accept: str = "", **fields: str):
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", query_string={"query": query, **fields}, headers=headers)
