"""Starts local-bigquery so that it needs no network and never outlives its parent.

DuckDB looks for its extensions in HOME and would download what it misses; the wheels of
the locked requirements carry the files, so they are copied there first. The parent holds
standard input open; when it closes, the parent is gone, and so is the emulator.
"""

import importlib.util
import os
import pathlib
import shutil
import signal
import sys
import threading

EXTENSIONS = ("icu", "ducklake", "spatial")


def extension_folder() -> pathlib.Path:
    """The folder under HOME in which this DuckDB looks for extensions."""
    import duckdb

    platform = duckdb.sql("PRAGMA platform").fetchone()[0]
    version = f"v{duckdb.__version__}"
    return pathlib.Path.home() / ".duckdb" / "extensions" / version / platform


def copy_extensions(target: pathlib.Path) -> None:
    """Copies each extension that is not there yet, whole or not at all."""
    target.mkdir(parents=True, exist_ok=True)
    for name in EXTENSIONS:
        file = target / f"{name}.duckdb_extension"
        if file.exists():
            continue
        spec = importlib.util.find_spec(f"duckdb_extension_{name}")
        if spec is None or spec.origin is None:
            sys.exit(f"The package duckdb-extension-{name} is missing; remove .venv beside serve.py and start again")
        package = pathlib.Path(spec.origin).parent
        found = sorted(package.glob(f"extensions/{target.parent.name}/**/{file.name}"))
        if not found:
            sys.exit(f"{package} has no {name} extension for DuckDB {target.parent.name}")
        part = file.with_suffix(".part")
        try:
            part.unlink(missing_ok=True)
            os.link(found[0], part)
        except OSError:
            shutil.copyfile(found[0], part)
        part.rename(file)


def end_with_parent() -> None:
    """Asks this process to stop as soon as standard input closes."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="end-with-parent", daemon=True).start()


def use_one_thread() -> None:
    """Lets DuckDB answer with one thread: a small query costs less CPU time than with several."""
    import duckdb

    connect = duckdb.connect
    duckdb.connect = lambda *args, config=None, **more: connect(
        *args, config={"threads": 1, **(config or {})}, **more
    )


def main() -> None:
    end_with_parent()
    copy_extensions(extension_folder())
    use_one_thread()
    from local_bigquery import cli

    cli.main(["serve", *sys.argv[1:]])


if __name__ == "__main__":
    main()
