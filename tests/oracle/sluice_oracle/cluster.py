"""A Spark standalone cluster, an S3 server and a key service here, each in a JVM of its own."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from pyarrow.fs import S3FileSystem
from pyiceberg.catalog.sql import SqlCatalog

from .home import Home
from .processes import (
    ROOT,
    answers,
    await_that,
    command_line,
    free_port,
    java,
    jvm_opens,
    parent,
    running,
)
from .production import BUCKET, Places, configuration
from .spark_home import make_spark_home

EXECUTOR = "CoarseGrainedExecutorBackend"


@dataclass
class Lake:
    """One lake of the production profile: its own database and warehouse."""

    name: str
    config: Path
    home: Path
    database: str
    warehouse: str


@dataclass
class Cluster:
    """Everything the production profile needs beside Kafka, Postgres and BigQuery of `services`."""

    folder: Path
    services: Home
    workers: int = 2
    executor_memory: str = "1g"
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)
    secret: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start all services and wait until they answer; the workers register with the master."""
        (self.folder / "logs").mkdir(parents=True)
        (self.folder / "secrets").mkdir(mode=0o700)
        (self.folder / "s3" / BUCKET).mkdir(parents=True)
        # neutral values: Spark's own redaction would hide one that calls itself a secret
        for name in ("s3-access", "s3-secret", "keys-token"):
            self.secret[name] = f"heron{secrets.token_hex(12)}"
            self._write(name, self.secret[name])
        password = self.services.services()["postgres"]["passwordRef"].removeprefix("file:")
        self.secret["postgres"] = Path(password).read_text().strip()
        self._write("postgres", self.secret["postgres"])
        make_spark_home(self.folder / "spark")
        self._s3()
        self._keys()
        self.master = free_port()
        self._spark(
            "master",
            "org.apache.spark.deploy.master.Master",
            *("--host", "127.0.0.1", "--port", str(self.master), "--webui-port", "0"),
        )
        await_that("the S3 server", lambda: answers(self.s3_port))
        await_that("the key service", (self.folder / "keys-address").exists)
        await_that("Spark's master", lambda: answers(self.master))
        for number in range(self.workers):
            self.start_worker(f"worker-{number}")
        for number in range(self.workers):
            log = self.folder / "logs" / f"worker-{number}.log"
            await_that(
                f"worker {number}", lambda log=log: "registered with master" in log.read_text()
            )

    def start_worker(self, name: str) -> None:
        """Start one worker of one core."""
        self._spark(
            name,
            "org.apache.spark.deploy.worker.Worker",
            *("--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "2g"),
            *("--work-dir", str(self.folder / "work" / name)),
            f"spark://127.0.0.1:{self.master}",
        )

    def stop(self) -> None:
        """End all processes that were started here, and the executors of the workers."""
        executors = self.executors()
        for process in reversed(self.processes.values()):
            process.kill()
            process.wait()
        for pid in executors:
            if EXECUTOR in command_line(pid):
                os.kill(pid, signal.SIGKILL)

    def executors(self, worker: str | None = None) -> list[int]:
        """Process ids of executors, of one worker or of all."""
        wanted = [self.processes[worker]] if worker else list(self.processes.values())
        parents = {p.pid for p in wanted}
        return [p for p in running() if parent(p) in parents and EXECUTOR in command_line(p)]

    def lake(self, name: str, master: str, warehouse: str, **settings: str) -> Lake:
        """A new lake: database, configuration of the production profile."""
        home = self.folder / name
        (home / "logs" / "spark").mkdir(parents=True)
        services = self.services.services()
        superuser = self.services.folder / "secrets" / "postgres-superuser"
        host, port = services["postgres"]["url"].split("/")[2].split(":")
        connection = psycopg2.connect(
            host=host, port=port, user="postgres", password=superuser.read_text().strip()
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} OWNER sluice")
        connection.close()
        config = configuration(
            Places(self.folder, services, self.s3_port, f"{host}:{port}"),
            name,
            master,
            warehouse,
            settings,
        )
        file = home / "sluice.yaml"
        file.write_text(json.dumps(config, indent=1))  # JSON is YAML
        return Lake(name, file, home, name, warehouse)

    def environment(self) -> dict[str, str]:
        """What driver, workers and executors find in their environment."""
        return {
            **os.environ,
            "SPARK_HOME": str(self.folder / "spark"),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_SCALA_VERSION": "2.13",
            "SLUICE_TEST_S3_ACCESS": self.secret["s3-access"],
        }

    def submit(self, dist: Path, lake: Lake, *words: str, options: str = "") -> subprocess.Popen:
        """`sluice-submit` on the cluster; its output goes to <home>/<verb>.out.

        The options are of the driver's JVM.
        """
        out = (lake.home / f"{words[0]}.out").open("a")
        return subprocess.Popen(
            [dist / "sluice-submit", *words, *("--config", lake.config, "--home", lake.home)],
            env={**self.environment(), "SPARK_SUBMIT_OPTS": options},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def copy_keysets(self, origin: Lake, to: Lake) -> int:
        """Give one lake the wrapped keysets of another, so that tokens are the same."""
        with self._connect(origin) as source, source.cursor() as rows:
            rows.execute("SELECT tenant, purpose, version, wrapped, kek FROM sluice.keyset")
            found = rows.fetchall()
        with self._connect(to) as target, target.cursor() as rows:
            rows.executemany(
                "INSERT INTO sluice.keyset (tenant, purpose, version, wrapped, kek)"
                " VALUES (%s, %s, %s, %s, %s)",
                found,
            )
        return len(found)

    def catalog(self, lake: Lake) -> SqlCatalog:
        """The lake as PyIceberg sees it, straight from Postgres and S3."""
        address = self.services.services()["postgres"]["url"].split("/")[2]
        return SqlCatalog(
            "lake",
            uri=f"postgresql+psycopg2://sluice:{self.secret['postgres']}@{address}/{lake.database}",
            warehouse=lake.warehouse,
            init_catalog_tables="false",
            **{
                "s3.endpoint": f"http://127.0.0.1:{self.s3_port}",
                "s3.access-key-id": self.secret["s3-access"],
                "s3.secret-access-key": self.secret["s3-secret"],
                "s3.region": "eu-central-1",
            },
        )

    def bucket(self) -> S3FileSystem:
        """The S3 server through a client that is not ours."""
        return S3FileSystem(
            access_key=self.secret["s3-access"],
            secret_key=self.secret["s3-secret"],
            endpoint_override=f"http://127.0.0.1:{self.s3_port}",
            region="eu-central-1",
        )

    def _connect(self, lake: Lake) -> psycopg2.extensions.connection:
        host, port = self.services.services()["postgres"]["url"].split("/")[2].split(":")
        return psycopg2.connect(
            host=host,
            port=port,
            dbname=lake.database,
            user="sluice",
            password=self.secret["postgres"],
        )

    def _write(self, name: str, text: str) -> None:
        file = self.folder / "secrets" / name
        file.touch(mode=0o600)
        file.write_text(text)

    def _s3(self) -> None:
        self.s3_port = free_port()
        settings = {
            "s3proxy.endpoint": f"http://127.0.0.1:{self.s3_port}",
            "s3proxy.authorization": "aws-v2-or-v4",
            "s3proxy.identity": self.secret["s3-access"],
            "s3proxy.credential": self.secret["s3-secret"],
            "s3proxy.bucket-locator.1": "*",
            "jclouds.provider": "filesystem-nio2",
            "jclouds.identity": "unused",
            "jclouds.credential": "unused",
            "jclouds.filesystem.basedir": str(self.folder / "s3"),
        }
        self._write("s3proxy.properties", "".join(f"{k}={v}\n" for k, v in settings.items()))
        here = ROOT / "infra" / "object-store"
        self._java(
            "s3",
            "-Xmx256m",
            f"-Dlogback.configurationFile={here / 'logback.xml'}",
            *("-cp", (here / "target" / "classpath").read_text().strip()),
            "org.gaul.s3proxy.Main",
            *("--properties", str(self.folder / "secrets" / "s3proxy.properties")),
        )

    def _keys(self) -> None:
        privacy = ROOT / "catalog" / "privacy" / "target"
        classes = f"{privacy}/test-classes:{privacy}/classes"
        self._java(
            "keys",
            "-Xmx64m",
            *("-cp", f"{classes}:{(ROOT / 'pipelines/target/classpath').read_text().strip()}"),
            "dev.sluice.catalog.privacy.TransitServer",
            *(str(self.folder / "keys-address"), str(self.folder / "secrets" / "keys-token")),
            *("sluice-city", "sluice-airports"),
        )

    def _spark(self, name: str, main: str, *arguments: str) -> None:
        jars = self.folder / "spark" / "jars"
        self._java(name, "-Xmx256m", *jvm_opens().split(), "-cp", f"{jars}/*", main, *arguments)

    def _java(self, name: str, *arguments: str) -> None:
        with (self.folder / "logs" / f"{name}.log").open("a") as log:
            self.processes[name] = subprocess.Popen(
                [java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *arguments],
                env=self.environment(),
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
