"""The page of an explanation, in a real browser: what it marks, and that one can read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from articles import MIGRATION, RESUMED, SPANISH, article, built
from uscuba_kg.publish.explain import explain
from uscuba_kg.publish.explain_page import explanation_page
from uscuba_kg.rdf.iris import article_iri

HOSTILE = article(
    "The United States and Cuba held migration talks in Washington on April 21, 2022. "
    "“A <b>useful</b> & <script>alert('x')</script> round,” the State Department said.",
    title="</title><script>document.title = 'taken'</script>",
    url="javascript:alert(1)",
)
LUMINANCE = """color => {
  const [r, g, b] = color.match(/[\\d.]+/g).map(v => v / 255).map(
    v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}"""


def opened(browser: Browser, html: str, folder: Path, **context: object) -> Page:
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_context(offline=True, **context).new_page()  # type: ignore[arg-type]
    page.goto(path.as_uri())
    return page


def page_of_dialogue(texts: dict[str, str] | None = None) -> str:
    triples = built(RESUMED, SPANISH, MIGRATION).triples
    return explanation_page(explain(triples, "law-enforcement-dialogue-2023-01-18"), texts)


def test_every_article_has_its_words_marked(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, page_of_dialogue(), tmp_path)
    assert page.title().startswith("U.S.-Cuba Law Enforcement Dialogue")
    assert page.locator("section").count() == 2
    for number in (1, 2):
        marks = page.locator(f"#article-{number} mark").all_text_contents()
        assert marks
        assert all(m in RESUMED.text or m in SPANISH.text for m in marks)
    assert "2 articles tell of this meeting." in page.locator("main").inner_text()


def test_an_article_at_hand_is_shown_whole(browser: Browser, tmp_path: Path) -> None:
    texts = {article_iri(a.sha256): a.text for a in (RESUMED, SPANISH)}
    page = opened(browser, page_of_dialogue(texts), tmp_path)
    shown = page.locator("section p.text").all_text_contents()
    assert sorted(shown) == sorted((RESUMED.text, SPANISH.text))


def test_links_of_facts_lead_to_their_articles(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, page_of_dialogue(), tmp_path)
    targets = {link.get_attribute("href") for link in page.locator("td a").all()}
    assert targets == {"#article-1", "#article-2"}
    assert all(page.locator(str(target)).count() == 1 for target in targets)


def test_nothing_of_an_article_becomes_markup(browser: Browser, tmp_path: Path) -> None:
    triples = built(HOSTILE).triples
    found = explain(triples, "migration-talks-2022-04-21")
    texts = {article_iri(HOSTILE.sha256): HOSTILE.text}
    page = opened(browser, explanation_page(found, texts), tmp_path)
    assert page.title() != "taken"
    assert page.locator("script, b, a[href^=javascript]").count() == 0
    assert HOSTILE.text in page.locator("section p.text").all_text_contents()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [340, 1280])
def test_it_can_be_read(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    page = opened(
        browser,
        page_of_dialogue(),
        tmp_path,
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == "en"
    for selector, behind in (("h1", "body"), (".soft", "body"), ("mark", "mark")):
        ink, paper = (
            page.evaluate(
                f"([s, p]) => ({LUMINANCE})(getComputedStyle(document.querySelector(s))[p])",
                [where, what],
            )
            for where, what in ((selector, "color"), (behind, "backgroundColor"))
        )
        light, dark = max(ink, paper), min(ink, paper)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, selector  # WCAG 2.2, 1.4.3
