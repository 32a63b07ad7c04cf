"""HTML: what is kept, what never is, and how it reads as plain text."""

from html.parser import HTMLParser
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from feeds import text

PAGE = "https://page.example/a/b"
TAG_SOUP = """
    <b> </b> <p> </p> <ul> <li> </ul> <a\thref=x> </a> <table> <td> </table> <pre>
    <svg> <math> <style> <script> </script> <!-- --> <![CDATA[ <img\tsrc=x> <iframe>
    <noscript> <title> <div> </div> <form> <select> <h1> <br> <i> </i> &lt; &#1; x
    <img\talt=" " onerror=x <a <template> <mtext> <xmp> <plaintext> <textarea>
    <annotation-xml> <blockquote>
"""
PIECES = st.sampled_from([*TAG_SOUP.strip().replace("\n", " ").split(" "), "\n", " "])
SOUP = st.lists(PIECES | st.text(st.characters(), max_size=5)).map("".join)


class Seen(HTMLParser):
    """What an independent parser finds in a cleaned text."""

    def __init__(self, clean: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self.feed(clean)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {(tag, name) for name, _ in attrs} | {(tag, "")}


ALLOWED = (
    {(tag, "") for tag in text.TAGS}
    | {(tag, name) for tag, names in text.ATTRIBUTES.items() for name in names}
    | {("a", "rel")}
)


@given(SOUP)
def test_html_has_nothing_outside_the_table(raw: str) -> None:
    assert Seen(text.html(raw, PAGE)).found - ALLOWED == set()


@given(SOUP)
def test_html_changes_nothing_twice(raw: str) -> None:
    clean = text.html(raw, PAGE)
    assert text.html(clean, PAGE) == clean
    assert text.html(clean) == clean


@given(SOUP)
def test_html_is_legal_text(raw: str) -> None:
    clean = text.html(raw)
    assert text.legal(clean) == clean


@given(SOUP)
def test_plain_never_fails(raw: str) -> None:
    plain = text.plain(text.html(raw, PAGE))
    assert "\u00ad" not in plain
    assert plain == plain.rstrip()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>Tea &amp; <b>cake</b></p>", "<p>Tea &amp; <b>cake</b></p>"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("a\r\nb\x00c\x0bd", "a\nbc\nd"),
        ("a\ud800b&#1;&#x2028;c", "ab\nc"),
        ("<script>x</script><style>y</style>z", "z"),
        ("<svg><text>x</text></svg><math>y</math>z", "z"),
        ("<p onclick=x style=y class=z id=w>a</p>", "<p>a</p>"),
        ("<!-- x -->a", "a"),
        ("<div>a</div><div>b<div>c</div></div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<h1>A</h1><h5>B</h5>", "<h2>A</h2><h4>B</h4>"),
        ("<p> </p><ul><li></li></ul>a<b></b>", "a"),
        ("a<b> </b>b", "a<b> </b>b"),
        ("<pre>\n\n x</pre>", "<pre> x</pre>"),
        ("<ul><li>a<li>b", "<ul><li>a</li><li>b</li></ul>"),
        ('<td colspan="2" x>a', "a"),
        ("a&nbsp;b", "a\u00a0b"),
    ],
)
def test_html(raw: str, expected: str) -> None:
    assert text.html(raw) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://a.example/x?a=1&amp;b=2", "https://a.example/x?a=1&amp;b=2"),
        ("/x", "https://page.example/x"),
        ("x", "https://page.example/a/x"),
        ("#y", "https://page.example/a/b#y"),
        ("//a.example/x", "https://a.example/x"),
        ("https://ä.example/ö", "https://xn--4ca.example/%C3%B6"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+492315", "tel:+492315"),
    ],
)
def test_link_is_resolved(href: str, expected: str) -> None:
    clean = text.html(f'<a href="{href}" target="_blank">x</a>', PAGE)
    assert clean == f'<a href="{expected}" rel="noopener">x</a>'


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " JAVA&#10;SCRIPT:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "https://user:secret@a.example/",
        "http://[bad",
    ],
)
def test_link_that_is_not_safe_goes(href: str) -> None:
    assert text.html(f'<a href="{href}">x</a>', PAGE) == '<a rel="noopener">x</a>'


def test_relative_link_waits_for_its_page() -> None:
    clean = text.html('<a href="/x">x</a>')
    assert clean == '<a href="/x" rel="noopener">x</a>'
    assert "https://page.example/x" in text.html(clean, PAGE)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('<img src="/z.png">', '<img src="https://page.example/z.png" alt="">'),
        (
            '<img src="z.png" alt="A &quot;b&quot;" srcset="q 2x" style="x" width="9">',
            '<img src="https://page.example/a/z.png" alt="A &quot;b&quot;" width="9">',
        ),
        ('<img src="data:image/png;base64,x" alt="a">', ""),
        ('<img src="mailto:a@b.example">', ""),
        ("<img alt=a>", ""),
        (
            '<blockquote cite="/q">a</blockquote>',
            '<blockquote cite="https://page.example/q">a</blockquote>',
        ),
    ],
)
def test_image_and_quotation(raw: str, expected: str) -> None:
    assert text.html(raw, PAGE) == expected


def test_film_becomes_a_link() -> None:
    raw = '<iframe width=3 src="https://film.example/e/1"></iframe>'
    url = "https://film.example/e/1"
    assert text.html(raw) == f'<a href="{url}" rel="noopener">{url}</a>'


def test_code_in_pre_reads_the_same_in_a_browser_like_parser() -> None:
    clean = text.html("<p>a<table><tr><td>b</table><pre>\n\n c\n</pre>")
    again = lxml_html.fragment_fromstring(clean, create_parent="div")
    assert [each.tag for each in again.iter()][:2] == ["div", "p"]
    assert again.findtext("pre") == " c\n"


BOMBS = [
    "<ul><li>" * 60_000,
    "".join(f"<b x={number}>" for number in range(20_000)) + "<p>x" * 60_000,
    "<p>x" * 120_000,
    "<" * 500_000,
    "<iframe " * 60_000,
    "<iframe src=a" + " src=a" * 80_000,
    '<img a="' * 60_000,
    "<x-y>" * 100_000,
    " " * 500_000,
    "&" * 500_000,
]


@pytest.mark.parametrize("raw", BOMBS, ids=lambda raw: raw[:14])
def test_html_takes_no_long_time(raw: str) -> None:
    began = perf_counter()
    clean = text.html(raw, PAGE)
    text.plain(clean)
    assert perf_counter() - began < 10
    assert len(clean) <= 5 * len(raw)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("<p>a</p><p>b<br>c</p>", "a\n\nb\nc"),
        ("<h2>A</h2>b", "A\n\nb"),
        ("a\n  b <b>c</b> d<i>e</i>", "a b c de"),
        ("<p>a <b> b</b></p>", "a b"),
        ("a&amp;b&lt;i&gt; &nbsp; Fami&shy;lie", "a&b<i> Familie"),
        ("<p>a</p><ul><li>b</li><li><p>c</p></li></ul><p>d</p>", "a\n\n- b\n- c\n\nd"),
        (
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
            "1. a\n  - b\n2. c",
        ),
        ("<ul><li></li><li>a</li></ul>b", "- a\n\nb"),
        ('<a href="https://a.example/">hier</a>.', "hier (https://a.example/)."),
        ('<a href="https://a.example/">a.example</a>', "a.example"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
        ('a <a href="https://a.example"></a>', "a https://a.example"),
        ('<a href="https://a.example">hier </a>b', "hier (https://a.example) b"),
        ("<a>x</a>", "x"),
        ('a <img src="x" alt="Logo"> b<img src="y" alt="">', "a Logo b"),
        ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
        (
            "<table><tbody><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></tbody>"
            "</table>d",
            "a | b\nc\n\nd",
        ),
        ("<p>a</p><hr><p>b</p>", "a\n\nb"),
        ("<p>a</p>\n\n<p>b</p>\n", "a\n\nb"),
        ("a<br><br><br>b", "a\n\nb"),
    ],
)
def test_plain(html: str, expected: str) -> None:
    assert text.plain(html) == expected
