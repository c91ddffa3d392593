"""Looks for clear personal values in everything that must not hold any.

Personal values are taken from the messages themselves: every value of a field that the contract
calls personal. Every file outside raw, quarantine and the broker's own log is decoded by its kind
(Parquet row by row, Avro record by record, compressed text unpacked) and searched; what cannot be
decoded is searched as bytes and told apart.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import ahocorasick
import duckdb
import fastavro
import pyarrow.parquet as pq
import yaml

from .home import Home
from .kafka import messages

SHORTEST = 6
"""Shorter values ("car", 4711) occur by chance and would only make noise."""

OUTSIDE = ("services/kafka", "services/postgres", "keys", "secrets")


@dataclass
class Scan:
    """What a scan saw."""

    decoded: int = 0
    as_bytes: int = 0
    hits: list[str] = field(default_factory=list)


def personal_fields(contract_file: Path) -> set[str]:
    """Fields of a contract's messages whose values must not be found in the clear."""
    contract = yaml.safe_load(contract_file.read_text())
    fields: set[str] = set()
    for schema in contract["schema"]:
        if "zone:stage" not in schema["tags"]:
            continue
        for column in schema["properties"]:
            if column.get("classification") != "personal":
                continue
            custom = {c["property"]: c["value"] for c in column.get("customProperties", [])}
            method = custom.get("privacy", {}).get("method")
            if method != "screen-text":
                fields.add(custom.get("source", {}).get("field", column["name"]))
    return fields


def personal_values(home: Home, contract_file: Path) -> set[str]:
    """Clear values of personal fields in all messages of a contract's topics."""
    contract = yaml.safe_load(contract_file.read_text())
    fields = personal_fields(contract_file)
    custom = {c["property"]: c["value"] for c in contract["customProperties"]}
    server = next(s for s in contract["servers"] if s["type"] == "kafka")
    source = next(c["value"] for c in server["customProperties"] if c["property"] == "source")
    values: set[str] = set()
    for tenant in custom["tenants"]:
        for message in messages(home.bootstrap(), source["topic"].replace("${TENANT}", tenant)):
            try:
                row = json.loads(message.value or b"")
            except ValueError:
                continue
            if isinstance(row, dict):
                values.update(str(row[f]) for f in fields if row.get(f) is not None)
    return {v for v in values if len(v) >= SHORTEST}


def _texts_of(file: Path) -> Iterator[str]:
    head = file.open("rb").read(4)
    if head == b"PAR1":
        parquet = pq.ParquetFile(file)
        yield str(parquet.metadata.metadata)
        for batch in parquet.iter_batches(batch_size=20_000):
            for column in batch.columns:
                yield "\n".join(str(v) for v in column.to_pylist() if v is not None)
    elif head == b"Obj\x01":
        with file.open("rb") as stream:
            for record in fastavro.reader(stream):
                yield str(record)
    elif head[:2] == b"\x1f\x8b":
        yield gzip.decompress(file.read_bytes()).decode("latin-1")
    elif head == b"SQLi":
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            yield from database.iterdump()
    else:
        yield file.read_bytes().decode("latin-1")


def _is_outside(relative: str) -> bool:
    if any(relative.startswith(place) for place in OUTSIDE):
        return True
    parts = relative.split("/")
    return parts[0] == "warehouse" and len(parts) > 1 and parts[1].endswith(("_raw", "_quarantine"))


def _duckdb_texts(file: Path) -> Iterator[str]:
    with duckdb.connect(str(file), read_only=True) as database:
        tables = database.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
        ).fetchall()
        for schema, table in tables:
            yield str(database.execute(f'SELECT * FROM "{schema}"."{table}"').fetchall())


def scan(home: Home, values: set[str]) -> Scan:
    """Searches every file of the home that must be free of the values."""
    automaton = ahocorasick.Automaton()
    for value in values:
        automaton.add_word(value, value)
    automaton.make_automaton()
    result = Scan()
    for file in sorted(p for p in home.folder.rglob("*") if p.is_file() and not p.is_symlink()):
        relative = str(file.relative_to(home.folder))
        if _is_outside(relative):
            continue
        try:
            texts = list(_texts_of(file))
            result.decoded += 1
        except Exception:  # an undecodable file is still searched, and counted apart
            texts = [file.read_bytes().decode("latin-1")]
            result.as_bytes += 1
        if file.suffix in (".duckdb", ".db", ".ducklake"):
            try:
                texts += list(_duckdb_texts(file))
            except duckdb.Error:
                result.as_bytes += 1
        count = sum(1 for text in texts for _ in automaton.iter(text))
        if count:
            result.hits.append(f"{relative}: {count} personal values")
    return result
