"""What was made lately, in memory, by the ETag that it is known by.

An ETag names all that goes into the bytes, so nothing here can be out of date.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")
ROOM = 16 << 20


@dataclass
class Shelf(Generic[Made]):
    """Keeps what was asked for last, as much as there is room for in bytes."""

    room: int = ROOM
    kept: OrderedDict[str, tuple[Made, int]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def find(self, etag: str) -> Made | None:
        with self.lock:
            if etag not in self.kept:
                return None
            self.kept.move_to_end(etag)
            return self.kept[etag][0]

    def put(self, etag: str, made: Made, size: int) -> None:
        with self.lock:
            _, before = self.kept.pop(etag, (made, 0))
            self.kept[etag] = made, size
            self.room += before - size
            while self.room < 0:
                _, (_, size) = self.kept.popitem(last=False)
                self.room += size
