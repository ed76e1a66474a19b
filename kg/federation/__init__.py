"""SERVICE: a query's calls of other SPARQL endpoints, within limits and at public addresses only.

The engine follows any address and any redirect, so it never receives an endpoint's address.
`federation.redirect_services` replaces each endpoint in a query by a secret path of a
`relay.ServiceRelay`. The engine sends its calls there, through an HTTP server on loopback that the
process hands in (`web.relay_server`); `kg` itself runs no server. The relay makes each distinct
call once (`call.call_endpoint`), at a public address (`connection`, `addresses`), within the time
and the bytes of one `allowance.Allowance` for the query, and records the failure that ends the
query.

The engine calls with the pattern in the braces alone. So `bound_values` first asks our graph for
the values that the clause is joined with (`kg.sparql.joins`), and the relay sends them along in
batches, as FedX and Comunica do: an endpoint as large as Wikidata returns what joins, not all that
it has, and 60 states are one call, not 60.

`other_endpoint` has another endpoint answer a complete query, for `kg query --endpoint`.

An engine on another machine cannot reach the relay: for it, `inlined` asks the relay first, and
puts the results in place of the call.

Imported by `kg.outside`, `kg.endpoint`, `kg.workers` and `web`; imports `kg.store`, `kg.sparql`
and `kg.model`.
"""
