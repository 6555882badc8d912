"""The frame of every page: templates, words, links within the server."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

import jinja2
import msgspec

from uscuba_kg.publish.explorer.assets import asset_path
from uscuba_kg.publish.explorer.page import LANGUAGES, Page, Request
from uscuba_kg.publish.explorer.words import words

NAMESPACE = "https://w3id.org/uscuba-kg"
"""What stands before the path of every IRI that this server answers for."""
_PLAIN = "/:;@!$&'()*+,=~%"
_FOLDER = Path(__file__).parent / "templates"


def page(template: str, request: Request, values: Mapping[str, object], status: int = 200) -> Page:
    """Give a template's page for a request; all values are escaped where they are written."""
    language = request.reads
    text = (
        _templates()
        .get_template(template)
        .render(
            values,
            request=request,
            language=language,
            languages=LANGUAGES,
            words=words(language),
            tongue_names={tongue: words(tongue)["language"] for tongue in LANGUAGES},
            number=lambda count: number(count, language),
            link=lambda path, **more: link(request, path, **more),
            here=lambda lang: here(request, lang),
            asset=lambda name: request.base + asset_path(name),
        )
    )
    headers = (("Content-Language", language),)
    return Page(status, "text/html; charset=utf-8", text.encode(), headers)


def in_json(value: object) -> Page:
    """Give what a script asks for, as JSON."""
    return Page(200, "application/json", msgspec.json.encode(value))


def number(count: int, language: str) -> str:
    """Give a number with its thousands apart, as a language writes it."""
    return f"{count:,}".replace(",", words(language)["thousands"])


def link(request: Request, path: str, **parameters: object) -> str:
    """Give the address of a path or of an IRI of ours, in the language that the reader chose."""
    chosen = {"lang": request.reads} if request.value("lang") else {}
    query = urlencode({**parameters, **chosen})
    place, mark, fragment = path.removeprefix(NAMESPACE).partition("#")
    return (
        request.base
        + quote(place, safe=_PLAIN)
        + (f"?{query}" if query else "")
        + (mark + quote(fragment, safe=_PLAIN))
    )


def here(request: Request, language: str) -> str:
    """Give the address of this page in another language."""
    others = [(n, v) for n, v in request.parameters if n != "lang"]
    return f"{request.base}{request.path}?{urlencode([*others, ('lang', language)])}"


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
