"""Where one local Airflow keeps its things, and its settings."""

from __future__ import annotations

import json
import os
import secrets
import shlex
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DAGS = ROOT / "airflow-dags"
USER = "admin"


@dataclass(frozen=True)
class Place:
    """An Airflow in the `airflow` folder of a lakehouse's home, listening on loopback only."""

    home: Path
    port: int

    @property
    def folder(self) -> Path:
        """Airflow's own home."""
        return self.home / "airflow"

    @property
    def url(self) -> str:
        """What a person opens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def password_file(self) -> Path:
        """The generated password, readable by the owner only."""
        return self.folder / "passwords.json"

    @property
    def logs(self) -> Path:
        """Logs of tasks and of Airflow's parts."""
        return self.folder / "logs"

    def password(self) -> str:
        """The password of USER."""
        return str(json.loads(self.password_file.read_text())[USER])

    def write(self) -> None:
        """Write settings and password; what was generated once stays."""
        self.logs.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        if not self.password_file.exists():
            _private(self.password_file, json.dumps({USER: secrets.token_urlsafe(15)}))
        keys = self.folder / "keys.json"
        if not keys.exists():
            fernet = urlsafe_b64encode(secrets.token_bytes(32)).decode()
            made = {"fernet": fernet, "web": _key(), "tokens": _key()}
            _private(keys, json.dumps(made))
        _private(self.folder / "airflow.cfg", self._settings(json.loads(keys.read_text())))

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """The environment of Airflow's parts; nothing in it is secret."""
        launcher = base.get("SLUICE_AIRFLOW_COMMAND") or shlex.quote(str(ROOT / "sluice"))
        path = f"{DAGS / '.venv' / 'bin'}{os.pathsep}{base.get('PATH', '')}"
        return {
            **{key: value for key, value in base.items() if not key.startswith("AIRFLOW__")},
            "AIRFLOW_HOME": str(self.folder),
            "PATH": path,
            "PYTHONPATH": str(DAGS),
            "PYTHONWARNINGS": "ignore",
            "SLUICE_AIRFLOW_COMMAND": launcher,
            "SLUICE_AIRFLOW_ARGUMENTS": shlex.join(["--home", str(self.home)]),
            "SLUICE_AIRFLOW_CACHE": str(self.folder / "contracts.json"),
            "SLUICE_AIRFLOW_RETRY_SECONDS": base.get("SLUICE_AIRFLOW_RETRY_SECONDS", "15"),
            "SLUICE_HEAP": base.get("SLUICE_HEAP", "2g"),
        }

    def _settings(self, keys: Mapping[str, str]) -> str:
        """Airflow's settings: one person, one machine, two cores."""
        return f"""[core]
dagbag_import_timeout = 120
dags_folder = {DAGS / "dags"}
load_examples = False
executor = LocalExecutor
parallelism = 2
dags_are_paused_at_creation = True
auth_manager = airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager
simple_auth_manager_users = {USER}:admin
simple_auth_manager_passwords_file = {self.password_file}
execution_api_server_url = {self.url}/execution/
fernet_key = {keys["fernet"]}

[database]
sql_alchemy_conn = sqlite:///{self.folder / "airflow.db"}

[api]
host = 127.0.0.1
port = {self.port}
base_url = {self.url}
workers = 1
secret_key = {keys["web"]}

[api_auth]
jwt_secret = {keys["tokens"]}

[dag_processor]
dag_file_processor_timeout = 180
parsing_processes = 1
refresh_interval = 30
min_file_process_interval = 30

[scheduler]
scheduler_heartbeat_sec = 5
task_instance_heartbeat_timeout = 60
task_instance_heartbeat_timeout_detection_interval = 10
orphaned_tasks_check_interval = 30

[workers]
socket_cleanup_timeout = 10

[logging]
base_log_folder = {self.logs}

[usage_data_collection]
enabled = False
"""


def _key() -> str:
    return secrets.token_urlsafe(32)


def _private(path: Path, text: str) -> None:
    """Write a file that only its owner ever could read."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
