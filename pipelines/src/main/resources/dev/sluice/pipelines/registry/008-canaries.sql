-- Canaries as they were sent; where they were seen since is told by the heads of the tables.
CREATE TABLE canary (
  lane text NOT NULL,
  sequence bigint NOT NULL,
  id text NOT NULL,
  contract text NOT NULL,
  tenant text NOT NULL,
  sent_at timestamptz NOT NULL,
  PRIMARY KEY (lane, sequence)
);
CREATE INDEX canary_by_data_set ON canary (contract, tenant, sent_at);
