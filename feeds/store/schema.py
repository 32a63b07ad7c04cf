"""The schema's version: migrate it, or say that it is not the one we need."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from feeds.errors import Unavailable
from feeds.store.engine import Store

# Any constant will do: it names the lock that migrations of one database share.
ADVISORY_LOCK = 4_711_001


def config() -> Config:
    """Return Alembic's configuration: the scripts live in `feeds/migrations`."""
    made = Config()
    made.set_main_option("script_location", "feeds:migrations")
    return made


def migrate(store: Store) -> None:
    """Bring the database to the newest schema, in one transaction.

    Raises Unavailable for a schema that a later version made.
    """
    settings = config()
    with store.connection() as connection:
        if not store.is_sqlite:
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK}
            )
        _refuse_later(MigrationContext.configure(connection).get_current_revision())
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def version(store: Store) -> str | None:
    """Return the schema version of the database, None when it has no tables."""
    with store.reading() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def require(store: Store) -> None:
    """Raise Unavailable unless the database has the schema this code needs."""
    found, needed = version(store), _scripts().get_heads()
    _refuse_later(found)
    if found is None:
        raise Unavailable(
            "The database has no tables yet; run: python -m feeds migrate"
        )
    if [found] != list(needed):
        raise Unavailable(
            f"The database has schema {found}, this version needs {needed[0]}; "
            "run: python -m feeds migrate"
        )


def _refuse_later(found: str | None) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    if found is not None and found not in known:
        raise Unavailable(
            f"The database has schema {found}, which this version does not know; "
            "run the version that made it, or a later one."
        )


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())
