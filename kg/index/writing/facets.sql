-- What lists are filtered by; needs the points.

-- Who acts for another is there in the name of that one; a sentence is of its source.
INSERT INTO stage.facet SELECT a.key, 'actor', b.value FROM stage.actor a JOIN stage.acting b ON b.agent = a.agent;
INSERT INTO stage.facet SELECT DISTINCT c.key, 'source', p.value FROM stage.cited c JOIN stage.part p ON p.graph = c.graph;
INSERT INTO stage.facet SELECT i.key, 'has', CASE WHEN r.earliest IS NULL AND r.latest IS NULL THEN 'no day' ELSE 'day' END
  FROM stage.id i JOIN resource r ON r.id = i.id WHERE r.thing = 1;
INSERT INTO stage.facet SELECT i.key, 'has', 'page' FROM stage.id i JOIN resource r ON r.id = i.id WHERE r.thing = 1;
INSERT INTO stage.facet SELECT i.key, 'has', 'point'
  FROM stage.id i JOIN resource r ON r.id = i.id WHERE r.thing = 1 AND EXISTS (SELECT 1 FROM point p WHERE p.resource = r.id);

INSERT INTO facet_value (kind, value) SELECT DISTINCT kind, value FROM stage.facet ORDER BY 1, 2;
INSERT INTO facet_kind SELECT kind, MIN(id), MAX(id) FROM facet_value GROUP BY kind;
INSERT INTO facet
  SELECT DISTINCT CASE r.thing WHEN 1 THEN v.id ELSE -v.id END, r.moment, r.id, r.degree
  FROM stage.facet f JOIN facet_value v ON v.kind = f.kind AND v.value = f.value
  JOIN stage.id i ON i.key = f.key JOIN resource r ON r.id = i.id ORDER BY 1, 2, 3;
DROP TABLE stage.facet;

-- Made of what is written already: half the time of keeping them up row by row.
CREATE INDEX facet_by_name ON facet (value, resource);
CREATE INDEX facet_by_degree ON facet (value, degree DESC, resource);
CREATE INDEX facet_resource ON facet (resource, value);
UPDATE facet_value SET things = (SELECT COUNT(*) FROM facet f WHERE f.value = facet_value.id);
CREATE INDEX facet_value_things ON facet_value (kind, things DESC, value);
