"""The page of shapes is the one that the shapes give, and what the page on validation offers to CI works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from uscuba_kg.check.shape_table import page

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "tests" / "shapes" / "base.ttl"
BIN = Path(sys.executable).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    good = BASE.read_text(encoding="utf-8")
    (tmp_path / "good.ttl").write_text(good, encoding="utf-8")
    bad = good.replace("    uscuba:role uscuba:Chair ;", "    uscuba:role uscuba:Held ;")
    (tmp_path / "bad.ttl").write_text(bad, encoding="utf-8")
    return tmp_path


def shell(script: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", script], cwd=cwd, env={**os.environ, "PATH": path, **env}, capture_output=True, text=True
    )  # fmt: skip


def test_the_page_of_shapes_is_up_to_date() -> None:
    assert (ROOT / "docs" / "shapes.md").read_text(encoding="utf-8") == page()


def test_the_steps_of_the_action_run(folder: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    _, step = action["runs"]["steps"]
    given = {name: str(said.get("default", "")) for name, said in action["inputs"].items()}
    for graph, code in (("good.ttl", 0), ("bad.ttl", 1), ("none.ttl", 2)):
        values = {**given, "graph": graph, "options": "--vocabulary\n", "sarif": "found.sarif"}
        env = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m, v=values: v[m[1]], text)
            for name, text in step["env"].items()
        }
        for file in ("summary.md", "output"):
            (folder / file).write_text("", encoding="utf-8")
        done = shell(
            step["run"], folder, **env,
            GITHUB_STEP_SUMMARY=str(folder / "summary.md"), GITHUB_OUTPUT=str(folder / "output"),
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert ("::error file=bad.ttl,line=" in done.stdout) is (code == 1)
        conforms = {0: "conforms=true\n", 1: "conforms=false\n", 2: ""}[code]
        assert (folder / "output").read_text(encoding="utf-8") == conforms
        assert (folder / "summary.md").read_text(encoding="utf-8").startswith("## ") is (code < 2)
    assert '"2.1.0"' in (folder / "found.sarif").read_text(encoding="utf-8")


def test_the_hook_runs_through_pre_commit(folder: Path) -> None:
    """On a local repository, with the command as it is installed: an environment of its own would need a network."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["language"] == "python"
    config = {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system"}]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    setup = "git init -q . && git add .pre-commit-config.yaml "
    run = f"{sys.executable} -m pre_commit run"
    home = str(folder / "home")
    good = shell(f"{setup} good.ttl && {run}", folder, PRE_COMMIT_HOME=home)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stdout
    bad = shell(
        f"git rm -q --cached good.ttl && git add bad.ttl && {run}", folder, PRE_COMMIT_HOME=home
    )
    assert bad.returncode == 1
    assert "Give exactly one role" in bad.stdout


def test_the_lines_for_gitlab_run(folder: Path) -> None:
    text = (ROOT / "docs" / "validate.md").read_text(encoding="utf-8")
    (block,) = [b for b in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "artifacts:" in b]
    (job,) = yaml.safe_load(block).values()
    (folder / "graph.ttl").write_text(
        (folder / "bad.ttl").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert shell(job["script"][1], folder).returncode == 1
    assert (folder / job["artifacts"]["reports"]["junit"]).read_bytes().startswith(b"<?xml")
