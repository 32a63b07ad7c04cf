"""The engine: transactions, the writer's lock, and errors in sentences."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from feeds.errors import Conflict, SettingError, Unavailable
from feeds.models import Edition
from feeds.store import Store
from feeds.store.engine import PRAGMAS, has_wal_reset_bug, sqlite_module

THEN = datetime(2021, 7, 6, 10, tzinfo=UTC)


def edition(digest: str) -> Edition:
    return Edition(digest=digest, since_at=THEN)


def digests(store: Store) -> list[str]:
    with store.reading() as session:
        return [row.digest for row in session.query(Edition).order_by(Edition.id)]


def test_write_is_kept_when_the_block_ends(each_store: Store) -> None:
    with each_store.writing() as session:
        session.add(edition("a"))

    assert digests(each_store) == ["a"]


def test_write_is_undone_when_the_block_raises(each_store: Store) -> None:
    with pytest.raises(ValueError, match="no"), each_store.writing() as session:
        session.add(edition("a"))
        session.flush()
        raise ValueError("no")

    assert digests(each_store) == []


def test_instants_come_back_aware_and_in_utc(each_store: Store) -> None:
    with each_store.writing() as session:
        session.add(edition("a"))
    with each_store.reading() as session:
        found = session.query(Edition).one()

    assert found.since_at == THEN
    assert found.since_at.utcoffset() == THEN.utcoffset()


def test_broken_uniqueness_is_a_conflict(each_store: Store) -> None:
    row = text(
        "INSERT INTO edition (id, digest, since_at) VALUES (7, 'a', '2021-07-06')"
    )

    with pytest.raises(Conflict), each_store.writing() as session:
        session.execute(row)
        session.execute(row)


def test_concurrent_writers_lose_nothing(each_store: Store) -> None:
    def count_up() -> None:
        for _ in range(10):
            with each_store.writing() as session:
                if not each_store.is_sqlite:
                    session.execute(text("LOCK TABLE edition IN EXCLUSIVE MODE"))
                number = session.query(Edition).count()
                session.add(edition(str(number)))

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert digests(each_store) == [str(number) for number in range(40)]


def test_sqlite_is_set_up_as_promised(store: Store) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "journal_size_limit": 67108864,
        "busy_timeout": 5000,
    }
    with store.reading() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar() for name in expected
        }

    assert found == expected
    assert {pragma.partition("=")[0] for pragma in PRAGMAS} == expected.keys()


def test_installed_sqlite_has_no_wal_reset_bug() -> None:
    assert not has_wal_reset_bug(sqlite_module().sqlite_version_info)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_wal_reset_bug_by_version(version: tuple[int, ...], expected: bool) -> None:
    assert has_wal_reset_bug(version) == expected


@pytest.mark.parametrize(
    "url", ["", "no url", "mysql://localhost/feeds", "sqlite://", "sqlite:///:memory:"]
)
def test_url_that_cannot_work_is_one_sentence(url: str) -> None:
    with pytest.raises(SettingError, match=r"^FEEDS_DATABASE_URL: "):
        Store(url)


def test_directory_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/none/feeds.sqlite3")

    with pytest.raises(Unavailable, match="can't be"), store.reading() as session:
        session.execute(text("SELECT 1"))


def test_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "feeds.sqlite3").write_bytes(b"not a database at all" * 100)
    store = Store(f"sqlite:///{tmp_path}/feeds.sqlite3")

    with pytest.raises(Unavailable, match="not a database"), store.reading() as session:
        session.execute(text("SELECT 1"))
