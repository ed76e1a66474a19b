-- The index of a build: names, classes, facets, days and points, by which pages look things up.
CREATE TABLE resource (
  id INTEGER PRIMARY KEY,      -- in order of name; things without a name come last
  iri TEXT NOT NULL UNIQUE,
  thing INTEGER NOT NULL,      -- 1 for a thing that has a page
  earliest TEXT,
  latest TEXT,
  stated TEXT,                 -- the first date that a source states; without it, both days are derived bounds
  moment TEXT NOT NULL,        -- sort key by time (kg/model/dates.py)
  status TEXT NOT NULL DEFAULT '',
  degree INTEGER NOT NULL DEFAULT 0,
  article TEXT NOT NULL DEFAULT ''
);
CREATE TABLE name (
  id INTEGER PRIMARY KEY,      -- in order of the degree of the thing, best-connected first
  resource INTEGER NOT NULL REFERENCES resource,
  text TEXT NOT NULL,
  folded TEXT NOT NULL,        -- with a space before it, so that ' word' matches the start of a word
  language TEXT NOT NULL,
  kind TEXT NOT NULL           -- label, also, point
);
CREATE INDEX name_resource ON name (resource);
CREATE INDEX name_folded ON name (folded);
CREATE VIRTUAL TABLE spelling USING fts5 (folded, content = 'name', content_rowid = 'id', tokenize = 'trigram', detail = 'full');
-- The words of names as they sound in Latin letters, acronyms too, each with a space before it.
CREATE TABLE name_word (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE,
  uses INTEGER NOT NULL        -- how many things have it in a name
);
CREATE VIRTUAL TABLE word_spelling USING fts5 (word, content = 'name_word', content_rowid = 'id', tokenize = 'trigram', detail = 'full');
CREATE TABLE word_use (
  word INTEGER NOT NULL REFERENCES name_word,
  words INTEGER NOT NULL,      -- of the shortest name of the thing that has it: short ones first
  resource INTEGER NOT NULL REFERENCES resource,
  PRIMARY KEY (word, words, resource)
) WITHOUT ROWID;
CREATE TABLE facet_value (
  id INTEGER PRIMARY KEY,      -- in order of kind and value, so that the values of a kind are a range
  kind TEXT NOT NULL,          -- class (and all above it), type (the narrowest), actor, place, source, year; has (a page, a day, a point)
  value TEXT NOT NULL,
  things INTEGER NOT NULL DEFAULT 0,  -- with a page of their own
  UNIQUE (kind, value)
);
CREATE TABLE facet_kind (
  kind TEXT PRIMARY KEY,
  first INTEGER NOT NULL REFERENCES facet_value,
  last INTEGER NOT NULL REFERENCES facet_value
) WITHOUT ROWID;
-- Lists of one value are in order of time, of name or of degree without sorting; `facets.sql` has the indexes.
CREATE TABLE facet (
  value INTEGER NOT NULL,      -- a facet_value, or minus it for what has no page of its own: no list has that
  moment TEXT NOT NULL,        -- the thing's, as is its degree
  resource INTEGER NOT NULL REFERENCES resource,
  degree INTEGER NOT NULL,
  PRIMARY KEY (value, moment, resource)
) WITHOUT ROWID;
-- What long lists offer to filter by (kg/index/writing/selections.py).
CREATE TABLE selection (
  state INTEGER NOT NULL,      -- a value of the kind “has”, or 0
  chosen INTEGER NOT NULL,     -- a facet_value that many things have, or 0
  value INTEGER NOT NULL,      -- of the things with both, so many have this one too; 0: how many they are
  things INTEGER NOT NULL,
  PRIMARY KEY (state, chosen, value)
) WITHOUT ROWID;
CREATE TABLE point (
  resource INTEGER NOT NULL REFERENCES resource,
  place TEXT NOT NULL,
  longitude REAL NOT NULL,
  latitude REAL NOT NULL
);
CREATE INDEX point_resource ON point (resource);
-- Statements by property, for things that very many statements start from or point to.
CREATE TABLE tally (
  resource INTEGER NOT NULL REFERENCES resource,
  outwards INTEGER NOT NULL,   -- 1 for those that start from it
  property TEXT NOT NULL,
  statements INTEGER NOT NULL,
  ends TEXT NOT NULL,          -- of the first statements, as N-Triples writes them, a line for each
  PRIMARY KEY (resource, outwards, property)
) WITHOUT ROWID;
-- Things of a principal class with a statement about another thing, in order of time.
CREATE TABLE tie (
  other INTEGER NOT NULL REFERENCES resource,
  class TEXT NOT NULL,
  moment TEXT NOT NULL,
  resource INTEGER NOT NULL REFERENCES resource,
  PRIMARY KEY (other, class, moment, resource)
) WITHOUT ROWID;
-- Where to look for the statement that a key names (kg/index/statement_keys.py).
CREATE TABLE statement (
  key INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL REFERENCES resource,
  property INTEGER NOT NULL REFERENCES resource
);
-- How much the build holds: things, facts, sentences, claims (kg/queries/index/counts.rq).
CREATE TABLE figure (
  name TEXT PRIMARY KEY,
  number INTEGER NOT NULL
) WITHOUT ROWID;
