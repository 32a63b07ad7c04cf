"""Content Security Policy and the other headers that keep a page to itself.

Pages run no script and load nothing from elsewhere but pictures of events and news.
The one inline style sheet of a page is named by its hash.
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

# With these a widget also loads in a host that isolates itself.
WIDGET = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}


def style_hash(style: str) -> str:
    """Return the source expression of an inline style sheet (CSP3 §2.3.1)."""
    digest = hashlib.sha256(style.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def page_headers(style: str) -> dict[str, str]:
    """Return the headers of a page that nobody may frame."""
    policy = _policy(f"'self' {style_hash(style)}", "'self' https: http:", "'none'")
    return _common(policy) | {"X-Frame-Options": "DENY"}


def widget_headers(style: str, origins: Sequence[str]) -> dict[str, str]:
    """Return the headers of a page made to be framed by `origins`, or by everybody."""
    ancestors = " ".join(origins) or "*"
    policy = _policy(style_hash(style), "'self' data:", ancestors)
    return _common(policy) | WIDGET


def framed_headers(style: str) -> dict[str, str]:
    """Return the headers of a page that stands in for a widget."""
    policy = _policy(f"'self' {style_hash(style)}", "'self'", "*")
    return _common(policy) | WIDGET


def _policy(styles: str, images: str, ancestors: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {styles}",
            f"img-src {images}",
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
