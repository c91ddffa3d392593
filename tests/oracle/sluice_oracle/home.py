"""Where a lake of the embedded profile keeps its things, and connections to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.exceptions import NoSuchTableError


@dataclass(frozen=True)
class Home:
    """One home folder whose services are up."""

    folder: Path

    def services(self) -> dict:
        """Addresses of the running services."""
        return json.loads((self.folder / "services" / "services.json").read_text())

    def report(self) -> dict:
        """The report of the last run."""
        return json.loads((self.folder / "reports" / "latest" / "report.json").read_text())

    def catalog(self) -> SqlCatalog:
        """The Iceberg catalog, opened by PyIceberg straight on Postgres."""
        postgres = self.services()["postgres"]
        kind, path = postgres["passwordRef"].split(":", 1)
        if kind != "file":
            raise ValueError(f"expected a file: reference for the password, got {kind}:")
        password = Path(path).read_text().strip()
        address = postgres["url"].removeprefix("jdbc:postgresql://")
        return SqlCatalog(
            "lake",
            uri=f"postgresql+psycopg2://{postgres['user']}:{password}@{address}",
            warehouse=f"file://{self.folder / 'warehouse'}",
            init_catalog_tables="false",
        )

    def bigquery(self) -> bigquery.Client:
        """Google's own client on the emulator."""
        service = self.services()["bigquery"]
        return bigquery.Client(
            project=service["project"],
            credentials=AnonymousCredentials(),
            client_options={"api_endpoint": service["endpoint"]},
        )

    def bootstrap(self) -> str:
        """Kafka's address."""
        return self.services()["kafka"]["bootstrap"]


def rows_of(catalog: SqlCatalog, table: str) -> pa.Table | None:
    """All rows of a table's main branch; None when there is no such table."""
    try:
        return catalog.load_table(table).scan().to_arrow()
    except NoSuchTableError:
        return None
