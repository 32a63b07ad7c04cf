"""A service in which every text is hostile, and what finds anything of it alive."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Page

from feeds import tenancy
from tests.browser.sites import serving
from tests.cast import Clock, publisher_of
from tests.counts import count
from tests.payloads import PAYLOADS

# Three has no divisor in common with how often the list turns.
USED = PAYLOADS[:: count(3, 1)]
SLUG = "hostile"
HOME = f"/{SLUG}"
EMBED = f"/embed/{SLUG}"
IMAGE = {"url": "https://bilder.example/i.png"}
SCHEMES = ["http:", "https:", "mailto:", "tel:", "webcal:", "geo:"]
# What is of somebody else: in the document, and in every open shadow root.
ALIVE = """([schemes, home]) => {
  const found = [], own = url => new URL(url, home).origin === new URL(home).origin;
  const is = {
    script: one => one.src ? !own(one.src) : one.type !== 'application/ld+json'
      && !one.textContent.startsWith('(() => {if (parent === window) return;'),
    iframe: one => !one.matches('[data-preview]') || !own(one.src),
    form: one => !own(one.action),
    link: one => one.relList.contains('stylesheet') && !own(one.href),
    base: one => one.hasAttribute('href'),
    meta: one => one.httpEquiv !== '',
    style: one => one.textContent.includes('url('),
  };
  const never = ['object', 'embed', 'math', 'video', 'audio', 'marquee', 'frame',
    'foreignObject', 'animate', 'set', 'use', 'portal', 'applet'];
  const look = root => {
    for (const one of root.querySelectorAll('*')) {
      const tag = one.localName;
      if (never.includes(tag) || (is[tag] && is[tag](one))) found.push(one.outerHTML);
      for (const {name, value} of one.attributes) {
        if (/^on|^(srcdoc|srcset|background|poster|formaction|ping)$/.test(name))
          found.push(`${tag} ${name}=${value}`);
        if (/^(href|src|action|cite|xlink:href)$/.test(name)
          && !schemes.includes(new URL(value, home).protocol) && value !== 'data:,')
          found.push(`${tag} ${name}=${value}`);
      }
      if (one.shadowRoot) look(one.shadowRoot);
    }
  };
  look(document);
  if (window.ran !== undefined) found.push('something ran');
  return found.map(text => text.slice(0, 200));
}"""
HOVER = """() => document.querySelectorAll('main *').forEach(one => {
  for (const name of ['mouseover', 'focus', 'toggle'])
    one.dispatchEvent(new Event(name, {bubbles: true}));
})"""


@contextmanager
def attacked_service(home: Path, template: Path) -> Iterator[str]:
    """Yield the address of the service."""
    with serving(home, template) as (address, app):
        fill(app)
        yield address


def alive(page: Page, home: str) -> list[str]:
    """Return what of a payload is alive after a reader has been everywhere."""
    page.evaluate(HOVER)
    found: list[str] = page.evaluate(ALIVE, [SCHEMES, home])
    return found


def fill(app: Flask) -> None:
    """Write an event, a news item, a place and a category for each payload."""
    publisher, now = publisher_of(app), Clock().now
    first, last = USED[0], USED[-1]
    who = {"name": first, "email": "a@example.org", "url": "https://example.org/"}
    logo = {**IMAGE, "alt": last}
    words = {"title": f"{first} {last}", "description": " ".join(USED[:40])}
    raw = {"slug": SLUG, "publisher": who, "logo": logo, **words}
    tenancy.create(publisher, raw, now=now)
    for number, bad in enumerate(USED):
        for noun, raw in written(number, bad).items():
            publisher.create(noun, SLUG, raw, now=now)


def written(number: int, bad: str) -> dict[str, dict[str, Any]]:
    """Return a document of each noun with a payload in all its texts."""
    title, at = f"{number} {bad}", (number * 37) % 600
    shared: dict[str, Any] = {
        "title": title,
        "summary": bad,
        "sources": [{"text": bad, "url": "https://example.org/"}],
        "image": {**IMAGE, "alt": bad, "credit": bad},
        "categories": [f"c{number}"],
    }
    address = {"street": bad, "postal_code": bad[:16], "city": bad}
    when: dict[str, Any] = {"start": f"2021-07-{number % 25 + 6:02}T09:30"}
    if number % 3 == 0:
        when = {"sessions": [{**when, "title": bad}]}
    return {
        "categories": {"slug": f"c{number}", "title": title, "description": bad},
        "places": {
            **address,
            "slug": f"p{number}",
            "title": title,
            "description": bad,
            "region": bad,
            "latitude": 50.5 + at / 400,
            "longitude": 6.2 + at / 250,
            "contact": {"name": bad, "phone": bad[:50]},
        },
        "events": {
            **shared,
            **when,
            "slug": f"e{number}",
            "description": f"{bad}<p>x",
            "location": {**address, "name": bad},
            "organizer": {"name": bad},
            "price": bad,
            "plain_language": bad,
        },
        "news": {
            **shared,
            "id": f"n{number}",
            "slug": f"n{number}",
            "content": f"{bad}<p>x",
            "author": bad,
            "place": f"p{number}",
            "attachments": [{"url": "https://example.org/f.pdf", "title": bad}],
        },
    }
