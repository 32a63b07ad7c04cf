"""The shapes in which feeds come: what becomes of each part of an entry."""

from uuid import NAMESPACE_URL, uuid5

import pytest

from feeds.importing import webfeeds
from tests.importing.webfeeds import (
    ATOM,
    DATED,
    HOME,
    RSS,
    atom,
    items,
    jsonfeed,
    opened,
    rss,
)

CREDIT = {"text": "Bote", "retrieved_on": "2021-07-06"}
WORDPRESS = """<item><title>Sommerfest &#8211; mit Café</title>
<link>https://bote.example/sommerfest/</link>
<dc:creator><![CDATA[Redaktion]]></dc:creator>
<pubDate>Thu, 01 Jul 2021 08:00:00 +0000</pubDate>
<category><![CDATA[Sport & Spiel]]></category><category>Allgemein</category>
<guid isPermaLink="false">https://bote.example/?p=7</guid>
<description><![CDATA[<p>Kurz gesagt.</p>]]></description>
<content:encoded><![CDATA[<p onclick="x()">Lang <a href="/plan">Plan</a>
<img src="fest.png" srcset="a.png 2x"></p><script>x()</script>]]></content:encoded>
<enclosure url="https://bote.example/fest.mp3" length="1234" type="audio/mpeg" />
<media:thumbnail url="https://bote.example/klein.jpg"/></item>"""
TAKEN = {
    "id": str(uuid5(NAMESPACE_URL, "https://bote.example/?p=7")),
    "title": "Sommerfest – mit Café",
    "summary": "Kurz gesagt.",
    "content": '<p>Lang <a href="https://bote.example/plan" rel="noopener">Plan</a>\n'
    '<img src="https://bote.example/sommerfest/fest.png" alt=""></p>',
    "url": "https://bote.example/sommerfest/",
    "author": "Redaktion",
    "image": {"url": "https://bote.example/klein.jpg"},
    "categories": ["sport"],
    "sources": [{**CREDIT, "url": "https://bote.example/sommerfest/"}],
    "attachments": [
        {"url": "https://bote.example/fest.mp3", "type": "audio/mpeg", "length": 1234}
    ],
    "published_at": "2021-07-01T08:00:00+00:00",
}


def test_what_a_blog_sends_is_taken_whole() -> None:
    feed = opened(RSS.format(WORDPRESS).encode())
    (item,) = feed.items()
    assert (item.raw, item.repairs, item.line) == (TAKEN, [], 6)
    assert feed.notes == [
        "line 6: the channel has no category 'Allgemein', left out here and below:"
        " create it and import again to keep it"
    ]


def test_rdf_is_read() -> None:
    (item,) = items("""<rdf:RDF xmlns="http://purl.org/rss/1.0/"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://alt.example/"><title>Alt</title>
<link>https://alt.example/</link></channel>
<item rdf:about="https://alt.example/1"><title>A</title><link>https://alt.example/1</link>
<description>Text</description><dc:date>2021-07-01T10:00+02:00</dc:date>
<dc:subject>sport</dc:subject><dc:creator>Ada</dc:creator></item></rdf:RDF>""")
    assert item.raw == {
        "id": str(uuid5(NAMESPACE_URL, "https://alt.example/1")),
        "title": "A",
        "content": "Text",
        "url": "https://alt.example/1",
        "author": "Ada",
        "categories": ["sport"],
        "sources": [
            {
                "text": "Alt",
                "url": "https://alt.example/1",
                "retrieved_on": "2021-07-06",
            }
        ],
        "published_at": "2021-07-01T08:00:00+00:00",
    }


def test_atom_entry_is_taken_whole() -> None:
    item = atom("""<title type="html">&lt;b>A&lt;/b> &amp;amp; B</title>
<link rel="related" href="https://other.example/"/>
<link type="application/pdf" href="https://bote.example/a.pdf"/>
<link rel="alternate" type="text/html" href="https://bote.example/a"/>
<link rel="enclosure" href="https://bote.example/a.mp3" type="audio/mpeg" length="5"
 title="Zum Hören"/><link rel="enclosure" href="https://bote.example/b.mp3"/>
<author><name>Ada</name><email>ada@bote.example</email></author>
<author><name>Bo</name></author><category term="x1" label="Sport &amp; Spiel"/>
<summary>Kurz &lt;gut&gt;</summary><rights>Alle</rights>
<content type="html" xml:lang="de-at">&lt;p&gt;Lang&lt;/p&gt;</content>
<updated>2021-07-02T10:00:00Z</updated>""")
    assert item.raw == {
        "id": "a-1",
        "title": "A & B",
        "summary": "Kurz <gut>",
        "content": "<p>Lang</p>",
        "url": "https://bote.example/a",
        "author": "Ada, Bo",
        "categories": ["sport"],
        "sources": [{**CREDIT, "url": "https://bote.example/a"}],
        "attachments": [
            {
                "url": "https://bote.example/a.mp3",
                "type": "audio/mpeg",
                "length": 5,
                "title": "Zum Hören",
            },
            {"url": "https://bote.example/b.mp3"},
        ],
        "published_at": "2021-07-01T08:00:00+00:00",
    }
    assert item.revision is not None
    assert str(item.revision.updated_at) == "2021-07-02 10:00:00+00:00"


def test_json_item_is_taken_whole() -> None:
    item = jsonfeed("""
"url": "https://bote.example/a", "title": "A &amp; <b>", "summary": "Kurz",
"content_html": "<p>Lang <a href='b'>b</a></p>", "image": "/a.png", "language": "en_GB",
"authors": [{"name": "Ada"}, {"url": "https://bo.example/"}], "tags": ["sport", 7],
"attachments": [{"url": "a.mp3", "mime_type": "Audio/MPEG; x=1", "size_in_bytes": 5,
                 "title": "Zum Hören"}, {"mime_type": "audio/mpeg"}, 7]""")
    assert item.raw == {
        "id": "a-1",
        "title": "A &amp; <b>",
        "summary": "Kurz",
        "content": '<p>Lang <a href="https://bote.example/b" rel="noopener">b</a></p>',
        "url": "https://bote.example/a",
        "author": "Ada",
        "image": {"url": "https://bote.example/a.png"},
        "language": "en-GB",
        "categories": ["sport"],
        "sources": [{**CREDIT, "url": "https://bote.example/a"}],
        "attachments": [
            {
                "url": "https://bote.example/a.mp3",
                "type": "audio/mpeg",
                "length": 5,
                "title": "Zum Hören",
            }
        ],
        "published_at": "2021-07-01T08:00:00+00:00",
    }


def test_json_feed_1_0_is_read() -> None:
    (item,) = items(
        '{"items": [{"id": 7, "content_text": "Eins\\n\\nZwei", "date_published":'
        ' "2021-07-01T08:00:00Z"}], "author": {"name": "Ada"}, "title": "Bote",'
        ' "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}'
    )
    assert item.raw == {
        "id": "7",
        "title": "Eins Zwei",
        "content": "<p>Eins</p><p>Zwei</p>",
        "author": "Ada",
        "sources": [{**CREDIT, "url": None}],
        "published_at": "2021-07-01T08:00:00+00:00",
    }
    assert item.repairs == ["line 1: no title, made from the text"]


@pytest.mark.parametrize("data", [b'{"items": [{"title": "A"}]}', b"[]"])
def test_json_that_is_no_feed_is_left_to_the_api(data: bytes) -> None:
    assert webfeeds.read(data, HOME) is None


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("Text", "Text"),
        ("Eins\nZwei\n\nDrei", "<p>Eins<br>Zwei</p><p>Drei</p>"),
        ("&lt;p&gt;A&lt;br&gt;B&lt;/p&gt;", "<p>A<br>B</p>"),
        ("<![CDATA[<b>A</b>]]>", "<b>A</b>"),
        ("<p xmlns='http://www.w3.org/1999/xhtml'>A<br/></p>", "<p>A<br></p>"),
        ("<x:p xmlns:x='http://www.w3.org/1999/xhtml'>A</x:p> B", "<p>A</p> B"),
        (
            "&lt;a href='b'&gt;B&lt;/a&gt;",
            '<a href="https://bote.example/b" rel="noopener">B</a>',
        ),
        ("&lt;a href='javascript:x()'&gt;B&lt;/a&gt;", '<a rel="noopener">B</a>'),
    ],
)
def test_descriptions_are_html_however_written(given: str, found: str) -> None:
    assert rss(f"<description>{given}</description>").raw["content"] == found


@pytest.mark.parametrize(
    ("attributes", "given", "found"),
    [
        ('type="text"', "A &lt;b> B", "<p>A &lt;b&gt; B</p>"),
        ("", "A\n\nB", "<p>A</p><p>B</p>"),
        ('type="html"', "&lt;b>A&lt;/b>", "<b>A</b>"),
        (
            'type="xhtml"',
            '<div xmlns="http://www.w3.org/1999/xhtml"><b>A</b></div>',
            "<p><b>A</b></p>",
        ),
        (
            'type="html" xml:base="https://other.example/x/"',
            "&lt;img src='a.png'>",
            '<img src="https://other.example/x/a.png" alt="">',
        ),
        ('type="image/png"', "aGFsbG8=", None),
    ],
)
def test_atom_content_is_read_by_its_type(
    attributes: str, given: str, found: str | None
) -> None:
    title = "<title>A</title>"
    item = atom(f"{title}<content {attributes}>{given}</content>")
    assert item.raw.get("content") == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("A &amp; B", "A & B"),
        ("A &amp;amp; B", "A & B"),
        ("A &amp;amp;amp; B", "A & B"),
        ("Ada&amp;#8217;s &amp;quot;Buch&amp;quot;", 'Ada\u2019s "Buch"'),
        ("&lt;i&gt;A&lt;/i&gt; B", "A B"),
        ("Wozu &lt;br&gt; dient", "Wozu <br> dient"),
        ("1 &lt; 2 und R&amp;D", "1 < 2 und R&D"),
        (" A\n  B ", "A B"),
    ],
)
def test_titles_become_plain_text(given: str, found: str) -> None:
    (item,) = items(RSS.format(f"<item><title>{given}</title>{DATED}</item>"))
    assert item.raw["title"] == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("ada@bote.example (Ada Bo)", "Ada Bo"),
        ("Ada Bo &lt;ada@bote.example&gt;", "Ada Bo"),
        ('"Ada Bo" &lt;ada@bote.example&gt;', "Ada Bo"),
        ("Ada Bo (dpa)", "Ada Bo (dpa)"),
        ("ada@bote.example", None),
        ("a@a." * 20_000 + "!", None),
    ],
)
def test_authors_are_names_and_never_addresses(given: str, found: str | None) -> None:
    assert rss(f"<author>{given}</author>").raw.get("author") == found


def test_author_of_the_feed_is_that_of_its_entries() -> None:
    feed = ATOM.format(
        "<author><name>Ada</name></author><entry><title>A</title></entry>"
    )
    assert [item.raw["author"] for item in items(feed)] == ["Ada"]
