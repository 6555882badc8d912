"""Parts of the server on their own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uscuba_kg.publish.serve.asked import decoded
from uscuba_kg.publish.serve.cache import Cache, Kept
from uscuba_kg.publish.serve.frames import PIECE
from uscuba_kg.publish.serve.media import TRIPLES, chosen, prefers_page
from uscuba_kg.publish.serve.refusal import RefusalError
from uscuba_kg.publish.serve.reply import Reply
from uscuba_kg.publish.serve.texts import changes_by_itself, with_dataset


@given(st.text(), st.text())
def test_parameters_are_read_as_they_were_written(name: str, value: str) -> None:
    text = f"{quote(name, safe='')}={quote(value, safe='/?')}".encode()
    assert decoded(text) == ((name, value),)


@given(st.text(alphabet="a%+&=\\x41zé2"))
def test_parameters_are_read_as_others_read_them(text: str) -> None:
    sent = text.encode()
    try:
        wanted = tuple(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except ValueError:
        with pytest.raises(RefusalError):
            decoded(sent)
    else:
        assert decoded(sent) == wanted


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("", False),
        ("*/*", False),
        ("text/html", True),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("text/turtle, text/html;q=0.9", False),
        ("text/html;q=0", False),
    ],
)
def test_who_would_rather_see_a_page(accept: str, page: bool) -> None:
    assert prefers_page(accept) is page


@given(st.text(alphabet="atextuml/*;q=0.19, +-ré"))
def test_whatever_is_accepted_a_known_form_or_none_is_given(accept: str) -> None:
    with contextlib.suppress(RefusalError):
        assert chosen(accept, "", tuple(TRIPLES)) in TRIPLES


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("SELECT (NOW() AS ?x) {}", True),
        ("SELECT (now() AS ?x) {}", True),
        ("SELECT (STRUUID() AS ?x) {}", True),
        ("SELECT ?now { ?now ?brand 'rand() uuid()' }", False),
        ("SELECT * { ?s <http://x/now> ?o } # NOW()", False),
    ],
)
def test_what_changes_by_itself_is_known(text: str, changes: bool) -> None:
    assert changes_by_itself(text) is changes


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("INSERT { } WHERE { }", "INSERT { }  USING <urn:g> WHERE  { }"),
        ("DELETE WHERE { ?s ?p '}' }", "DELETE { ?s ?p '}' } USING <urn:g> WHERE  { ?s ?p '}' }"),
        (
            "INSERT { } WHERE { FILTER EXISTS { ?s ?p ?where } } ; CLEAR ALL",
            "INSERT { }  USING <urn:g> WHERE  { FILTER EXISTS { ?s ?p ?where } } ; CLEAR ALL",
        ),
        ("INSERT DATA { <urn:WHERE> <urn:p> 1 }", "INSERT DATA { <urn:WHERE> <urn:p> 1 }"),
    ],
)
def test_graphs_are_named_before_each_where(text: str, wanted: str) -> None:
    assert with_dataset(text, ["urn:g"], []) == wanted


def test_the_cache_holds_so_much_and_no_more() -> None:
    cache = Cache(most=10_000)
    for number in range(10):
        for _ in range(2):
            cache.put(number, Kept(200, (), b"x" * 1_000, b"tag"))
        cache.get(0)
    assert [n for n in range(10) if cache.get(n)] == [0, 8, 9]
    cache.clear()
    assert cache.get(0) is None


def test_only_what_is_asked_for_again_is_kept() -> None:
    cache, answer = Cache(), Kept(200, (), b"x", b"tag")
    for _ in range(2):
        assert cache.get("a") is None
        cache.put("a", answer)
    assert cache.get("a") == answer
    for number in range(5_000):
        cache.put(number, answer)
    assert cache.get(0) is None
    cache.put(0, answer)
    assert cache.get(0) is None, "it was asked so long ago that it is forgotten"


class Way:
    """Where an answer is written to, in a test."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    async def drained(self) -> None:
        pass


def sent(send: Callable[[Reply], Awaitable[None]], **how: bool) -> tuple[list[bytes], bytes, Reply]:
    """The lines of a head, what comes after it, and what is noted of it."""
    way = Way()
    reply = Reply(way, **{"bare": False, **how})
    with ThreadPoolExecutor(1) as other:  # a browser's loop may be running in this one
        other.submit(asyncio.run, send(reply)).result()
    head, _, rest = b"".join(way.sent).partition(b"\r\n\r\n")
    assert all(len(data) <= PIECE + len(head) + 4 for data in way.sent)
    return head.split(b"\r\n"), rest, reply


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1])
@pytest.mark.parametrize("bare", [False, True])
def test_a_body_is_sent_in_pieces_and_whole(size: int, bare: bool) -> None:
    body = (bytes(range(256)) * (size // 256 + 1))[:size]
    (status, *headers), rest, reply = sent(lambda r: r.whole(200, (), body), bare=bare)
    assert status == b"HTTP/1.1 200 OK"
    assert rest == (b"" if bare else body)
    assert (reply.bytes, reply.done) == (0 if bare else size, True)
    if size or not bare:
        assert b"content-length: %d" % size in headers


@pytest.mark.parametrize(
    ("how", "wanted", "lasting"),
    [
        ({}, b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", True),
        ({"chunks": False}, b"abcde", False),
        ({"bare": True}, b"", True),
    ],
)
def test_a_body_whose_length_is_not_known_ends_where_it_is_seen(how, wanted, lasting) -> None:
    async def send(reply: Reply) -> None:
        await reply.begin(200, ())
        await reply.piece(b"abc")
        await reply.piece(b"de")
        reply.end(whole=True)

    headers, rest, reply = sent(send, **how)
    assert rest == wanted
    assert reply.lasting is lasting
    assert (b"connection: close" in headers) is not lasting


def test_no_header_is_two() -> None:
    with pytest.raises(ValueError, match="line break"):
        sent(lambda r: r.whole(303, ((b"location", b"/x\r\nSet-Cookie: a"),)))
