"""The Python here keeps its own rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDERS = [HERE, ROOT / "airflow-dags", ROOT / "infra" / "airflow"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("words", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_is_content(words: list[str], folder: Path) -> None:
    ruff = Path(sys.executable).parent / "ruff"
    result = subprocess.run([str(ruff), *words, str(folder)], capture_output=True, text=True)

    assert result.returncode == 0, result.stdout + result.stderr
