"""The explorer in a real browser: under its content policy, by pointer and keys, with scripts and without."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

MEETING = "/id/meeting/migration-talks-2022-11-15"
LOOKED_AT = (
    "/", "/people", "/network", "/search?q=vidal", "/query?question=who-met-whom", "/ontology", MEETING,
    "/id/person/josefina-vidal", "/id/organization/state-department", "/id/series/migration-talks", "/nothing",
)  # fmt: skip
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test where a script does, or where the content policy forbids something."""
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console", lambda m: wrong.append(m.text) if "Content Security Policy" in m.text else None
    )
    opened.on("request", lambda r: wrong.append(r.url) if "//127.0.0.1:" not in r.url else None)
    yield opened
    context.close()
    assert wrong == []


@pytest.mark.parametrize(
    ("path", "scheme", "size"),
    [
        *((path, *(("light", WIDE), ("dark", PHONE))[i % 2]) for i, path in enumerate(LOOKED_AT)),
        ("/", "dark", PHONE),
        (MEETING, "dark", PHONE),
    ],
)
def test_axe_finds_nothing(
    browser: Browser, site: str, axe: str, path: str, scheme: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site + path)
    if "/query" in path:
        page.wait_for_selector("#view table")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
    assert len(found["passes"]) > 15
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    context.close()


@pytest.mark.parametrize(("width", "paths"), [(320, LOOKED_AT), (1920, ("/", "/query", MEETING))])
def test_no_page_is_wider_than_the_screen(
    browser: Browser, site: str, width: int, paths: tuple[str, ...]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in paths:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


def test_dark_is_dark_and_light_is_light(browser: Browser, site: str) -> None:
    papers = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(site)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        papers.append(sum(map(int, re.findall(r"\d+", paper)[:3])))
        context.close()
    assert papers[0] > 700
    assert papers[1] < 120


def test_a_filter_acts_without_the_page_being_loaded_anew(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate("window.kept = true")
    page.get_by_label("Series").select_option(label="U.S.-Cuba Migration Talks (2)")
    expect(page.locator("#meetings")).to_have_text(re.compile(r"Meetings found\s+2"))
    assert page.locator("a.mark").count() == 2
    assert page.evaluate("window.kept")
    assert "series=series" in page.url
    expect(page.locator("#said")).to_have_text("Meetings found 2")
    page.get_by_role("link", name="Clear filters").click()
    expect(page.locator("#meetings")).to_have_text("Latest meetings")
    expect(page.get_by_label("Series")).to_have_value("")
    page.go_back()
    expect(page.locator("#meetings")).to_have_text(re.compile("Meetings found"))


def test_the_timeline_zooms_by_button_key_and_drag(page: Page, site: str) -> None:
    page.goto(site)

    def shown() -> tuple[str, str]:
        there = page.locator("#timeline-picture")
        return there.get_attribute("data-from") or "", there.get_attribute("data-to") or ""

    assert shown() == ("2017-01-01", "2023-12-31")
    page.get_by_role("link", name="Zoom in").click()
    expect(page.locator("#timeline-picture")).not_to_have_attribute("data-from", "2017-01-01")
    assert shown()[0] > "2017-01-01"
    assert shown()[1] < "2023-12-31"
    expect(page.get_by_role("link", name="Zoom in")).to_be_focused()
    page.get_by_role("link", name="All years").click()
    expect(page.locator("#timeline-picture")).to_have_attribute("data-from", "2017-01-01")
    box = page.locator("#timeline-picture svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + 40, steps=4)
    page.mouse.up()
    expect(page.locator("#timeline-picture")).not_to_have_attribute("data-from", "2017-01-01")
    assert "2021-06" < shown()[0] < "2022-03"
    assert page.locator("a.mark").count() == 3
    page.locator("#timeline-picture").focus()
    page.keyboard.press("-")
    expect(page.locator("a.mark")).to_have_count(3)


def test_arrow_keys_go_from_meeting_to_meeting(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("#timeline-picture").focus()
    page.keyboard.press("ArrowRight")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert first != second
    expect(page.locator(".tip")).to_have_text(second)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(second)


def test_the_first_tab_leads_past_the_navigation(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_everything_can_be_reached_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site)
    page.get_by_label("Place").select_option(label="Havana (2)")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "place=place" in page.url
    assert page.locator("a.mark").count() == 2
    page.get_by_role("link", name="Zoom in").click()
    assert "from=" in page.url
    page.get_by_label("Search names and sentences").fill("cossio")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Carlos Fernández de Cossío").first.click()
    assert page.locator("mark").count() > 0
    page.goto(f"{site}/query?question=who-met-whom")
    with page.expect_download() as download:
        page.get_by_role("button", name="Run").click()
    assert (
        download.value.path().read_text(encoding="utf-8").startswith("date,american,cuban,meeting")
    )
    context.close()


def test_search_finds_as_one_types(page: Page, site: str) -> None:
    page.goto(f"{site}/search")
    page.locator("#look").press_sequentially("vidal")
    expect(page.get_by_role("link", name="Josefina Vidal Ferreiro")).to_be_visible()
    expect(page.locator("#sentences-part mark").first).to_have_text("Vidal")
    expect(page.locator("#look")).to_be_focused()
    assert page.url.endswith("q=vidal")


def test_the_language_can_be_changed_and_stays(page: Page, site: str) -> None:
    page.goto(site + MEETING)
    page.get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", name="Delegaciones")).to_be_visible()
    page.get_by_role("link", name="Josefina Vidal Ferreiro").first.click()
    expect(page.get_by_role("heading", name="Dónde consta")).to_be_visible()


def test_a_meeting_tells_sides_sources_and_conflicts(page: Page, site: str) -> None:
    page.goto(site + MEETING)
    expect(page.locator(".delegation-united-states")).to_contain_text("Emily Mendrala")
    expect(page.locator(".delegation-cuba")).to_contain_text("Josefina Vidal")
    expect(page.locator(".beside [rel=prev]")).to_contain_text("21 April 2022")
    refused = page.locator(".accounts .refused")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("not asserted")
    assert page.locator(".accounts .ref-cuba").count() > 3
    fact = page.locator("#article-1 [data-fact]").filter(has_text="Emily Mendrala").first
    fact.hover()
    lit = page.locator("#article-1 mark.lit").all_text_contents()
    assert "Emily Mendrala" in "".join(lit)


def test_pointing_at_somebody_in_the_network_shows_whom_they_met(page: Page, site: str) -> None:
    page.goto(f"{site}/network")
    page.locator("[data-node$='josefina-vidal']").focus()
    expect(page.locator("line.lit")).to_have_count(1)
    expect(page.locator("[data-node].lit")).to_have_count(2)


# --- the query page


def ran(page: Page, site: str, query: str) -> None:
    page.goto(f"{site}/query?query={quote(query)}")


def test_a_question_is_answered_as_a_table_with_links(page: Page, site: str) -> None:
    page.goto(f"{site}/query?question=who-met-whom&lang=es")
    rows = page.locator("#view tbody tr")
    expect(rows.first).to_be_visible()
    page.locator("#view").get_by_role("link", name="Emily Mendrala").first.wait_for()
    expect(page.locator("#results-head")).to_contain_text("filas")
    page.get_by_role("button", name="american").click()
    names = page.locator("#view tbody td:nth-child(2)").all_text_contents()
    assert names == sorted(names)
    page.get_by_role("button", name="american").click()
    assert page.locator("#view tbody td:nth-child(2)").all_text_contents() == names[::-1]
    page.locator("#view").get_by_role("link", name="Emily Mendrala").first.click()
    expect(page.locator("h1")).to_have_text("Emily Mendrala")


def test_rows_are_shown_in_time_and_as_a_network(page: Page, site: str) -> None:
    page.goto(f"{site}/query?question=who-met-whom")
    page.get_by_role("button", name="Timeline").click()
    assert page.locator("#view circle").count() == 2
    page.get_by_role("button", name="Network").click()
    assert page.locator("#view [data-node]").count() == 4


def test_a_graph_is_shown_as_triples(page: Page, site: str) -> None:
    ran(page, site, "DESCRIBE <https://w3id.org/uscuba-kg/id/place/havana>")
    expect(page.locator("#view")).to_contain_text("La Habana")
    links = page.locator(".downloads a").all_text_contents()
    assert links == ["TTL", "NT", "JSONLD", "RDF"]


def test_a_verdict_is_told(page: Page, site: str) -> None:
    ran(page, site, "ASK { ?m a uscuba:Meeting }")
    expect(page.locator("#results-head")).to_contain_text("Yes")


def test_an_error_is_told_at_its_line(page: Page, site: str) -> None:
    ran(page, site, "SELECT * WHERE {\n  ?s ?p ?o .\n  FILTER(\n}")
    expect(page.locator("#problem")).to_contain_text("Line 4")
    assert page.locator(".bad-line").count() == 1
    before = page.evaluate("query.value.slice(0, query.selectionStart)")
    assert before.count("\n") == 3
    expect(page.locator("#results")).to_be_hidden()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            "SELECT * {\n ?s ?p ?o\n ?s ?p }",
            'Línea 3, columna 2: "?s" no encaja aquí; tras "?o" puede venir ".", ";", ",", "}" o "{"',
        ),
        (
            "ASK { ?s ?p",
            'Línea 1, columna 12: la consulta termina demasiado pronto; puede venir "(", '
            "una variable, un IRI, una cadena o un número",
        ),
        ("ASK { a:b ?p ?o }", 'Línea 1, columna 7: el prefijo "a:" no está declarado'),
        ("SELECT * { SERVICE <urn:a> { } }", "SERVICE no se admite"),
    ],
)
def test_an_error_is_told_in_the_words_of_the_page(
    page: Page, site: str, query: str, words: str
) -> None:
    page.goto(f"{site}/query?lang=es&query={quote(query)}")
    expect(page.locator("#problem")).to_contain_text(words)
    assert page.locator("#problem").get_attribute("lang") == "es"
    page.goto(f"{site}/query?query={quote(query)}")
    expect(page.locator("#problem")).to_be_visible()
    assert page.locator("#problem").get_attribute("lang") == "en"


def test_the_address_holds_the_query(page: Page, site: str) -> None:
    page.goto(f"{site}/query")
    page.locator("#query").fill("SELECT (1 AS ?one) { }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#view")).to_contain_text("1")
    page.reload()
    expect(page.locator("#query")).to_have_value("SELECT (1 AS ?one) { }")
    expect(page.locator("#view")).to_contain_text("1")


def test_the_address_holds_how_rows_are_shown(page: Page, site: str) -> None:
    page.goto(f"{site}/query?question=who-met-whom")
    page.get_by_role("button", name="Network").click()
    assert page.url.endswith("/query?question=who-met-whom&view=network")
    page.get_by_role("link", name="Español").click()
    expect(page.locator("#view [data-node]")).to_have_count(4)
    expect(page.get_by_role("button", name="Red")).to_have_attribute("aria-pressed", "true")
    page.locator("#query").fill("SELECT (1 AS ?one) { }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#view td")).to_have_text("1")
    page.get_by_role("link", name="English").click()
    expect(page.locator("#query")).to_have_value("SELECT (1 AS ?one) { }")


def test_answers_have_their_room_on_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{site}/query?question=who-met-whom")
    page.get_by_role("button", name="american").click()
    expect(page.locator("#view th[aria-sort=ascending]")).to_have_text("american")
    for view in ("Timeline", "Network"):
        page.get_by_role("button", name=view).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], view


@pytest.mark.parametrize(
    ("typed", "offered", "inserted"),
    [
        ("SELECT * { ?m schema:loc", "schema:location", "schema:location"),
        ("SELECT * { ?m a uscuba:Meet", "uscuba:Meeting", "uscuba:Meeting"),
        ("SELECT * { ?meeting a ?x . ?mee", "?meeting", "?meeting"),
        ("sel", "SELECT", "SELECT"),
        (
            "PREFIX rd",
            "rdfs: <http://www.w3.org/2000/01/rdf-schema#>",
            "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>",
        ),
        ("SELECT * { ?m ?p josefina", "Josefina Vidal Ferreiro", "id/person/josefina-vidal>"),
    ],
)
def test_the_editor_completes(
    page: Page, site: str, typed: str, offered: str, inserted: str
) -> None:
    page.goto(f"{site}/query")
    while not page.evaluate("known.terms.length"):  # what waits within the page needs its eval
        page.wait_for_timeout(20)
    area = page.locator("#query")
    area.fill("")
    area.press_sequentially(typed)
    option = page.locator("#completions").get_by_text(offered, exact=True)
    expect(option.first).to_be_visible()
    while (
        offered
        not in page.locator("#completions [aria-selected=true]").all_text_contents().__str__()
    ):
        page.keyboard.press("ArrowDown")
    assert area.get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    text = area.input_value()
    assert text.endswith(inserted)
    prefix = inserted.partition(":")[0]
    assert prefix not in ("schema", "uscuba") or text.startswith(f"PREFIX {prefix}: <https://")
    page.keyboard.press("Tab")
    expect(area).not_to_be_focused()  # the tab key is no trap


def test_what_is_painted_is_what_is_typed(page: Page, site: str) -> None:
    hostile = "SELECT ?x { # <b>bold</b>\n  ?x a \"<img src=x onerror=alert(1)>\"@en, '''a\n''' }"
    page.goto(f"{site}/query")
    page.locator("#query").fill(hostile)
    assert page.evaluate("document.querySelector('.paint pre').textContent") == hostile + "\n"
    assert page.locator(".paint img, .paint b").count() == 0
    assert page.locator(".paint .t-comment").text_content() == "# <b>bold</b>"
    assert page.locator(".paint .t-string").count() == 2


def test_nothing_of_an_answer_becomes_markup(page: Page, site: str) -> None:
    words = '<img src=x onerror="document.title=1">'
    ran(page, site, f"SELECT ({json.dumps(words)} AS ?x) (<javascript:alert(1)> AS ?y) {{ }}")
    expect(page.locator("#view")).to_contain_text(words)
    assert page.locator("#view img, #view a[href^=javascript]").count() == 0


def test_names_are_offered_in_the_head_of_every_page(page: Page, site: str) -> None:
    page.goto(f"{site}/people")
    field = page.get_by_role("combobox", name="Search names and sentences")
    field.press_sequentially("cossio")
    expect(page.locator("#suggestions [role=option]").first).to_contain_text(
        "Carlos Fernández de Cossío"
    )
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "suggestion-0"
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    field.press_sequentially(" ")
    expect(page.locator("#suggestions")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Carlos Fernández de Cossío")


def test_more_rows_than_are_shown_are_sorted_all(page: Page, site: str) -> None:
    ran(page, site, "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s")
    page.get_by_role("button", name=re.compile("Show all")).wait_for()
    assert page.locator("#view tbody tr").count() == 500
    page.get_by_role("button", name="s", exact=True).click()
    page.get_by_role("button", name="s", exact=True).click()
    last = page.locator("#view tbody tr:first-child td:first-child").text_content()
    page.get_by_role("button", name=re.compile("Show all")).click()
    shown = page.locator("#view tbody tr").count()
    assert shown > 500
    assert page.locator("#view tbody tr:first-child td:first-child").text_content() == last
