-- Who used or made which refined table on which day; a row a day keeps it small.
CREATE TABLE table_use (
  table_name text NOT NULL,
  kind text NOT NULL,
  who text NOT NULL,
  day date NOT NULL,
  last_at timestamptz NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (table_name, kind, who, day)
);
