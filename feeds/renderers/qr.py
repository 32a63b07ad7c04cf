"""QR codes as inline SVG: an address for the camera of a phone."""

from functools import lru_cache

import segno

# What a phone still reads off a screen, at the size that our pages give it.
MOST_BYTES = 600
# Modules of white around the code (ISO/IEC 18004 §6.3.8).
QUIET = 4


@lru_cache(maxsize=256)
def svg(url: str) -> str:
    """Return the code as an `<svg>` without a size, empty for too long an address.

    Its dark parts stay dark on light whatever the page looks like, for scanners.
    """
    if len(url.encode()) > MOST_BYTES:
        return ""
    made = segno.make(url, error="m", micro=False, boost_error=False)
    drawn: str = made.svg_inline(
        border=QUIET,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        dark="#000",
        light="#fff",
    )
    return drawn
