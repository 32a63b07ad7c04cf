"""The engine, its transactions, and the writer's lock.

SQLite runs in WAL mode with `synchronous=FULL`. A write is `BEGIN IMMEDIATE` under a
lock file beside the database, which keeps commits and checkpoints of several
processes apart (sqlite.org/wal.html#walresetbug) and makes waiting fair.
"""

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.orm import Session

from feeds.errors import Conflict, SettingError, Unavailable

LOCK_TIMEOUT = 30.0
LOCK_PAUSE = 0.002
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "journal_size_limit=67108864",
)
POSTGRES_OPTIONS = (
    "-c statement_timeout=30s -c lock_timeout=10s"
    " -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
)

log = logging.getLogger(__name__)


class Store:
    """The database behind two doors: `reading()` and `writing()`.

    Both yield a Session in one transaction; a write commits when the block ends and
    rolls back when it raises. Raises SettingError for a URL that can't work, and
    Unavailable for whatever the database refuses at run time.
    """

    def __init__(self, url: str) -> None:
        self.url = _parse(url)
        self.lock_path = _lock_path(self.url)
        self.engine = _engine(self.url)
        # A reader sees one moment throughout: SQLite knows nothing else.
        self._reader = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self._writer = self.engine.execution_options(feeds_write=True)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with (
            _translated(),
            Session(self._reader, expire_on_commit=False, autoflush=False) as session,
        ):
            yield session

    @contextmanager
    def writing(self, patience: float = LOCK_TIMEOUT) -> Iterator[Session]:
        """Yield a session that writes; `patience` is how long to wait for others."""
        with (
            _translated(),
            _locked(self.lock_path, patience),
            Session(self._writer, expire_on_commit=False, autoflush=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Yield a writing connection in one transaction, for migrations."""
        with _translated(), _locked(self.lock_path), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except ArgumentError as exc:
        raise SettingError(
            f"FEEDS_DATABASE_URL: '{url}' is not a database URL; write "
            "sqlite:///data/feeds.sqlite3 or postgresql://user@host/name."
        ) from exc
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise SettingError(
            f"FEEDS_DATABASE_URL: '{backend}' can't be used here; it must be a "
            "SQLite file (sqlite:///data/feeds.sqlite3) or PostgreSQL."
        )
    return parsed


def _lock_path(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite":
        return None
    return Path(f"{url.database}.lock")


class _Hinting(SQLiteCompiler):
    """Writes what `with_hint` says of a table, which SQLAlchemy leaves out here."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        return text


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, module=sqlite_module(), pool_size=20)
        engine.dialect.statement_compiler = _Hinting
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(
            url,
            pool_pre_ping=True,
            pool_recycle=1800,
            pool_size=10,
            connect_args={"options": POSTGRES_OPTIONS, "connect_timeout": 5},
        )
    except (ImportError, NoSuchModuleError) as exc:
        raise SettingError(
            "FEEDS_DATABASE_URL: PostgreSQL needs psycopg; install it with "
            "pip install -r requirements-postgres.txt."
        ) from exc


def sqlite_module() -> ModuleType:
    """Return pysqlite3 where it is installed, else the standard library's module.

    Warns when the SQLite in use has the WAL-reset bug.
    """
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 -- has no wheel on every platform
    except ImportError:
        from sqlite3 import dbapi2  # noqa: PLC0415 -- the fallback
    module: ModuleType = dbapi2
    if has_wal_reset_bug(module.sqlite_version_info):
        log.warning(
            "SQLite %s can lose commits when several processes write "
            "(sqlite.org/wal.html#walresetbug); install pysqlite3 or SQLite 3.51.3",
            module.sqlite_version,
        )
    return module


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Say whether this SQLite has the data race of 3.7.0 to 3.51.2."""
    if version[:2] in {(3, 44), (3, 50)}:
        return version < ((3, 44, 6) if version[1] == 44 else (3, 50, 7))
    return (3, 7, 0) <= version < (3, 51, 3)


def _prepare(connection: Any, _record: object) -> None:
    # The driver's own transactions would commit DDL half-way.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("feeds_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _locked(path: Path | None, patience: float = LOCK_TIMEOUT) -> Iterator[None]:
    if path is None:
        yield
        return
    try:
        file = path.open("ab")
    except OSError as exc:
        raise Unavailable(f"The database can't be written: {exc}.") from exc
    with file:
        deadline = time.monotonic() + patience
        while not _try_lock(file.fileno()):
            if time.monotonic() > deadline:
                raise Unavailable("Another write is taking too long; try again later.")
            time.sleep(LOCK_PAUSE)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError as exc:
        raise Conflict("Somebody else wrote the same thing; read it again.") from exc
    except DBAPIError as exc:
        raise Unavailable(f"The database can't be used: {_sentence(exc)}.") from exc


def _sentence(exc: DBAPIError) -> str:
    lines = str(exc.orig).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(exc).__name__
