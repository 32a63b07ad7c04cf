"""The scripts that sites load from us.

`/embed.js` and `/resize.js` are of today. `/assets/embed.<version>.<digest>.js` and
`/assets/resize.…` never change and carry their digest: a site names them together with
`integrity`. Each that was in a release lies in `feeds/assets/` and is served for 24
months or longer.
"""

import base64
import gzip
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request

from feeds.config import ROOT, VERSION
from feeds.views import style

ASSETS = Path(__file__).resolve().parent.parent / "assets"
NAMES = ("embed.js", "resize.js")
PINNED = re.compile(r"(?:embed|resize)\.([0-9]+\.[0-9]+\.[0-9]+)\.([0-9a-f]{16})\.js")
RELEASE = re.compile(r"^## \[([0-9.]+)\]", re.MULTILINE)
TODAY = "public, max-age=600, stale-while-revalidate=604800"
FOR_EVER = "public, max-age=31536000, immutable"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}
blueprint = Blueprint("scripts", __name__)


@lru_cache(maxsize=2)
def script(name: str) -> bytes:
    """Return a script of `static/` as it is sent.

    The element brings what is common to all widgets' style; a tree brings its own.
    """
    text = style.squeezed_script(name)
    sheet = style.scoped(style.squeezed("widget.css"))
    return text.replace('"@style"', json.dumps(sheet, ensure_ascii=False)).encode()


def integrity(name: str = "embed.js") -> str:
    """Return what `integrity` says of a script (Subresource Integrity §3.1)."""
    digest = hashlib.sha384(script(name)).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


def pinned_path(name: str = "embed.js") -> str:
    """Return the path that the present build of a script has for ever."""
    return f"/assets/{pinned_name(name)}"


def pinned_name(name: str = "embed.js") -> str:
    stem = name.removesuffix(".js")
    return f"{stem}.{VERSION}.{_digest(script(name))}.js"


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]


def pin(directory: Path = ASSETS, changes: Path = ROOT / "CHANGELOG.md") -> list[Path]:
    """Write the present builds among the pinned; what no release had goes."""
    released = set(RELEASE.findall(changes.read_text(encoding="utf-8")))
    directory.mkdir(exist_ok=True)
    for path in directory.glob("*.js"):
        found = PINNED.fullmatch(path.name)
        if not found or found[1] not in released:
            path.unlink()
    paths = {name: directory / pinned_name(name) for name in NAMES}
    for name, path in paths.items():
        path.write_bytes(script(name))
    return list(paths.values())


def _sent(body: bytes, caching: str) -> Response:
    is_zipped = request.accept_encodings["gzip"] > 0
    response = Response(_zipped(body) if is_zipped else body)
    response.content_type = "text/javascript; charset=utf-8"
    if is_zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(_digest(body), weak=is_zipped)
    response.headers["Cache-Control"] = caching
    response.headers.update(HEADERS)
    response.make_conditional(request)
    return response


@lru_cache(maxsize=8)
def _zipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


@blueprint.get("/embed.js", endpoint="embed", defaults={"name": "embed.js"})
@blueprint.get("/resize.js", endpoint="resize", defaults={"name": "resize.js"})
def of_today(name: str) -> Response:
    """Send a script as it is now."""
    return _sent(script(name), TODAY)


@blueprint.get("/assets/<name>")
def pinned(name: str) -> Response:
    """Send the script of a version; the present one before it is released, too."""
    for present in NAMES:
        if name == pinned_name(present):
            return _sent(script(present), FOR_EVER)
    path = ASSETS / name
    if not PINNED.fullmatch(name) or not path.is_file():
        abort(404)
    return _sent(path.read_bytes(), FOR_EVER)


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
