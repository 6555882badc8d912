"""Files, folders and standard input, good and bad, as real files."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import sys
from pathlib import Path

import pytest

from uscuba_kg import resources
from uscuba_kg.errors import InputError, PackError
from uscuba_kg.ingest import (
    MAX_BYTES,
    Source,
    drafts,
    list_inputs,
    pagewords,
    read,
    read_source,
    sources,
)
from uscuba_kg.model import Article, Issue, PartialDate, Span

ENGLISH = (
    "The Department of State said that the two delegations had met in Havana on Tuesday and that "
    "they would meet again in the spring."
)
SPANISH = (
    "La Cancillería dijo que las dos delegaciones se reunieron el martes en La Habana y que "
    "volverán a verse en la primavera, según el comunicado."
)


def _read(path: Path) -> tuple[list[Article], list[Issue]]:
    items = list(read([str(path)]))
    articles = [item for item in items if isinstance(item, Article)]
    return articles, [item for item in items if isinstance(item, Issue)]


def _write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def test_a_text_file_becomes_an_article(tmp_path: Path) -> None:
    path = _write(tmp_path, "one.txt", f"Talks in Havana Go On\r\n\r\n{ENGLISH}\r\n")
    articles, issues = _read(path)
    text = f"Talks in Havana Go On\n\n{ENGLISH}\n"
    assert issues == []
    assert articles == [
        Article(
            text=text,
            sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
            source=str(path),
            language="en",
            title="Talks in Havana Go On",
            title_span=Span(0, 21),
        )
    ]


def test_code_points_are_kept(tmp_path: Path) -> None:
    text = f"\u00a0 {SPANISH} \u2028 cafe\u0301 \U0001f1e8\U0001f1fa …\n\n"
    articles, _ = _read(_write(tmp_path, "uno.txt", text))
    assert [article.text for article in articles] == [text]


FRONT_MATTER = """---
title: "Talks: what was said"
url: https://news.example/talks?id=4
publisher: Harbor Weekly
published: 2023-01-20
language: en-US
retold: true
author: nobody we know
---

"""


@pytest.mark.parametrize("ending", ["txt", "md", "markdown", "MD"])
def test_front_matter_is_read(tmp_path: Path, ending: str) -> None:
    (article,), issues = _read(_write(tmp_path, f"one.{ending}", FRONT_MATTER + ENGLISH))
    assert issues == []
    assert article.text == ENGLISH
    assert article.title == "Talks: what was said"
    assert article.title_span is None
    assert article.url == "https://news.example/talks?id=4"
    assert article.publisher == "Harbor Weekly"
    assert article.published == PartialDate(2023, 1, 20)
    assert (article.language, article.retold) == ("en", True)


def test_the_address_of_what_is_retold_stands_in_for_a_missing_one(tmp_path: Path) -> None:
    text = f"---\nsource: https://news.example/a\nretold: yes\n---\n{ENGLISH}"
    (article,), issues = _read(_write(tmp_path, "one.md", text))
    assert issues == []
    assert (article.url, article.retold) == ("https://news.example/a", True)


@pytest.mark.parametrize(
    ("front", "code", "line"),
    [
        ("---\ntitle: Talks: what was said\nlanguage: en\n---\n", "front-matter", 2),
        ("---\ntitle: one\nurl: [a, b\n---\n", "front-matter", 4),
        ("---\ntitle: one\n\n", "front-matter", 1),
        ("---\ntitle: one\npublished: last week\n---\n", "metadata", 3),
        ("---\npublished: 2023-02-30\n---\n", "metadata", 2),
        ("---\ntitle: one\nretold: perhaps\n---\n", "metadata", 3),
        ("---\nurl: news.example/a\n---\n", "metadata", 2),
        ("---\nurl: 'javascript:alert(1)'\n---\n", "metadata", 2),
        ("---\ntitle: {a: b}\n---\n", "metadata", 2),
        ('---\ntitle: "a\\0b"\n---\n', "metadata", 2),
        ("---\nlanguage: the English language\n---\n", "metadata", 2),
        ("---\ntitle: &a [*a]\n---\n", "front-matter", 2),
        ("---\ntitle: " + "[" * 5000 + "]" * 5000 + "\n---\n", "front-matter", 2),
        ("---\n? [a, b]\n: c\ntitle: x\n---\n", None, 0),
    ],
)
def test_broken_front_matter_is_an_issue_and_the_text_is_read(
    tmp_path: Path, front: str, code: str | None, line: int
) -> None:
    path = _write(tmp_path, "one.txt", front + ENGLISH)
    (article,), issues = _read(path)
    assert article.text.endswith(ENGLISH)
    if code:
        assert article.text == ENGLISH
        (issue,) = issues
        assert (issue.code, issue.source) == (code, str(path))
        assert issue.message.startswith(f"line {line}: ")


def test_a_text_that_opens_with_a_ruler_has_no_front_matter(tmp_path: Path) -> None:
    text = f"---\n{ENGLISH}\n---\nMore of it."
    (article,), issues = _read(_write(tmp_path, "one.txt", text))
    assert (article.text, issues) == (text, [])


@pytest.mark.parametrize(
    ("content", "code", "text"),
    [
        (b"\xef\xbb\xbf" + SPANISH.encode(), None, SPANISH),
        (SPANISH.encode("utf-16"), None, SPANISH),
        (b"\xfe\xff" + SPANISH.encode("utf-16-be"), None, SPANISH),
        (SPANISH.encode("cp1252"), "encoding", SPANISH),
        (SPANISH.encode().decode("latin-1").encode(), "encoding", SPANISH),
        ((SPANISH + " “Sí”").encode().decode("cp1252", "ignore").encode(), None, None),
    ],
    ids=["bom", "utf-16-le", "utf-16-be", "cp1252", "mojibake", "mojibake-lost"],
)
def test_encodings(tmp_path: Path, content: bytes, code: str | None, text: str | None) -> None:
    path = _write(tmp_path, "uno.txt", content)
    (article,), issues = _read(path)
    assert [issue.code for issue in issues] == ([code] if code else [])
    assert article.text == (text or content.decode())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\xc2\xa0\n", "empty"),
        ("empty.jsonl", b"", "empty"),
        ("empty.html", b"", "empty"),
        ("menu.html", b"<html><body><nav></nav></body></html>", "empty"),
        ("only-front.md", b"---\ntitle: one\n---\n", "empty"),
        ("nul.txt", ENGLISH.encode() + b"\0", "not-text"),
        ("picture.txt", bytes(range(256)) * 8, "not-text"),
        ("noise.txt", bytes(range(1, 32)) * 8 + b"words", "not-text"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(64), "not-text"),
        ("large.txt", b"a " * (MAX_BYTES // 2 + 1), "too-large"),
        ("line.jsonl", b"[1, 2]\n", "json"),
        ("line.jsonl", b'{"text": "a', "json"),
        ("line.jsonl", b'{"title": "no text"}', "json"),
        ("line.jsonl", b'{"text": 7}', "json"),
        ("line.jsonl", b"[" * 100_000, "json"),
        ("line.jsonl", b'{"text": "a\\u0000b"}', "not-text"),
        ("line.jsonl", b'{"text": " "}', "empty"),
        ("list.txt", b"Havana Miami Tampa Matanzas Mariel", "language"),
        ("german.txt", "---\nlanguage: de\n---\nDie Gespräche.".encode(), "language"),
    ],
)
def test_bad_inputs_are_issues(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = _write(tmp_path, name, content)
    articles, issues = _read(path)
    assert articles == []
    assert [issue.code for issue in issues] == [code]
    assert issues[0].source in (str(path), f"{path}:1")
    assert issues[0].message.endswith((".", ")."))


@pytest.mark.parametrize(
    "text",
    [
        "Les délégations de Cuba et des États-Unis se sont réunies mardi à La Havane pour parler "
        "de la migration, et le ministère a dit que le dialogue se poursuivra dans un mois.",
        "As delegações de Cuba e dos Estados Unidos se reuniram em Havana para falar da migração, "
        "e o ministério disse que o diálogo com os vizinhos não vai parar.",
        "Die Delegationen trafen sich in Havanna, um über die Sicherheit zu sprechen.",
    ],
)
def test_other_languages_are_skipped_unless_metadata_say_otherwise(
    tmp_path: Path, text: str
) -> None:
    articles, issues = _read(_write(tmp_path, "one.txt", text))
    assert (articles, [issue.code for issue in issues]) == ([], ["language"])
    told, issues = _read(_write(tmp_path, "two.txt", f"---\nlanguage: es\n---\n{text}"))
    assert ([article.language for article in told], issues) == (["es"], [])


def test_languages_are_detected(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", ENGLISH)
    _write(tmp_path, "b.txt", SPANISH)
    articles, _ = _read(tmp_path)
    assert [article.language for article in articles] == ["en", "es"]


HTML = f"""<!DOCTYPE html><html lang="de"><head><meta charset="iso-8859-1">
<title>La Habana acoge otra ronda - El Faro</title>
<meta property="og:title" content="La Habana acoge otra ronda de diálogo">
<meta property="og:site_name" content="El Faro">
<meta property="article:published_time" content="2016-03-09T10:00:00-05:00">
<link rel="canonical" href="https://faro.example/ronda"></head><body>
<nav><a href="/">Inicio</a> <a href="/p">Política</a></nav>
<article><h1>La Habana acoge otra ronda de diálogo</h1>
<p>{SPANISH}</p><p>{SPANISH} Así terminó la jornada.</p>
<p>Al cierre, los dos jefes de delegación agradecieron el trato y quedaron en escribirse.</p>
</article><footer>Todos los derechos reservados</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_a_web_page_is_read(tmp_path: Path, encoding: str) -> None:
    path = _write(tmp_path, "uno.html", HTML.encode(encoding))
    (article,), issues = _read(path)
    assert issues == []
    assert article.text.startswith("La Habana acoge otra ronda de diálogo\n\nLa Cancillería dijo")
    assert article.text.count(SPANISH) == 2
    assert "Inicio" not in article.text
    assert article.title_span == Span(0, 37)
    assert (article.language, article.publisher) == ("es", "El Faro")
    assert article.url == "https://faro.example/ronda"
    assert article.published == PartialDate(2016, 3, 9)


def test_without_trafilatura_a_page_is_an_issue_that_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    articles, (issue,) = _read(_write(tmp_path, "uno.htm", HTML))
    assert (articles, issue.code) == ([], "web-support")
    assert "uscuba-kg[web]" in issue.message


def _line(text: str, **keys: object) -> str:
    return json.dumps({"text": text, **keys}, ensure_ascii=False)


def test_json_lines_go_on_after_a_bad_line(tmp_path: Path) -> None:
    lines = [
        _line(ENGLISH, title="One", published="2023-01", url="https://news.example/1", n=4),
        "",
        "{oops",
        _line(SPANISH, language="es", retold=True, published=2023),
        _line(ENGLISH, published=["2023"]),
    ]
    path = _write(tmp_path, "all.jsonl", "\n".join(lines))
    articles, issues = _read(path)
    assert [a.source for a in articles] == [f"{path}:{n}" for n in (1, 4, 5)]
    assert [a.published for a in articles] == [PartialDate(2023, 1), PartialDate(2023), None]
    assert articles[1].retold
    assert [(i.code, i.source) for i in issues] == [
        ("json", f"{path}:3"),
        ("metadata", f"{path}:5"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_lines_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    path = _write(tmp_path, "all.jsonl", f"{_line(ENGLISH)}\n{_line(SPANISH)}\n".encode(encoding))
    articles, issues = _read(path)
    assert ([article.text for article in articles], issues) == ([ENGLISH, SPANISH], [])


def test_json_lines_are_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_PART_BYTES", 1000)
    path = _write(tmp_path, "all.jsonl", "\n".join(_line(f"{n}. {ENGLISH}") for n in range(40)))
    parts = list_inputs([str(path)])
    assert len(parts) > 3
    articles = [a for part in parts for a in read_source(part)[0]]
    assert [a.source for a in articles] == [f"{path}:{n + 1}" for n in range(40)]
    assert [a.text for a in articles] == [f"{n}. {ENGLISH}" for n in range(40)]


def test_a_line_that_is_too_long_is_skipped(tmp_path: Path) -> None:
    path = _write(tmp_path, "all.jsonl", f"{'x' * (MAX_BYTES + 9)}\n{_line(ENGLISH)}\n")
    articles, issues = _read(path)
    assert [a.source for a in articles] == [f"{path}:2"]
    assert [(i.code, i.source) for i in issues] == [("too-large", f"{path}:1")]


@pytest.mark.parametrize(
    ("content", "sources_", "codes"),
    [
        (ENGLISH, ["-"], []),
        (FRONT_MATTER + ENGLISH, ["-"], []),
        (f"\n\n{_line(ENGLISH)}\n{_line(SPANISH)}\n", ["-:3", "-:4"], []),
        ("\ufeff" + _line(ENGLISH), ["-:1"], []),
        (HTML, ["-"], []),
        ("", [], ["empty"]),
        ("\n" * 50, [], ["empty"]),
        ("x" * (MAX_BYTES + 1), [], ["too-large"]),
        ("{" + "x" * (MAX_BYTES + 1) + f"\n{_line(ENGLISH)}", ["-:2"], ["too-large"]),
    ],
    ids=["text", "front", "jsonl", "bom", "html", "empty", "blank", "large", "long-line"],
)
def test_standard_input(content: str, sources_: list[str], codes: list[str]) -> None:
    articles, issues = read_source(Source("-"), io.BytesIO(content.encode("utf-8")))
    assert [article.source for article in articles] == sources_
    assert [issue.code for issue in issues] == codes
    streamed = read(["-"], io.BytesIO(content.encode("utf-8")))
    assert set(streamed) == {*articles, *issues}


def test_a_page_of_several_posts_becomes_several_articles(tmp_path: Path) -> None:
    page = (Path(__file__).parent / "pages" / "en-three-posts.txt").read_text("utf-8")
    plain = page.replace("⟦T:", "").replace("⟦F:", "").replace("⟧", "").replace("≡≡≡\n", "")
    front = "---\ntitle: The blog\npublisher: The Blog\npublished: 2019-04-01\n---\n"
    path = _write(tmp_path, "blog.txt", front + plain)
    articles, issues = _read(path)
    assert issues == []
    assert [a.source for a in articles] == [f"{path}#1", f"{path}#2", f"{path}#3"]
    assert [a.title for a in articles] == [
        "Washington Hosts Another Round of Fisheries Talks",
        "Havana and Washington Return to the Fisheries Table",
        "First Fisheries Talks of the Two Countries",
    ]
    assert {(a.publisher, a.published) for a in articles} == {("The Blog", None)}
    assert len({a.sha256 for a in articles}) == 3
    assert [len(a.footnotes) for a in articles] == [1, 1, 1]


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b.TXT", "c.pdf", ".hidden.txt", ".git/x.txt", "d.jsonl"):
        _write(tmp_path, name, _line(ENGLISH) if name.endswith("jsonl") else ENGLISH)
    expected = [str(tmp_path / name) for name in ("a/b.TXT", "a/z.md", "b.txt", "d.jsonl")]
    assert [source.path for source in list_inputs([str(tmp_path)])] == expected
    twice = [str(tmp_path / "b.txt"), str(tmp_path), str(tmp_path / "b.txt")]
    assert [source.path for source in list_inputs(twice)] == expected


def test_sources_travel_between_processes(tmp_path: Path) -> None:
    found = list_inputs([str(_write(tmp_path, "all.jsonl", _line(ENGLISH)))])
    assert pickle.loads(pickle.dumps(found)) == found
    assert read_source(found[0]) == read_source(pickle.loads(pickle.dumps(found[0])))


@pytest.mark.parametrize("name", ["gone.txt", "empty-folder", "nul\0name"])
def test_what_is_not_there_is_told_and_the_others_go_through(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    good, gone = _write(tmp_path, "good.txt", ENGLISH), str(tmp_path / name)
    found = list(read([str(good), gone]))
    assert [item.text for item in found if isinstance(item, Article)] == [ENGLISH]
    (issue,) = [item for item in found if isinstance(item, Issue)]
    assert (issue.code, issue.source) == ("unreadable", gone)
    with pytest.raises(InputError) as caught:
        read([gone, gone])
    assert caught.value.remedy
    assert name.partition("\0")[0] in caught.value.place


def test_an_article_that_is_too_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MAX_CHARACTERS", 20_000)
    book = _write(tmp_path, "book.txt", f"{ENGLISH} " * (20_000 // len(ENGLISH)))
    articles, (issue,) = _read(book)
    assert (articles, issue.code, issue.source) == ([], "too-large", str(book))
    assert "split it into articles" in issue.message


def test_many_bad_lines_are_not_as_many_messages(tmp_path: Path) -> None:
    lines = ["no JSON"] * 50 + [_line(ENGLISH)] + ["no JSON"]
    articles, issues = _read(_write(tmp_path, "all.jsonl", "\n".join(lines)))
    assert len(articles) == 1
    assert [i.source.rpartition(".jsonl")[2] for i in issues] == [":1", ":2", ":3", ""]
    assert issues[-1].message == "48 more lines up to line 52 are no JSON objects either."


def test_front_matter_that_is_never_closed_takes_no_words_of_the_article(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.md", f"---\ntitle: Talks\ntags:\n  - one\n{ENGLISH}\n")
    (article,), (issue,) = _read(path)
    assert (article.text.strip(), issue.code) == (ENGLISH, "front-matter")


def test_what_cannot_be_opened_is_an_issue(tmp_path: Path) -> None:
    gone = _write(tmp_path, "gone.txt", ENGLISH)
    _write(tmp_path, "here.txt", ENGLISH)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    found = list_inputs([str(tmp_path)])
    gone.unlink()
    results = [read_source(source) for source in found]
    assert [len(articles) for articles, _ in results] == [0, 1, 0]
    codes = [(issue.code, issue.source) for _, issues in results for issue in issues]
    assert codes == [("unreadable", str(gone)), ("unreadable", str(tmp_path / "loop.txt"))]


def test_a_folder_that_vanished_is_an_issue(tmp_path: Path) -> None:
    articles, (issue,) = read_source(Source(str(tmp_path / "folder" / "one.txt")))
    assert (articles, issue.code) == ((), "unreadable")
    articles, (issue,) = read_source(Source(str(tmp_path)))
    assert (articles, issue.code) == ((), "unreadable")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permissions_are_respected(tmp_path: Path) -> None:
    path = _write(tmp_path, "secret.txt", ENGLISH)
    path.chmod(0)
    articles, (issue,) = _read(path)
    assert (articles, issue.code) == ([], "unreadable")


def test_pipes_in_a_folder_are_left_alone(tmp_path: Path) -> None:
    _write(tmp_path, "here.txt", ENGLISH)
    os.mkfifo(tmp_path / "pipe.txt")
    assert [Path(source.path).name for source in list_inputs([str(tmp_path)])] == ["here.txt"]


def test_a_file_of_another_ending_is_read_by_its_looks(tmp_path: Path) -> None:
    for content in (ENGLISH, _line(ENGLISH), HTML):
        articles, issues = _read(_write(tmp_path, "named.dat", content))
        assert (len(articles), issues) == (1, [])


def test_names_that_are_not_utf8_do_not_stop_the_run(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:  # noqa: PTH123 (pathlib takes no bytes)
        file.write(ENGLISH.encode())
    (article,), issues = _read(tmp_path)
    assert issues == []
    assert article.source == f"{tmp_path}/caf\ufffd.txt"


@pytest.mark.parametrize("content", ["function_words = 3", "not toml", "[cues]\nchrome = []"])
def test_a_broken_pack_stops_before_work_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    good = _write(tmp_path, "good.txt", ENGLISH)
    page = _write(tmp_path, "packs/en/page.toml", content)
    monkeypatch.setattr(resources, "packs_dir", lambda: tmp_path / "packs")
    pagewords.page_words.cache_clear()
    try:
        with pytest.raises(PackError, match=r"page\.toml") as caught:
            read([str(good)])
        assert caught.value.place == str(page)
    finally:
        pagewords.page_words.cache_clear()
