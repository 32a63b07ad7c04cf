"""The settings: environment variables in, one frozen value out.

Read once, at the door; everything below gets the value or a part of it as an argument.
An unknown `FEEDS_*` name and a wrong value stop the start with one sentence.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, urlsplit

from feeds import boundaries, tokens
from feeds.errors import SettingError

# Of the service, in the change log and in the names of the scripts that sites pin.
VERSION = "0.1.0"
ROOT = Path(__file__).resolve().parent.parent
LOG_LEVELS = ("debug", "info", "warning", "error")
RATE = re.compile(r"[1-9][0-9]{0,5}/(second|minute|hour|day)")
HOST = re.compile(r"\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
# It stands in documents and headers as it is: ASCII, and nothing that ends it there.
HUB = re.compile(r"https?://[!$-;=?A-~]+")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
# The one driver that we lock and test; the short forms are what providers hand out.
POSTGRESQL = ("postgresql+psycopg", "postgresql", "postgres")
SECRET_LENGTH = 32
# Plausible names that no spelling distance leads to the right one.
ALIASES = {"FEEDS_PORT": "PORT"}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the operator decides; docs/configuration.md explains each field.

    `base_url` has no trailing slash and no path; `trusted_hosts` carry no port.
    """

    data_dir: Path
    database_url: str = field(repr=False)
    base_url: str
    secret_key: str = field(repr=False)
    trusted_hosts: tuple[str, ...]
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 8
    cache_seconds: int = 900
    calendar_budget: int = 900_000
    write_rate: str | None = None
    read_rate: str | None = None
    hub: str | None = None
    boundaries: Path | None = None
    log_level: str = "info"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Return the settings of `environ`.

        Makes the data directory, and in it the secret key when none is given.
        Raises SettingError with the sentence that names the variable.
        """
        _refuse_unknown(environ)
        port = _number(environ, "port", cls.port, range(1, 65_536))
        base_url = _base_url(environ, port)
        data_dir = _data_dir(environ)
        return cls(
            data_dir=data_dir,
            database_url=_database_url(environ, data_dir),
            base_url=base_url,
            secret_key=_secret_key(environ, data_dir),
            trusted_hosts=_trusted_hosts(environ, base_url),
            host=_text(environ, "host") or cls.host,
            port=port,
            workers=_number(environ, "workers", cls.workers, range(1, 65)),
            threads=_number(environ, "threads", cls.threads, range(1, 257)),
            cache_seconds=_number(
                environ, "cache_seconds", cls.cache_seconds, range(0, 86_401, 60)
            ),
            calendar_budget=_number(
                environ,
                "calendar_budget",
                cls.calendar_budget,
                range(10_000, 100_000_001),
            ),
            write_rate=_rate(environ, "write_rate"),
            read_rate=_rate(environ, "read_rate"),
            hub=_hub(environ),
            boundaries=_boundaries(environ),
            log_level=_log_level(environ),
        )


SECRETS = ("database_url", "secret_key")


def variable(name: str) -> str:
    """Return the environment variable of the field `name`."""
    return "PORT" if name == "port" else f"FEEDS_{name.upper()}"


def variables() -> tuple[str, ...]:
    """Return every variable that `Settings.read` knows, `*_FILE` forms included."""
    plain = [variable(row.name) for row in fields(Settings)]
    return (*plain, *(f"{variable(name)}_FILE" for name in SECRETS))


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = variables()
    for name in sorted(environ):
        if not name.startswith("FEEDS_") or name in known:
            continue
        near = ALIASES.get(name) or next(
            iter(difflib.get_close_matches(name, known, n=1)), ""
        )
        question = f"; did you mean {near}?" if near else ""
        raise SettingError(f"{name} is not a setting of this service{question}")


def _wrong(name: str, sentence: str) -> SettingError:
    return SettingError.of(variable(name), sentence)


def _text(environ: Mapping[str, str], name: str) -> str:
    """Return the value, "" when there is none: an empty variable is not set."""
    return environ.get(variable(name), "").strip()


def _secret(environ: Mapping[str, str], name: str) -> str:
    """Return the value of a secret, given itself or as the file that holds it."""
    value = _text(environ, name)
    file = environ.get(f"{variable(name)}_FILE", "").strip()
    if not file:
        return value
    if value:
        raise _wrong(name, f"set this or {variable(name)}_FILE, not both")
    try:
        value = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingError.of(
            f"{variable(name)}_FILE", f"{file} can't be read: {_reason(exc)}"
        ) from exc
    if not value:
        raise SettingError.of(f"{variable(name)}_FILE", f"{file} is empty")
    return value


def _reason(exc: OSError | UnicodeDecodeError) -> str:
    return (exc.strerror or "").lower() if isinstance(exc, OSError) else "not UTF-8"


def _number(environ: Mapping[str, str], name: str, default: int, among: range) -> int:
    text = _text(environ, name)
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) not in among:
        multiple = f" and a multiple of {among.step}" if among.step > 1 else ""
        bounds = f"from {among[0]:,} to {among[-1]:,}{multiple}"
        raise _wrong(name, f"must be a whole number {bounds}, not {text!r}")
    return int(text)


def _data_dir(environ: Mapping[str, str]) -> Path:
    path = Path(_text(environ, "data_dir") or ROOT / "data").absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        sentence = f"{path} can't be used as a directory: {_reason(exc)}"
        raise _wrong("data_dir", sentence) from exc
    return path


def _database_url(environ: Mapping[str, str], data_dir: Path) -> str:
    """Return the database's URL; a message about it never shows its password."""
    url = _secret(environ, "database_url")
    if not url:
        return f"sqlite:///{data_dir / 'feeds.sqlite3'}"
    scheme, separator, rest = url.partition("://")
    if separator and scheme in POSTGRESQL:
        return f"{POSTGRESQL[0]}://{rest}"
    if not separator or scheme != "sqlite":
        sentence = (
            "must begin with sqlite:/// or postgresql+psycopg://,"
            f" not {scheme if separator else 'something else'}"
        )
        raise _wrong("database_url", sentence)
    path = rest.removeprefix("/").partition("?")[0]
    if not rest.startswith("/") or path in ("", ":memory:"):
        sentence = "must name a file, as in sqlite:////var/lib/feeds/feeds.sqlite3"
        raise _wrong("database_url", sentence)
    return url


def _base_url(environ: Mapping[str, str], port: int) -> str:
    text = _text(environ, "base_url") or f"http://127.0.0.1:{port}"
    parts = _split(text)
    host = _host_of(parts) if parts else ""
    if not parts or parts.scheme not in ("http", "https") or not HOST.fullmatch(host):
        sentence = f"must look like https://feeds.example.org, not {text!r}"
        raise _wrong("base_url", sentence)
    if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        sentence = f"must be scheme, host and port alone, not {text!r}"
        raise _wrong("base_url", sentence)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # parsed, and refused, on access
    except ValueError:
        return None
    return parts


def _host_of(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return f"[{host}]" if ":" in host else host


def _trusted_hosts(environ: Mapping[str, str], base_url: str) -> tuple[str, ...]:
    text = _text(environ, "trusted_hosts")
    if not text:
        hosts = [_host_of(urlsplit(base_url)), *LOCAL_HOSTS]
        return tuple(dict.fromkeys(hosts))
    hosts = [part.strip().lower() for part in text.split(",")]
    for host in hosts:
        if not HOST.fullmatch(host):
            sentence = f"must be host names with commas between, {host!r} is none"
            raise _wrong("trusted_hosts", sentence)
    return tuple(dict.fromkeys(hosts))


def _rate(environ: Mapping[str, str], name: str) -> str | None:
    text = _text(environ, name)
    if text and not RATE.fullmatch(text):
        sentence = (
            "must be a count per second, minute, hour or day, as in 60/minute,"
            f" not {text!r}"
        )
        raise _wrong(name, sentence)
    return text or None


def _hub(environ: Mapping[str, str]) -> str | None:
    text = _text(environ, "hub")
    parts = _split(text) if HUB.fullmatch(text) else None
    if text and (not parts or not HOST.fullmatch(_host_of(parts))):
        raise _wrong("hub", f"must look like https://hub.example.org/, not {text!r}")
    return text or None


def _log_level(environ: Mapping[str, str]) -> str:
    text = _text(environ, "log_level").lower() or Settings.log_level
    if text not in LOG_LEVELS:
        sentence = f"must be one of {', '.join(LOG_LEVELS)}, not {text!r}"
        raise _wrong("log_level", sentence)
    return text


def _secret_key(environ: Mapping[str, str], data_dir: Path) -> str:
    key = _secret(environ, "secret_key") or _kept_key(data_dir / "secret_key")
    if len(key) < SECRET_LENGTH:
        raise _wrong("secret_key", f"must have at least {SECRET_LENGTH} characters")
    return key


def _kept_key(path: Path) -> str:
    try:
        return tokens.kept(path)
    except (OSError, UnicodeDecodeError) as exc:
        sentence = f"none is given, and {path} can't be used: {_reason(exc)}"
        raise _wrong("secret_key", sentence) from exc


def _boundaries(environ: Mapping[str, str]) -> Path | None:
    text = _text(environ, "boundaries")
    if not text:
        return None
    path = Path(text).absolute()
    try:
        boundaries.load(path)
    except OSError as exc:
        sentence = f"{path} can't be read: {_reason(exc)}"
        raise _wrong("boundaries", sentence) from exc
    except ValueError as exc:
        raise _wrong("boundaries", f"{path} can't be used: {exc}") from exc
    return path
