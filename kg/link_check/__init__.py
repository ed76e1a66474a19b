"""Whether links to other datasets still lead to what they led to.

`asking.TargetAsker` asks each dataset, many targets at once where it has a SPARQL endpoint and a
query for it (`queries/DATASET.rq`), else one record after the other; both come out as
a `target_record.TargetRecord` (names, classes, successor). `verdict` compares it with the thing of
ours (`linked_thing`) and gives one of five verdicts. `run` goes through all links, notes each
verdict as it comes (`run_notes`) so that an interrupted run goes on, and returns the report that
`kg.pipeline.inputs.checked_links` reads: `kg/links/check.tsv`.

Imported by `kg.cli` and, for the report, `web`; imports `kg.outside` for every request, and
`kg.linking` for the alignment of classes. Nothing is asked while a page is made: pages read the
report.
"""
