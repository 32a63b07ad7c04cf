"""The engine, transactions and named queries: the only room that writes SQL."""

from sqlalchemy.orm import Session

from feeds.store.engine import Store
from feeds.store.schema import migrate

__all__ = ["Session", "Store", "migrate"]
