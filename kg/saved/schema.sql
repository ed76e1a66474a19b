-- Saved questions, their answers at the builds where these changed, and what is still to be sent.
CREATE TABLE IF NOT EXISTS question (
  code TEXT PRIMARY KEY,
  query TEXT NOT NULL,
  title TEXT NOT NULL,
  base TEXT NOT NULL,
  asked TEXT NOT NULL,               -- the build that it was asked at last
  trouble TEXT NOT NULL DEFAULT '',  -- why there was no answer at that build
  claimed REAL NOT NULL DEFAULT 0    -- until when a process asks it, in seconds since 1970
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS answer (
  code TEXT NOT NULL REFERENCES question ON DELETE CASCADE,
  number INTEGER NOT NULL,           -- 0: as it was saved
  build TEXT NOT NULL,
  day TEXT NOT NULL,
  hash TEXT NOT NULL,
  total INTEGER NOT NULL,
  body TEXT,                         -- the rows, of the first answer and the last alone
  added INTEGER,
  removed INTEGER,
  excerpt TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (code, number)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS notice (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL REFERENCES question ON DELETE CASCADE,
  number INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due REAL NOT NULL DEFAULT 0        -- not to be sent before, in seconds since 1970
);
CREATE INDEX IF NOT EXISTS question_asked ON question (asked);
