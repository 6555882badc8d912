"""Look-ups in a store, by plain strings, with the names that people give to things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uscuba_kg.rdf.turtle import short_iri
from uscuba_kg.rdf.vocab import DCTERMS, ID, LABEL
from uscuba_kg.resources import ontology_dir

if TYPE_CHECKING:
    import pyoxigraph


class View:
    """Look-ups in a store, by plain strings; the ontology lends the names of its terms."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        import pyoxigraph

        self.store, self.node = store, pyoxigraph.NamedNode
        self.names = pyoxigraph.Store()
        self.names.bulk_load(path=str(ontology_dir() / "uscuba.ttl"))

    def objects(self, subject: str, predicate: str) -> list[Any]:
        """The objects of a subject's property, sorted by their spelling."""
        found = self.store.quads_for_pattern(self.node(subject), self.node(predicate), None)
        return sorted((q.object for q in found), key=str)

    def subjects(self, predicate: str, value: Any) -> list[str]:
        """The IRIs that have such a value, sorted."""
        found = self.store.quads_for_pattern(None, self.node(predicate), value)
        return sorted(_iri(q.subject) for q in found)

    def one(self, subject: str, predicate: str) -> str:
        """The first object as a plain string; an empty one where there is none."""
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

    def labelled(self, words: str) -> list[str]:
        """The IRIs of things that bear these words as a label, in any language."""
        found = self.store.quads_for_pattern(None, self.node(LABEL), None)
        return sorted({_iri(q.subject) for q in found if getattr(q.object, "value", None) == words})

    def current(self, iri: str) -> str:
        """The IRI under which a thing is known now, over however many it had."""
        seen = {iri}
        while (newer := self.one(iri, DCTERMS + "isReplacedBy")) and newer not in seen:
            seen.add(newer)
            iri = newer
        return iri


def _iri(subject: object) -> str:
    return str(subject).strip("<>")


def _tail(iri: str) -> str:
    short = short_iri(iri)
    return iri.removeprefix(ID) if short.startswith("<") else short.partition(":")[2]
