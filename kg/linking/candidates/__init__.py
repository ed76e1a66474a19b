"""Candidates: records of another dataset that things of ours may be the same as, with their facts.

`block` is what is asked for together, and the interface of whoever is asked: `query_source` asks in
SPARQL (an `endpoint`), `service_source` a reconciliation service, `dump_source` what a
`dump_reader`, which is a process, keeps of a file. `questions` are the queries of
`kg/queries/linking`; `properties` says what properties of other datasets mean, `alignment` what
their classes mean; a `candidate` is what comes of it.

Imports `kg.outside`, through which every request goes; `kg.linking` imports it.
"""
