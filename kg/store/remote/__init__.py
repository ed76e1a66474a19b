"""SPARQL engines behind HTTP that hold a build.

`engine` answers what a store asks over the SPARQL 1.1 Protocol: `endpoint` is one engine, by its
`addresses` in the settings and the credentials in `authentication`; it sends by `http_client`, over
pooled connections, and reads a complete answer within the `query_bounds` that hold where it is
asked for; `replicas` is the same over several servers that hold the same build. `queries` checks
and makes the text that is sent (`kg.sparql.rewriting`); `blank_nodes` names what has no name, so
that it can be asked for; `dialects` is what engines do otherwise than the standard says. `marker`
says which build an engine holds; `opening` finds it and the dialect.

Imports model, sparql and `kg.store.engine`. A process opens connections when it first asks, so
that workers can be forked before.
"""
