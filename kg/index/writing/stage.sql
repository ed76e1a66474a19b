-- What one pass over a dataset puts aside. `key`, `thing`, `other`, `agent`, `node`, `graph` and `property` are
-- hashes of IRIs or blank nodes, for no IRI has its number before all names are known.
CREATE TABLE stage.subject (
  key INTEGER NOT NULL, iri TEXT NOT NULL, thing INTEGER NOT NULL, title TEXT, earliest TEXT, latest TEXT,
  stated TEXT, moment TEXT NOT NULL, status TEXT NOT NULL, article TEXT NOT NULL
);
-- IRIs that may be no subjects; each at least once.
CREATE TABLE stage.mention (key INTEGER NOT NULL, iri TEXT NOT NULL);
CREATE TABLE stage.name (key INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL, language TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE stage.facet (key INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL);
-- Things with an actor, and those for whom somebody acts.
CREATE TABLE stage.actor (key INTEGER NOT NULL, agent INTEGER NOT NULL);
CREATE TABLE stage.acting (agent INTEGER NOT NULL, value TEXT NOT NULL);
-- What sentences are about, and the sources that they are part of.
CREATE TABLE stage.cited (key INTEGER NOT NULL, graph INTEGER NOT NULL);
CREATE TABLE stage.part (graph INTEGER NOT NULL, value TEXT NOT NULL);
-- Triples that point to things: how many named graphs have each, whether the default graph does, and whether rules alone do.
CREATE TABLE stage.pair (other INTEGER NOT NULL, key INTEGER NOT NULL, property INTEGER NOT NULL, named INTEGER NOT NULL, stated INTEGER NOT NULL, inferred INTEGER NOT NULL);
CREATE TABLE stage.principal (key INTEGER NOT NULL, class TEXT NOT NULL);
CREATE TABLE stage.statement (number INTEGER NOT NULL, key INTEGER NOT NULL, property INTEGER NOT NULL);
-- Geometry of things, points of geometries, and where things are.
CREATE TABLE stage.geometry (key INTEGER NOT NULL, node INTEGER NOT NULL);
CREATE TABLE stage.wkt (node INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE stage.site (key INTEGER NOT NULL, place INTEGER NOT NULL);
CREATE TABLE stage.tally (key INTEGER NOT NULL, outwards INTEGER NOT NULL, property TEXT NOT NULL, statements INTEGER NOT NULL, ends TEXT NOT NULL);
