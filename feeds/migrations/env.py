"""Alembic's environment: it runs inside the connection it is given."""

from alembic import context

from feeds.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # The connection's transaction holds DDL on SQLite as well (see store/engine.py).
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
