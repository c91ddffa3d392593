-- What brings a dropped product back; kept for good, as the products' history.
CREATE TABLE recipe (
  table_name text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  run_id text NOT NULL,
  recipe jsonb NOT NULL,
  PRIMARY KEY (table_name, at)
);
