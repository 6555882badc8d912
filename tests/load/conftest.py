"""Stores to load into: our own server, the real Oxigraph, the real Virtuoso."""

from __future__ import annotations

import configparser
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from running import TOKEN, running

from uscuba_kg.publish.load.remote import Credentials


@dataclass(frozen=True)
class Store:
    """A store that runs: its address, where it answers queries, who may write."""

    name: str
    url: str
    queries: str
    credentials: Credentials
    unnamed: bool = True


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def needed(tool: str) -> str:
    """The path of a tool; the test is skipped where it is missing, but never in CI."""
    found = shutil.which(tool) or shutil.which(str(Path(sys.executable).with_name(tool)))
    if found is None:
        if os.environ.get("USCUBA_KG_ALL_TOOLS"):
            pytest.fail(f"{tool} is not installed")
        pytest.skip(f"{tool} is not installed")
    return found


@contextlib.contextmanager
def started(command: list[str], folder: Path, url: str) -> Iterator[None]:
    """Run a server until it is not needed any more; given once it answers."""
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    try:
        for _ in range(300):
            with contextlib.suppress(httpx.TransportError):
                httpx.get(url, timeout=5)
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextlib.contextmanager
def ours(folder: Path) -> Iterator[Store]:
    """Our own server, with a token."""
    (folder / "empty.ttl").write_text("", encoding="utf-8")
    args = (str(folder / "empty.ttl"), "--writable", "--store", str(folder / "store"))
    with running(*args, writable=True) as server:
        yield Store("ours", server.url, f"{server.url}/sparql", Credentials(token=TOKEN))


@contextlib.contextmanager
def oxigraph(folder: Path) -> Iterator[Store]:
    """Oxigraph's own server."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [needed("oxigraph"), "serve", "--bind", url.removeprefix("http://")]
    with started(command, folder, url):
        yield Store("oxigraph", url, f"{url}/query", Credentials())


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[Store]:
    """Virtuoso, as Debian has it; it asks for digest authentication."""
    command = needed("virtuoso-t")
    url = f"http://127.0.0.1:{free_port()}"
    settings = configparser.ConfigParser(strict=False, interpolation=None)
    settings.optionxform = str  # type: ignore[assignment, method-assign]
    settings.read("/etc/virtuoso-opensource-7/virtuoso.ini")
    for section in settings.sections():
        for key, value in settings[section].items():
            if value.startswith("/var/lib/virtuoso"):
                settings[section][key] = str(folder / Path(value).name)
    settings["Parameters"]["ServerPort"] = f"127.0.0.1:{free_port()}"
    settings["HTTPServer"]["ServerPort"] = url.removeprefix("http://")
    settings["HTTPServer"]["ServerRoot"] = str(folder)
    with (folder / "virtuoso.ini").open("w", encoding="utf-8") as file:
        settings.write(file)
    call = [command, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with started(call, folder, f"{url}/sparql"):
        yield Store("virtuoso", url, f"{url}/sparql", Credentials("dba", "dba"), unnamed=False)


STORES: dict[str, Callable[[Path], contextlib.AbstractContextManager[Store]]] = {
    "ours": ours,
    "oxigraph": oxigraph,
    "virtuoso": virtuoso,
}


@pytest.fixture(scope="session", params=STORES)
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Each store in turn."""
    with STORES[request.param](tmp_path_factory.mktemp(request.param)) as found:
        yield found
