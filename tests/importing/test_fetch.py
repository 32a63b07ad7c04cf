import gzip
import socket
import threading

import pytest

from feeds.errors import FeedsError, Forbidden, Malformed, TooLarge, Unavailable
from feeds.importing.fetch import Guard, fetch
from tests.importing.conftest import BODY, Origin

OPEN = Guard(allow_private=True)
HERE = Guard(True, lambda _host, _port: ["127.0.0.1"])


def test_file_is_fetched_with_plain_headers(
    origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    url = origin.say("/a.ics?x=1", Content_Type="Text/Calendar; charset=utf-8")
    found = fetch(url, OPEN)
    assert (found.data, found.media_type, found.url) == (BODY, "text/calendar", url)
    ((path, headers),) = origin.asked
    assert path == "/a.ics?x=1"
    assert headers["Host"] == url.split("/")[2]
    assert headers["Accept-Encoding"] == "gzip"
    assert {"Authorization", "Cookie", "Proxy-Connection"} & headers.keys() == set()


def test_name_is_looked_up_once_and_stays_in_the_host_header(origin: Origin) -> None:
    port = origin.url.rpartition(":")[2]
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    origin.say("/a.ics")
    fetch(f"http://cal.example.org:{port}/a.ics", Guard(True, resolve))
    assert looked_up == ["cal.example.org"]
    assert origin.asked[0][1]["Host"] == f"cal.example.org:{port}"


@pytest.mark.parametrize(
    ("told", "charset"),
    [
        ("application/rss+xml; charset=UTF-8", "utf-8"),
        ('text/xml;version=1; Charset = "ISO-8859-1"', "iso-8859-1"),
        ("text/xml; xcharset=a", ""),
        ("text/xml", ""),
    ],
)
def test_encoding_is_what_the_server_names(
    origin: Origin, told: str, charset: str
) -> None:
    assert fetch(origin.say("/a.xml", Content_Type=told), OPEN).charset == charset


def test_gzip_is_undone(origin: Origin) -> None:
    url = origin.say("/a", gzip.compress(BODY), Content_Encoding="gzip")
    assert fetch(url, OPEN).data == BODY


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(bytes(50_000_000)), "gzip"),
        (bytes(6_000_000), "identity"),
    ],
    ids=["bomb", "plain"],
)
def test_too_large_a_body_is_cut_off(
    origin: Origin, body: bytes, encoding: str
) -> None:
    url = origin.say("/a", body, Content_Encoding=encoding)
    with pytest.raises(TooLarge) as caught:
        fetch(url, OPEN)
    assert str(caught.value) == f"{url}: more than 5,242,880 bytes"


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_other_encodings_are_refused(origin: Origin, encoding: str) -> None:
    url = origin.say("/a", Content_Encoding=encoding)
    with pytest.raises(Unavailable) as caught:
        fetch(url, OPEN)
    sentence = f"{url}: is encoded as '{encoding}', and only gzip is read"
    assert str(caught.value) == sentence


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(origin: Origin, status: int) -> None:
    url = origin.say("/a", b"", status, Location="b")
    origin.say("/b")
    assert fetch(url, OPEN).url == f"{origin.url}/b"


def test_three_redirects_are_followed_and_no_more(origin: Origin) -> None:
    for number in range(4):
        origin.say(f"/{number}", b"", 302, Location=f"/{number + 1}")
    origin.say("/4")
    assert fetch(f"{origin.url}/1", OPEN).data == BODY
    with pytest.raises(Unavailable) as caught:
        fetch(f"{origin.url}/0", OPEN)
    assert str(caught.value) == f"{origin.url}/4: more than 3 redirects"


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("file:///etc/passwd", Malformed),
        ("gopher://127.0.0.1/", Malformed),
        ("//user:secret@127.0.0.1/", Malformed),
        ("", Unavailable),
    ],
)
def test_redirects_lead_to_the_web_alone(
    origin: Origin, location: str, error: type[FeedsError]
) -> None:
    url = origin.say("/a", b"", 302, Location=location)
    with pytest.raises(error):
        fetch(url, OPEN)


def test_redirect_to_a_private_address_is_refused(origin: Origin) -> None:
    port = int(origin.url.rpartition(":")[2])
    url = origin.say("/a", b"", 302, Location=f"http://inside.example.org:{port}/b")
    origin.say("/b")
    seen: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        seen.append(host)
        raise OSError(host)

    with pytest.raises(Unavailable):
        fetch(
            url,
            Guard(True, lambda h, p: ["127.0.0.1"] if h[0] == "1" else resolve(h, p)),
        )
    assert seen == ["inside.example.org"]
    assert [path for path, _ in origin.asked] == ["/a"]


@pytest.mark.parametrize("status", [204, 206, 304, 401, 404, 500])
def test_other_answers_are_said(origin: Origin, status: int) -> None:
    url = origin.say("/a", b"", status)
    with pytest.raises(Unavailable) as caught:
        fetch(url, OPEN)
    assert str(caught.value) == f"{url}: the server answers {status}"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a.ics",
        "file:///etc/passwd",
        "https://user:secret@example.org/",
        "https://",
        "javascript:alert(1)",
        "//example.org/a",
        "http://[::1",
        "http://example.org:99999/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(Malformed):
        fetch(url)


def test_private_address_is_never_asked(origin: Origin) -> None:
    port = origin.url.rpartition(":")[2]
    with pytest.raises(Forbidden) as caught:
        fetch(f"{origin.url}/a.ics")
    assert (
        str(caught.value) == f"'{origin.url}/a.ics': port {port} is not open to imports"
    )
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1"):
        with pytest.raises(Forbidden, match="is not a public address"):
            fetch(f"http://{host}/a.ics")
    assert origin.asked == []


def test_name_that_changes_its_address_is_looked_up_once() -> None:
    answers = iter([["8.8.8.8", "127.0.0.1"], ["8.8.8.8"]])
    guard = Guard(resolve=lambda _host, _port: next(answers))
    with pytest.raises(Forbidden, match=r"'cal\.example\.org' is at 127\.0\.0\.1"):
        fetch("https://cal.example.org/a.ics", guard)
    assert next(answers) == ["8.8.8.8"]


@pytest.mark.parametrize(
    "prefix", [b"", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["head", "body"]
)
def test_server_that_drips_is_left_in_time(prefix: bytes) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(prefix)
            while not ended.wait(0.02):
                try:
                    connection.sendall(b"H")
                except OSError:
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with listener, pytest.raises(Unavailable) as caught:
        fetch(url, Guard(allow_private=True, total_seconds=0.3))
    ended.set()
    thread.join()
    assert str(caught.value) == f"{url}: not done after 0.3 s"


def test_server_that_is_away_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unavailable, match=f"^http://127.0.0.1:{port}/: "):
        fetch(f"http://127.0.0.1:{port}/", OPEN)


def test_certificate_is_that_of_the_name_not_of_the_address(secure: Origin) -> None:
    assert fetch(secure.say("/a.ics"), HERE).data == BODY
    assert secure.names == ["cal.example.org"]


def test_certificate_of_another_name_is_refused(secure: Origin) -> None:
    url = secure.say("/a.ics").replace("cal.", "other.")
    with pytest.raises(Unavailable, match=r"certificate"):
        fetch(url, HERE)
    assert secure.asked == []


def test_certificate_that_nobody_vouches_for_is_refused(
    secure: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Unavailable, match=r"certificate"):
        fetch(secure.say("/a.ics"), HERE)
    assert secure.asked == []


def test_redirect_from_https_to_http_is_refused(secure: Origin) -> None:
    url = secure.say("/a", b"", 302, Location="http://cal.example.org/b")
    with pytest.raises(Forbidden) as caught:
        fetch(url, HERE)
    sentence = f"{url}: redirects from https to 'http://cal.example.org/b'"
    assert str(caught.value) == sentence
