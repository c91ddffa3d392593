CREATE TABLE run (
  id text PRIMARY KEY,
  command text NOT NULL,
  code_version text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  exit_code int
);
CREATE INDEX run_by_start ON run (started_at DESC);

CREATE TABLE step (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id text NOT NULL REFERENCES run (id),
  step text NOT NULL,
  data_set text NOT NULL,
  tenant text NOT NULL,
  outcome text NOT NULL,
  message text NOT NULL,
  figures jsonb,
  seconds double precision NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX step_by_run ON step (run_id);
CREATE INDEX step_by_place ON step (step, data_set, tenant, id DESC);

CREATE TABLE quality_result (
  step_id bigint NOT NULL REFERENCES step (id),
  rule text NOT NULL,
  measured double precision NOT NULL,
  expected text NOT NULL,
  held boolean NOT NULL,
  blocks boolean NOT NULL,
  PRIMARY KEY (step_id, rule)
);
