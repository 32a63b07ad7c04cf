"""In WordPress: an address that somebody pasted there, as their consumer shows it.

It keeps of our frame what its filter lets through, puts it into a sandbox of its own
with a secret, and listens to what the frame says with that.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html
from playwright.sync_api import Browser, Frame, Page

from tests.browser.hosts import Hosts, becomes, settle

pytestmark = pytest.mark.browser

HOME = "/familie-nrw"
SECRET = "a1B2c3D4e5"
KEPT = (
    *("src", "width", "height", "frameborder", "marginwidth"),
    *("marginheight", "scrolling", "title"),
)
# Height within 200 and 1000; a link only to where the frame is from, only when the
# reader is in the frame, and only http(s).
CONSUMER = """<!doctype html><title>Blog</title><body style="margin:0;width:640px">
%s
<script>
window.told = [];
addEventListener("message", event => {
  const said = event.data;
  if (!said || !(said.secret || said.message || said.value)) return;
  if (/[^a-zA-Z0-9]/.test(said.secret)) return;
  for (const frame of document.querySelectorAll(
    `iframe[data-secret="${said.secret}"]`)) {
    if (event.source !== frame.contentWindow) continue;
    told.push(said);
    if (said.message === "height")
      frame.height = Math.min(1000, Math.max(200, parseInt(said.value, 10)));
    if (said.message === "link") {
      const from = new URL(frame.getAttribute("src")), to = new URL(said.value);
      if (/^https?:$/.test(to.protocol) && to.host === from.host
        && document.activeElement === frame) top.location.href = said.value;
    }
  }
});
addEventListener("load", () => {
  for (const frame of document.querySelectorAll("iframe[data-secret]"))
    frame.contentWindow.postMessage(
      {message: "ready", secret: frame.dataset.secret}, "*");
});
</script>"""


@pytest.fixture
def blog(browser: Browser) -> Iterator[Page]:
    """Return the page of somebody who reads a blog."""
    page = browser.new_page(viewport={"width": 1280, "height": 1400})
    page.set_default_timeout(8000)
    yield page
    page.close()


def paste(page: Page, hosts: Hosts, site: str, path: str) -> Frame:
    """Paste an address into a blog and read that; return the frame in it."""
    url = quote(f"{site}{path}", safe="")
    answer = page.request.get(f"{site}/oembed?url={url}&maxwidth=640&maxheight=960")
    page.goto(hosts.page(CONSUMER % consumed(answer.json())))
    page.wait_for_function("told.length > 0")
    settle(page)
    return page.frames[1]


def consumed(answer: dict[str, Any]) -> str:
    """Return what WordPress shows of an answer."""
    (frame,) = html.fragments_fromstring(answer["html"])
    for name in set(frame.attrib) - set(KEPT):
        del frame.attrib[name]
    frame.set("src", f"{frame.get('src')}#?secret={SECRET}")
    frame.set("data-secret", SECRET)
    frame.set("class", "wp-embedded-content")
    frame.set("sandbox", "allow-scripts")
    frame.set("security", "restricted")
    return str(html.tostring(frame, encoding="unicode"))


def fits(page: Page) -> bool:
    """Say whether the frame becomes as tall as what is in it, within the bounds."""
    own = "Math.ceil(document.documentElement.getBoundingClientRect().height)"
    outer = page.locator("iframe")
    return becomes(
        page,
        lambda: (
            outer.evaluate("one => one.clientHeight")
            == min(1000, max(200, page.frames[1].evaluate(own)))
        ),
    )


@pytest.mark.parametrize(
    "path",
    [
        f"{HOME}/events",
        f"{HOME}/events?q=nirgends",
        f"{HOME}/events/elterncafe-im-sommer",
        f"{HOME}/news/dortmund-kekiz",
        f"/embed{HOME}/month?month=2021-07",
    ],
)
def test_frame_gets_its_height(blog: Page, hosts: Hosts, site: str, path: str) -> None:
    paste(blog, hosts, site, path)

    assert fits(blog)
    told = blog.evaluate("told.filter(one => one.message === 'height')")
    assert len(told) <= 3
    assert {one["secret"] for one in told} == {SECRET}


def test_link_asks_the_page_around_it(blog: Page, hosts: Hosts, site: str) -> None:
    problems: list[str] = []
    blog.on("console", lambda message: problems.append(message.text))
    frame = paste(blog, hosts, site, f"{HOME}/events")
    entry = frame.locator(".entry a").first
    wanted = entry.evaluate("one => one.href")
    entry.click()
    blog.wait_for_url(wanted)
    paste(blog, hosts, site, f"{HOME}/events")
    blog.keyboard.press("Tab")
    blog.keyboard.press("Enter")
    blog.wait_for_url(f"{site}{HOME}/events/**")

    assert wanted.startswith(f"{site}{HOME}/events/")
    assert problems == []


def test_link_elsewhere_stays_with_the_reader(
    blog: Page, hosts: Hosts, site: str
) -> None:
    frame = paste(blog, hosts, site, f"{HOME}/events")
    around = blog.url
    frame.locator("details.menu summary").click()
    frame.locator("a[href^='https://calendar.google.com']").click()
    said = blog.wait_for_function("told.find(one => one.message === 'link')")

    assert said.json_value()["value"].startswith("https://calendar.google.com/")
    assert blog.url == around


def test_turned_widget_still_speaks(blog: Page, hosts: Hosts, site: str) -> None:
    frame = paste(blog, hosts, site, f"/embed{HOME}/month?month=2021-07")
    blog.evaluate("told.length = 0")
    frame.locator("a[rel=next]").click()
    blog.wait_for_function("told.length > 0")
    settle(blog)

    assert "month=2021-08" in blog.frames[1].url
    assert fits(blog)


def test_skip_link_is_no_message(blog: Page, hosts: Hosts, site: str) -> None:
    frame = paste(blog, hosts, site, f"/embed{HOME}/month?month=2021-07")
    frame.locator("a.skip").focus()
    blog.keyboard.press("Enter")

    assert blog.frames[1].url.endswith("#after")
    assert blog.evaluate("told.filter(one => one.message === 'link')") == []


def test_other_pages_with_a_frame_are_told_of_no_link(
    blog: Page, hosts: Hosts, site: str
) -> None:
    sandbox = "allow-scripts allow-top-navigation-by-user-activation"
    source = f"{site}/embed{HOME}/agenda"
    page = CONSUMER % f'<iframe src="{source}" sandbox="{sandbox}"></iframe>'
    blog.goto(hosts.page(page))
    blog.evaluate("addEventListener('message', event => told.push(event.data))")
    blog.frames[1].locator(".entry a").first.click()
    blog.wait_for_url(f"{site}{HOME}/events/**")

    assert blog.locator("h1").count() == 1
