"""Competency questions with floors: a graph that gives fewer rows has lost something."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from uscuba_kg.check.beyond.said import said
from uscuba_kg.check.engine.asking import Asker, BadQueryError, Question
from uscuba_kg.errors import InputError, QueryError
from uscuba_kg.model import Finding
from uscuba_kg.rdf.sparql import check_query
from uscuba_kg.rdf.vocab import PREFIXES
from uscuba_kg.resources import ontology_dir

_SHAPE = "questions"


def read_floors(path: Path) -> Mapping[str, int]:
    """Read a TOML file of questions with the least number of rows each must give.

    A key is the name of a question of the project, or the place of a ``.rq`` file beside the TOML
    file. Raises InputError.
    """
    try:
        said_there = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(error.strerror or str(error), place=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not well-formed: {error}", place=str(path)) from error
    for name, floor in said_there.items():
        if not isinstance(floor, int) or isinstance(floor, bool) or floor < 0:
            raise InputError(
                f"{name!r} needs a number of rows, not {floor!r}",
                place=str(path),
                remedy='Write lines such as: "who-met-whom" = 10',
            )
    return said_there


def check_questions(floors: Mapping[str, int], folder: Path, asker: Asker) -> Iterator[Finding]:
    """Give a violation for each question with fewer rows than its floor; an ASK that is true counts 1.

    The asker is closed at the end. Raises QueryError for a question that is not there or not
    well-formed.
    """
    try:
        for name, floor in floors.items():
            query = _query(name, folder)
            check_query(query)
            asker.begin(Question(query, dict(PREFIXES)))
            try:
                answer = asker.answer()
            except BadQueryError as error:
                raise QueryError(str(error), place=name) from error
            rows = int(answer) if isinstance(answer, bool) else len(answer)
            if rows < floor:
                yield Finding(
                    "violation", _SHAPE, "TooFewRows", name, "", f"{rows} < {floor}",
                    said("TooFewRows"),
                )  # fmt: skip
    finally:
        asker.close()


def _query(name: str, folder: Path) -> str:
    own = name.endswith(".rq")
    path = folder / name if own else ontology_dir() / "questions" / f"{name}.rq"
    if not own and ("/" in name or not path.is_file()):
        raise QueryError(
            f"there is no question {name!r}", remedy="See them with: uscuba-kg query --list"
        )
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise QueryError(error.strerror or str(error), place=str(path)) from error
