"""Which characters text may hold at all, in every format that we serve."""

import re

_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REFUSED = re.compile("[\x00\ud800-\udfff]")


def offenders(raw: str) -> str | None:
    """Name the first character that no text field may hold, or return None.

    Refused are NUL and lone surrogates: they can't be stored everywhere.
    """
    found = _REFUSED.search(raw)
    if found is None:
        return None
    name = "NUL" if found[0] == "\x00" else "a lone surrogate"
    return f"{name} (U+{ord(found[0]):04X}) at position {found.start()}"


def legal(text: str) -> str:
    """Return the text without what XML 1.0 §2.2 forbids, other controls and surrogates.

    Every kind of line end becomes "\\n"; tabs stay.
    """
    return _ILLEGAL.sub("", _LINE_ENDS.sub("\n", text))
