-- From what one pass put aside to the tables of the index, each statement reading in order and writing in order.

-- IRIs are numbered by name, those without a name by themselves: lists in order of name need no sorting.
CREATE TABLE stage.numbered (id INTEGER PRIMARY KEY, key INTEGER NOT NULL, iri TEXT NOT NULL, thing INTEGER NOT NULL,
  earliest TEXT, latest TEXT, stated TEXT, moment TEXT NOT NULL, status TEXT NOT NULL, article TEXT NOT NULL);
INSERT INTO stage.numbered (key, iri, thing, earliest, latest, stated, moment, status, article)
  SELECT key, iri, thing, earliest, latest, stated, moment, status, article FROM stage.subject
  ORDER BY title IS NULL, title, iri;
DROP TABLE stage.subject;
CREATE TABLE stage.id (key INTEGER PRIMARY KEY, id INTEGER NOT NULL, moment TEXT NOT NULL);
INSERT INTO stage.id SELECT key, id, moment FROM stage.numbered ORDER BY key;
INSERT INTO stage.numbered (key, iri, thing, moment, status, article)
  SELECT DISTINCT key, iri, 0, :undated, '', '' FROM stage.mention WHERE key NOT IN (SELECT key FROM stage.id) ORDER BY iri;
INSERT INTO stage.id SELECT key, id, moment FROM stage.numbered
  WHERE id > (SELECT COUNT(*) FROM stage.id) ORDER BY key;

-- Those that statements point to.
CREATE INDEX stage.pair_other ON pair (other, property, named, stated, key);
CREATE TABLE stage.degree (key INTEGER PRIMARY KEY, degree INTEGER NOT NULL);
INSERT INTO stage.degree SELECT other, SUM(named) FROM stage.pair GROUP BY other HAVING SUM(named) > 0;
INSERT INTO resource
  SELECT n.id, n.iri, n.thing, n.earliest, n.latest, n.stated, n.moment, n.status, COALESCE(d.degree, 0), n.article
  FROM stage.numbered n LEFT JOIN stage.degree d ON d.key = n.key ORDER BY n.id;
DROP TABLE stage.degree;
DROP TABLE stage.numbered;

-- Names of the best-connected things first, so that a search reads no more names than it returns.
INSERT INTO name (resource, text, folded, language, kind)
  SELECT r.id, n.text, n.folded, n.language, n.kind FROM stage.name n JOIN stage.id i ON i.key = n.key
  JOIN resource r ON r.id = i.id ORDER BY r.degree DESC, r.iri, n.kind = 'also', n.language, n.text;
DROP TABLE stage.name;

-- Only of things that many statements start from or point to, with the first ends, stated ones before inferred ones.
CREATE TABLE stage.ranked (other INTEGER NOT NULL, property INTEGER NOT NULL, place INTEGER NOT NULL, id INTEGER);
INSERT INTO stage.ranked
  SELECT p.other, p.property, ROW_NUMBER() OVER (PARTITION BY p.other, p.property ORDER BY i.id IS NULL, p.inferred, i.id), i.id
  FROM stage.pair p LEFT JOIN stage.id i ON i.key = p.key WHERE p.stated AND p.other IN
    (SELECT other FROM stage.pair WHERE stated GROUP BY other HAVING SUM(stated) > :few);
INSERT INTO stage.tally SELECT t.other, 0, r.iri, t.statements, COALESCE(t.ends, '') FROM (
    SELECT k.other, k.property, k.place, COUNT(*) OVER one AS statements, GROUP_CONCAT('<' || s.iri || '>', CHAR(10)) OVER one AS ends
    FROM stage.ranked k LEFT JOIN resource s ON s.id = k.id AND k.place <= :ends
    WINDOW one AS (PARTITION BY k.other, k.property ORDER BY k.place ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
  ) t JOIN stage.id i ON i.key = t.property JOIN resource r ON r.id = i.id WHERE t.place = 1;
DROP TABLE stage.ranked;
INSERT INTO tally SELECT i.id, t.outwards, t.property, t.statements, t.ends FROM stage.tally t JOIN stage.id i ON i.key = t.key
  ORDER BY 1, 2, 3;

CREATE INDEX stage.principal_key ON principal (key, class);
INSERT INTO tie
  SELECT DISTINCT o.id, c.class, i.moment, i.id FROM stage.pair p JOIN stage.principal c ON c.key = p.key
  JOIN stage.id i ON i.key = p.key JOIN stage.id o ON o.key = p.other WHERE p.stated ORDER BY 1, 2, 3, 4;
DROP TABLE stage.pair;

-- One triple may stand in several graphs; two with one key are as good as never there.
INSERT OR IGNORE INTO statement
  SELECT s.number, i.id, p.id FROM stage.statement s JOIN stage.id i ON i.key = s.key JOIN stage.id p ON p.key = s.property
  ORDER BY 1;
DROP TABLE stage.statement;
