"""The launcher where it starts no Java: what it refuses and what it says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from verbs import ROOT


def launcher(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(ROOT / "sluice"), *words], capture_output=True, text=True)


@pytest.mark.parametrize("end", ["", "/", "//", "/."])
def test_dist_leaves_a_folder_that_it_did_not_make(tmp_path: Path, end: str) -> None:
    precious = tmp_path / "opt" / "precious"
    precious.parent.mkdir()
    precious.write_text("mine")

    refused = launcher("dist", f"{precious.parent}{end}")

    assert refused.returncode == 64
    assert "sluice.jar" in refused.stderr
    assert precious.read_text() == "mine"


@pytest.mark.parametrize("words", [["--verbose"], ["-x"], ["/", "/"], ["/"]], ids=" ".join)
def test_dist_refuses_what_is_no_folder(words: list[str]) -> None:
    refused = launcher("dist", *words)

    assert refused.returncode == 64
    assert "dist" in refused.stderr


def test_dist_has_help() -> None:
    shown = launcher("dist", "--help")

    assert shown.returncode == 0
    assert "FOLDER" in shown.stdout


def test_without_words_it_names_every_verb() -> None:
    code = ROOT / "pipelines" / "src" / "main" / "java" / "dev" / "sluice" / "pipelines" / "cli"
    text = (code / "Sluice.java").read_text()
    classes = re.findall(r"^ {6}(\w+)\.class,?$", text, re.MULTILINE)
    named = (
        re.search(r'name = "([\w-]+)"', (code / f"{each}.java").read_text())
        for each in classes
        if each != "HelpCommand"
    )
    verbs = {found.group(1) for found in named if found}

    listed = launcher().stdout.split("Verbs:")[1].split("\n\n")[0].split()

    assert "backfill" in verbs
    assert verbs | {"airflow", "prepare", "dist", "test"} == set(listed)
