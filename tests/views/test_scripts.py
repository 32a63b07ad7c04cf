"""The scripts that sites load: small, theirs to keep, and what their digest says."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from feeds.views import scripts
from tests.cast import CHANNEL

TODAY = "public, max-age=600, stale-while-revalidate=604800"
FOR_EVER = "public, max-age=31536000, immutable"
OLD = "embed.0.0.1.0123456789abcdef.js"


def digest_of(body: bytes) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(body).digest()).decode()}"


@pytest.mark.parametrize(("name", "most"), [("embed.js", 6_000), ("resize.js", 1_000)])
def test_script_is_small_and_needs_no_other(
    client: FlaskClient, name: str, most: int
) -> None:
    answer = client.get(f"/{name}", headers={"Accept-Encoding": "gzip"})
    text = gzip.decompress(answer.data).decode()

    assert len(answer.data) <= most
    assert re.findall(r"\bimport\b|\bdocument\.cookie|Storage\b|eval\(", text) == []
    assert "innerHTML" not in text
    assert "@style" not in text


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/embed.js", TODAY),
        ("/resize.js", TODAY),
        (scripts.pinned_path(), FOR_EVER),
        (scripts.pinned_path("resize.js"), FOR_EVER),
    ],
)
def test_script_is_kept_as_long_as_it_is_true(
    client: FlaskClient, path: str, caching: str
) -> None:
    answer = client.get(path)
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})

    headers = answer.headers
    assert headers["Cache-Control"] == caching
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in headers
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("name", scripts.NAMES)
def test_pinned_script_is_what_the_snippet_says(
    client: FlaskClient, name: str, coding: str
) -> None:
    page = client.get(f"/{CHANNEL}/embed?pinned=1").get_data(as_text=True)
    code = page.replace("&#34;", '"').replace("&lt;", "<")
    stem = name.removesuffix(".js")
    pinned = rf'src="https?://[^/"]+(/assets/{stem}\.[^"]+)" integrity="([^"]+)"'
    found = re.search(pinned, code)
    assert found is not None
    answer = client.get(found[1], headers={"Accept-Encoding": coding})
    body = gzip.decompress(answer.data) if coding == "gzip" else answer.data

    assert found[1] == scripts.pinned_path(name)
    assert found[2] == digest_of(body) == scripts.integrity(name)
    assert body == client.get(f"/{name}").data


def test_every_pinned_script_is_still_served(client: FlaskClient) -> None:
    """`make pin` has written the present one, and no file has changed since."""
    kept = sorted(scripts.ASSETS.glob("*"))

    present = {scripts.pinned_name(name) for name in scripts.NAMES}
    assert present <= {path.name for path in kept}
    for path in kept:
        found = scripts.PINNED.fullmatch(path.name)
        assert found is not None, path.name
        assert found[2] == hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        answer = client.get(f"/assets/{path.name}")
        assert answer.data == path.read_bytes()
        assert answer.headers["Cache-Control"] == FOR_EVER


def test_old_script_is_served_and_kept_by_the_next_pin(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was in a release stays; what was in none goes."""
    changes = tmp_path / "CHANGELOG.md"
    changes.write_text("## [Unreleased]\n\n## [0.0.1] - 2021-01-02\n", encoding="utf-8")
    never = "embed.0.0.9.0123456789abcdef.js"
    for name in (OLD, never):
        (tmp_path / name).write_text("old", encoding="utf-8")
    made = scripts.pin(tmp_path, changes)
    monkeypatch.setattr(scripts, "ASSETS", tmp_path)

    assert sorted(path.name for path in tmp_path.glob("*.js")) == sorted(
        [OLD, *(path.name for path in made)]
    )
    answer = client.get(f"/assets/{OLD}")
    assert (answer.status_code, answer.data) == (200, b"old")
    assert answer.headers["Cache-Control"] == FOR_EVER


@pytest.mark.parametrize(
    "name",
    [
        "embed.0.0.1.0000000000000000.js",
        "embed.js",
        "..%2f__init__.py",
        "%2e%2e/__init__.py",
        "embed.0.0.1.0123456789abcdef.js%00",
    ],
)
def test_nothing_else_is_among_the_assets(client: FlaskClient, name: str) -> None:
    assert client.get(f"/assets/{name}").status_code == 404


def test_script_brings_the_style_of_all_widgets(client: FlaskClient) -> None:
    text = client.get("/embed.js").get_data(as_text=True)

    assert ":host{display:block" in text
    assert ":root" not in text.partition("const STYLE")[2].partition(";const")[0]
