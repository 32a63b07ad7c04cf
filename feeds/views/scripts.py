"""The scripts that sites load from us, and the style sheet inside their pages.

`/embed.js` and `/resize.js` are of today. `/assets/embed.<version>.<digest>.js` never
changes and carries its digest: a site names it together with `integrity`. Each that was
in a release lies in `feeds/assets/` and is served for 24 months or longer.
"""

import base64
import gzip
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request

from feeds.config import VERSION
from feeds.views import style

ASSETS = Path(__file__).resolve().parent.parent / "assets"
PINNED = re.compile(r"embed\.([0-9]+\.[0-9]+\.[0-9]+)\.([0-9a-f]{16})\.js")
TODAY = "public, max-age=600, stale-while-revalidate=604800"
FOR_EVER = "public, max-age=31536000, immutable"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}
# What a document's root and body are in a shadow root, with the weight of neither.
INNER = ":where(:host>section,:host>p)"
# Nothing comes in from the page around it but its font and, within bounds, its size.
ISOLATED = (
    ":host{display:block;font-size:clamp(14px,1em,20px)!important}"
    ":host([hidden]){display:none}"
    f"{INNER}{{all:initial;display:block;color-scheme:inherit}}"
)
AT_HOME = f"{INNER}{{font-size:inherit;font-family:var(--feeds-font,inherit)}}"
_DEFAULT = re.compile(r"--feeds-([a-z-]+):([^;}]+)")
_USE = re.compile(r"var\(--feeds-(?!cat-)([a-z-]+)\)")
_ROOTS = {r":root(?=[ {,])": ":host", r"(?<![\w.#-])(html|body)(?=[{,])": INNER}

blueprint = Blueprint("scripts", __name__)


def scoped(sheet: str) -> str:
    """Return a squeezed style sheet of documents as one for a shadow root.

    What the page outside says of a `--feeds-` property, for the element or for all of
    itself, wins over our default.
    """
    inner = _USE.sub(r"var(--_\1)", sheet)
    inner = _DEFAULT.sub(r"--_\1:var(--feeds-\1,\2)", inner)
    for found, instead in _ROOTS.items():
        inner = re.sub(found, instead, inner)
    return f"{ISOLATED}{inner}{AT_HOME}"


@lru_cache(maxsize=2)
def script(name: str) -> bytes:
    """Return a script of `static/` as it is sent; the element brings its style."""
    text = style.squeezed_script(name)
    sheet = scoped(style.squeezed("widget.css"))
    return text.replace('"@style"', json.dumps(sheet, ensure_ascii=False)).encode()


def integrity(name: str = "embed.js") -> str:
    """Return what `integrity` says of a script (Subresource Integrity §3.1)."""
    digest = hashlib.sha384(script(name)).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


def pinned_path() -> str:
    """Return the path that the present build of `/embed.js` has for ever."""
    return f"/assets/{pinned_name()}"


def pinned_name() -> str:
    return f"embed.{VERSION}.{_digest(script('embed.js'))}.js"


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]


def pin(directory: Path, released: set[str]) -> Path:
    """Write the present build into a directory; keep there what was released."""
    for path in directory.glob("embed.*.js"):
        found = PINNED.fullmatch(path.name)
        if not found or found[1] not in released:
            path.unlink()
    path = directory / pinned_name()
    path.write_bytes(script("embed.js"))
    return path


def _sent(body: bytes, caching: str) -> Response:
    is_zipped = request.accept_encodings["gzip"] > 0
    response = Response(_zipped(body) if is_zipped else body)
    response.content_type = "text/javascript; charset=utf-8"
    if is_zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(_digest(body), weak=is_zipped)
    response.headers["Cache-Control"] = caching
    response.headers.update(HEADERS)
    return response.make_conditional(request)


@lru_cache(maxsize=8)
def _zipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


@blueprint.get("/embed.js", endpoint="embed", defaults={"name": "embed.js"})
@blueprint.get("/resize.js", endpoint="resize", defaults={"name": "resize.js"})
def present(name: str) -> Response:
    """Send a script as it is now."""
    return _sent(script(name), TODAY)


@blueprint.get("/assets/<name>")
def pinned(name: str) -> Response:
    """Send the script of a version; the present one before it is released, too."""
    if name == pinned_name():
        return _sent(script("embed.js"), FOR_EVER)
    path = ASSETS / name
    if not PINNED.fullmatch(name) or not path.is_file():
        abort(404)
    return _sent(path.read_bytes(), FOR_EVER)


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
