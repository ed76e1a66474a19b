"""What most people write first: Flask, rdflib, one query a request."""

import sys

from flask import Flask, Response, request
from rdflib import Graph

app = Flask(__name__)
graph = Graph()


@app.get("/sparql")
def sparql() -> Response:
    """Answer a query in JSON, or in N-Triples if it makes a graph."""
    found = graph.query(request.args["query"])
    if found.type in ("CONSTRUCT", "DESCRIBE"):
        return Response(found.serialize(format="nt"), mimetype="application/n-triples")
    return Response(found.serialize(format="json"), mimetype="application/sparql-results+json")


if __name__ == "__main__":
    for path in sys.argv[2:]:
        graph.parse(path, format="nt")
    app.run(port=int(sys.argv[1]), threaded=True)
