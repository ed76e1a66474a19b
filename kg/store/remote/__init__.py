"""SPARQL engines behind HTTP: those that hold a build of ours, and other people's endpoints.

`engine` answers what a store asks over the SPARQL 1.1 Protocol: `http_client` sends to one server,
over pooled connections, and reads a complete answer within the `query_bounds` that hold where it is
asked for; `replicas` is the same over several servers that hold the same build. `bind_terms` writes
the terms into the text of a query; `blank_nodes` names what has no name, so that it can be asked
for; `pattern_query` asks for the quads of many patterns in one request; `dialects` is what engines
do otherwise than the standard says. `marker` says which build an engine holds. `other_endpoint`
asks anybody's endpoint, for `kg query --endpoint`.

Imports model, sparql and `kg.store.engine`. A process opens connections when it first asks, so
that workers can be forked before.
"""
