CREATE TABLE contract_version (
  contract text NOT NULL,
  version text NOT NULL,
  sha256 text NOT NULL,
  text text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  run_id text NOT NULL REFERENCES run (id),
  PRIMARY KEY (contract, version, sha256)
);

CREATE TABLE lease (
  name text PRIMARY KEY,
  holder text NOT NULL,
  backend_pid int NOT NULL,
  backend_start timestamptz NOT NULL,
  taken_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE TABLE egress (
  id text PRIMARY KEY,
  table_name text NOT NULL,
  day date NOT NULL,
  bytes bigint NOT NULL CHECK (bytes >= 0),
  settled boolean NOT NULL DEFAULT false,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX egress_by_day ON egress (table_name, day);
