"""Sentences of a source: cut, recorded by hash, and compared with a reader's copy.

`segment` cuts a text into blocks and sentences and removes what does not count, such as the kind of
quotation mark. `cite` writes the record: for each sentence its place, SHA-256 and a text fragment
of at most four words at either end. `verify` compares a copy of the text with that record.

A text goes in and never stays: no sentence is written anywhere. Imports model; the `kg` command
imports it, nothing that serves does.

Words: a *block* is a paragraph, heading or caption; a *locator* is the sentence's place (p3s2); a
*fragment* finds it in a browser (https://wicg.github.io/scroll-to-text-fragment/).
"""
