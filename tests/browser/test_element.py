"""`<feeds-widget>` in Chromium: the same content as a frame, alive in another page."""

import pytest
from markupsafe import Markup
from playwright.sync_api import Page, Request, Route

from tests.browser.hosts import Hosts, settle
from tests.browser.partner import attributes, built, document, element, script

pytestmark = pytest.mark.browser

EVERYTHING = "title,nav,filter,search,subscribe,all"
VIEWS = {
    "month": {"month": "2021-07", "show": EVERYTHING},
    "mini": {"month": "2021-07"},
    "agenda": {"show": EVERYTHING},
    "news": {"show": EVERYTHING},
    "event": {"event": "elterncafe-im-sommer"},
    "map": {"show": "title,filter,search,all"},
}
JULY = {"view": "month", "month": "2021-07"}
STRICT = (
    "script-src SITE; connect-src SITE; style-src 'self'; default-src 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
NORMAL = "one => one.innerText.replace(/\\s+/g, ' ').trim()"
ACTIVE = """() => { const active = document.activeElement.shadowRoot?.activeElement;
  return active && (active.getAttribute('rel') || active.localName); }"""


@pytest.mark.parametrize("view", VIEWS)
def test_element_and_frame_say_the_same(
    page: Page, site: str, hosts: Hosts, wrongs: list[str], view: str
) -> None:
    given = VIEWS[view]
    query = "&".join(f"{name}={text}" for name, text in given.items())
    source = Markup("{}/embed/familie-nrw/{}?{}").format(site, view, query)
    frame = f'<iframe style="width:100%;border:0" src="{source}"></iframe>'
    page.goto(hosts.page(document(frame, element(view=view, **given), script(site))))
    built(page)
    inside = page.frame_locator("iframe").locator("main > section")
    outside = page.locator("feeds-widget > section, feeds-widget section").first

    framed, shown = inside.evaluate(NORMAL), outside.evaluate(NORMAL)
    assert len(shown) > 60
    assert shown == framed
    assert outside.evaluate("one => one.textContent.replace(/\\s/g, '')") == (
        inside.evaluate("one => one.textContent.replace(/\\s/g, '')")
    )
    assert wrongs == []


def test_element_is_two_requests_without_a_trace(
    page: Page, site: str, hosts: Hosts
) -> None:
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one))
    page.goto(hosts.page(document(element(**JULY), script(site))))
    built(page)

    path = f"{site}/embed/familie-nrw/month.json?month=2021-07"
    ours = [one for one in asked if one.url.startswith(site)]
    assert [one.url for one in ours] == [f"{site}/embed.js", path]
    assert {"referer", "cookie"} & ours[1].all_headers().keys() == set()
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_element_works_under_a_strict_policy(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    policy = STRICT.replace("SITE", site)
    parts = [element(view=view, **given) for view, given in VIEWS.items()]
    headers = {"Content-Security-Policy": policy}
    page.goto(hosts.page(document(*parts, script(site)), headers))
    built(page, len(VIEWS))
    blocked = page.evaluate(
        "() => { try { document.body.innerHTML = ''; } catch { return true; } }"
    )
    styled = page.locator(".grid").first.evaluate(
        "one => getComputedStyle(one).tableLayout"
    )
    page.locator("feeds-widget").first.get_by_role("link", name="August").click()
    page.get_by_role("heading", name="August 2021").first.wait_for()

    assert blocked is True
    assert styled == "fixed"
    # What this test itself has tried, and nothing of ours.
    assert [one for one in wrongs if "TrustedHTML" not in one] == []


def test_divs_and_elements_are_the_same_once(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    given = {"data-channel": "familie-nrw", "data-view": "month"}
    named = attributes(given | {"data-month": "2021-07"})
    div = f'<div data-feeds-widget=""{named}><a href="/more">Termine</a></div>'
    parts = [script(site), div, element(**JULY), element(view="news"), script(site)]
    page.goto(hosts.page(document(*parts)))
    built(page, 3)
    trees = page.locator("feeds-widget section").evaluate_all(
        "all => all.filter(one => !one.parentElement).map(one => one.outerHTML)"
    )
    later = "document.body.append(Object.assign(document.createElement('div'), {}))"
    page.evaluate(later)
    page.evaluate(
        "html => { const made = document.querySelector('[data-feeds-widget]')"
        ".cloneNode(false); document.body.lastChild.append(made); }",
        "",
    )
    built(page, 4)

    assert trees[0] == trees[1] != trees[2]
    assert page.locator("div[data-feeds-widget] > feeds-widget").count() == 2
    assert page.locator("feeds-widget feeds-widget").count() == 0
    assert wrongs == []


def test_month_is_turned_with_the_focus_kept(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    address = hosts.page(document(element(**JULY), script(site)))
    page.goto(address)
    built(page)
    said: list[str] = []
    focused: list[str] = []
    status = page.locator("feeds-widget [role=status]")
    before = status.text_content()
    for name, month in (("August", "August"), ("September", "September")):
        page.get_by_role("link", name=name).focus()
        page.keyboard.press("Enter")
        page.locator("feeds-widget h2", has_text=month).wait_for()
        said.append(status.text_content() or "")
        focused.append(page.evaluate(ACTIVE))
    page.get_by_role("link", name="August").focus()
    page.keyboard.press("Enter")
    page.locator("feeds-widget h2", has_text="August").wait_for()

    assert before == ""
    assert [one.partition(",")[0] for one in said] == ["August 2021", "September 2021"]
    assert all(one.endswith(" Termine") for one in said)
    assert focused == ["next", "next"]
    assert page.evaluate(ACTIVE) == "prev"
    assert page.url == address
    assert page.evaluate("history.length") == 2
    assert wrongs == []


def test_list_is_paged_searched_and_opened_in_place(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    given = {"view": "agenda", "limit": "3", "show": EVERYTHING}
    address = hosts.page(document(element(**given), script(site)))
    page.goto(address)
    built(page)
    entries = page.locator("feeds-widget .entry")
    first = entries.first.inner_text()
    page.get_by_role("link", name="Weiter").click()
    page.get_by_role("link", name="Zurück").wait_for()
    second = entries.first.inner_text()
    page.get_by_label("Qualifizierung", exact=True).check()
    page.get_by_role("button", name="Anzeigen").click()
    page.locator("feeds-widget input:checked").wait_for()
    settle(page)
    labels = set(page.locator("feeds-widget .entry .label").all_inner_texts())
    stayed = page.url
    page.locator("feeds-widget .entry a").first.click()
    page.wait_for_url(f"{site}/familie-nrw/events/**")

    assert first != second
    assert labels == {"Qualifizierung"}
    assert stayed == address
    assert wrongs == []


def test_element_follows_its_attributes_and_moves(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    moved = '<div id="other"></div>'
    page.goto(hosts.page(document(element(**JULY), moved, script(site))))
    built(page)
    page.evaluate(
        """() => { const one = document.querySelector('feeds-widget');
          one.setAttribute('month', '2021-08'); one.setAttribute('lang', 'en-GB');
          one.setAttribute('month', '2021-09'); }"""
    )
    page.get_by_role("heading", name="September 2021").wait_for()
    count = len(asked)
    page.evaluate("other.append(document.querySelector('feeds-widget'))")
    settle(page)
    page.get_by_role("link", name="October").click()
    page.get_by_role("heading", name="October 2021").wait_for()
    page.evaluate("document.querySelector('feeds-widget').month = 1")

    data = [url.partition("json?")[2] for url in asked if ".json" in url]
    assert data == ["month=2021-07", "month=2021-09&lang=en", "lang=en&month=2021-10"]
    assert len(asked) == count + 1
    assert wrongs == []


def test_latest_question_wins(page: Page, site: str, hosts: Hosts) -> None:
    """An answer that comes late is not shown over a newer one."""
    held: list[Route] = []
    page.goto(hosts.page(document(element(**JULY), script(site))))
    built(page)
    page.route("**/month.json?month=2021-08", lambda route: held.append(route))
    page.get_by_role("link", name="August").click()
    page.wait_for_function("document.querySelector('feeds-widget').ariaBusy === 'true'")
    page.get_by_role("link", name="Juni").click()
    page.get_by_role("heading", name="Juni 2021").wait_for()
    held[0].continue_()
    page.wait_for_load_state("networkidle")
    settle(page)

    assert page.locator("feeds-widget h2").inner_text() == "Juni 2021"


def test_back_button_returns_to_the_page_as_it_was(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    """Turning a month makes no history; leaving and coming back finds the widget."""
    address = hosts.page(document(element(**JULY), script(site)))
    page.goto(hosts.page(document("<p>Before</p>")))
    page.goto(address)
    built(page)
    page.get_by_role("link", name="August").click()
    page.get_by_role("heading", name="August 2021").wait_for()
    page.locator("feeds-widget td li a").first.click()
    page.wait_for_url(f"{site}/familie-nrw/events/**")
    page.go_back()
    built(page)
    back = page.url
    page.go_back()

    assert back == address
    assert page.locator("p").inner_text() == "Before"
    assert wrongs == []


def test_day_of_a_small_month_and_pin_of_a_map_lead_on(
    page: Page, site: str, hosts: Hosts, wrongs: list[str]
) -> None:
    page.goto(hosts.page(document(element(view="map"), script(site))))
    built(page)
    pin = page.locator("feeds-widget .pin").first
    aim = pin.get_attribute("href")
    assert aim is not None
    pin.focus()
    page.keyboard.press("Enter")
    focused = page.evaluate(
        "document.activeElement.shadowRoot.activeElement.getAttribute('id')"
    )

    assert f"#{focused}" == aim[aim.index("#") :]
    assert "#" not in page.url
    assert wrongs == []


def test_pinned_script_runs_if_it_is_what_the_builder_said(
    page: Page, site: str, hosts: Hosts
) -> None:
    """The builder's own snippet; then one whose digest is of something else."""
    page.goto(f"{site}/familie-nrw/embed?view=month&pinned=1")
    snippet = page.locator("#element-code").text_content() or ""
    wrong = snippet.replace('integrity="sha384-', 'integrity="sha384-AAAA')
    page.goto(hosts.page(document(snippet)))
    built(page)
    title = page.locator("feeds-widget h2").inner_text()
    page.goto(hosts.page(document(wrong)), wait_until="load")
    settle(page)

    assert title == "Juli 2021"
    assert "/assets/embed." in snippet
    assert page.evaluate("customElements.get('feeds-widget') === undefined")
    assert page.locator("feeds-widget a").is_visible()
