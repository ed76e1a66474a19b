"""`/openapi.json`: every address that answers in JSON, as OpenAPI 3.1.

The document is data: `operations.json` (an entry for each address: its endpoint in Flask, a
summary, the schema of its answer), `parameters.json` (what each parameter is) and `schemas.json`
(the answers). Which parameters an address takes is read from `web.request.parameters`, so that the
document cannot name others. RDF is described by VoID and SPARQL Service Description instead.

`document` puts them together; `openapi_json` sends the result. Imported by `web` alone.
"""
