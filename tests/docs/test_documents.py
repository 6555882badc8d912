"""What the documents show is executed: consoles command by command, Python block by block."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MAIN = f"{sys.executable} -c 'from uscuba_kg.cli.main import main; main()'"


def blocks(kind: str) -> list[tuple[str, str]]:
    return [
        (d.name, text)
        for d in DOCUMENTS
        for k, text in BLOCK.findall(d.read_text(encoding="utf-8"))
        if k == kind
    ]


def sample() -> str:
    (text,) = [t for _, t in blocks("console") if t.startswith("$ cat talks.txt")]
    return text.split("\n$ ")[0].removeprefix("$ cat talks.txt\n") + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("console")
    (place / "talks.txt").write_text(sample(), encoding="utf-8")
    return place


def test_every_console_session_is_what_happens(folder: Path) -> None:
    commands = 0
    for name, text in blocks("console"):
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, _, wanted = part.partition("\n")
            if command.startswith("cat "):
                continue
            env = {**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
            line = re.sub(r"^uscuba-kg", MAIN.replace("\\", "\\\\"), command)
            done = subprocess.run(
                line, shell=True, cwd=folder, capture_output=True, text=True, env=env, check=False
            )
            shown = "\n".join(row.rstrip() for row in done.stdout.rstrip("\n").split("\n"))
            assert shown == wanted.rstrip("\n"), f"{name}: {command}\n{done.stderr}"
            commands += 1
    assert commands >= 3


def test_every_python_block_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    found = blocks("python")
    assert len(found) >= 2
    for name, text in found:
        exec(compile(text, name, "exec"), {})
    assert "True True" in capsys.readouterr().out


def test_every_link_leads_somewhere() -> None:
    links = 0
    for document in [*DOCUMENTS, *sorted((ROOT / "docs" / "decisions").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"
                links += 1
    assert links >= 10


def test_every_command_is_in_the_readme() -> None:
    from uscuba_kg.cli.main import cli

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in cli.list_commands(None):  # type: ignore[arg-type]
        assert f"uscuba-kg {command}" in readme
