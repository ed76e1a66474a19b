"""The SQL that reads the index (`writer.sql` has its tables), and the records that it returns."""

from __future__ import annotations

from typing import NamedTuple

from kg.model.dates import UNDATED

# Characters of a trigram; FTS5 matches no shorter text
# (https://www.sqlite.org/fts5.html#the_trigram_tokenizer).
TRIGRAM = 3

# The LIMIT is inside, so that counting stops there.
COUNT = "SELECT COUNT(*) FROM (SELECT 1 {} LIMIT ?)"
FACET_VALUE = "SELECT things, id FROM facet_value WHERE kind = ? AND value = ?"
FIGURES = "SELECT name, number FROM figure"
KINDS = "SELECT kind, first, last FROM facet_kind"
# Of all things, of those that a build has counted, and of any others.
FACET = (
    "SELECT value, things FROM facet_value WHERE kind = ? AND things > 0 "
    "ORDER BY things DESC, value LIMIT ?"
)
SELECTED = "SELECT things FROM selection WHERE state = ? AND chosen = ? AND value = 0"
SELECTION = (
    "SELECT v.value, s.things FROM selection s JOIN facet_value v ON v.id = s.value "
    "WHERE s.state = ? AND s.chosen = ? AND s.value BETWEEN ? AND ? "
    "ORDER BY s.things DESC, s.value LIMIT ?"
)
FACET_COUNTS = (
    "SELECT v.value, c.n FROM (SELECT f.value, COUNT(*) AS n FROM facet f "
    "WHERE f.resource IN (SELECT {} {}) AND f.value BETWEEN ? AND ? "
    "GROUP BY f.value ORDER BY n DESC, f.value LIMIT ?) c JOIN facet_value v ON v.id = c.value "
    "ORDER BY c.n DESC, c.value"
)
# In the order of an index (`writing/facets.sql`); resources are numbered by name.
ORDERS = {
    "name": "d.resource",
    "day": "d.moment, d.resource",
    "degree": "d.degree DESC, d.resource",
}
ORDERS_AMONG = {"name": "d.id", "day": "d.moment, d.id", "degree": "d.degree DESC, d.id"}
MEMBERS = (
    "SELECT r.iri FROM (SELECT {} AS id {} ORDER BY {} LIMIT ? OFFSET ?) m "
    "CROSS JOIN resource r ON r.id = m.id"
)
POINTS = "SELECT r.iri, p.place, p.longitude, p.latitude {} ORDER BY {}, p.place LIMIT ?"
POINTS_JOIN = " CROSS JOIN point p ON p.resource = {0} CROSS JOIN resource r ON r.id = {0} WHERE"

# Third-party data may have a malformed date, a status or an article of any length.
RESOURCE = (
    "SELECT id, substr(earliest, 1, 40), substr(latest, 1, 40), substr(stated, 1, 40), "
    "substr(moment, 1, 80), substr(status, 1, 300), degree, substr(article, 1, 40) "
    "FROM resource WHERE iri = ?"
)
# The interface's languages first, so that the limit does not cut them off behind thousands of
# other names; 301 characters, for `LONGEST_NAME` and one more show that a name is longer.
NAMES = (
    "SELECT kind, name, language FROM (SELECT id, kind, substr(text, 1, 301) AS name, language "
    "FROM name WHERE resource = ? ORDER BY language NOT IN ('', 'en', 'ja', 'ru'), id LIMIT ?) "
    "ORDER BY id"
)
FACET_VALUES = (
    "SELECT v.value FROM resource r CROSS JOIN facet f ON f.resource = r.id "
    "AND f.value BETWEEN CASE r.thing WHEN 1 THEN ?1 ELSE -?2 END "
    "AND CASE r.thing WHEN 1 THEN ?2 ELSE -?1 END "
    "JOIN facet_value v ON v.id = abs(f.value) WHERE r.iri = ?3 ORDER BY v.id LIMIT ?4"
)
NUMBERS = "SELECT id FROM resource WHERE thing = 1 AND iri IN (SELECT value FROM json_each(?))"
# A range instead of LIKE 'start%': that uses the index on `iri` only if LIKE is case-sensitive
# (https://www.sqlite.org/optoverview.html#the_like_optimization).
IRIS_FROM_TO = "SELECT iri FROM resource WHERE iri >= ? AND iri < ? ORDER BY iri"
TIED_THINGS = (
    "SELECT t.moment, t.resource, r.iri FROM tie t JOIN resource r ON r.id = t.resource "
    "WHERE t.other = (SELECT id FROM resource WHERE iri = ?) AND t.class = ? "
    "ORDER BY t.moment, t.resource LIMIT ?"
)
TALLIES = (
    "SELECT property, statements FROM tally "
    "WHERE resource = (SELECT id FROM resource WHERE iri = ?) AND outwards = ? ORDER BY property"
)
ENDS = (
    "SELECT property, ends FROM tally "
    "WHERE resource = (SELECT id FROM resource WHERE iri = ?) AND outwards = ? AND statements > ?"
)
STATEMENT = (
    "SELECT s.iri, p.iri FROM statement t JOIN resource s ON s.id = t.subject "
    "JOIN resource p ON p.id = t.property WHERE t.key = ?"
)
# Folded names have a space before them (`writer`), which is not part of the name.
_NAMES_OF = "SELECT r.iri, substr(n.text, 1, 300), substr(n.folded, 2, 300), r.degree FROM "
# CROSS JOIN keeps names first (https://www.sqlite.org/optoverview.html#crossjoin).
_THINGS = "CROSS JOIN resource r ON r.id = n.resource WHERE r.thing = 1 AND n.kind != 'point'"
_MATCHING = (
    f"{_NAMES_OF}spelling s CROSS JOIN name n ON n.id = s.rowid {_THINGS} AND spelling MATCH ? "
)
# Best-connected things first, as names are numbered: the limit must not cut off those that a reader
# probably means, and what is read in order of number stops there.
NAMES_CONTAINING = f"{_MATCHING}ORDER BY s.rowid LIMIT ?"
# How many names have a trigram (https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module).
TRIGRAMS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.trigram USING fts5vocab(main, spelling, row)"
NAMES_OF_TRIGRAM = "SELECT doc FROM temp.trigram WHERE term = ?"
# By BM25: rare trigrams weigh most (https://www.sqlite.org/fts5.html#the_bm25_function).
NAMES_SHARING_TRIGRAMS = f"{_MATCHING}ORDER BY s.rank LIMIT ?"
NAMES_LIKE = f"{_NAMES_OF}name n {_THINGS} AND n.folded LIKE ? ORDER BY n.id LIMIT ?"


class Resource(NamedTuple):
    """The record of one IRI; `names` are (kind, text, language), labels first.

    `stated` is the date as a source states it, without which `earliest` and `latest` are derived;
    `status` has the IRIs of concepts, with spaces between.
    """

    iri: str
    earliest: str = ""
    latest: str = ""
    stated: str = ""
    moment: str = UNDATED
    status: str = ""
    degree: int = 0
    article: str = ""
    names: tuple[tuple[str, str, str], ...] = ()


class Point(NamedTuple):
    """A place on the map: the thing there, the place that it is at, degrees east and north."""

    iri: str
    place: str
    longitude: float
    latitude: float


class NameMatch(NamedTuple):
    """A thing's name, as it is and folded, and how many statements point to the thing."""

    iri: str
    name: str
    folded: str
    degree: int
