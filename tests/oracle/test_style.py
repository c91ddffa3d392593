"""The Python here keeps its own rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("words", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_is_content(words: list[str]) -> None:
    ruff = Path(sys.executable).parent / "ruff"
    result = subprocess.run([str(ruff), *words, str(HERE)], capture_output=True, text=True)

    assert result.returncode == 0, result.stdout + result.stderr
