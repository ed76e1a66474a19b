"""Bibliographic references as text and as files for reference managers.

A `Reference` says what is cited: its title, who made it, where it stands, in which build. Each
other module writes one in a format: `plain_text` for people, `bibtex`, `ris` and `csl_json` for
programs; `formats` is the table of them. What a thing, statement, source, sentence or answer is
cited as is decided where these are read (`kg.statements.citable`, `web.cite`).

Imports `model` alone, and reads no graph.
"""
