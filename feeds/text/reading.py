"""Clean HTML read aloud as plain text: for calendars, summaries and search.

Knows the tags of `feeds.text.TAGS` and nothing else. Takes HTML that was cleaned.
"""

from html.parser import HTMLParser

_SPACES = " \t\n\r\f\u00a0"
_BLOCKS = frozenset(
    ("p", "h2", "h3", "h4", "blockquote", "pre", "ul", "ol", "table", "hr")
)
_LINES = frozenset(("tr", "caption"))
_SCHEMES = ("mailto:", "tel:", "https://", "http://")

Attributes = list[tuple[str, str | None]]


def plain(html: str) -> str:
    """Return readable plain text with "\\n" line ends and no blank line at the ends.

    Paragraphs are separated by a blank line; list items are "- " or "1. " lines, two
    spaces deeper when nested; a link is "text (URL)" unless the text is the URL; an
    image is its alternative text; cells are divided by " | ". No soft hyphens.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).rstrip()


class _Reader(HTMLParser):
    """Collects text; breaks and bullets are held back until text follows them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._gap = 0
        self._bullet = ""
        self._cells = 0
        self._verbatim = 0
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        values = dict(attrs)
        if tag in ("ul", "ol"):
            self._break(1 if self._lists else 2)
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._start_item()
        elif tag in ("td", "th"):
            self._start_cell()
        elif tag == "a":
            self._links.append((values.get("href") or "", len(self.parts)))
        elif tag == "img":
            self.handle_data(values.get("alt") or "")
        elif tag == "br":
            self._gap += 1
        else:
            self._start_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._bullet = ""
        if tag == "pre":
            self._verbatim -= 1
        if tag == "a" and self._links:
            self._end_link(*self._links.pop())
        elif tag in _BLOCKS:
            self._break(2)

    def handle_data(self, data: str) -> None:
        text = data.replace("\u00ad", "")
        if self._verbatim > 0:
            self._write(text)
            return
        words = " ".join(text.replace("\u00a0", " ").split(None))
        if not words:
            self._write_space(bool(text))
            return
        self._write_space(text[0] in _SPACES)
        self._write(words)
        if text[-1] in _SPACES:
            self.parts.append(" ")

    def _start_block(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break(2)
        elif tag in _LINES:
            self._break(1)
        if tag == "tr":
            self._cells = 0
        if tag == "pre":
            self._verbatim += 1

    def _start_item(self) -> None:
        self._bullet = ""
        self._break(1)
        indent = "  " * (len(self._lists) - 1)
        number = self._lists[-1] if self._lists else None
        if number is None:
            self._bullet = f"{indent}- "
        else:
            self._lists[-1] = number + 1
            self._bullet = f"{indent}{number + 1}. "

    def _start_cell(self) -> None:
        if self._cells:
            self._trim()
            self._write(" | ")
        self._cells += 1

    def _end_link(self, href: str, start: int) -> None:
        text = "".join(self.parts[start:]).strip()
        if not href or _bare(text) == _bare(href):
            return
        if not text:
            self._write(href)
            return
        after = " " if self.parts[-1].endswith(" ") else ""
        self._trim()
        self._write(f" ({href}){after}")

    def _break(self, lines: int) -> None:
        """Ask for a new line (1) or a blank line (2); inside a list never a blank."""
        if not self._bullet:
            self._gap = max(self._gap, min(lines, 1) if self._lists else lines)

    def _write_space(self, wanted: bool) -> None:
        if wanted and self.parts and not (self._gap or self._bullet):
            self._trim()
            self.parts.append(" ")

    def _write(self, text: str) -> None:
        if self._gap:
            self._trim()
        if self.parts:
            self.parts.append("\n" * min(self._gap, 2))
        self.parts.append(self._bullet + text)
        self._gap, self._bullet = 0, ""

    def _trim(self) -> None:
        if self.parts:
            self.parts[-1] = self.parts[-1].rstrip(" ")


def _bare(url: str) -> str:
    for scheme in _SCHEMES:
        url = url.removeprefix(scheme)
    return url.rstrip("/")
