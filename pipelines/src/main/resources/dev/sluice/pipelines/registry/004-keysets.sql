-- Tenants' keysets, encrypted by a key that stays in the key service; useless without it.
CREATE TABLE keyset (
  tenant text NOT NULL,
  purpose text NOT NULL,
  version int NOT NULL CHECK (version > 0),
  wrapped text NOT NULL,
  kek text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, purpose, version)
);
