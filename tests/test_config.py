import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from feeds.config import ROOT, Settings, variable, variables
from feeds.errors import SettingError

Read = Callable[..., Settings]
KEY = "k" * 32


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_with(**environ: str) -> Settings:
        return Settings.read({"FEEDS_DATA_DIR": str(tmp_path), **environ})

    return read_with


def refusal(read: Read, **environ: str) -> str:
    with pytest.raises(SettingError) as caught:
        read(**environ)
    return caught.value.detail


def test_defaults_serve_on_this_machine(read: Read, tmp_path: Path) -> None:
    settings = read()
    assert settings == Settings(
        data_dir=tmp_path,
        database_url=f"sqlite:///{tmp_path}/feeds.sqlite3",
        base_url="http://127.0.0.1:8000",
        secret_key=settings.secret_key,
        trusted_hosts=("127.0.0.1", "localhost", "[::1]"),
        host="127.0.0.1",
        port=8000,
        workers=2,
        threads=8,
        cache_seconds=900,
        calendar_budget=900_000,
        write_rate=None,
        log_level="info",
    )


def test_every_setting_can_be_given(read: Read, tmp_path: Path) -> None:
    settings = read(
        FEEDS_DATABASE_URL="postgresql+psycopg://feeds@db/feeds",
        FEEDS_BASE_URL="https://Termine.example.org:8443/",
        FEEDS_SECRET_KEY=KEY,
        FEEDS_TRUSTED_HOSTS="a.example.org, .b.example.org,[2001:db8::1]",
        FEEDS_HOST="0.0.0.0",  # noqa: S104 -- read, never bound
        PORT="9000",
        FEEDS_WORKERS="4",
        FEEDS_THREADS="16",
        FEEDS_CACHE_SECONDS="0",
        FEEDS_CALENDAR_BUDGET="50000",
        FEEDS_WRITE_RATE="60/minute",
        FEEDS_HUB="https://hub.example.org/?site=7",
        FEEDS_LOG_LEVEL="WARNING",
    )
    assert settings == Settings(
        data_dir=tmp_path,
        database_url="postgresql+psycopg://feeds@db/feeds",
        base_url="https://termine.example.org:8443",
        secret_key=KEY,
        trusted_hosts=("a.example.org", ".b.example.org", "[2001:db8::1]"),
        host="0.0.0.0",  # noqa: S104 -- read, never bound
        port=9000,
        workers=4,
        threads=16,
        cache_seconds=0,
        calendar_budget=50_000,
        write_rate="60/minute",
        hub="https://hub.example.org/?site=7",
        log_level="warning",
    )
    assert not list(tmp_path.iterdir())


def test_default_data_directory_is_the_projects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir("/")
    assert Settings.read({"FEEDS_SECRET_KEY": KEY}).data_dir == ROOT / "data"


def test_an_empty_variable_is_not_set(read: Read) -> None:
    assert read(PORT="", FEEDS_BASE_URL=" ").base_url == "http://127.0.0.1:8000"


def test_base_url_follows_the_port(read: Read) -> None:
    assert read(PORT="8123").base_url == "http://127.0.0.1:8123"


def test_trusted_hosts_follow_the_base_url(read: Read) -> None:
    hosts = read(FEEDS_BASE_URL="https://feeds.example.org:444").trusted_hosts
    assert hosts == ("feeds.example.org", "localhost", "127.0.0.1", "[::1]")
    assert read(FEEDS_BASE_URL="http://[::1]:8000").trusted_hosts[0] == "[::1]"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_urls_get_the_tested_driver(read: Read, scheme: str) -> None:
    url = read(FEEDS_DATABASE_URL=f"{scheme}://u:p@h/d").database_url
    assert url == "postgresql+psycopg://u:p@h/d"


def test_a_sqlite_url_stays_as_given(read: Read) -> None:
    url = "sqlite:////srv/feeds/feeds.sqlite3"
    assert read(FEEDS_DATABASE_URL=url).database_url == url


WRONG = {
    ("PORT", "must be a whole number from 1 to 65,535, not '{}'"): (
        "0",
        "65536",
        "http",
        "٨٠٠٠",
    ),
    ("FEEDS_WORKERS", "must be a whole number from 1 to 64, not '{}'"): ("-1", "65"),
    ("FEEDS_THREADS", "must be a whole number from 1 to 256, not '{}'"): ("1.5",),
    (
        "FEEDS_CALENDAR_BUDGET",
        "must be a whole number from 10,000 to 100,000,000, not '{}'",
    ): ("9999", "1e6"),
    ("FEEDS_BASE_URL", "must look like https://feeds.example.org, not '{}'"): (
        "feeds.example.org",
        "ftp://feeds.example.org",
        "https://feeds.example.org:http",
        "https://[::1",
        "https://ä.example.org",
    ),
    ("FEEDS_BASE_URL", "must be scheme, host and port alone, not '{}'"): (
        "https://example.org/feeds",
        "https://example.org?x",
        "https://me@example.org",
    ),
    ("FEEDS_TRUSTED_HOSTS", "must be host names with commas between, '{}' is none"): (
        "*",
        "a.example.org:80",
    ),
    (
        "FEEDS_DATABASE_URL",
        "must begin with sqlite:/// or postgresql+psycopg://, not mysql",
    ): ("mysql://u:geheim@h/d",),
    (
        "FEEDS_DATABASE_URL",
        "must begin with sqlite:/// or postgresql+psycopg://, not something else",
    ): ("geheim",),
    (
        "FEEDS_DATABASE_URL",
        "must name a file, as in sqlite:////var/lib/feeds/feeds.sqlite3",
    ): ("sqlite://", "sqlite:///", "sqlite:///:memory:"),
    ("FEEDS_SECRET_KEY", "must have at least 32 characters"): ("short",),
    (
        "FEEDS_WRITE_RATE",
        "must be a count per second, minute, hour or day, as in 60/minute, not '{}'",
    ): ("60", "0/minute", "60/week"),
    ("FEEDS_LOG_LEVEL", "must be one of debug, info, warning, error, not '{}'"): (
        "loud",
    ),
}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (name, value, sentence.format(value))
        for (name, sentence), values in WRONG.items()
        for value in values
    ],
)
def test_a_wrong_value_is_named(
    read: Read, name: str, value: str, sentence: str
) -> None:
    assert refusal(read, **{name: value}) == f"{name}: {sentence}"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("FEEDS_BASEURL", "; did you mean FEEDS_BASE_URL?"),
        ("FEEDS_SECRETKEY_FILE", "; did you mean FEEDS_SECRET_KEY_FILE?"),
        ("FEEDS_PORT", "; did you mean PORT?"),
        ("FEEDS_ZZZZZZZZZZ", ""),
    ],
)
def test_an_unknown_setting_stops_the_start(read: Read, name: str, hint: str) -> None:
    expected = f"{name} is not a setting of this service{hint}"
    assert refusal(read, **{name: "1"}) == expected


def test_variables_of_other_programs_are_ignored(read: Read) -> None:
    assert read(HOME="/root", FEED="x", feeds_x="y").port == 8000


def test_secrets_come_from_files(read: Read, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    (tmp_path / "url").write_text("postgresql://u:p@h/d\n")
    settings = read(
        FEEDS_SECRET_KEY_FILE=str(tmp_path / "key"),
        FEEDS_DATABASE_URL_FILE=str(tmp_path / "url"),
    )
    assert settings.secret_key == KEY
    assert settings.database_url == "postgresql+psycopg://u:p@h/d"


def test_secret_files_that_cannot_be_used_are_named(read: Read, tmp_path: Path) -> None:
    name = "FEEDS_SECRET_KEY_FILE"
    (tmp_path / "empty").touch()
    (tmp_path / "latin").write_bytes(b"\xfc" * 32)
    assert [
        refusal(read, **{name: str(tmp_path / file)})
        for file in ("none", "empty", "latin")
    ] == [
        f"{name}: {tmp_path}/none can't be read: no such file or directory",
        f"{name}: {tmp_path}/empty is empty",
        f"{name}: {tmp_path}/latin can't be read: not UTF-8",
    ]
    both = {"FEEDS_SECRET_KEY": KEY, name: str(tmp_path / "empty")}
    assert refusal(read, **both) == (
        "FEEDS_SECRET_KEY: set this or FEEDS_SECRET_KEY_FILE, not both"
    )


def test_a_secret_is_never_shown(read: Read) -> None:
    settings = read(
        FEEDS_SECRET_KEY="geheim" * 6, FEEDS_DATABASE_URL="postgres://u:geheim@h/d"
    )
    assert "geheim" not in repr(settings)
    assert "geheim" not in refusal(read, FEEDS_DATABASE_URL="oracle://u:geheim@h/d")


def test_the_secret_key_is_made_once_for_its_owner_alone(
    read: Read, tmp_path: Path
) -> None:
    first, second = read().secret_key, read().secret_key
    assert first == second
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    code = (
        "import os; from feeds.config import Settings;"
        "input(); print(Settings.read(os.environ).secret_key)"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "FEEDS_DATA_DIR": str(tmp_path)},
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    keys = {process.communicate(timeout=30)[0] for process in processes}
    assert keys == {(tmp_path / "secret_key").read_text()}


def test_a_damaged_key_file_is_refused(read: Read, tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    assert refusal(read) == "FEEDS_SECRET_KEY: must have at least 32 characters"
    (tmp_path / "secret_key").unlink()
    (tmp_path / "secret_key").mkdir()
    assert refusal(read) == (
        f"FEEDS_SECRET_KEY: none is given, and {tmp_path}/secret_key can't be used:"
        " is a directory"
    )


def test_a_data_directory_that_is_a_file_is_refused(read: Read, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refusal(read, FEEDS_DATA_DIR=str(tmp_path / "file")) == (
        f"FEEDS_DATA_DIR: {tmp_path}/file can't be used as a directory: file exists"
    )


def test_every_field_has_one_variable() -> None:
    names = [variable(row.name) for row in fields(Settings)]
    assert variables() == (
        *names,
        "FEEDS_DATABASE_URL_FILE",
        "FEEDS_SECRET_KEY_FILE",
    )
    assert len(set(variables())) == len(variables())
