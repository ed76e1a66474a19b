"""The graph: facts as data, and plain Python that builds a graph of them and asks it.

Data: `entities/` (who and what exists), `sources/` (what each text says, sentence by sentence),
`links/` (the same things in other datasets), `queries/` (questions, one a file). The ontology, its
rules and its checks are in `ontology/` beside this package.

Code, in layers; a module imports only from its own layer and those before it
(`tests/test_layers.py`):

    model        prefixes, graph names, media types, dates, languages, errors: what all others use
    nquads       N-Quads as lines: taken apart, sorted on disk, made canonical
    exports      tables as files for other programs: CSV, XLSX
    references   bibliographic references: text, BibTeX, RIS, CSL-JSON
    sparql       the text of queries: tokens, forms, datasets, patterns, messages
    store        builds on disk, and the engines, here or elsewhere, that hold them
    inference    what the rules conclude, and from what
    citation     sentences of a source: segment, cite, verify
    index        names, classes, days and points of a build in SQLite, for what is slow in SPARQL
    terms        labels and hierarchy of classes and properties; how a literal reads
    statements   the statements about a thing, and the evidence for each
    network      what is tied to what
    things       what the page of a thing shows: panels, lead, data
    added_data   what third-party files say of things
    lists        lists, search, places and days, filtered by facets
    together     what two things have to do with each other
    ask          a form of questions: its query, its answer
    matching     how alike two descriptions of things are, feature by feature
    reconciliation  names of other people's tables to things of ours
    tables       CSV files to RDF, by a mapping
    pipeline     from files to a build: load, compare, derive, check, describe, index, publish
    spark        the same build on a cluster, for outside data beyond one machine
    authoring    for people who write a source: its faults, what its things may be
    federation   calls to other SPARQL endpoints (SERVICE)
    outside      requests to other datasets, within limits; what a linked record says of a thing
    linking      links to other datasets: proposed and reviewed
    link_check   whether links still lead to what they led to
    endpoint     a query of the public: checks, answer, evidence, explanation
    workers      the processes that run such queries, and who runs next
    saved        questions that readers save, and their answers build by build
    releases     the builds that were published, and what came with each
    agents       things and answers as records, for programs and agents
    cli          the `kg` command

Three ways through it. A file becomes part of a build: `pipeline/build.py`. A page asks for a thing:
`things/` (or `lists/`, `network/`), which read `statements/`, `terms/` and `index/`, which read the
`store/`. The public sends a query: `workers/` → `endpoint/` → `store/`. There is no HTTP server
here: `web` puts all of it on the web.

Words
-----

background      statements about entities that no source makes: codes, coordinates, membership
build           one immutable, numbered directory: dataset, index, description, manifest
check           a query, shape or program that looks for mistakes; no rows is a pass
citation        the named graph of a sentence, as the place where a statement stands
claim           a thing that says who claims something; its content is a separate named graph
class           a kind of thing in the ontology, such as State; a principal class has a list page
concept         a term of a concept scheme (SKOS), such as a role or a status
content         the statements inside a claim; the graph itself does not assert them
dataset         the default graph and the named graphs of a build, or those a query names
default graph   what is asserted: background, cited facts and what follows from them
derivation      the steps by which rules infer a statement from others
description     what a build says of itself: VoID, DCAT, SPARQL Service Description
disagreement    values of one property that sources give and that exclude each other
display         which labels, panels and patterns pages use: `ontology/display.ttl`
dump            a whole build, or one named graph, as a file
endpoint        an address that answers queries by the SPARQL 1.1 Protocol: ours, or another's
entity          a thing that the graph describes rather than a sentence, source or term
event           a thing that happens on a day or during a period
evidence        the sentences that support a statement or a row of an answer
explanation     why a query has no solutions
facet           a property by which a list is filtered: class, actor, place, year
footnote        on a page: the mark beside a statement, and the evidence that it leads to
gist            a few words beside a name that say what a thing is
index           the SQLite file of a build: what search, lists and counts read
label           the name of a thing or term in a language
lead            the sentences that open a thing's page, made from its statements
link            a statement that a thing is the same as, or close to, one in another dataset
look-up         a query that reads little by its form: one thing, a few patterns, no paths
look-through    what a linked record of another dataset says now, beside what we say
manifest        the record of a build: its number, counts, and the hash of each file
moment          the key by which things are ordered in time
named graph     where statements come from: a sentence, the entities, the links, the rules
outside data    what third-party files say (`kg build --add`): unchecked, and set apart on pages
panel           a question that the pages of a class answer, with its rows
period          the days that a date allows: a day, a month, a year
release         a build that was published: number, day, counts, and what it changed
rule            a CONSTRUCT query that infers statements: `ontology/rules`
sentence        one sentence of a source: a locator and a hash, never its text
slug            the last part of a thing's IRI, as people write it in addresses
source          a text that facts are taken from, with its sentences
stance          what a party's claim holds of a matter: for, against, open
statement       a triple with the named graphs that contain it
store           a read-only view of one build, with the engine that answers queries
support         the named graphs behind a statement, and what they are
term            a class, property or concept of ours or of another vocabulary
thing           whatever has an IRI under /id/ and a page of its own
thing filter    which things a list, map or count is about
tie             two things joined by a property, as an edge of the network
worker          a process that answers queries of the public one after another
"""
