"""Links to other datasets: proposed from what these say, reviewed by people, checked.

`candidates` asks another dataset for things of ours that have no link, in blocks by name and kind,
and `answers` keeps what it said, line by line, so that nothing is asked twice; `asking` says whom
to ask. `ours` describes our things, `comparison` scores both sides by `kg.matching`, and `decide`
says which candidate is sure, in view of what the tables record (`recorded_links`); `wording` says
why. `propose` writes proposals, which are tables of SSSOM like those of `kg/links` (`link_table`);
`review` moves their rows there, once a person has seen both `sides`.

Imports matching, outside and what pages are made of; `kg.cli` imports it. `settings` says which
things are asked for (`linking.toml`), and where working files are.
"""
