"""Clients that others wrote work unchanged."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
import rdflib
from playwright.sync_api import Browser
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from running import TOKEN, running
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

SELECT = "SELECT ?o WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }"
PACKAGES = {"comunica": "@comunica/query-sparql@4", "yasgui": "@zazuko/yasgui@4.6.2"}


@pytest.fixture(scope="session")
def endpoint(client: httpx.Client) -> str:
    return str(client.base_url).rstrip("/") + "/sparql"


@pytest.fixture(scope="session")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the clients of npm; skipped where they cannot be had, but never in CI."""
    known = os.environ.get("USCUBA_KG_NPM")
    if known:
        return Path(known)
    folder = tmp_path_factory.mktemp("npm")
    tool = shutil.which("npm")
    if tool and os.environ.get("USCUBA_KG_ALL_TOOLS"):
        install = [tool, "install", "--silent", "--no-audit", "--no-fund", *PACKAGES.values()]
        subprocess.run(install, cwd=folder, check=True, capture_output=True)
        return folder
    if os.environ.get("USCUBA_KG_ALL_TOOLS"):
        pytest.fail("npm is not installed")
    pytest.skip("set USCUBA_KG_NPM to a folder where npm has installed the clients")


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_reads(endpoint, method) -> None:
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setMethod(method)
    wrapper.setQuery(SELECT)
    wrapper.setReturnFormat(JSON)
    (row,) = wrapper.query().convert()["results"]["bindings"]
    assert row["o"]["value"] == "Josefina Vidal"
    wrapper.setReturnFormat(XML)
    assert "Josefina Vidal" in wrapper.query().convert().toxml()
    wrapper.setReturnFormat(CSV)
    assert b"Josefina Vidal" in wrapper.query().convert()
    wrapper.setQuery(CONSTRUCT)
    wrapper.setReturnFormat(TURTLE)
    assert b"Josefina Vidal" in wrapper.query().convert()


def test_rdflib_reads(endpoint) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint))
    assert [str(row.o) for row in graph.query(SELECT)] == ["Josefina Vidal"]
    assert len(graph) == 6
    thing = rdflib.URIRef("https://w3id.org/uscuba-kg/id/person/josefina-vidal")
    assert str(graph.value(thing, rdflib.RDFS.label)) == "Josefina Vidal"
    assert (thing, rdflib.RDF.type, None) in graph


def test_rdflib_and_sparqlwrapper_write(tmp_path) -> None:
    (tmp_path / "empty.ttl").write_text("", encoding="utf-8")
    args = (str(tmp_path / "empty.ttl"), "--writable", "--store", str(tmp_path / "store"))
    with running(*args, writable=True) as server:
        endpoint = f"{server.url}/sparql"
        headers = {"Authorization": f"Bearer {TOKEN}"}
        store = SPARQLUpdateStore(endpoint, endpoint, headers=headers)
        graph = rdflib.Graph(store, identifier=rdflib.URIRef("urn:g"))
        graph.add((rdflib.URIRef("urn:s"), rdflib.URIRef("urn:p"), rdflib.Literal("o", lang="es")))
        assert len(graph) == 1
        wrapper = SPARQLWrapper(endpoint)
        wrapper.setCredentials("anyone", TOKEN)
        wrapper.setMethod(POST)
        wrapper.setQuery("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 2 } }")
        wrapper.query()
        assert len(graph) == 2


def test_curl_reads(endpoint) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    call = [curl, "--silent", "--fail", "--compressed", "-H", "Accept: text/csv"]
    query = ["--data-urlencode", f"query={SELECT}", endpoint]
    for how in ([], ["--get"], ["--http1.0"], ["-H", "Expect: 100-continue"]):
        done = subprocess.run([*call, *how, *query], capture_output=True, check=True)
        assert done.stdout.decode() == "o\r\nJosefina Vidal\r\n"
    host = endpoint.removesuffix("/sparql")
    thing = subprocess.run(
        [curl, "-sfL", "-H", "Accept: text/turtle", f"{host}/id/person/josefina-vidal"],
        capture_output=True,
        check=True,
    )
    assert b"Josefina Vidal" in thing.stdout


def test_comunica_reads(endpoint, npm) -> None:
    """It asks for the service description first, and sends what it reads to the endpoint."""
    tool = npm / "node_modules" / ".bin" / "comunica-sparql"
    for source in (endpoint, f"sparql@{endpoint}"):
        done = subprocess.run(
            [str(tool), source, SELECT, "-t", "application/sparql-results+json"],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        (row,) = json.loads(done.stdout)["results"]["bindings"]
        assert row["o"]["value"] == "Josefina Vidal"


@pytest.fixture
def elsewhere(npm: Path, endpoint: str) -> Iterator[str]:
    """YASGUI on another server, pointed at ours."""
    build = npm / "node_modules" / "@zazuko" / "yasgui" / "build"
    page = f"""<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="yasgui.min.css"><div id="y"></div>
<script src="yasgui.min.js"></script><script>
window.yasgui = new Yasgui(document.getElementById("y"),
  {{requestConfig: {{endpoint: "{endpoint}"}}, copyEndpointOnNewTab: false}});
</script>"""
    (build / "ours.html").write_text(page, encoding="utf-8")
    quiet = type(
        "Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *args: None}
    )
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=build))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/ours.html"
    server.shutdown()


def test_yasgui_on_another_site_reads(browser: Browser, elsewhere: str) -> None:
    page = browser.new_page()
    page.goto(elsewhere)
    page.wait_for_function("window.yasgui && window.yasgui.getTab()")
    page.evaluate("q => { window.yasgui.getTab().setQuery(q) }", SELECT)
    page.evaluate("() => { window.yasgui.getTab().query() }")
    page.wait_for_selector(".yasr_results td:has-text('Josefina Vidal')", timeout=20_000)
    page.close()
