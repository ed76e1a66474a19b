"""The data to download, and what each release of it changed.

`dumps` sends the files of `/dump/`, with their checksums; `data_page` is `/data`, which lists them
and the releases; `catalogue` describes both in DCAT, `croissant` for machine learning, `dataset` in
schema.org for search engines; `signposting` says in headers what cites, licenses and describes a
page. All read `kg.releases`; none makes anything at request time but a description.
"""
