"""Alembic's migrations, in order; run by `python -m feeds migrate`."""
