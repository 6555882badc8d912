"""Every thing has a page, every link of a page leads somewhere, and nothing of a graph becomes markup."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlsplit

import pyoxigraph
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from uscuba_kg.publish.explorer import LANGUAGES, Request, asset, not_found, respond
from uscuba_kg.publish.explorer.meetings import FACETS

ROOT = "https://w3id.org/uscuba-kg"
PAGES = (
    "/", "/meetings", "/people", "/bodies", "/topics", "/series", "/places", "/agreements", "/articles",
    "/network", "/network?kind=bodies", "/search", "/search?q=havana", "/query", "/ontology",
)  # fmt: skip
VOID = {"meta", "link", "input", "br", "circle", "line", "rect"}


class Reader(HTMLParser):
    """The links, identifiers and misuses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("a", "link") and found.get("href"):
            self.links.add(found["href"] or "")
        if tag == "script":
            self.links.add(found.get("src") or "inline script")
        self.ids.update([found["id"] or ""] if "id" in found else [])
        self.wrong += [f"{tag} {n}" for n in found if n == "style" or n.startswith("on")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> where {self.open[-1:]} is open")
        else:
            self.open.pop()


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_thing_has_a_page(store: pyoxigraph.Store, iris: list[str], language: str) -> None:
    assert len(iris) > 150
    for iri in iris:
        page = respond(store, Request(iri.removeprefix(ROOT), (), language))
        assert page is not None, iri
        assert page.status in (200, 301), iri
        if page.status == 301:
            assert dict(page.headers)["Location"].startswith("/id/")
            continue
        found = read(page.body.decode())
        assert found.wrong == [], iri
        assert found.open == [], iri
        assert [i for i, count in found.ids.items() if count > 1] == [], iri
        assert f'<html lang="{language}">' in page.body.decode()


def test_every_link_leads_to_a_page(store: pyoxigraph.Store) -> None:
    waiting, seen = list(PAGES), set(PAGES)
    while waiting:
        address = waiting.pop()
        parts = urlsplit(address)
        asked = Request(unquote(parts.path), tuple(parse_qsl(parts.query, keep_blank_values=True)))
        page = asset(parts.path) or respond(store, asked)
        assert page is not None, address
        if not page.media_type.startswith("text/html"):
            continue
        found = read(page.body.decode())
        assert found.wrong == [], address
        if "?" in address and address not in PAGES:
            continue  # one can zoom for ever
        for link in found.links:
            bare, _, fragment = link.partition("#")
            if not bare:
                assert fragment in found.ids, f"{address} -> {link}"
            elif bare.startswith(("http://", "https://")):
                assert "w3id.org/uscuba-kg" not in bare
            elif (
                bare not in seen
                and "format=" not in bare
                and "lang=" not in bare
                and "question=" not in bare
            ):
                assert bare.startswith("/"), f"{address} -> {link}"
                seen.add(bare)
                waiting.append(bare)
    assert len(seen) > 100


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_well_formed_in_both_languages(get, path: str, language: str) -> None:  # type: ignore[no-untyped-def]
    found = read(get(path, language))
    assert found.wrong == []
    assert found.open == []
    assert [i for i, count in found.ids.items() if count > 1] == []
    assert found.tags["h1"] == 1


def test_a_graph_without_anything_has_pages_too() -> None:
    empty = pyoxigraph.Store()
    for path in PAGES:
        parts = urlsplit(path)
        page = respond(empty, Request(parts.path, tuple(parse_qsl(parts.query))))
        assert page is not None
        assert read(page.body.decode()).wrong == []
    assert respond(empty, Request("/id/meeting/none")) is None


HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{1234*1234}}"


@pytest.mark.parametrize(
    "path",
    ["/search", "/query", "/", "/network", "/people"],
)
def test_nothing_of_a_request_becomes_markup(store: pyoxigraph.Store, path: str) -> None:
    names = (
        "q",
        "query",
        "question",
        "topic",
        "from",
        "to",
        "page",
        "kind",
        "name",
        "lang",
        HOSTILE,
    )
    page = respond(store, Request(path, tuple((name, HOSTILE) for name in names)))
    assert page is not None
    html = page.body.decode()
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "1522756" not in html
    assert read(html).wrong == []


@given(
    path=st.sampled_from(
        [*PAGES, "/search/names.json", "/query/things.json", "/id/person/josefina-vidal"]
    ),
    given_values=st.lists(
        st.tuples(
            st.sampled_from(
                ["q", "query", "question", "name", "page", "kind", "lang", "from", "to", *FACETS]
            ),
            st.one_of(
                st.text(max_size=30),
                st.sampled_from(
                    [
                        "http://[x",
                        "urn:",
                        "x://y z",
                        "9" * 5000,
                        "0000",
                        "--02-30",
                        "9999-12-31",
                        "0001",
                    ]
                ),
            ),
        ),
        max_size=4,
    ),
)
@example(path="/", given_values=[("from", "9999-12-31")])
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_request_fails(
    store: pyoxigraph.Store, path: str, given_values: list[tuple[str, str]]
) -> None:
    parts = urlsplit(path)
    page = respond(store, Request(parts.path, (*parse_qsl(parts.query), *given_values)))
    assert page is not None
    assert page.status == 200


def test_nothing_of_a_graph_becomes_markup(get, store: pyoxigraph.Store, iris: list[str]) -> None:  # type: ignore[no-untyped-def]
    titled = [i for i in iris if "/article/" in i and "<b>Bold</b>" in _label(store, i)]
    assert len(titled) == 1
    for path in (titled[0].removeprefix(ROOT), "/articles", "/search?q=bold"):
        html = get(path)
        assert "&lt;b&gt;Bold&lt;/b&gt;" in html
        assert "<b>Bold" not in html
        assert "<script>" not in html


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    store = pyoxigraph.Store()
    store.load(
        b"<https://w3id.org/uscuba-kg/id/article/a> a <https://w3id.org/uscuba-kg/ontology#Article> ;"
        b" <http://purl.org/dc/terms/source> <javascript:alert(1)> ;"
        b" <http://www.w3.org/2004/02/skos/core#exactMatch> <javascript:alert(2)> ;"
        b' <http://www.w3.org/2000/01/rdf-schema#label> "x" .',
        format=pyoxigraph.RdfFormat.TURTLE,
    )
    page = respond(store, Request("/id/article/a"))
    assert page is not None
    assert not any(link.startswith("javascript") for link in read(page.body.decode()).links)


def _label(store: pyoxigraph.Store, iri: str) -> str:
    predicate = pyoxigraph.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    found = store.quads_for_pattern(pyoxigraph.NamedNode(iri), predicate, None)
    return " ".join(quad.object.value for quad in found)


@pytest.mark.parametrize(
    "path", ["/id/meeting/none", "/nothing", "/id/", "/id/x y<>", "/index.html", "/../etc", "//"]
)
def test_what_is_not_there_is_told(store: pyoxigraph.Store, path: str) -> None:
    assert respond(store, Request(path)) is None
    page = not_found(Request(path, (), "es"))
    assert page.status == 404
    assert "Aquí no hay nada" in page.body.decode()


def test_a_thing_with_an_old_name_leads_to_the_new_one() -> None:
    store = pyoxigraph.Store()
    store.load(
        b"<https://w3id.org/uscuba-kg/id/meeting/old> <http://purl.org/dc/terms/isReplacedBy>"
        b" <https://w3id.org/uscuba-kg/id/meeting/new> .",
        format=pyoxigraph.RdfFormat.TURTLE,
    )
    page = respond(store, Request("/id/meeting/old", (("lang", "es"),), "en", "/kg"))
    assert page is not None
    assert page.status == 301
    assert dict(page.headers)["Location"] == "/kg/id/meeting/new?lang=es"


@pytest.mark.parametrize(
    ("kind", "label", "language", "said"),
    [
        ("post", '"Consultor jurídico"@es', "en", ' lang="es" data-tongue="es"'),
        ("post", '"Consultor jurídico"@es', "es", ""),
        ("post", '"Consultor jurídico"@es, "Legal adviser"@en', "en", ""),
        ("post", '"Consultor jurídico"', "en", ""),
        ("person", '"Josefina Vidal"@es', "en", ""),
    ],
)
def test_a_name_in_another_language_says_so(kind, label, language, said) -> None:  # type: ignore[no-untyped-def]
    store = pyoxigraph.Store()
    store.load(
        f"<https://w3id.org/uscuba-kg/id/{kind}/x> "
        f"<http://www.w3.org/2000/01/rdf-schema#label> {label} .",
        format=pyoxigraph.RdfFormat.TURTLE,
    )
    page = respond(store, Request(f"/id/{kind}/x", (), language))
    assert page is not None
    assert f"<h1{said}>" in page.body.decode()


def test_sentences_in_another_language_say_so(get) -> None:  # type: ignore[no-untyped-def]
    for path in ("/id/meeting/migration-talks-2022-11-15", "/search?q=vidal"):
        spanish = re.findall(r'<p class="(?:sentence|words)" lang="es">', get(path))
        english = re.findall(r'<p class="(?:sentence|words)" lang="en">', get(path, "es"))
        assert spanish, path
        assert english, path
        assert not re.search(r'<p class="(?:sentence|words)" lang="en">', get(path))


def test_the_same_request_gives_the_same_bytes(store: pyoxigraph.Store) -> None:
    for path in ("/", "/network", "/id/meeting/migration-talks-2022-11-15"):
        pages = {respond(store, Request(path)) for _ in range(3)}
        assert len(pages) == 1


def test_a_chosen_language_is_kept_in_every_link(get) -> None:  # type: ignore[no-untyped-def]
    for path in ("/?lang=es", "/people?lang=es", "/id/person/josefina-vidal?lang=es"):
        for link in read(get(path)).links:
            own = link.startswith("/") and not link.startswith("/assets/") and "format=" not in link
            assert not own or "lang=" in link, link


def test_behind_a_proxy_every_link_begins_with_its_path(store: pyoxigraph.Store) -> None:
    page = respond(store, Request("/", base="/kg"))
    assert page is not None
    links = read(page.body.decode()).links
    assert all(re.match(r"/kg/|https?:|#", link) for link in links)


def test_assets_may_be_kept_for_ever_and_only_they_are_given(get) -> None:  # type: ignore[no-untyped-def]
    found = {link for link in read(get("/query")).links if link.startswith("/assets/")}
    assert len(found) >= 6
    for path in found:
        page = asset(path)
        assert page is not None
        assert page.status == 200
        assert "immutable" in dict(page.headers)["Cache-Control"]
    for path in (
        "/assets/",
        "/assets/explorer.css",
        "/assets/../words/en.toml",
        "/assets/explorer.0.css",
    ):
        assert asset(path) is None
