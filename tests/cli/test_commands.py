"""The commands as a person calls them: in a process of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MAIN = "import sys; from uscuba_kg.cli.main import main; sys.exit(main())"
TEXT = (
    "HAVANA, Nov. 15, 2022 - Officials of the United States and Cuba met in Havana on Tuesday for migration talks. "
    "The Cuban delegation was led by Deputy Foreign Minister Carlos Fernández de Cossío.\n"
)
OTHER = "The United States and Cuba held migration talks in Washington on April 21, 2022, said Ned Price.\n"


def run(
    *args: str, cwd: Path, stdin: bytes = b"", seed: str = "0"
) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", MAIN, *args],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=env,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(TEXT, encoding="utf-8")
    (articles / "b.md").write_text(
        f"---\ntitle: Talks\npublished: 2022-04-22\n---\n{OTHER}", encoding="utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "annotate",
        "build",
        "diff",
        "explain",
        "funnel",
        "plot",
        "query",
        "rules",
        "score",
        "validate",
    ],
)
def test_help_has_examples(command: str, tmp_path: Path) -> None:
    done = run(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    examples = lines[lines.index("Examples:") + 1 :]
    examples = examples[: examples.index("")]
    assert len(examples) >= 2
    assert all(re.match(rf"  (curl .* \| )?uscuba-kg {command}\b", line) for line in examples)


def test_the_help_of_all_has_examples(tmp_path: Path) -> None:
    shown = run("--help", cwd=tmp_path).stdout.decode()
    assert "\n  uscuba-kg query who-met-whom          a named question\n" in shown
    assert "\\b" not in shown


def test_a_build_with_kept_readings_writes_the_same_bytes(folder: Path) -> None:
    graphs = []
    for options in (["--no-check"], ["--cache", "kept"], ["--cache", "kept", "--no-check"]):
        done = run("build", "articles", *options, cwd=folder)
        assert (done.returncode, done.stderr) == (0, b"")
        assert (b"shapes" in done.stdout) == ("--no-check" not in options)
        graphs.append((folder / "graph.ttl").read_bytes())
    assert len(set(graphs)) == 1
    assert len(list((folder / "kept").rglob("*.kept"))) == 4


def test_a_graph_brought_up_to_date_tells_the_same_as_one_made_at_once(folder: Path) -> None:
    told = []
    for options in ([], ["--cache", "kept"], ["--cache", "kept"]):
        done = run("build", "articles", "--json", *options, cwd=folder)
        assert (done.returncode, done.stderr) == (0, b"")
        told.append(json.loads(done.stdout))
    assert len(told[0]["table"]) == 2
    assert told[0] == told[1] == told[2]
    for path in (folder / "articles").iterdir():
        path.write_text("Nothing here.")
    before = (folder / "graph.ttl").read_bytes()
    (folder / "articles" / "a.txt").unlink()
    (folder / "articles" / "b.md").write_text("\n")
    assert run("build", "articles", "--cache", "kept", cwd=folder).returncode == 1
    assert (folder / "graph.ttl").read_bytes() == before


def test_the_version_is_told(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout.startswith(b"uscuba-kg, version ")


def test_build_then_ask_explain_and_validate(folder: Path) -> None:
    built = run("build", "articles", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert b"2 articles: 2 meetings" in built.stdout
    assert b"conforms to its shapes" in built.stdout
    asked = run("query", "meetings-in-order", "--format", "csv", cwd=folder)
    assert [line.split(b",")[0] for line in asked.stdout.splitlines()] == [
        b"date",
        b"2022-04-21",
        b"2022-11-15",
    ]
    explained = run("explain", "migration-talks-2022-11-15", cwd=folder)
    assert b"met in [Havana] on Tuesday" in explained.stdout
    assert run("validate", "graph.ttl", cwd=folder).returncode == 0


def test_the_summary_for_machines(folder: Path) -> None:
    summary = json.loads(run("build", "articles", "--json", cwd=folder).stdout)
    assert (summary["articles"], summary["meetings"], summary["conforms"]) == (2, 2, True)
    assert [row["date"] for row in summary["table"]] == ["2022-04-21", "2022-11-15"]


def test_quiet_says_nothing_and_stdin_is_read(tmp_path: Path) -> None:
    done = run("build", "-", "--quiet", "--output", "one.nt", cwd=tmp_path, stdin=TEXT.encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert b"migration-talks-2022-11-15" in (tmp_path / "one.nt").read_bytes()


def test_the_same_bytes_for_any_order_workers_and_hash_seed(folder: Path) -> None:
    for number in range(20):
        text = OTHER.replace("April 21", f"April {number + 1}")
        (folder / "articles" / f"n{number}.txt").write_text(text, encoding="utf-8")
    files = sorted(str(p) for p in (folder / "articles").iterdir())
    graphs = set()
    for number, (order, jobs) in enumerate(
        [(files, 1), (files[::-1], 1), (files, 2), (files[::-1], 2)]
    ):
        output = folder / f"{number}.ttl"
        done = run(
            "build",
            *order,
            "--jobs",
            str(jobs),
            "--quiet",
            "--output",
            str(output),
            cwd=folder,
            seed=str(number),
        )
        assert done.returncode == 0, done.stderr
        graphs.add(output.read_bytes())
    assert len(graphs) == 1


BAD = {
    "empty.txt": (b"", "empty"),
    "rubbish.txt": (bytes(range(256)) * 20, "not-text"),
    "front.md": (
        b"---\ntitle: [broken\n---\nOfficials of the United States and Cuba met.\n",
        "front-matter",
    ),
    "latin.txt": (TEXT.encode("cp1252"), "encoding"),
    "line.jsonl": (b'{"text": "broken\n', "json"),
}


def test_bad_articles_are_told_and_the_others_go_through(folder: Path) -> None:
    for name, (content, _) in BAD.items():
        (folder / "articles" / name).write_bytes(content)
    summary = json.loads(run("build", "articles", "--json", cwd=folder).stdout)
    told = {
        (
            Path(
                i["source"].split("#")[0].rsplit(":", 1)[0]
                if ".jsonl:" in i["source"]
                else i["source"]
            ).name,
            i["code"],
        )
        for i in summary["issues"]
    }
    assert {(name, code) for name, (_, code) in BAD.items()} <= told
    assert summary["meetings"] >= 2


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["build", "no-such-file.txt"], "no-such-file.txt"),
        (["build", "articles", "--output", "graph.doc"], "no format has the ending"),
        (["build", "articles", "--output", "nowhere/graph.ttl"], "does not exist"),
        (["validate", "no-such-graph.ttl"], "no-such-graph.ttl"),
        (["query", "ASK {}", "--graph", "no-such-graph.ttl"], "uscuba-kg build"),
        (["query", "no-such-question"], "--list"),
        (["query", "--list", "--language", "xx"], "take en or es"),
        (["explain", "x", "--graph", "no-such-graph.ttl"], "uscuba-kg build"),
        (["build", "--no-such-option"], "No such option"),
    ],
)
def test_misuse_is_one_clear_message(folder: Path, args: list[str], words: str) -> None:
    done = run(*args, cwd=folder)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_an_output_that_fails_leaves_the_old_graph(folder: Path) -> None:
    (folder / "graph.ttl").write_text("the old graph", encoding="utf-8")
    assert run("build", "no-such-file.txt", cwd=folder).returncode == 2
    assert (folder / "graph.ttl").read_text(encoding="utf-8") == "the old graph"


def test_a_disk_that_fills_up_leaves_the_old_graph(folder: Path) -> None:
    (folder / "graph.ttl").write_text("the old graph", encoding="utf-8")
    small = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); {MAIN}"
    done = subprocess.run(
        [sys.executable, "-B", "-c", small, "build", "articles"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "graph.ttl").read_text(encoding="utf-8") == "the old graph"
    assert sorted(p.name for p in folder.iterdir()) == ["articles", "graph.ttl"]


def test_the_list_of_questions_and_every_format(folder: Path) -> None:
    run("build", "articles", "--quiet", cwd=folder)
    listed = run("query", "--list", cwd=folder).stdout.decode().splitlines()
    assert len([line for line in listed if line.startswith("  ")]) >= 70
    name = "delegation-leaders"
    assert any(line.startswith(f"  {name} ") for line in listed)
    assert listed[0] == "Meetings"
    spanish = run("query", "--list", "--language", "es", cwd=folder).stdout.decode().splitlines()
    assert spanish[0] == "Encuentros"
    assert max(map(len, [*listed, *spanish])) <= 100
    answers = {
        form: run("query", name, "--format", form, cwd=folder).stdout.decode()
        for form in ("table", "csv", "tsv", "json")
    }
    assert json.loads(answers["json"])
    for answer in answers.values():
        assert "Carlos Fernández de Cossío" in answer


@pytest.mark.parametrize("ending", [".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf"])
def test_every_format_that_is_written_can_be_asked(folder: Path, ending: str) -> None:
    graph = f"kg{ending}"
    assert run("build", "articles/a.txt", "--quiet", "--output", graph, cwd=folder).returncode == 0
    done = run("query", "ASK { ?m a uscuba:Meeting }", "--graph", graph, cwd=folder)
    assert done.stdout.strip() == b"yes", done.stderr


def test_a_graph_that_breaks_its_shapes_is_exit_code_1(folder: Path) -> None:
    run("build", "articles", "--quiet", cwd=folder)
    graph = folder / "graph.ttl"
    graph.write_text(
        graph.read_text(encoding="utf-8").replace(
            "uscuba:status uscuba:Held", "uscuba:status uscuba:Chair"
        ),
        encoding="utf-8",
    )
    done = run("validate", cwd=folder)
    assert done.returncode == 1
    assert b"Say exactly once whether the meeting was held" in done.stdout


def test_mentions_are_lines_of_json(folder: Path) -> None:
    done = run("annotate", "articles/a.txt", cwd=folder)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"kind", "start", "end", "surface", "value", "entity"} == set(lines[0])
    assert all(TEXT[m["start"] : m["end"]] == m["surface"] for m in lines)
    assert ("person", "carlos-fernandez-de-cossio") in {(m["kind"], m["entity"]) for m in lines}
    assert b"\x1b[" in run("annotate", "articles/a.txt", "--color", cwd=folder).stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("args", [["--help"], ["build", "a.txt"], ["annotate", "a.txt"]])
def test_a_full_standard_output_is_one_clear_message(tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", MAIN, *args], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "uscuba-kg: standard output: No space left on device\n"


def test_a_terminal_without_accents_gets_question_marks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "120"}
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "build", "a.txt"], cwd=tmp_path, env=env, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert b"Carlos Fern?ndez" in done.stdout


def test_sparql_needs_no_brace_and_a_bad_file_is_told(folder: Path) -> None:
    run("build", "articles", "--quiet", cwd=folder)
    described = run("query", "describe <https://w3id.org/uscuba-kg/id/state/cuba>", cwd=folder)
    assert b'"Cuba"@en' in described.stdout, described.stderr
    (folder / "latin.rq").write_bytes(b"# caf\xe9\nASK {}")
    done = run("query", "latin.rq", cwd=folder)
    assert (done.returncode, done.stderr) == (
        2,
        b"uscuba-kg: latin.rq: this is not UTF-8\nSave the query as UTF-8.\n",
    )


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("query who-m", "plain,who-met-whom"),
        ("query mine.r", "file,mine.r"),
        ("build art", "file,art"),
        ("annotate art", "file,art"),
        ("bui", "plain,build"),
    ],
)
def test_the_shell_completes(tmp_path: Path, words: str, wanted: str) -> None:
    env = {
        **os.environ,
        "COMP_WORDS": f"uscuba-kg {words}",
        "COMP_CWORD": str(len(words.split())),
        "_USCUBA_KG_COMPLETE": "bash_complete",
    }
    program = f"import sys; sys.argv[0] = 'uscuba-kg'; {MAIN}"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=env, capture_output=True
    )
    assert done.stdout.decode().strip() == wanted, done.stderr


def test_a_text_without_words_is_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    done = run("annotate", "a.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"a.txt: ")


def test_articles_about_something_else_are_counted_and_no_error(folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"Springfield's mayor met the governor on Monday, {name} said.")
    done = run("build", "articles", "a.txt", "b.txt", cwd=folder)
    assert done.returncode == 0
    assert "Note, not-about-cuba: 2 articles not read, Cuba named nowhere." in done.stdout.decode()


def test_what_cannot_be_read_is_told_by_name_and_the_others_go_through(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "rubbish.txt").write_bytes(bytes(range(256)) * 20)
    args = ["build", "articles", "empty.txt", "rubbish.txt", "gone.txt"]
    done = run(*args, cwd=folder)
    told = done.stdout.decode()
    assert done.returncode == 2
    assert "2 articles: 2 meetings" in told
    for name in ("empty.txt", "rubbish.txt", "gone.txt"):
        assert re.search(
            rf"^Note, [a-z-]+: {name}: it .+|^Note, [a-z-]+: {name}: there .+", told, re.M
        )
    assert run("validate", cwd=folder).returncode == 0
    quiet = run(*args, "--quiet", cwd=folder)
    assert (quiet.returncode, quiet.stdout) == (2, b"")
    assert [line.split(": ")[1] for line in quiet.stderr.decode().splitlines()] == [
        "empty.txt",
        "rubbish.txt",
        "gone.txt",
    ]


def test_where_nothing_can_be_read_the_old_graph_stays(folder: Path) -> None:
    (folder / "graph.ttl").write_text("the old graph", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    done = run("build", "empty.txt", cwd=folder)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().splitlines() == [
        "uscuba-kg: empty.txt: it holds no text; leave it out or fill it.",
        "uscuba-kg: no article could be read; graph.ttl is left as it was.",
    ]
    told = json.loads(run("build", "empty.txt", "--json", cwd=folder).stdout)
    assert (told["output"], told["articles"], len(told["issues"])) == (None, 0, 1)
    assert (folder / "graph.ttl").read_text(encoding="utf-8") == "the old graph"


@pytest.mark.parametrize("width", [50, 80, 100, 160])
def test_the_table_breaks_no_word_on_any_screen(folder: Path, width: int) -> None:
    text = (
        "HAVANA, April 21, 2022 - The United States and Cuba held migration talks in Washington on "
        "Thursday. The delegations discussed counterterrorism, counternarcotics and cybersecurity."
    )
    (folder / "a.txt").write_text(text, encoding="utf-8")
    env = {**os.environ, "COLUMNS": str(width), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "build", "a.txt"], cwd=folder, env=env, capture_output=True
    )
    shown = done.stdout.decode()
    assert all(len(line) <= width for line in shown.split("1 article: 1 meeting,")[0].splitlines())
    assert {"counterterrorism", "counternarcotics"} <= set(re.findall(r"\w+", shown)), shown


def test_every_kind_in_the_legend_is_in_the_colours_of_the_text(tmp_path: Path) -> None:
    text = "The United States and Cuba spoke of deportation flights. “It was a good talk,” he said."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    shown = run("annotate", "a.txt", "--color", cwd=tmp_path).stdout.decode()
    body, legend = shown.rstrip("\n").rsplit("\n", 1)
    painted = dict(re.findall(r"((?:\x1b\[\d+m)+)([^\x1b]+)", body))
    assert {"deportation flights", "It was a good talk,"} <= set(painted.values())
    named = dict(re.findall(r"((?:\x1b\[\d+m)+)([a-z]+)", legend))
    assert {"topic", "quotation", "state"} <= set(named.values())
    assert set(painted) - {"\x1b[0m"} <= set(named)
    assert "agreement" not in named.values()
    assert re.sub(r"\x1b\[\d+m", "", body).rstrip() == text


@pytest.mark.parametrize(
    ("old", "new", "fail_on", "code"),
    [
        ("both.ttl", "one.nt", "never", 0),
        ("both.ttl", "one.nt", "lost", 1),
        ("one.nt", "both.ttl", "lost", 0),
        ("one.nt", "both.ttl", "any", 1),
        ("one.nt", "one.nt", "any", 0),
        ("one.nt", "none.ttl", "never", 2),
    ],
)
def test_a_difference_can_fail_a_build(
    folder: Path, old: str, new: str, fail_on: str, code: int
) -> None:
    for name, *inputs in (("both.ttl", "articles"), ("one.nt", "articles/a.txt")):
        assert run("build", *inputs, "-q", "-o", name, cwd=folder).returncode == 0
    done = run("diff", old, new, "--fail-on", fail_on, cwd=folder)
    assert done.returncode == code, done.stderr
    assert (done.stdout == b"") == (code == 2)
    assert (b"none.ttl" in done.stderr) == (code == 2)


def test_a_build_heeds_what_people_judged(folder: Path) -> None:
    (folder / "j.csv").write_text(
        "verdict,one,other,reason\n"
        "same,meeting/migration-talks-2022-04-21,meeting/nowhere-1999,a test\n"
        "same,person/nobody,person/no-one,a test\n",
        encoding="utf-8",
    )
    done = run("build", "articles", "--judgements", "j.csv", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"idle-judgement") == 3
    assert b"Judged the same as" in (folder / "graph.ttl").read_bytes()
    (folder / "j.csv").write_text("verdict,one\nsame,meeting/a\n", encoding="utf-8")
    done = run("build", "articles", "--judgements", "j.csv", cwd=folder)
    assert done.returncode == 2
    assert b"j.csv" in done.stderr


GOLD = Path(__file__).parents[1] / "score" / "cases"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """One annotated article, in a folder of its own."""
    place = tmp_path / "gold" / "en"
    place.mkdir(parents=True)
    (place / "names.json").write_bytes((GOLD / "names.json").read_bytes())
    (place / "names.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_score_shows_a_table_or_gives_json(gold: Path) -> None:
    shown = run("score", "gold", cwd=gold)
    lines = shown.stdout.decode().splitlines()
    assert shown.returncode == 0
    assert lines[0].split() == ["slot", "P", "R", "F1", "tp", "fp", "fn"]
    assert len(lines) == 19
    assert lines[-1] == "1 article"
    told = json.loads(run("score", "gold", "--json", "-", cwd=gold).stdout)
    assert sorted(told) == ["articles", "failed", "slots"]
    assert told["slots"]["meeting"].keys() == {"precision", "recall", "f1", "tp", "fp", "fn"}
    to_file = run("score", "gold/en/names.json", "--errors", "--json", "f.json", cwd=gold)
    assert to_file.stdout.decode().startswith("names  F1 ")
    assert json.loads((gold / "f.json").read_text(encoding="utf-8")) == told


def test_score_of_a_half_takes_its_articles_alone(gold: Path) -> None:
    counts = [
        run("score", "gold", "--half", half, cwd=gold).stdout.decode().splitlines()[-1]
        for half in ("0", "1")
    ]
    assert sorted(counts) == ["0 articles", "1 article"]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda p: (p / "names.json").unlink(), "gold: there are no annotated articles here"),
        (
            lambda p: (p / "names.txt").unlink(),
            "names.json: the text of this annotation is missing",
        ),
        (lambda p: (p / "names.json").write_text("{"), "names.json: not an annotation: "),
        (lambda p: (p / "names.json").write_bytes(b'"\xff"'), "names.json: "),
        (
            lambda p: (p / "names.json").write_text('{"article": 1}'),
            "names.json: not an annotation: Expected `object`, got `int` - at `$.article`",
        ),
    ],
)
def test_score_says_what_is_wrong_with_annotations(
    gold: Path, spoil: Callable[[Path], object], told: str
) -> None:
    spoil(gold / "gold" / "en")
    done = run("score", "gold", cwd=gold)
    assert (done.returncode, done.stdout) == (2, b"")
    message, remedy = done.stderr.decode().splitlines()
    assert told in message
    assert remedy.endswith(".")


def test_score_tells_of_an_article_that_gives_no_graph(gold: Path) -> None:
    (gold / "gold" / "en" / "names.txt").write_text(" \n", encoding="utf-8")
    done = run("score", "gold", cwd=gold)
    assert done.returncode == 1
    assert "no graph for gold" in done.stderr.decode()
    assert run("score", "nowhere", cwd=gold).returncode == 2
    assert run("score", "gold", "--json", "no/such/folder.json", cwd=gold).returncode == 2


def test_rules_lists_what_fired_and_what_never_did(gold: Path) -> None:
    shown = run("rules", "gold", cwd=gold).stdout.decode().splitlines()
    assert shown[0].split() == ["rule", "pack", "kind", "fired", "articles", "facts", "right"]
    fired = [int(line.split()[3]) for line in shown[1:]]
    assert fired == sorted(fired, reverse=True)
    never = run("rules", "gold", "--never", cwd=gold).stdout.decode().splitlines()[1:]
    assert never == [line for line in shown[1:] if line.split()[3] == "0"]
    (told, *_) = json.loads(run("rules", str(gold / "gold"), "--json", cwd=gold).stdout)
    assert set(told) == {
        "rule", "pack", "kind", "fired", "articles", "facts", "confirmed", "precision",
    }  # fmt: skip
    assert run("rules", "nowhere", cwd=gold).returncode == 2


def test_build_takes_inputs_from_a_list(folder: Path) -> None:
    (folder / "articles" / "a b.txt").write_text(OTHER, encoding="utf-8")
    listed = b"articles/a.txt\n\narticles/a b.txt\n"
    done = run("build", "--list", "-", "-o", "kg.nt", "--json", cwd=folder, stdin=listed)
    assert json.loads(done.stdout)["articles"] == 2
    done = run("build", "--list", "-", cwd=folder, stdin=b"\n")
    assert (done.returncode, done.stdout) == (2, b"")
    assert not (folder / "graph.ttl").exists()


def test_parts_that_others_read_are_built_together(folder: Path) -> None:
    for n in range(5):
        (folder / "articles" / f"more{n}.txt").write_text(f"{TEXT}No. {n}.\n", encoding="utf-8")
    shared = ["build", "articles", "--cache", ".kept", "--no-check"]
    for part in ("2/3", "1/3", "3/3"):
        told = run(*shared, "--part", part, cwd=folder)
        assert told.returncode == 0, told.stderr
        assert not (folder / "graph.ttl").exists()
    kept = {p.name: p.stat().st_mtime_ns for p in folder.glob(".kept/*/*.kept")}
    assert len(kept) == 7
    assert run(*shared, cwd=folder).returncode == 0
    now = {p.name: p.stat().st_mtime_ns for p in folder.glob(".kept/*/*.kept")}
    assert {name: now[name] for name in kept} == kept  # nothing was read again
    together = (folder / "graph.ttl").read_bytes()
    assert run("build", "articles", "--no-check", cwd=folder).returncode == 0
    assert (folder / "graph.ttl").read_bytes() == together


@pytest.mark.parametrize("part", ["0/3", "4/3", "3", "a/b", "1/3/5"])
def test_a_part_that_is_none_is_told(folder: Path, part: str) -> None:
    told = run("build", "articles", "--cache", ".kept", "--part", part, cwd=folder)
    assert told.returncode == 2
    assert b"is no part such as 3/16" in told.stderr


def test_a_part_needs_a_place_to_be_kept_in(folder: Path) -> None:
    assert run("build", "articles", "--part", "1/2", cwd=folder).returncode == 2
