"""Why a thing is in the graph: every claim about it, with the sentence, the article and the rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from uscuba_kg.errors import InputError
from uscuba_kg.publish.ask import load_store, one_line
from uscuba_kg.rdf.terms import Triple
from uscuba_kg.rdf.turtle import short_iri
from uscuba_kg.rdf.vocab import DCTERMS, ID, LABEL, OA, PROV, RDF, TYPE, USCUBA
from uscuba_kg.resources import ontology_dir

if TYPE_CHECKING:
    import pyoxigraph


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

    ``replaced`` is the IRI that was asked for, where the thing is now known under another.
    """

    iri: str
    labels: tuple[str, ...]
    types: tuple[str, ...]
    claims: tuple[Told, ...]
    replaced: str = ""


class _View:
    """Look-ups in a store, by plain strings; the ontology lends the names of its terms."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        import pyoxigraph

        self.store, self.node = store, pyoxigraph.NamedNode
        self.names = pyoxigraph.Store()
        self.names.bulk_load(path=str(ontology_dir() / "uscuba.ttl"))

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
        if not labels:
            found = self.names.quads_for_pattern(term, self.node(LABEL), None)
            labels = sorted((q.object for q in found), key=str)
        english = [la.value for la in labels if la.language == "en"]
        if english or labels:
            return str((english or [labels[0].value])[0])
        return _tail(term.value)


def _tail(iri: str) -> str:
    short = short_iri(iri)
    return iri.removeprefix(ID) if short.startswith("<") else short.partition(":")[2]


def explain(graph: Path | Sequence[Triple], name: str) -> Explanation:
    """Explain a thing, named by its IRI, as ``id:...``, or by the end of its IRI.

    A meeting's explanation takes in the parts that people and bodies had in it, a claim's is the
    claim. Raises InputError for a name that nothing or several things bear.
    """
    view = _View(load_store(graph))
    asked = _find(view, name)
    iri = _current(view, asked)
    parts = {o.value for o in view.objects(iri, USCUBA + "participation")}
    parts.update(_unaccepted_parts(view, iri))
    nodes = {c for one in (iri, *parts) for c in view.subjects(RDF + "subject", view.node(one))}
    nodes |= set(view.subjects(RDF + "object", view.node(iri)))
    if view.node(USCUBA + "Claim") in view.objects(iri, TYPE):
        nodes.add(iri)
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


def _current(view: _View, iri: str) -> str:
    """The name under which a thing is known now, over however many it had."""
    seen = {iri}
    while (newer := view.one(iri, DCTERMS + "isReplacedBy")) and newer not in seen:
        seen.add(newer)
        iri = newer
    return iri


def _unaccepted_parts(view: _View, iri: str) -> Iterator[str]:
    """The participations that a claim gives to a meeting, asserted or not."""
    for node in view.subjects(RDF + "subject", view.node(iri)):
        if view.one(node, RDF + "predicate") == USCUBA + "participation":
            yield view.one(node, RDF + "object")


def _find(view: _View, name: str) -> str:
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


def _told(view: _View, node: str) -> Told:
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


def explanation_lines(
    explanation: Explanation, mark: tuple[str, str] = ("[", "]")
) -> Iterator[str]:
    """Give an explanation line by line; ``mark`` stands around the words that are the evidence."""
    if explanation.replaced:
        yield f"{explanation.replaced} is now known as"
    yield explanation.iri
    if explanation.labels:
        yield f"  {' / '.join(explanation.labels)} ({', '.join(explanation.types)})"
    yield f"  {len(explanation.claims)} claim{'' if len(explanation.claims) == 1 else 's'}"
    for told in explanation.claims:
        yield ""
        yield one_line(told.fact) + _verdict(told)
        yield f"    {_sentence(told, mark)}"
        yield f"    {_where(told.source)}"
        yield f"    {told.rule}, confidence {told.confidence:g}, characters {told.start} to {told.end}"


def _verdict(told: Told) -> str:
    return "" if told.accepted else "   (not accepted: another reading won)"


def _where(source: Source) -> str:
    kept = "retold" if source.retold else ""
    known = ", ".join(w for w in (kept, source.publisher, source.issued, source.url) if w)
    return one_line(source.title + (f" ({known})" if known else ""))


def _sentence(told: Told, mark: tuple[str, str]) -> str:
    """The sentence on one line, its evidence marked."""
    before = " " if told.before[-1:].isspace() else ""
    after = " " if told.after[:1].isspace() else ""
    marked = f"{mark[0]}{one_line(told.exact)}{mark[1]}"
    return f"{one_line(told.before)}{before}{marked}{after}{one_line(told.after)}"


def explanation_json(explanation: Explanation) -> str:
    """Give an explanation as JSON."""
    return msgspec.json.format(msgspec.json.encode(explanation), indent=1).decode()
