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
  tenant text NOT NULL,
  product text NOT NULL,
  day date NOT NULL,
  load_id text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes >= 0),
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, product, load_id)
);
CREATE INDEX egress_by_day ON egress (tenant, product, day);
