"""A graph that is rebuilt is taken over without a restart and without a failed request."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import httpx
import pytest
from running import running

ASK = {"query": "SELECT ?o { <urn:s> <urn:p> ?o }"}


def write(path: Path, value: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(value, encoding="utf-8")
    part.replace(path)


def version(client: httpx.Client) -> str:
    return str(client.get("/health").json()["version"])


def wait_for(client: httpx.Client, wanted: str) -> bool:
    for _ in range(200):
        if f'"{wanted}"' in client.get("/sparql", params=ASK).text:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("store", [False, True])
def test_a_graph_that_was_rebuilt_is_taken_over(tmp_path, store) -> None:
    path = tmp_path / "kg.ttl"
    write(path, '<urn:s> <urn:p> "old" .')
    more = ("--store", str(tmp_path / "store")) if store else ()
    statuses, stop = [], threading.Event()
    with (
        running(str(path), "--watch", *more) as server,
        httpx.Client(base_url=server.url) as client,
    ):
        old = version(client)
        tag = client.get("/sparql", params=ASK).headers["etag"]

        def ask() -> None:
            with httpx.Client(base_url=server.url) as own:
                while not stop.is_set():
                    statuses.append(own.get("/sparql", params=ASK).status_code)

        asking = threading.Thread(target=ask)
        asking.start()
        write(path, '<urn:s> <urn:p> "new" .')
        assert wait_for(client, "new")
        stop.set()
        asking.join()
        assert set(statuses) == {200}
        assert version(client) != old
        answer = client.get("/sparql", params=ASK, headers={"If-None-Match": tag})
        assert answer.status_code == 200


def test_a_graph_that_cannot_be_read_is_not_taken_over(tmp_path) -> None:
    path, log = tmp_path / "kg.ttl", tmp_path / "log.jsonl"
    write(path, '<urn:s> <urn:p> "old" .')
    args = (str(path), "--watch", "--log", str(log))
    with running(*args) as server, httpx.Client(base_url=server.url) as client:
        write(path, "<urn:s> <urn:p")
        for _ in range(100):
            if "cannot be read" in log.read_text(encoding="ascii"):
                break
            time.sleep(0.05)
        assert "old" in client.get("/sparql", params=ASK).text
        write(path, '<urn:s> <urn:p> "new" .')
        assert wait_for(client, "new")


@pytest.mark.parametrize(
    ("text", "words"),
    [("<urn:s> <urn:p", "not well-formed"), (None, "there is no such file")],
)
def test_a_graph_that_is_not_there_stops_the_start(tmp_path, text, words, capfd) -> None:
    path = tmp_path / "kg.ttl"
    if text is not None:
        write(path, text)
    with pytest.raises(RuntimeError, match="did not start"), running(str(path)):
        pass
    told = capfd.readouterr().err
    assert words in told
    assert "Traceback" not in told


def test_an_address_that_is_taken_is_said(tmp_path, capfd) -> None:
    path = tmp_path / "kg.ttl"
    write(path, "")
    with running(str(path)) as server:
        port = server.url.rsplit(":", 1)[1]
        with (
            pytest.raises(RuntimeError, match="did not start"),
            running(str(path), "--port", port),
        ):
            pass
    assert "Choose another address" in capfd.readouterr().err


def test_what_runs_is_finished_before_the_end(tmp_path) -> None:
    path = tmp_path / "kg.ttl"
    write(path, "")
    values = " ".join(map(str, range(1200)))
    slow = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} FILTER(STR(?a) < STR(?b)) }}"
    answers = []
    with running(str(path)) as server:
        asking = threading.Thread(
            target=lambda: answers.append(
                httpx.post(f"{server.url}/sparql", data={"query": slow}, timeout=30)
            )
        )
        asking.start()
        for _ in range(400):
            if "uscuba_busy_workers 1.0" in httpx.get(f"{server.url}/metrics").text:
                break
            time.sleep(0.01)
    asking.join()
    assert answers[0].status_code == 200


def test_stores_of_states_long_gone_are_removed(tmp_path) -> None:
    path, folder = tmp_path / "kg.ttl", tmp_path / "store"
    folder.mkdir()
    (folder / "mine").mkdir()
    for number in range(4):
        write(path, f'<urn:s> <urn:p> "{number}" .')
        with running(str(path), "--store", str(folder), "--workers", "1"):
            pass
    assert len(list(folder.iterdir())) == 3
    assert (folder / "mine").is_dir()
