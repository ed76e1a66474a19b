"""Values that sources give of the same property of the same thing, compared.

`readings` asks the queries of `ontology/comparisons` for them; `values` tells which agree (a day
and its month, a city and its country) and which exclude each other; `source_records` reads what the
order of preference goes by, and `preference` applies that order, which is data
(`ontology/preference.ttl`, `kg/sources/decisions.ttl`); `outcome` gathers all of it for one
property of one thing, and `variations` describes it as statements of graph/disagreements.

Imports model and sparql. `kg.pipeline.compare` imports it, and `kg.outside.comparison` its values.

Words: a *reading* is one value in one sentence (or in the background); a *candidate* is a value
that no other makes more exact; a *variation* is a disagreement, or the course of a status.
"""
