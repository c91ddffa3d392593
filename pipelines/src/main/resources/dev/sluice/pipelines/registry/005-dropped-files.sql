CREATE TABLE dropped_file (
  table_name text NOT NULL,
  name_hash text NOT NULL,
  size bigint NOT NULL,
  modified bigint NOT NULL,
  sha256 text NOT NULL,
  number bigint,
  fate text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (table_name, name_hash, size, modified)
);
CREATE INDEX dropped_file_by_content ON dropped_file (table_name, sha256) WHERE fate = 'LANDED';
CREATE INDEX dropped_file_aside ON dropped_file (table_name, fate) WHERE number IS NULL;

CREATE TABLE dropped_reach (
  table_name text PRIMARY KEY,
  epoch bigint NOT NULL,
  files bigint NOT NULL
);
