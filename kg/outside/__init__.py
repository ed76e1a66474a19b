"""Requests to other datasets: all that this project sends to the Internet, but for SERVICE.

`client.OutsideClient` sends a request if its host may be asked (`hosts`: those that
`kg/links/datasets.toml` names), no sooner than the host's interval after the one before
(`pacing`), by one `exchange` with a checked address for each redirect. It tries again where that
helps, and keeps responses on disk (`response_files`). Any failure is an `errors.OutsideError`.

`look_through` says what a linked record states beside what we do: `record` fetches it, and has
`record_reader` read it in a process of its own, by the query that `mappings` has for the dataset;
`comparison` compares by `aspects.toml`, and `image` adds a picture with its credit.

Imported by `kg.linking`, `kg.cli` and `web`; imports `kg.federation` for addresses,
`kg.pipeline.comparison`, `kg.matching` and what pages read.
Nothing here sends anything unless a command or a reader asks for it.
"""
