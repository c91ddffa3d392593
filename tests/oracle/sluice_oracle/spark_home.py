"""A Spark distribution made from the jars that the build knows."""

from __future__ import annotations

from pathlib import Path

from .processes import ROOT, java


def make_spark_home(folder: Path) -> None:
    """A folder that looks like a Spark distribution, made of links."""
    jars = folder / "jars"
    jars.mkdir(parents=True)
    for jar in (ROOT / "infra/cluster/target/classpath").read_text().strip().split(":"):
        (jars / Path(jar).name).symlink_to(jar)
    (folder / "RELEASE").touch()
    submit = folder / "bin" / "spark-submit"
    submit.parent.mkdir()
    # as spark-class does: Spark's launcher prints an empty line, then the command to run, its
    # parts ended by NUL
    submit.write_text(
        f"""#!/usr/bin/env bash
        command=()
        {{ read -r; while IFS= read -r -d '' part; do command+=("$part"); done; }} < <(
          "{java()}" -Xmx128m -cp "{jars}/*" org.apache.spark.launcher.Main \\
            org.apache.spark.deploy.SparkSubmit "$@")
        exec "${{command[@]}}"
        """
    )
    submit.chmod(0o755)
