"""The schema: migrations lead where the models are, on both databases."""

from collections.abc import Callable

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from feeds.errors import Unavailable
from feeds.models import Base
from feeds.store import Store, migrate, schema


def test_migrated_schema_equals_the_models(each_store: Store) -> None:
    with each_store.reading() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"compare_server_default": True}
        )

        assert compare_metadata(context, Base.metadata) == []


def test_migrated_and_created_schema_reflect_alike(database_url: str) -> None:
    fresh, made = Store(database_url), {}
    Base.metadata.create_all(fresh.engine)
    made["fresh"] = _reflected(fresh)
    Base.metadata.drop_all(fresh.engine)
    migrate(fresh)
    made["migrated"] = _reflected(fresh)
    fresh.close()

    assert made["migrated"] == made["fresh"]


def _reflected(store: Store) -> dict[str, object]:
    found = inspect(store.engine)
    return {
        table: {
            # A column that a later migration adds stands last.
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"])
                for column in found.get_columns(table)
            ),
            "indexes": sorted(
                (str(index["name"]), tuple(index["column_names"]), index["unique"])
                for index in found.get_indexes(table)
            ),
            "unique": sorted(
                (str(one["name"]), tuple(one["column_names"]))
                for one in found.get_unique_constraints(table)
            ),
            "keys": sorted(
                (
                    str(key["name"]),
                    tuple(key["constrained_columns"]),
                    key["referred_table"],
                    str(key["options"]),
                )
                for key in found.get_foreign_keys(table)
            ),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_migrating_twice_changes_nothing(each_store: Store) -> None:
    before = schema.version(each_store)

    migrate(each_store)

    assert schema.version(each_store) == before


def test_downgrade_leaves_no_table(each_store: Store) -> None:
    settings = schema.config()
    with each_store.connection() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")

    assert inspect(each_store.engine).get_table_names() == ["alembic_version"]


def test_failing_migration_leaves_no_table(database_url: str) -> None:
    store = Store(database_url)

    with pytest.raises(RuntimeError), store.connection() as connection:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        raise RuntimeError

    assert inspect(store.engine).get_table_names() == []
    store.close()


def test_require_names_the_command_without_tables(database_url: str) -> None:
    store = Store(database_url)

    with pytest.raises(Unavailable, match="python -m feeds migrate"):
        schema.require(store)
    store.close()


@pytest.mark.parametrize("ask", [schema.require, migrate])
def test_schema_of_a_later_version_is_refused(
    each_store: Store, ask: Callable[[Store], None]
) -> None:
    with each_store.connection() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(Unavailable, match="schema 9999, which this version does not"):
        ask(each_store)
