"""Why a thing is in the graph: every claim about it, with the sentence, the article and the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from uscuba_kg.errors import InputError
from uscuba_kg.publish.ask import load_store
from uscuba_kg.publish.view import View
from uscuba_kg.rdf.terms import Term, Triple
from uscuba_kg.rdf.turtle import short_iri
from uscuba_kg.rdf.vocab import DCTERMS, ID, LABEL, OA, PROV, RDF, SCHEMA, SKOS, TYPE, USCUBA
from uscuba_kg.text import fold

_IDENTIFYING = (
    (SCHEMA + "superEvent", "Series"),
    (SCHEMA + "startDate", "First day"),
    (SCHEMA + "endDate", "Last day"),
    (SCHEMA + "location", "Place"),
    (USCUBA + "ordinal", "Number in the series"),
    (USCUBA + "status", "Status"),
    (USCUBA + "participant", "Participants that several name"),
)


class Source(msgspec.Struct, frozen=True):
    """The article behind a claim; a retold one gives nobody's own words."""

    iri: str
    title: str
    publisher: str = ""
    issued: str = ""
    url: str = ""
    retold: bool = False


class Told(msgspec.Struct, frozen=True):
    """One claim: the fact in words and as IRIs, its sentence in three parts, and where it stands."""

    subject: str
    predicate: str
    object: str
    fact: str
    before: str
    exact: str
    after: str
    start: int
    end: int
    source: Source
    rule: str
    confidence: float
    accepted: bool


class Explanation(msgspec.Struct, frozen=True):
    """A thing with its names and all that articles claim about it.

    ``replaced`` is the IRI that was asked for, where the thing is now known under another. ``why``
    tells in sentences why several articles speak of one meeting, and what they tell differently.
    """

    iri: str
    labels: tuple[str, ...]
    types: tuple[str, ...]
    claims: tuple[Told, ...]
    replaced: str = ""
    why: tuple[str, ...] = ()


def explain(
    graph: Path | Sequence[Triple], name: str, predicate: str = "", value: str = ""
) -> Explanation:
    """Explain a thing, named by its IRI, as ``id:...``, or by the end of its IRI.

    A meeting's explanation takes in the parts that people and bodies had in it, a claim's is the
    claim. With ``predicate``, and with ``value``, only the claims of that fact, for and against:
    both are IRIs, ends of IRIs, or the words that people have for them. Raises InputError for a
    name that nothing or several things bear, and for a fact that no article states or denies.
    """
    view = View(load_store(graph))
    return _of_fact(_explained(view, name), predicate, value)


def explain_row(graph: Path | Sequence[Triple], row: Sequence[Term | None]) -> Explanation:
    """Explain a row that a question gave: the claims that connect what stands in its cells.

    Where none does, the claims about the first thing of the row. Raises InputError for a row
    without a thing of the graph.
    """
    view = View(load_store(graph))
    things = [iri for cell in row if cell is not None and (iri := _thing_in(view, cell))]
    if not things:
        raise InputError(
            "no thing of the graph stands in this row",
            remedy="Ask a question whose rows name meetings, people, bodies or articles.",
        )
    first = _explained(view, things[0])
    cells = {cell if isinstance(cell, str) else cell.lexical for cell in row if cell is not None}
    cells = {*cells, *things} - {things[0]}
    claims = tuple(t for t in first.claims if {t.object, t.source.iri} & cells)
    return msgspec.structs.replace(first, claims=claims) if claims else first


def _thing_in(view: View, cell: Term) -> str:
    """The thing that a cell names: by its IRI, or as the only one that bears a label."""
    if isinstance(cell, str):
        return cell if cell.startswith(ID) else ""
    found = view.labelled(cell.lexical)
    return found[0] if len(found) == 1 else ""


def _of_fact(found: Explanation, predicate: str, value: str) -> Explanation:
    """The explanation cut down to the claims of one property, those of one value before others."""
    if not predicate:
        return found
    claims = [t for t in found.claims if _means(predicate, t.predicate, t.fact.split(" | ")[1])]
    if value and not any(_means(value, t.object, t.fact.split(" | ")[2]) for t in claims):
        claims = []
    if not claims:
        raise InputError(
            f"no article says of {found.iri} anything like {predicate} {value}".rstrip(),
            remedy=f"See all that is said: uscuba-kg explain {found.iri}",
        )
    ordered = sorted(claims, key=lambda t: not _means(value, t.object, t.fact.split(" | ")[2]))
    return msgspec.structs.replace(found, claims=tuple(ordered) if value else tuple(claims))


def _means(name: str, iri: str, label: str) -> bool:
    """Tell whether words, or an IRI or its end, name a term."""
    bare = name.strip("<>")
    ends = bare.rpartition(":")[2] if "://" not in bare else bare
    return fold(name) == fold(label) or iri == bare or re.split(r"[#/]", iri)[-1] == ends


def _explained(view: View, name: str) -> Explanation:
    asked = _find(view, name)
    iri = view.current(asked)
    claims = claims_about(view, iri)
    return Explanation(
        iri=iri,
        labels=_labels(view, iri),
        types=tuple(short_iri(o.value) for o in view.objects(iri, TYPE)),
        claims=claims,
        replaced=asked if asked != iri else "",
        why=(
            *(o.value for o in view.objects(iri, SKOS + "editorialNote")),
            *_why_one(iri, claims),
        ),
    )


def claims_about(view: View, iri: str) -> tuple[Told, ...]:
    """Give every claim about a thing, in the order of the articles' days and of their texts.

    A meeting's take in those of the parts that people and bodies had in it, also of parts that
    the graph does not assert; of a claim it is the claim itself.
    """
    parts = {o.value for o in view.objects(iri, USCUBA + "participation")}
    parts.update(_unaccepted_parts(view, iri))
    nodes = {c for one in (iri, *parts) for c in view.subjects(RDF + "subject", view.node(one))}
    nodes |= set(view.subjects(RDF + "object", view.node(iri)))
    if view.node(USCUBA + "Claim") in view.objects(iri, TYPE):
        nodes.add(iri)
    return in_order_of_telling(_told(view, node) for node in nodes)


def claims_of_article(view: View, article: str) -> tuple[Told, ...]:
    """Give every claim that was read out of an article, in the order of its text."""
    nodes = view.subjects(PROV + "hadPrimarySource", view.node(article))
    return in_order_of_telling(_told(view, node) for node in nodes)


def in_order_of_telling(claims: Iterable[Told]) -> tuple[Told, ...]:
    """Give claims in the order of the articles' days and of their texts."""
    return tuple(
        sorted(
            claims,
            key=lambda t: (t.source.issued, t.source.iri, t.start, t.end, t.predicate, t.object),
        )
    )


def _labels(view: View, iri: str) -> tuple[str, ...]:
    """The names of a thing, the one by which it is shown first."""
    labels = {o.value: None for o in view.objects(iri, LABEL)}
    shown = view.label(view.node(iri))
    return (shown, *(label for label in labels if label != shown)) if labels else ()


def _why_one(iri: str, claims: Sequence[Told]) -> Iterator[str]:
    """Why several articles' tellings are taken for one meeting, and where they differ."""
    articles = {t.source.iri for t in claims}
    if "/meeting/" not in iri or len(articles) < 2:
        return
    yield f"{len(articles)} articles tell of this meeting."
    for predicate, name in _IDENTIFYING:
        said: dict[str, set[str]] = {}
        for told in claims:
            if told.predicate == predicate:
                said.setdefault(told.fact.split(" | ")[2], set()).add(told.source.iri)
        if predicate == USCUBA + "participant":
            said = {value: found for value, found in said.items() if len(found) > 1}
        ordered = sorted(said, key=lambda value: (-len(said[value]), value))
        values = ", ".join(f"{value} ({len(said[value])} of {len(articles)})" for value in ordered)
        if values:
            yield f"{name}: {values}."


def _unaccepted_parts(view: View, iri: str) -> Iterator[str]:
    """The participations that a claim gives to a meeting, asserted or not."""
    for node in view.subjects(RDF + "subject", view.node(iri)):
        if view.one(node, RDF + "predicate") == USCUBA + "participation":
            yield view.one(node, RDF + "object")


def _find(view: View, name: str) -> str:
    """The one IRI that a name means."""
    iri = ID + name.removeprefix("id:") if name.startswith("id:") else name.strip("<>")
    subjects = {str(q.subject).strip("<>") for q in view.store.quads_for_pattern(None, None, None)}
    if iri in subjects:
        return iri
    fitting = sorted(s for s in subjects if s.endswith("/" + name) and "/claim/" not in s)
    whole = [s for s in fitting if s.removeprefix(ID).partition("/")[2] == name]
    for found in (whole, fitting):  # a participation ends in the name of who took part
        if len(found) == 1:
            return found[0]
    if not fitting:
        raise InputError(
            f"nothing in the graph is called {name!r}",
            remedy="Look for it with: uscuba-kg query meetings-in-order",
        )
    shown = ", ".join("id:" + f.removeprefix(ID) for f in fitting[:5])
    raise InputError(f"{len(fitting)} things end in {name!r}: {shown}", remedy="Name one of them.")


def _told(view: View, node: str) -> Told:
    def term(name: str) -> Any:
        return view.objects(node, RDF + name)[0]

    subject, predicate, value = term("subject"), term("predicate"), term("object")
    article = view.one(node, PROV + "hadPrimarySource")
    verb = view.label(predicate)
    source = Source(
        article,
        view.one(article, LABEL),
        view.one(article, DCTERMS + "publisher"),
        view.one(article, DCTERMS + "issued"),
        view.one(article, DCTERMS + "source"),
        view.one(article, USCUBA + "retold") == "true",
    )
    return Told(
        subject=subject.value,
        predicate=predicate.value,
        object=value.value,
        fact=f"{view.label(subject)} | {verb} | {view.label(value)}",
        before=view.one(node, OA + "prefix"),
        exact=view.one(node, OA + "exact"),
        after=view.one(node, OA + "suffix"),
        start=int(view.one(node, OA + "start") or 0),
        end=int(view.one(node, OA + "end") or 0),
        source=source,
        rule=view.one(node, USCUBA + "rule"),
        confidence=float(view.one(node, USCUBA + "confidence") or 0),
        accepted=view.one(node, USCUBA + "accepted") == "true",
    )
