"""A contract against its last released text, judged by datacontract-cli's rules for consumers."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from datacontract.data_contract import DataContract
from datacontract.model.breaking import BreakingChangeEntry, BreakingChangeLevel

ENDING = ".odcs.yaml"
Version = tuple[int, ...]


def version_of(text: str) -> Version:
    """1.10.0 is later than 1.9.0."""
    return tuple(int(part) for part in text.split("."))


def last_released(contracts: Path, contract_id: str) -> Path | None:
    """The newest text below released/<id>/; None when nothing was released."""
    texts = list((contracts / "released" / contract_id).glob(f"*{ENDING}"))
    return max(texts, key=lambda f: version_of(f.name.removesuffix(ENDING)), default=None)


def _digits(decimal: str | None) -> tuple[int, int] | None:
    found = re.fullmatch(r"decimal\((\d+), ?(\d+)\)", decimal or "")
    return (int(found[1]), int(found[2])) if found else None


def is_additive(entry: BreakingChangeEntry) -> bool:
    """Whether every old value still reads the same (ADR 0011), though a consumer should know."""
    if entry.path.endswith(".required"):
        return entry.new_value is None or entry.new_value == "False"
    if not entry.path.endswith(".physicalType"):
        return False
    old, new = _digits(entry.old_value), _digits(entry.new_value)
    if old and new:
        return new[1] == old[1] and new[0] > old[0]
    return (entry.old_value, entry.new_value) in {("int", "long"), ("float", "double")}


def unannounced(released: Path, current: Path) -> list[str]:
    """What breaks readers of the released text without a new major version."""
    before = version_of(yaml.safe_load(released.read_text())["version"])
    now = version_of(yaml.safe_load(current.read_text())["version"])
    if now < before:
        return [f"the version goes back from {before} to {now}"]
    if now[0] > before[0]:
        return []
    result = DataContract(data_contract_file=str(released)).breaking(
        DataContract(data_contract_file=str(current))
    )
    errors = [e for e in result.entries if e.level == BreakingChangeLevel.ERROR]
    faults = [f"{e.path}: {e.message}" for e in errors if not is_additive(e)]
    if errors and not faults and now == before:
        faults.append("types were widened or loosened under the same version")
    return faults
