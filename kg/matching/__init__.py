"""How alike two descriptions of things are, feature by feature.

`description` is what matching may use of a thing, ours or another dataset's. `name_forms` reads a
name: its words, how it sounds, its short forms (`names.toml` has titles, articles, abbreviations).
`name_features` compares two names, `context_features` what else two things say: kind, dates, place,
neighbours, values. `score` puts the features together by the weights of `features.toml`, and
decides whether the first of several candidates is sure.

Imports model and index. `kg.reconciliation` and `kg.linking` make descriptions and rank by this;
no query, request or file of a dataset is read here.
"""
