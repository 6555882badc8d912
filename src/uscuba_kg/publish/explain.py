"""Why a thing is in the graph: every claim about it, with the sentence, the article and the rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from uscuba_kg.errors import InputError
from uscuba_kg.publish.ask import load_store
from uscuba_kg.rdf.terms import Triple
from uscuba_kg.rdf.turtle import short_iri
from uscuba_kg.rdf.vocab import DCTERMS, ID, LABEL, OA, PROV, RDF, TYPE, USCUBA

if TYPE_CHECKING:
    import pyoxigraph


class Source(msgspec.Struct, frozen=True):
    """The article behind a claim."""

    iri: str
    title: str
    publisher: str = ""
    issued: str = ""
    url: str = ""


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

    ``replaced`` is the IRI that was asked for, where the thing is now known under another.
    """

    iri: str
    labels: tuple[str, ...]
    types: tuple[str, ...]
    claims: tuple[Told, ...]
    replaced: str = ""


class _View:
    """Look-ups in a store, by plain strings."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        import pyoxigraph

        self.store, self.node = store, pyoxigraph.NamedNode

    def objects(self, subject: str, predicate: str) -> list[Any]:
        found = self.store.quads_for_pattern(self.node(subject), self.node(predicate), None)
        return sorted((q.object for q in found), key=str)

    def subjects(self, predicate: str, value: Any) -> list[str]:
        found = self.store.quads_for_pattern(None, self.node(predicate), value)
        return sorted(str(q.subject).strip("<>") for q in found)

    def one(self, subject: str, predicate: str) -> str:
        found = self.objects(subject, predicate)
        return found[0].value if found else ""

    def label(self, term: Any) -> str:
        """A name: the English label, else any, else the words or the short IRI."""
        import pyoxigraph

        if isinstance(term, pyoxigraph.Literal):
            return str(term.value)
        labels = self.objects(term.value, LABEL)
        english = [la.value for la in labels if la.language == "en"]
        if english or labels:
            return str((english or [labels[0].value])[0])
        return _tail(term.value)


def _tail(iri: str) -> str:
    short = short_iri(iri)
    return iri.removeprefix(ID) if short.startswith("<") else short.partition(":")[2]


def explain(graph: Path | Sequence[Triple], name: str) -> Explanation:
    """Explain a thing, named by its IRI, as ``id:...``, or by the end of its IRI.

    A meeting's explanation takes in the parts that people and bodies had in it. Raises InputError
    for a name that nothing or several things bear.
    """
    view = _View(load_store(graph))
    asked = _find(view, name)
    iri = view.one(asked, DCTERMS + "isReplacedBy") or asked
    things = [iri, *(o.value for o in view.objects(iri, USCUBA + "participation"))]
    nodes = {c for thing in things for c in view.subjects(RDF + "subject", view.node(thing))}
    nodes |= set(view.subjects(RDF + "object", view.node(iri)))
    claims = sorted(
        (_told(view, node) for node in nodes),
        key=lambda t: (t.source.issued, t.source.iri, t.start, t.end, t.predicate, t.object),
    )
    return Explanation(
        iri=iri,
        labels=tuple(o.value for o in view.objects(iri, LABEL)),
        types=tuple(short_iri(o.value) for o in view.objects(iri, TYPE)),
        claims=tuple(claims),
        replaced=asked if asked != iri else "",
    )


def _find(view: _View, name: str) -> str:
    """The one IRI that a name means."""
    iri = ID + name.removeprefix("id:") if name.startswith("id:") else name.strip("<>")
    subjects = {str(q.subject).strip("<>") for q in view.store.quads_for_pattern(None, None, None)}
    if iri in subjects:
        return iri
    fitting = sorted(s for s in subjects if s.endswith("/" + name) and "/claim/" not in s)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise InputError(
            f"nothing in the graph is called {name!r}",
            remedy="Look for it with: uscuba-kg query meetings-in-order",
        )
    shown = ", ".join("id:" + f.removeprefix(ID) for f in fitting[:5])
    raise InputError(f"{len(fitting)} things end in {name!r}: {shown}", remedy="Name one of them.")


def _told(view: _View, node: str) -> Told:
    def term(name: str) -> Any:
        return view.objects(node, RDF + name)[0]

    subject, predicate, value = term("subject"), term("predicate"), term("object")
    article = view.one(node, PROV + "hadPrimarySource")
    verb = _tail(predicate.value)
    source = Source(
        article,
        view.one(article, LABEL),
        view.one(article, DCTERMS + "publisher"),
        view.one(article, DCTERMS + "issued"),
        view.one(article, DCTERMS + "source"),
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


def explanation_lines(
    explanation: Explanation, mark: tuple[str, str] = ("[", "]")
) -> Iterator[str]:
    """Give an explanation line by line; ``mark`` stands around the words that are the evidence."""
    if explanation.replaced:
        yield f"{explanation.replaced} is now known as"
    yield explanation.iri
    if explanation.labels:
        yield f"  {' / '.join(explanation.labels)} ({', '.join(explanation.types)})"
    yield f"  {len(explanation.claims)} claims"
    for told in explanation.claims:
        yield ""
        yield told.fact + ("" if told.accepted else "   (not accepted: another reading won)")
        before, after = " ".join(told.before.split()), " ".join(told.after.split())
        gaps = [" " if told.before[-1:].isspace() else "", " " if told.after[:1].isspace() else ""]
        exact = " ".join(told.exact.split())
        yield f"    {before}{gaps[0]}{mark[0]}{exact}{mark[1]}{gaps[1]}{after}"
        where = ", ".join(
            w for w in (told.source.publisher, told.source.issued, told.source.url) if w
        )
        yield f"    {told.source.title}" + (f" ({where})" if where else "")
        yield f"    {told.rule}, confidence {told.confidence:g}, characters {told.start} to {told.end}"


def explanation_json(explanation: Explanation) -> str:
    """Give an explanation as JSON."""
    return msgspec.json.format(msgspec.json.encode(explanation), indent=1).decode()
