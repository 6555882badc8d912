"""Look-ups in a store, by plain strings, with the names that people give to things."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from uscuba_kg.rdf.turtle import short_iri
from uscuba_kg.rdf.vocab import DCTERMS, ID, LABEL, PREFIXES
from uscuba_kg.resources import ontology_dir

if TYPE_CHECKING:
    import pyoxigraph


class View:
    """Look-ups in a store, by plain strings; the ontology lends the names of its terms.

    ``language`` is the one in which things are named where they have a name in it.
    """

    def __init__(self, store: pyoxigraph.Store, language: str = "en") -> None:
        import pyoxigraph

        self.store, self.node, self.language = store, pyoxigraph.NamedNode, language
        self.names = _ontology()

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

    def rows(self, query: str, **bound: str) -> list[tuple[str, ...]]:
        """The rows of a SELECT as plain strings, empty where nothing is bound.

        ``bound`` gives variables of the first group an IRI each. Raises ValueError for one that is
        not well-formed: it is checked and written by the engine, and cannot become anything else.
        """
        import pyoxigraph

        values = " ".join(f"VALUES ?{name} {{ {self.node(iri)} }}" for name, iri in bound.items())
        found = self.store.query(
            query.replace("WHERE {", f"WHERE {{ {values}", 1),
            prefixes=dict(PREFIXES),
            use_default_graph_as_union=True,
        )
        assert isinstance(found, pyoxigraph.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [tuple("" if row[n] is None else _plain(row[n]) for n in names) for row in found]

    def label(self, term: Any) -> str:
        """A name: the label in the view's language, else any, else the words or the short IRI."""
        return self.named(term)[0]

    def named(self, term: Any) -> tuple[str, str]:
        """A name as ``label`` gives it, and the language of a label in another than the view's."""
        import pyoxigraph

        if isinstance(term, pyoxigraph.Literal):
            return str(term.value), ""
        labels = self.objects(term.value, LABEL)
        if not labels:
            found = self.names.quads_for_pattern(term, self.node(LABEL), None)
            labels = sorted((q.object for q in found), key=str)
        if not labels:
            return _tail(term.value), ""
        label = next((la for la in labels if la.language == self.language), labels[0])
        foreign = label.language if label.language != self.language else None
        return str(label.value), foreign or ""

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


@cache
def _ontology() -> pyoxigraph.Store:
    import pyoxigraph

    names = pyoxigraph.Store()
    names.bulk_load(path=str(ontology_dir() / "uscuba.ttl"))
    return names


def _plain(term: Any) -> str:
    return str(getattr(term, "value", term))


def _iri(subject: object) -> str:
    return str(subject).strip("<>")


def _tail(iri: str) -> str:
    short = short_iri(iri)
    return iri.removeprefix(ID) if short.startswith("<") else short.partition(":")[2]
