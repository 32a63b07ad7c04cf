"""Plain text: what is kept, and the forms for addresses, search and display."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import text

any_text = st.text(st.characters())  # lone surrogates too


def test_offenders_names_the_first() -> None:
    assert text.offenders("a\x00b\ud800") == "NUL (U+0000) at position 1"
    assert text.offenders("a\udfff") == "a lone surrogate (U+DFFF) at position 1"


def test_offenders_finds_none_in_controls_and_emoji() -> None:
    assert text.offenders("a\x01\n\x7f 👪") is None


@given(any_text)
def test_legal_text_is_legal_in_xml(raw: str) -> None:
    allowed = r"[\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*"
    assert re.fullmatch(allowed, text.legal(raw))


def test_legal_knows_every_line_end() -> None:
    assert text.legal("a\r\nb\rc\vd\fe\x85f\u2028g\u2029h") == "a\nb\nc\nd\ne\nf\ng\nh"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Eltern\ncafé", "Eltern café"),
        ("  a \r\n\r\n\t b\u2028", "a b"),
        ("<b>1 < 2</b>", "<b>1 < 2</b>"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("a  b", "a  b"),
        ("\n", ""),
    ],
)
def test_line(raw: str, expected: str) -> None:
    assert text.line(raw) == expected


def test_block_keeps_lines_as_written() -> None:
    assert text.block("\n a\r\n\r\n  <i>b\x07</i> \n") == "a\n\n  <i>b</i>"


@given(any_text)
def test_line_and_block_change_nothing_twice(raw: str) -> None:
    assert text.line(text.line(raw)) == text.line(raw)
    assert text.block(text.block(raw)) == text.block(raw)


@pytest.mark.parametrize(
    ("raw", "length", "expected"),
    [
        ("kurz genug", 10, "kurz genug"),
        ("eins zwei drei", 12, "eins zwei…"),
        ("eins, zwei", 8, "eins…"),
        ("a\n\n b", 9, "a b"),
        ("Vereinbarkeit", 6, "Verei…"),
    ],
)
def test_excerpt(raw: str, length: int, expected: str) -> None:
    assert text.excerpt(raw, length) == expected


@given(st.text(), st.integers(1, 40))
def test_excerpt_is_never_longer(raw: str, length: int) -> None:
    assert len(text.excerpt(raw, length)) <= length


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Elterncafé & Größe", "elterncafe-groesse"),
        ("Straßenfest", "strassenfest"),
        ("A\u0308pfel für ÖPNV", "aepfel-fuer-oepnv"),
        ("STRAẞE", "strasse"),
        ("Women’s Day / Girls' Day", "womens-day-girls-day"),
        ("Łódź, Århus, İzmir", "lodz-arhus-izmir"),
        ("½ Preis: ２０２１", "1-2-preis-2021"),
        ("東京 2020", "2020"),
        ("東京", ""),
        ("--- ", ""),
        ("x" * 81, "x" * 80),
        ("ab " * 40, "-".join(["ab"] * 27)),
    ],
)
def test_slugify(title: str, expected: str) -> None:
    assert text.slugify(title) == expected


@given(any_text)
def test_slug_has_its_form(title: str) -> None:
    slug = text.slugify(title)
    assert len(slug) <= 80
    assert slug == "" or re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("strasse", "Kölner Straße 7"),
        ("STRAẞE", "Strasse"),
        ("uber", "Über uns"),
        ("cafe", "Elterncafe\u0301"),
        ("ı", "I"),
        ("familien", "Fami\u00adlien"),
        ("50%", "50 % und 50%"),
    ],
)
def test_fold_finds(word: str, title: str) -> None:
    assert text.fold(word) in text.fold(title)


def test_fold_does_not_expand_umlauts() -> None:
    assert text.fold("Fruehling") not in text.fold("Frühling")


@given(st.text())
def test_fold_is_one_form_for_all_normal_forms(raw: str) -> None:
    assert text.fold(unicodedata.normalize("NFD", raw)) == text.fold(raw)


@pytest.mark.parametrize(
    ("raw", "language", "expected"),
    [
        ("Familienmanagerin", "de", "Fami|li|en|ma|na|ge|rin"),
        ("Elterncafé heute", "de-AT", "Eltern|café heute"),
        ("Netzwerk", "de", "Netzwerk"),
        ("(Kinderbetreuung)", "de", "(Kin|der|be|treu|ung)"),
        ("internationalization", "en", "inter|na|tion|al|iz|a|tion"),
        (
            "https://a.example/Familienmanagerin",
            "de",
            "https://a.example/Familienmanagerin",
        ),
        (
            "familienmanagerin@dortmund.example",
            "de",
            "familienmanagerin@dortmund.example",
        ),
        ("www.familienmanagerin.example", "de", "www.familienmanagerin.example"),
        ("Familien\u00admanagerin", "de", "Familien|managerin"),
        ("Familienmanagerin", "tlh", "Familienmanagerin"),
        ("Familienmanagerin", "", "Familienmanagerin"),
    ],
)
def test_hyphenate(raw: str, language: str, expected: str) -> None:
    assert text.hyphenate(raw, language).replace("\u00ad", "|") == expected


@given(st.text())
def test_hyphenate_adds_nothing_but_soft_hyphens(raw: str) -> None:
    shown = text.hyphenate(raw, "de").replace("\u00ad", "")
    assert shown == raw.replace("\u00ad", "")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://a.example", "https://a.example"),
        (" \nHTTPS://A.Example:8443/x?y=1#z\t", "https://a.example:8443/x?y=1#z"),
        ("https://a.exa\nmple/", "https://a.example/"),
        ("https://a.example/x y", "https://a.example/x%20y"),
        ('https://a.example/"<>', "https://a.example/%22%3C%3E"),
        ("https://a.example/a%20b%C3%A4", "https://a.example/a%20b%C3%A4"),
        (
            "https://münchen.example/straße?ä",
            "https://xn--mnchen-3ya.example/stra%C3%9Fe?%C3%A4",
        ),
        ("https://straße.example", "https://xn--strae-oqa.example"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("https://a.example/1%/%zz?%", "https://a.example/1%25/%25zz?%25"),
        (
            "https://a.example/a[1]?b[]=[#c#d",
            "https://a.example/a%5B1%5D?b%5B%5D=%5B#c%23d",
        ),
    ],
)
def test_safe_url_accepts(raw: str, expected: str) -> None:
    assert text.safe_url(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "a.example",
        "/x",
        "//a.example",
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "mailto:a@b.example",
        "https://",
        "https:///x",
        "https://user@a.example",
        "https://user:secret@a.example",
        "https://good.example\\@bad.example",
        "https:\\\\a.example",
        "https://a..example",
        "https://a b.example",
        "https://a.example:port",
        "https://a.example:99999",
        "https://[::1",
        "https://a.example/" + "x" * 2000,
    ],
)
def test_safe_url_refuses(raw: str) -> None:
    assert text.safe_url(raw) is None


def test_safe_url_takes_contacts_when_asked() -> None:
    assert text.safe_url("mailto:a@b.example", text.CONTACT) == "mailto:a@b.example"
    assert text.safe_url("tel:+49 231 5", text.CONTACT) == "tel:+49%20231%205"
    assert text.safe_url("mailto:", text.CONTACT) is None


@given(st.text().map(lambda end: f"https://{end}") | any_text)
def test_safe_url_changes_nothing_twice_and_is_ascii(raw: str) -> None:
    url = text.safe_url(raw)
    assert url is None or (url.isascii() and text.safe_url(url) == url)
