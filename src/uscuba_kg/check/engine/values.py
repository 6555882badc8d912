"""Constraints that look at each value, or at how many there are (SHACL Core 4.1 to 4.5 and 4.8)."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import regex

from uscuba_kg.check.engine.literals import holds, language_fits, well_formed
from uscuba_kg.check.engine.model import Check, Constraint, Hit, Judge
from uscuba_kg.check.engine.paths import SH
from uscuba_kg.check.engine.reading import BadShapeError, ShapeNode
from uscuba_kg.check.graph.index import is_blank
from uscuba_kg.rdf.terms import Literal, Term

Fails = Callable[[Term], bool]
_SECONDS = 5.0
"""How long one pattern may look at one value."""
_FLAGS = {
    "i": regex.IGNORECASE,
    "m": regex.MULTILINE,
    "s": regex.DOTALL,
    "x": regex.VERBOSE,
    "q": 0,
}


def each(name: str, make: Callable[[Judge], Fails]) -> Constraint:
    """A constraint that looks at every value for itself."""

    def prepare(judge: Judge) -> Check:
        fails = make(judge)
        return lambda focus, values: [(value, None) for value in values if fails(value)]

    return Constraint(f"{SH}{name}ConstraintComponent", prepare)


def all_at_once(name: str, check: Check) -> Constraint:
    """A constraint on the values together, which needs nothing of the graph."""
    return Constraint(f"{SH}{name}ConstraintComponent", lambda judge: check)


def _class(node: ShapeNode) -> Iterator[Constraint]:
    for name in node.iris("class"):

        def make(judge: Judge, name: str = name) -> Fails:
            is_a = judge.graph.is_a
            return lambda value: isinstance(value, Literal) or not is_a(value, name)

        yield each("Class", make)


def _datatype(node: ShapeNode) -> Iterator[Constraint]:
    name = node.iri("datatype")
    if name is None:
        return

    def fails(value: Term) -> bool:
        return (
            not isinstance(value, Literal)
            or value.datatype != name
            or not well_formed(value.lexical, name)
        )

    yield each("Datatype", lambda judge: fails)


_KINDS: Mapping[str, str] = {
    "IRI": "I", "BlankNode": "B", "Literal": "L",
    "BlankNodeOrIRI": "BI", "BlankNodeOrLiteral": "BL", "IRIOrLiteral": "IL",
}  # fmt: skip


def _node_kind(node: ShapeNode) -> Iterator[Constraint]:
    name = node.iri("nodeKind")
    if name is None:
        return
    allowed = _KINDS.get(name.removeprefix(SH))
    if allowed is None:
        raise BadShapeError(f"NodeKind: there is no kind {name}")

    def fails(value: Term) -> bool:
        kind = "L" if isinstance(value, Literal) else "B" if is_blank(value) else "I"
        return kind not in allowed

    yield each("NodeKind", lambda judge: fails)


def _counts(node: ShapeNode) -> Iterator[Constraint]:
    least, most = node.count("minCount"), node.count("maxCount")
    one: Sequence[Hit] = ((None, None),)
    if least is not None and node.is_property("minCount"):
        yield all_at_once("MinCount", lambda focus, values: one if len(values) < least else ())
    if most is not None and node.is_property("maxCount"):
        yield all_at_once("MaxCount", lambda focus, values: one if len(values) > most else ())


_RANGES: Mapping[str, Callable[[int, int], bool]] = {
    "minExclusive": operator.gt,
    "minInclusive": operator.ge,
    "maxExclusive": operator.lt,
    "maxInclusive": operator.le,
}


def _ranges(node: ShapeNode) -> Iterator[Constraint]:
    for name, order in _RANGES.items():
        bound = node.literal(name)
        if bound is None:
            continue

        def fails(
            value: Term,
            bound: Literal = bound,
            order: Callable[[int, int], bool] = order,
        ) -> bool:
            return not holds(value, bound, lambda sign: order(sign, 0))

        yield each(name[0].upper() + name[1:], lambda judge, fails=fails: fails)  # type: ignore[misc]


def text_of(value: Term) -> str:
    """The words of a term, as SPARQL's STR gives them."""
    return value.lexical if isinstance(value, Literal) else value


def _lengths(node: ShapeNode) -> Iterator[Constraint]:
    least, most = node.count("minLength"), node.count("maxLength")
    if least is not None:
        yield each(
            "MinLength",
            lambda judge: (
                lambda value: least > 0 and (is_blank(value) or len(text_of(value)) < least)
            ),
        )
    if most is not None:
        yield each(
            "MaxLength", lambda judge: lambda value: is_blank(value) or len(text_of(value)) > most
        )


def _pattern(node: ShapeNode) -> Iterator[Constraint]:
    flags = 0
    for letter in "".join(text.lexical for text in node.literals("flags")):
        if letter not in _FLAGS:
            raise BadShapeError(f"Pattern: there is no flag {letter!r}")
        flags |= _FLAGS[letter]
    for text in node.literals("pattern"):
        try:
            found = regex.compile(text.lexical, flags)
        except regex.error as error:
            raise BadShapeError(
                f"Pattern: {text.lexical!r} is no regular expression: {error}"
            ) from error

        def fails(value: Term, found: regex.Pattern[str] = found) -> bool:
            if is_blank(value):
                return True
            try:
                return found.search(text_of(value), timeout=_SECONDS) is None
            except TimeoutError as error:
                raise BadShapeError(
                    f"Pattern: {found.pattern!r} took longer than {_SECONDS:g} seconds on one value"
                ) from error

        yield each("Pattern", lambda judge, fails=fails: fails)  # type: ignore[misc]


def _languages(node: ShapeNode) -> Iterator[Constraint]:
    wanted = node.members("languageIn")
    if wanted is not None:
        ranges = [text_of(w) for w in wanted]

        def fails(value: Term) -> bool:
            return not isinstance(value, Literal) or not any(
                language_fits(value.language, r) for r in ranges
            )

        yield each("LanguageIn", lambda judge: fails)
    if node.flag("uniqueLang") and node.is_property("uniqueLang"):
        yield all_at_once("UniqueLang", _unique_languages)


def _unique_languages(focus: Term, values: Sequence[Term]) -> Iterable[Hit]:
    if len(values) < 2:
        return ()
    tags = Counter(v.language.lower() for v in values if isinstance(v, Literal) and v.language)
    return [(None, None) for count in tags.values() if count > 1]


def _has_value(node: ShapeNode) -> Iterator[Constraint]:
    for wanted in node.values("hasValue"):

        def check(focus: Term, values: Sequence[Term], wanted: Term = wanted) -> Iterable[Hit]:
            return () if wanted in values else ((None, None),)

        yield all_at_once("HasValue", check)


def _in(node: ShapeNode) -> Iterator[Constraint]:
    allowed = node.members("in")
    if allowed is not None:
        members = frozenset(allowed)
        yield each("In", lambda judge: lambda value: value not in members)


READERS: tuple[Callable[[ShapeNode], Iterator[Constraint]], ...] = (
    _class, _datatype, _node_kind, _counts, _ranges, _lengths, _pattern, _languages, _has_value, _in,
)  # fmt: skip
