"""The SQL that reads the index (`writer.sql` has its tables)."""

from __future__ import annotations

# Characters of a trigram; FTS5 matches no shorter text
# (https://www.sqlite.org/fts5.html#the_trigram_tokenizer).
TRIGRAM = 3

# The LIMIT is inside, so that counting stops there.
COUNT = "SELECT COUNT(*) FROM (SELECT 1 {} LIMIT ?)"
FACET_COUNTS = (
    "SELECT v.value, COUNT(*) AS n FROM facet v WHERE v.kind = ? AND v.resource IN "
    "(SELECT r.id {}) GROUP BY v.value ORDER BY n DESC, v.value LIMIT ?"
)
# Resources are numbered by name (`writer`), so that sorting by number sorts by name.
ORDERS = {
    "name": "r.id",
    "day": "r.moment, r.id",
    "degree": "r.degree DESC, r.id",
}
# Sorted by columns of `facet`, the first rows come from its indexes without sorting all members.
FACET_ORDERS = ORDERS | {"name": "d.resource", "day": "d.moment, d.resource"}
POINTS_JOIN = " JOIN point p ON p.resource = r.id WHERE"

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
    "SELECT value FROM facet JOIN resource ON id = resource WHERE iri = ? AND kind = ? LIMIT ?"
)
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
STATEMENT = (
    "SELECT s.iri, p.iri FROM statement t JOIN resource s ON s.id = t.subject "
    "JOIN resource p ON p.id = t.property WHERE t.key = ?"
)
# Folded names have a space before them (`writer`), which is not part of the name.
_NAMES_OF = "SELECT r.iri, substr(n.text, 1, 300), substr(n.folded, 2, 300), r.degree FROM "
_THINGS = "JOIN resource r ON r.id = n.resource WHERE r.thing = 1 AND n.kind != 'point'"
_MATCHING = f"{_NAMES_OF}spelling s JOIN name n ON n.id = s.rowid {_THINGS} AND spelling MATCH ? "
# Best-connected things first, as names are numbered: the limit must not cut off those that a reader
# probably means, and what is read in order of number stops there.
NAMES_CONTAINING = f"{_MATCHING}ORDER BY s.rowid LIMIT ?"
# By BM25: rare trigrams weigh most (https://www.sqlite.org/fts5.html#the_bm25_function).
NAMES_SHARING_TRIGRAMS = f"{_MATCHING}ORDER BY s.rank LIMIT ?"
NAMES_LIKE = f"{_NAMES_OF}name n {_THINGS} AND n.folded LIKE ? ORDER BY n.id LIMIT ?"
