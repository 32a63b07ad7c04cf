"""Content Security Policy and the other headers that keep a page to itself.

Pages load nothing from elsewhere but pictures of events and news, widgets not even
these unless they are asked for. What stands in a page, a style sheet and of widgets a
script, is named by its hash.
"""

import base64
import hashlib
from collections.abc import Sequence

PERMISSIONS = (
    "camera",
    "display-capture",
    "fullscreen",
    "geolocation",
    "microphone",
    "payment",
    "usb",
)

# Pages work without scripts, and are nicer with ours: to copy and to preview.
SITE = ("script-src 'self'", "connect-src 'self'", "frame-src 'self'")
TRUSTED = "require-trusted-types-for 'script'"

# With these a widget also loads in a host that isolates itself.
WIDGET = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}


def source_hash(text: str) -> str:
    """Return the source expression of an inline style sheet or script (CSP3 §2.3.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def page_headers(style: str) -> dict[str, str]:
    """Return the headers of a page that nobody may frame."""
    policy = _policy(
        f"'self' {source_hash(style)}", "'self' https: http:", "'none'", *SITE
    )
    return _common(policy) | {"X-Frame-Options": "DENY"}


def widget_headers(
    style: str, script: str, origins: Sequence[str], *, has_images: bool = False
) -> dict[str, str]:
    """Return the headers of a page made to be framed by `origins`, or by everybody.

    Our own pages may always frame it, to show what it looks like. With images it asks
    other servers for them, but without cookies.
    """
    ancestors = " ".join(("'self'", *origins)) if origins else "*"
    images = "'self' data: https:" if has_images else "'self' data:"
    scripts = f"script-src {source_hash(script)}" if script else "script-src 'none'"
    policy = _policy(source_hash(style), images, ancestors, scripts, TRUSTED)
    embedder = "credentialless" if has_images else "require-corp"
    return _common(policy) | WIDGET | {"Cross-Origin-Embedder-Policy": embedder}


def readers(
    origins: Sequence[str], origin: str | None, base_url: str
) -> dict[str, str]:
    """Return who may read a widget's data from a script: `origins`, or everybody."""
    if not origins:
        return {}
    is_known = origin is not None and any(_allows(one, origin) for one in origins)
    allowed = origin if origin and is_known else base_url
    return {"Access-Control-Allow-Origin": allowed, "Vary": "Accept-Encoding, Origin"}


def _allows(pattern: str, origin: str) -> bool:
    head, star, tail = pattern.partition("*")
    if not star:
        return origin == pattern
    return origin.startswith(head) and origin.endswith(tail)


def framed_headers(style: str) -> dict[str, str]:
    """Return the headers of a page that stands in for a widget."""
    policy = _policy(f"'self' {source_hash(style)}", "'self'", "*")
    return _common(policy) | WIDGET


def _policy(styles: str, images: str, ancestors: str, *more: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {styles}",
            f"img-src {images}",
            *more,
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {ancestors}",
        )
    )


def _common(policy: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": policy,
        "Permissions-Policy": ", ".join(f"{name}=()" for name in PERMISSIONS),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
