"""Articles as the web has them: ten layouts of pages, and archives of them as crawlers write."""

from __future__ import annotations

import gzip
import html
from collections.abc import Iterable

_MENU = ("Home", "World", "Cuba", "Politics", "Sports", "Opinion", "Weather", "Contact")
_TEASERS = (
    "Storm nears the coast of Japan as thousands leave their homes",
    "Striker signs for two seasons after long negotiations with the club",
    "Ten soups for a cold evening, chosen by our readers",
)


def _paragraphs(text: str) -> tuple[str, list[str]]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return html.escape(lines[0]), [html.escape(line) for line in lines[1:]]


def _p(body: Iterable[str], tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{line}</{tag}>" for line in body)


def _nav(tag: str = "nav") -> str:
    return f"<{tag} class='menu'><ul>{''.join(f'<li><a href=/{m}>{m}</a></li>' for m in _MENU)}</ul></{tag}>"


def _aside() -> str:
    return (
        "<aside>"
        + "".join(f"<div class='teaser'><a href=#>{t}</a></div>" for t in _TEASERS)
        + "</aside>"
    )


def _modern(title: str, body: list[str]) -> str:
    return (
        f"<header>{_nav()}</header><main><article><h1>{title}</h1>{_p(body)}</article>{_aside()}</main>"
        "<footer>Subscribe to our newsletter. All rights reserved.</footer>"
    )


def _wordpress(title: str, body: list[str]) -> str:
    return (
        f"<div id='page'>{_nav('div')}<div id='content' class='site-content'><div class='post hentry'>"
        f"<h2 class='entry-title'>{title}</h2><div class='entry-content'>{_p(body)}</div></div>"
        "<div id='comments'><h3>2 thoughts</h3><ol><li>First!</li><li>So sad.</li></ol></div></div>"
        "<div id='sidebar' class='widget-area'><h3>Archives</h3><a href=#>May</a></div></div>"
    )


def _tables(title: str, body: list[str]) -> str:
    menu = "".join(f"<tr><td><a href=#>{m}</a></td></tr>" for m in _MENU)
    return (
        f"<table width=760><tr><td width=120><table>{menu}</table></td><td><font size=5><b>{title}</b></font>"
        f"<br>{_p(body)}</td></tr></table>"
    )


def _government(title: str, body: list[str]) -> str:
    return (
        f"<div class='usa-banner'>An official website</div>{_nav()}<div id='main-content' class='node--type-press'>"
        f"<h1 class='page-title'>{title}</h1><div class='field--name-body'>{_p(body)}</div></div>"
        "<div class='tags'>Tags: <a href=#>Press</a></div>"
    )


def _divs(title: str, body: list[str]) -> str:
    return f"<div class='c1'><div class='c2'>{_nav('div')}</div><div class='story'><h1>{title}</h1>{_p(body, 'div')}</div></div>"


def _breaks(title: str, body: list[str]) -> str:
    return f"<h1>{title}</h1><div class='texto'>{'<br><br>'.join(body)}</div><div class='pie'>Imprimir | Enviar</div>"


def _teasers(title: str, body: list[str]) -> str:
    return (
        f"{_nav()}<div class='grid'><section class='article-body'><h1>{title}</h1>{_p(body)}</section>"
        f"<section class='related'><h2>Related</h2>{_aside()}{_aside()}</section></div>"
    )


def _sections(title: str, body: list[str]) -> str:
    return f"<main>{_nav()}<section><h1>{title}</h1></section><section>{_p(body)}</section></main>"


def _minimal(title: str, body: list[str]) -> str:
    return f"<h1>{title}</h1>{_p(body)}"


def _amp(title: str, body: list[str]) -> str:
    return (
        f"<amp-sidebar>{_nav('div')}</amp-sidebar><article class='amp-wp-article'><header class='amp-wp-article-header'>"
        f"<h1 class='amp-wp-title'>{title}</h1></header><div class='amp-wp-article-content'>{_p(body)}</div></article>"
    )


LAYOUTS = (
    _modern, _wordpress, _tables, _government, _divs, _breaks, _teasers, _sections, _minimal, _amp,
)  # fmt: skip


def page(text: str, layout: int, language: str = "en", head: str = "") -> str:
    """A text, its first line the title, as a web page in one of the ten layouts."""
    title, body = _paragraphs(text)
    return (
        f"<!DOCTYPE html><html lang={language}><head><title>{title}</title>{head}</head>"
        f"<body>{LAYOUTS[layout % len(LAYOUTS)](title, body)}</body></html>"
    )


def record(
    url: str, body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8"
) -> bytes:
    """One answer of a web server as a WARC record."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2024-03-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:7f4e7b1e-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def packed(records: Iterable[bytes]) -> bytes:
    """Records as crawls publish them: each packed by itself, one behind the other."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def plain(records: Iterable[bytes]) -> bytes:
    """Records one behind the other, not packed."""
    return b"".join(records)
