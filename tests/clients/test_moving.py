"""What is not there, no longer there, or elsewhere now: 404, 410 and 308."""

from typing import Any

import pytest

from tests.clients.serving import Service, lasting

CHANNEL = "umzug"
EVENT_VIEWS = ["/events/{}", "/events/{}.ics", "/events/{}.json"]
NEWS_VIEWS = ["/news/{}", "/news/{}.json"]
FILTERED = [
    "/events",
    "/events.ics",
    "/events.rss",
    "/events.atom",
    "/events.json",
    "/news",
    "/news.rss",
    "/news.atom",
    "/news.json",
]
WIDGET = f"/embed/{CHANNEL}/month"


class Editor:
    """Somebody who writes through the API."""

    def __init__(self, service: Service, token: str) -> None:
        self.service, self.token = service, token

    def make(self, path: str, **raw: Any) -> None:
        assert self.service.send("POST", path, self.token, raw).status == 201

    def rename(self, path: str, slug: str) -> None:
        done = self.service.send(
            "PATCH", path, self.token, {"slug": slug}, **self._match(path)
        )
        assert done.status == 200, done.data

    def remove(self, path: str) -> None:
        done = self.service.send("DELETE", path, self.token, **self._match(path))
        assert done.status == 204, done.data

    def _match(self, path: str) -> dict[str, str]:
        found = self.service.send("GET", path, self.token)
        return {"If-Match": found.headers["ETag"]}


@pytest.fixture(scope="module")
def moved(service: Service, admin: str) -> Service:
    """Return the service with a channel where things were renamed and withdrawn."""
    editor, home = Editor(service, admin), f"/channels/{CHANNEL}"
    editor.make("/channels", slug=CHANNEL, title="Umzug")
    editor.make("/channels", slug="zu", title="Geschlossen")
    for slug in ("alt", "weg"):
        editor.make(f"{home}/categories", slug=slug, title=slug)
        editor.make(f"{home}/places", id=slug, slug=slug, title=slug)
        editor.make(
            f"{home}/events", uid=slug, slug=slug, title=slug, start="2030-01-01"
        )
        editor.make(f"{home}/news", id=slug, slug=slug, title=slug)
    for noun in ("categories", "places", "events", "news"):
        editor.rename(f"{home}/{noun}/alt", "neu")
        editor.remove(f"{home}/{noun}/weg")
    editor.remove("/channels/zu")
    return service


def addresses(slug: str) -> list[str]:
    views = [f"/{CHANNEL}{view.format(slug)}" for view in EVENT_VIEWS + NEWS_VIEWS]
    filtered = [*(f"/{CHANNEL}{view}" for view in FILTERED), WIDGET]
    for name in ("category", "exclude", "place"):
        views += [f"{view}?{name}={slug}" for view in filtered]
    return views


def channel_addresses(slug: str) -> list[str]:
    return [
        f"/{slug}",
        *(f"/{slug}{view}" for view in FILTERED),
        f"/embed/{slug}/month",
    ]


@pytest.mark.parametrize("path", addresses("nie") + channel_addresses("nie"))
def test_what_never_was_is_404(moved: Service, path: str) -> None:
    assert moved.get(path).status == 404


@pytest.mark.parametrize("path", addresses("weg") + channel_addresses("zu"))
def test_what_was_withdrawn_is_410(moved: Service, path: str) -> None:
    assert moved.get(path).status == 410


@pytest.mark.parametrize("path", addresses("alt"))
def test_what_was_renamed_is_308_to_where_it_is(moved: Service, path: str) -> None:
    more = "&" if "?" in path else "?"
    response = moved.get(f"{path}{more}lang=en")
    location = lasting(response).get("location", "")
    assert response.status == 308
    assert location == moved.base_url + f"{path}{more}lang=en".replace("alt", "neu")
    assert moved.get(location.removeprefix(moved.base_url)).status == 200
