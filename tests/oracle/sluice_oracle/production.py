"""The configuration of the production profile: what is where, secrets by reference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .processes import ROOT

BUCKET = "lake-test"


@dataclass(frozen=True)
class Places:
    """Where the services of a cluster are, and the folder with its secrets."""

    folder: Path
    services: dict
    s3_port: int
    postgres: str


def configuration(
    places: Places, name: str, master: str, warehouse: str, settings: dict[str, str]
) -> dict:
    """What `sluice.yaml` says of one lake on these services."""
    return {
        "profile": "production",
        "warehouse": warehouse,
        "drop": f"s3a://{BUCKET}/drop-{name}",
        "contracts": str(ROOT / "catalog" / "contracts"),
        "storage": {
            "endpoint": f"http://127.0.0.1:{places.s3_port}",
            "region": "eu-central-1",
            "pathStyle": True,
            "accessKeyRef": "env:SLUICE_TEST_S3_ACCESS",
            "secretKeyRef": f"file:{places.folder}/secrets/s3-secret",
        },
        "postgres": {
            "url": f"jdbc:postgresql://{places.postgres}/{name}?sslmode=disable",
            "user": "sluice",
            "passwordRef": f"file:{places.folder}/secrets/postgres",
        },
        "kafka": {
            "cluster": "embedded",
            "bootstrap": places.services["kafka"]["bootstrap"],
            "options": {"security.protocol": "PLAINTEXT"},
        },
        "keys": {
            "service": "transit",
            "address": (places.folder / "keys-address").read_text(),
            "tokenRef": f"file:{places.folder}/secrets/keys-token",
        },
        "bigquery": {
            "endpoint": places.services["bigquery"]["endpoint"],
            "project": f"sluice-{name}",
        },
        "spark": {
            "master": master,
            "eventLog": True,
            "settings": {
                "spark.eventLog.compress": "false",
                "spark.eventLog.rolling.enabled": "false",
                "spark.driver.host": "127.0.0.1",
                "spark.sql.shuffle.partitions": "4",
                **settings,
            },
        },
    }
