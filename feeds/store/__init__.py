"""The engine, transactions and named queries: the only room that writes SQL."""

from feeds.store.engine import Store
from feeds.store.schema import migrate

__all__ = ["Store", "migrate"]
