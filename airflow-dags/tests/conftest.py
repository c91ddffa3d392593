"""An Airflow home of its own for the tests, made before Airflow is imported."""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

import pytest

DAGS = Path(__file__).resolve().parents[1]
ROOT = DAGS.parent

os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="sluice-dag-tests-")
atexit.register(shutil.rmtree, os.environ["AIRFLOW_HOME"], ignore_errors=True)
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
for name in [key for key in os.environ if key.startswith("SLUICE_AIRFLOW_")]:
    del os.environ[name]
sys.path.insert(0, str(DAGS))


@pytest.fixture
def fake_sluice(tmp_path: Path) -> Path:
    """A launcher that writes down how it was called and ends as the file `ends` says."""
    path = tmp_path / "sluice"
    path.write_text(
        f"""#!/bin/sh
printf '%s\\n' "$@" > {tmp_path}/words
env > {tmp_path}/environment
echo "a line of progress" >&2
[ ! -f {tmp_path}/report ] || cat {tmp_path}/report
[ ! -f {tmp_path}/hold ] || {{ echo $$ > {tmp_path}/holding; exec sleep 300; }}
exit "$(cat {tmp_path}/ends 2>/dev/null || echo 0)"
"""
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
