"""Contracts, read once for each change of their file.

Airflow parses DAG files in a fresh process every time, so what is worth keeping is kept on disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import contracts
from .contracts import Contract, ContractUnreadable


@dataclass(frozen=True)
class Catalog:
    """The contracts that could be read, and what is wrong with the others."""

    contracts: tuple[Contract, ...]
    faults: tuple[str, ...]


def read(folder: Path, cache: Path | None = None) -> Catalog:
    """Read all contracts of a folder; a broken one takes no other with it.

    A damaged or unwritable cache costs time, nothing else.
    """
    reader = _reader()
    kept = _load(cache, reader)
    now: dict[str, Any] = {}
    good: list[Contract] = []
    faults: list[str] = []
    for path in contracts.contract_files(folder):
        try:
            key = _key(path)
            values = kept[key] if key in kept else contracts.parse(path)
            good.append(contracts.contract(values))
            now[key] = values
        except (ContractUnreadable, OSError) as fault:
            faults.append(str(fault))
    if cache is not None and now != kept:
        _store(cache, {"reader": reader, "contracts": now})
    return Catalog(tuple(good), tuple(faults))


def _reader() -> str:
    """Changes with the code that reads, so that no old reading survives it."""
    return hashlib.sha256(Path(contracts.__file__).read_bytes()).hexdigest()


def _key(path: Path) -> str:
    stat = path.stat()
    return f"{path.resolve()} {stat.st_mtime_ns} {stat.st_size}"


def _load(cache: Path | None, reader: str) -> dict[str, Any]:
    if cache is None:
        return {}
    try:
        document = json.loads(cache.read_text(encoding="utf-8"))
        return document["contracts"] if document["reader"] == reader else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _store(cache: Path, document: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cache.parent, prefix=cache.name)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(document, out)
        os.replace(name, cache)
