"""Whatever comes, goes or changes, in whatever steps: the same bytes as of all articles at once."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.frames import WORLD, article, body, day, listed, meeting, person, said
from resolve.test_order import FRAMES, PUBLISHED
from uscuba_kg import readings as kept_readings
from uscuba_kg.archiving import build_archive
from uscuba_kg.ledger import clerks, graph
from uscuba_kg.ledger.archive import Archive, Built, bring_up_to_date
from uscuba_kg.ledger.arrivals import Gists
from uscuba_kg.ledger.articles import write_article
from uscuba_kg.ledger.shelf import held
from uscuba_kg.model import (
    AgreementFrame,
    Label,
    PositionFrame,
    Reading,
    Slot,
    StatementFrame,
    UnitFrame,
)
from uscuba_kg.publish.formats import FORMATS
from uscuba_kg.rdf.emit import emit
from uscuba_kg.resolve import resolve
from uscuba_kg.resolve.gist import gist_of
from uscuba_kg.world.outlets import Outlet

WIRE = (
    "Officials of both countries sat down in a building near the harbour on Tuesday for a new round "
    "of talks on boats, visas and flights, and agreed to meet again before the end of the year. "
    "Neither side gave details of what had been said about the accords of the nineties, "
    "one meeting, and then another."
)
TEXTS = (
    WIRE,
    WIRE.replace("Tuesday", "Wednesday"),
    WIRE.replace("visas and flights", "post and mail"),
    "Of one meeting it tells, and of another.",
)  # fmt: skip
BODIES = (
    listed("minrex"), listed("state-department"), body("Office of Mail", "cuba", "unit"),
    body("the Office of Mail and Parcels", "cuba", "agency"), body("office of mail", "cuba"),
)  # fmt: skip
PEOPLE = (
    listed("josefina-vidal"), person("Elena Soto", "cuba"), person("Elena Soto Lugo"),
    person("Elena Soto Mora", "united-states"), person("Soto"), person("E. Soto Lugo", "cuba"),
)  # fmt: skip
SIGNED = st.sampled_from([None, "2022-11-15", "2022-11", "--11-15"])
WORLD_WITH_OUTLETS = msgspec.structs.replace(
    WORLD, outlets=(Outlet((Label("Granma", "es"),), ("granma.cu",), "cuba", True),)
)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """An article that tells of meetings, posts, bodies, agreements, and has somebody speak."""
    text = f"{draw(st.sampled_from(TEXTS))} No. {draw(st.integers(1, 9))}"
    told = []
    for words in ("one meeting", "another")[: draw(st.integers(0, 2))]:
        more = dict(draw(FRAMES))
        start, end = more.pop("dates")
        told.append(meeting(text, start, end, words=words, **more))
    whole, who, what = said(text), st.sampled_from(PEOPLE), st.sampled_from(BODIES)
    signed = draw(SIGNED)
    of = article(text, draw(st.sampled_from(["en", "es"])), draw(PUBLISHED))
    return Reading(
        msgspec.structs.replace(of, publisher=draw(st.sampled_from([None, "Granma"]))),
        tuple(told),
        positions=tuple(
            PositionFrame(draw(who), "Head of Mail", draw(what), whole)
            for _ in range(draw(st.integers(0, 1)))
        ),
        units=tuple(
            UnitFrame(draw(what), draw(what), whole) for _ in range(draw(st.integers(0, 1)))
        ),
        agreements=tuple(
            AgreementFrame(
                "Accord on mail", whole, draw(st.sampled_from([None, "postal-accord-2009"])),
                (Slot(draw(what), whole),) * draw(st.integers(0, 1)),
                Slot(day(signed), whole) if signed else None, draw(st.sampled_from([None, "treaty"])),
            )
            for _ in range(draw(st.integers(0, 1)))
        ),
        statements=tuple(
            StatementFrame(Slot(draw(who), whole), whole, tuple(range(len(told))))
            for _ in range(draw(st.integers(0, 1)))
        ),
    )  # fmt: skip


STEPS = st.lists(readings(), min_size=2, max_size=9).flatmap(
    lambda pool: st.lists(
        st.lists(st.sampled_from(range(len(pool))), min_size=1, unique=True), min_size=2, max_size=5
    ).map(lambda steps: [{n: pool[n] for n in step} for step in steps])
)


def rank(reading: Reading, number: int) -> tuple[bool, str, str]:
    return reading.article.published is None, "~", f"{number}.txt"


def brought_up(sources: dict[int, Reading], folder: Path, output: Path) -> Built:
    """Bring a graph up to date with readings, each of a source of its own."""
    named = {f"{n:02}": r for n, r in sources.items()}

    def fresh(names: Collection[str]) -> Iterator[Gists]:
        for name in names:
            reading = named[name]
            gist = gist_of(reading, WORLD_WITH_OUTLETS)
            yield Gists(name, ((rank(reading, int(name)), gist),), reading.issues)

    def read(name: str) -> Sequence[Reading]:
        return [named[name]]

    archive = Archive(sorted(named), fresh, read, read, lambda: WORLD_WITH_OUTLETS)
    return bring_up_to_date(archive, folder, output)


def at_once(sources: dict[int, Reading], ending: str) -> tuple[str, tuple[object, ...]]:
    """The graph of all at once, and the notes."""
    best: dict[str, tuple[object, Reading]] = {}
    for number, reading in sources.items():
        sha, key = reading.article.sha256, rank(reading, number)
        best[sha] = min(best.get(sha, (key, reading)), (key, reading), key=lambda pair: pair[0])
    knowledge = resolve((r for _, r in best.values()), WORLD_WITH_OUTLETS)
    return "".join(FORMATS[ending](emit(knowledge))), knowledge.issues


@settings(max_examples=40, deadline=None)
@given(STEPS, st.sampled_from([".ttl", ".nt"]))
def test_step_by_step_gives_the_same_bytes_as_at_once(
    steps: list[dict[int, Reading]], ending: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, output = Path(name), Path(name, f"graph{ending}")
        for sources in steps:
            built = brought_up(sources, folder, output)
            whole, issues = at_once(sources, ending)
            assert output.read_text("utf-8") == whole
            assert built.issues == issues


def texts(folder: Path, *numbers: int) -> list[str]:
    """A folder of articles in words, and what it is called."""
    for number in numbers:
        day = f"{2 + number % 20} November {1990 + number % 30}"
        (folder / f"{number:03}.txt").write_text(
            f"Officials of the United States and Cuba met in Havana on {day} for migration talks, "
            f"says note {number}.\n"
        )
    return [str(folder)]


def test_workers_write_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "WORTH_WORKERS", 1)
    (tmp_path / "articles").mkdir()
    inputs = texts(tmp_path / "articles", *range(20))
    alone, helped = tmp_path / "alone.ttl", tmp_path / "helped.ttl"
    first = build_archive(inputs, alone, tmp_path / "one")
    assert build_archive(inputs, helped, tmp_path / "other", jobs=2) == first
    assert helped.read_bytes() == alone.read_bytes()
    assert first is not None
    assert first.meetings == 20


def test_only_what_depends_on_a_change_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "articles").mkdir()
    inputs, output = texts(tmp_path / "articles", *range(8)), tmp_path / "graph.nt"
    build_archive(inputs, output, tmp_path / "cache")
    written: list[str] = []

    def noted(reading: Reading, *rest: Any) -> Any:
        written.append(Path(reading.article.source).name)
        return write_article(reading, *rest)

    monkeypatch.setattr(clerks, "write_article", noted)
    texts(tmp_path / "articles", 20)
    assert build_archive(inputs, output, tmp_path / "cache")
    assert written == ["020.txt"]
    (tmp_path / "articles" / "003.txt").unlink()
    assert build_archive(inputs, output, tmp_path / "cache")
    assert written == ["020.txt"]
    assert b"note 3" not in output.read_bytes()


DAMAGES: dict[str, Callable[[Path, Path], object]] = {
    "a bit of the ledger": lambda ledger, _: flip(ledger),
    "the ledger is cut off": lambda ledger, _: ledger.write_bytes(ledger.read_bytes()[:-1]),
    "no ledger": lambda ledger, _: ledger.unlink(),
    "no graph": lambda _, output: output.unlink(),
    "another graph": lambda _, output: output.write_text("mine"),
    "a build was killed": lambda ledger, _: ledger.with_name("new-x.kept").write_text("half"),
}


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_damaged_is_made_anew(tmp_path: Path, damage: str) -> None:
    (tmp_path / "articles").mkdir()
    inputs, output = texts(tmp_path / "articles", 1, 2, 3), tmp_path / "graph.ttl"
    build_archive(inputs, output, tmp_path / "cache")
    sound = output.read_bytes()
    (ledger,) = (tmp_path / "cache").rglob("ledger-*")
    DAMAGES[damage](ledger, output)
    build_archive(inputs, output, tmp_path / "cache")
    assert output.read_bytes() == sound
    (again,) = (tmp_path / "cache").rglob("ledger-*")
    assert again.name == f"ledger-{hashlib.sha256(again.read_bytes()).hexdigest()}.kept"
    assert not list((tmp_path / "cache").rglob("new-*"))


def test_a_change_of_the_same_length_and_time_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_readings, "_SETTLED", 0)
    (tmp_path / "articles").mkdir()
    inputs, output = texts(tmp_path / "articles", 1, 2), tmp_path / "graph.ttl"
    path = tmp_path / "articles" / "001.txt"
    build_archive(inputs, output, tmp_path / "cache")
    before = path.stat()
    path.write_text(path.read_text().replace("Havana on 3", "Havana on 9"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    build_archive(inputs, output, tmp_path / "cache")
    assert "migration-talks-1991-11-09" in output.read_text()


def test_two_builds_do_not_share_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    inputs, output = texts(tmp_path / "articles", 1, 2), tmp_path / "graph.ttl"
    build_archive(inputs, output, tmp_path / "cache")
    (ledger,) = (tmp_path / "cache").rglob("ledger-*")
    with held(ledger.parent):
        assert build_archive(inputs, output, tmp_path / "cache") is None
