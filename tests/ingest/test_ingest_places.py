"""Inputs elsewhere: a bucket (fsspec's own, in memory) and a real web server of this machine."""

from __future__ import annotations

import gzip
import http.server
import json
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from click.testing import CliRunner
from test_ingest_archives import DIALOGO, TALKS

from uscuba_kg.cli.main import cli
from uscuba_kg.errors import InputError
from uscuba_kg.ingest import list_inputs, places, read
from uscuba_kg.model import Article, Issue
from uscuba_kg.pipeline import read_inputs
from webpages import packed, page, record

WARC = packed([record("https://example.org/a", page(TALKS, 0).encode())])


@pytest.fixture
def bucket() -> Iterator[Any]:
    """Files under memory://crawl."""
    memory = fsspec.filesystem("memory")
    memory.pipe({
        "/crawl/2022/a.txt": TALKS.encode(),
        "/crawl/2022/b.jsonl.gz": gzip.compress(json.dumps({"text": DIALOGO}).encode()),
        "/crawl/2023/c.warc.gz": WARC,
        "/crawl/2023/picture.png": b"\x89PNG",
    })  # fmt: skip
    yield memory
    memory.rm("/crawl", recursive=True)


@pytest.mark.parametrize(
    ("named", "files"),
    [
        ("memory://crawl", ["2022/a.txt", "2022/b.jsonl.gz", "2023/c.warc.gz"]),
        ("memory://crawl/2022/", ["2022/a.txt", "2022/b.jsonl.gz"]),
        ("memory://crawl/**/*.warc.gz", ["2023/c.warc.gz"]),
        ("memory://crawl/2022/a.txt", ["2022/a.txt"]),
        ("memory://crawl/2023/picture.png", ["2023/picture.png"]),
    ],
)
def test_an_address_names_a_file_a_folder_or_a_pattern(
    bucket: Any, named: str, files: list[str]
) -> None:
    found = [source.path for source in list_inputs([named])]
    assert [path.partition("crawl/")[2] for path in found] == files


def test_what_lies_elsewhere_is_read_as_what_lies_here(bucket: Any, tmp_path: Path) -> None:
    for name in ("2022/a.txt", "2022/b.jsonl.gz", "2023/c.warc.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(bucket.cat(f"/crawl/{name}"))
    there = [item for item in read(["memory://crawl"]) if isinstance(item, Article)]
    here = [item for item in read([str(tmp_path)]) if isinstance(item, Article)]
    assert [a.text for a in there] == [a.text for a in here]
    assert len(there) == 3


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("memory://crawl/none/*.txt", "nothing at this address"),
        ("memory://crawl/2023/*.png", "holds no articles"),
        ("nowhere://crawl/a.txt", "Protocol not known"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(bucket: Any, named: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        list_inputs([named])


class Server(http.server.ThreadingHTTPServer):
    """Serves a page, a WARC file, and one that fails at first; counts what is asked for."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self.answer(body=False)

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.answer(body=True)

    def answer(self, body: bool) -> None:
        pages = {
            "/talks?id=1": (page(TALKS, 0).encode(), "text/html"),
            "/crawl.warc.gz": (WARC, "application/warc"),
            "/shaky.txt": (TALKS.encode(), "text/plain"),
        }
        shaky = self.path == "/shaky.txt" and body and self.server.asked[self.path] == 1
        if shaky or self.path not in pages:
            self.send_error(503 if shaky else 404)
            return
        content, kind = pages[self.path]
        self.send_response(200)
        for name, value in (("Content-Type", kind), ("ETag", '"1"'), ("Content-Length", str(len(content)))):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Server]]:
    monkeypatch.setattr(places, "_WAIT", 0)
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", server
        server.shutdown()
        thread.join()


def test_a_page_of_the_web_becomes_an_article_with_its_address(web: tuple[str, Server]) -> None:
    (article,) = read([f"{web[0]}/talks?id=1"])
    assert isinstance(article, Article)
    assert article.url == f"{web[0]}/talks?id=1"
    assert "headed by Deputy Foreign Minister" in article.text


@pytest.mark.parametrize("name", ["crawl.warc.gz", "shaky.txt"])
def test_files_of_the_web_are_read_even_where_the_server_stumbles(
    web: tuple[str, Server], name: str
) -> None:
    (article,) = read([f"{web[0]}/{name}"])
    assert isinstance(article, Article)


def test_a_page_that_is_gone_is_told_and_the_others_stand(
    web: tuple[str, Server], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(TALKS)
    gone, article = sorted(
        read([f"{web[0]}/gone", str(tmp_path)]), key=lambda i: type(i) is Article
    )
    assert isinstance(gone, Issue)
    assert (gone.code, gone.source) == ("unreadable", f"{web[0]}/gone")
    assert isinstance(article, Article)


def test_what_is_kept_of_a_file_elsewhere_is_not_fetched_again(
    web: tuple[str, Server], tmp_path: Path
) -> None:
    first = read_inputs([f"{web[0]}/crawl.warc.gz"], cache=tmp_path)
    again = read_inputs([f"{web[0]}/crawl.warc.gz"], cache=tmp_path)
    assert first == again
    assert web[1].asked["/crawl.warc.gz"] == 1


def test_the_command_takes_addresses(web: tuple[str, Server], tmp_path: Path) -> None:
    output = tmp_path / "kg.ttl"
    told = CliRunner().invoke(
        cli, ["build", f"{web[0]}/talks?id=1", "--no-check", "-o", str(output)]
    )
    assert told.exit_code == 0, told.output
    assert f"{web[0]}/talks?id=1" in output.read_text()
