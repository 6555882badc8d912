"""``uscuba-kg serve``: a graph over HTTP, as a SPARQL endpoint and as pages."""

from __future__ import annotations

import os
from pathlib import Path

import click

from uscuba_kg.cli.helping import Command
from uscuba_kg.errors import InputError

_BUILT = Path("graph.ttl")
_LEAST_TOKEN = 16
_EXAMPLES = (
    "uscuba-kg serve",
    "uscuba-kg serve kg.ttl --watch --log access.jsonl",
    "uscuba-kg serve kg.nt --store kg.store --port 8080",
    "USCUBA_KG_TOKEN=... uscuba-kg serve --writable --store kg.store",
)


@click.command(
    "serve",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("graphs", nargs=-1, metavar="[GRAPH]...", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="Its port."
)
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep the graph on disk in this folder, instead of in memory.",
)
@click.option(
    "--writable",
    is_flag=True,
    help="Allow updates to whoever knows the token in USCUBA_KG_TOKEN; needs --store.",
)
@click.option("--watch", is_flag=True, help="Take a graph over when its file changes.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1, 3600),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="The longest that a query may take.",
)
@click.option(
    "--result-limit",
    type=click.IntRange(1, 4096),
    default=64,
    show_default=True,
    metavar="MIB",
    help="The largest answer to a query.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=2 * (os.cpu_count() or 1),
    show_default="two for each core",
    help="How many requests are evaluated at once.",
)
@click.option(
    "--allow",
    "allowed",
    multiple=True,
    metavar="URL",
    help="An endpoint that SERVICE, or a document that LOAD, may reach; none may otherwise.",
)
@click.option(
    "--log",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write a line of JSON for each request; - is standard error.",
)
@click.option("--public", metavar="URL", help="The address that the outside sees, behind a proxy.")
def command(
    graphs: tuple[Path, ...],
    host: str,
    port: int,
    store: Path | None,
    writable: bool,
    watch: bool,
    time_limit: float,
    result_limit: int,
    workers: int,
    allowed: tuple[str, ...],
    log: Path | None,
    public: str | None,
) -> None:
    """Serve a graph: SPARQL 1.1 at /sparql, graphs at /store, pages for people at /.

    GRAPH is a graph file; without it graph.ttl is served, and built first if it is not there. The
    server reads only, and talks to this machine only, unless told otherwise.
    """
    if not hasattr(os, "fork"):
        raise click.UsageError("this system cannot fork: serve on Linux or macOS, or in WSL")
    from uscuba_kg.publish.serve.run import serve
    from uscuba_kg.publish.serve.settings import Settings

    token = _token(writable, store)
    settings = Settings(
        graphs=graphs or _built(store, writable),
        store=store,
        host=host,
        port=port,
        token=token,
        allowed=allowed,
        watch=watch,
        seconds=time_limit,
        result_bytes=result_limit * 1024 * 1024,
        workers=workers,
        log=log,
        public=public.rstrip("/") if public else None,
    )
    serve(settings, _told)


def _told(address: str, triples: int) -> None:
    click.echo(f"Serving {triples:,} triples at {address}/ (SPARQL at {address}/sparql)")


def _token(writable: bool, store: Path | None) -> str | None:
    if not writable:
        return None
    token = os.environ.get("USCUBA_KG_TOKEN", "")
    if store is None:
        raise click.UsageError("--writable needs --store DIR, where what is written lasts")
    if len(token) < _LEAST_TOKEN:
        raise click.UsageError(
            f"--writable needs a token of {_LEAST_TOKEN} characters or more in USCUBA_KG_TOKEN"
        )
    return token


def _built(store: Path | None, writable: bool) -> tuple[Path, ...]:
    """The graph that ``build`` wrote; made now where there is none."""
    if writable and store is not None and (store / "written").exists():
        return ()
    if not _BUILT.exists():
        from uscuba_kg.pipeline import build
        from uscuba_kg.publish.formats import write_graph

        click.echo(f"Building {_BUILT} from the articles that come with the project ...")
        result = build((), check=False)
        if not result.knowledge.articles:
            raise InputError("no article could be read", place=str(_BUILT))
        write_graph(result.triples, _BUILT)
    return (_BUILT,)
