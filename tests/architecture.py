"""The rules of the house: which module may know what, as functions over its source.

Each returns a sentence for every place that breaks it.
"""

import re
from collections.abc import Iterator

from tests.source import Module, lies_in

MAX_LINES = 300

# Imports go down only; on the same floor as long as they make no cycle.
FLOORS = {
    0: (
        "feeds.agenda feeds.boundaries feeds.catalogues feeds.colour feeds.config"
        " feeds.errors feeds.expansion feeds.i18n"
        " feeds.models feeds.recurrence feeds.rules feeds.selection feeds.shelf"
        " feeds.text feeds.times feeds.tokens"
    ),
    1: "feeds.renderers",
    2: "feeds.importing feeds.migrations feeds.schemas feeds.store",
    3: (
        "feeds.access feeds.authoring feeds.browse feeds.calendars feeds.courses"
        " feeds.demo feeds.heading feeds.hub feeds.imprint feeds.stamps"
        " feeds.intake feeds.paging feeds.publish feeds.question feeds.sync"
        " feeds.syndicate feeds.tenancy"
    ),
    4: "feeds feeds.__main__ feeds.cli feeds.server feeds.views wsgi",
}
FLOOR = {room: floor for floor, rooms in FLOORS.items() for room in rooms.split()}
# Neighbours on one floor that must not know each other.
STRANGERS = {
    ("feeds.schemas", "feeds.store"),
    ("feeds.schemas", "feeds.importing"),
    ("feeds.importing", "feeds.store"),
    ("feeds.store", "feeds.schemas"),
    ("feeds.store", "feeds.importing"),
}
# One library, one room.
ROOMS = {
    "alembic": "feeds.migrations feeds.store",
    "babel": "feeds.i18n",
    "click": "feeds.cli feeds.__main__",
    "dateutil": "",
    "feedgen": "feeds.renderers",
    "flask": "feeds feeds.views",
    "flask_smorest": "feeds.views",
    "gunicorn": "feeds.server",
    "icalendar": "feeds.importing.ics",
    "marshmallow": "feeds.schemas",
    "nh3": "feeds.text",
    "psycopg": "feeds.store",
    "pyphen": "feeds.text",
    "pysqlite3": "feeds.store",
    "segno": "feeds.renderers.qr",
    "sqlalchemy": "feeds.models feeds.store feeds.migrations",
    "sqlite3": "feeds.store",
    "urllib3": "feeds.importing.fetch",
    "webargs": "feeds.views",
}
CLOCKS = (
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
    "sqlalchemy.func.now",
    "sqlalchemy.func.current_timestamp",
)
# Where a template prints markup as it is, and why that is safe. (In Python, ruff's S704
# asks for the reason beside each Markup.)
SAFE = {("feeds/templates/api.html", "style"): "our own style sheet, nobody's text"}

Graph = dict[str, set[str]]


def room_of(name: str) -> str:
    """Return the room of a module: the package itself is the door `feeds`."""
    parts = name.split(".")
    return ".".join(parts[:2])


def floor_of(name: str) -> int:
    """Return the floor of a module; one without a room gets the strictest."""
    return FLOOR.get(room_of(name), 0)


def graph_of(house: list[Module]) -> Graph:
    """Return which of our modules imports which."""
    names = {module.name for module in house}

    def target(imported: str) -> str | None:
        parent = imported.rpartition(".")[0]
        return next((name for name in (imported, parent) if name in names), None)

    return {
        module.name: {found for name in module.imports() if (found := target(name))}
        for module in house
    }


def homeless(house: list[Module]) -> list[str]:
    rooms = {room_of(module.name) for module in house}
    return [f"{room} has no floor" for room in sorted(rooms - FLOOR.keys())]


def upward(graph: Graph) -> list[str]:
    return [
        f"{name} (floor {floor_of(name)}) imports {target}"
        for name, targets in sorted(graph.items())
        for target in sorted(targets)
        if floor_of(target) > floor_of(name)
        or (room_of(name), room_of(target)) in STRANGERS
    ]


def relative(house: list[Module]) -> list[str]:
    return [
        f"{module.name} imports {name}"
        for module in house
        for name in module.imports()
        if name.startswith(".")
    ]


def misplaced(house: list[Module]) -> list[str]:
    found = {
        (module.name, library)
        for module in house
        for name in module.imports()
        if (library := name.partition(".")[0]) in ROOMS
        and not is_at_home(module.name, ROOMS[library].split())
    }
    return [f"{name} imports {library}" for name, library in sorted(found)]


def is_at_home(name: str, rooms: list[str]) -> bool:
    # `feeds` is the file feeds/__init__.py, not everything beneath it.
    return any(
        name == room or (room != "feeds" and lies_in(name, room)) for room in rooms
    )


def below_the_doors(house: list[Module]) -> Iterator[Module]:
    return (module for module in house if floor_of(module.name) < 4)


def clocks(house: list[Module]) -> list[str]:
    return [
        f"{module.name}:{line} reads {name}"
        for module in below_the_doors(house)
        for line, name in sorted(set(module.names()))
        if name in CLOCKS
    ]


def calendar_readers(house: list[Module]) -> list[str]:
    """icalendar opens the file that a str names: one room reads, and gives bytes."""
    return [
        f"{module.name}:{line} calls {name}"
        for module in house
        for line, name in sorted(set(module.names()))
        if name.endswith("from_ical")
        and not lies_in(module.name, "feeds.importing.ics")
    ]


def too_long(sources: dict[str, str]) -> list[str]:
    return [
        f"{path} has {lines} lines"
        for path, source in sources.items()
        if (lines := len(source.splitlines())) > MAX_LINES
    ]


def unsafe(sources: dict[str, str]) -> list[str]:
    pattern = re.compile(r"([\w.]+)\s*\|\s*safe\b|autoescape\s+false")
    return [
        f"{path} prints {match[1] or match[0]} as it is"
        for path, source in sources.items()
        for match in pattern.finditer(source)
        if (path, match[1]) not in SAFE
    ]


def external(sources: dict[str, str]) -> list[str]:
    """Absolute links come from FEEDS_BASE_URL, never from the request's Host."""
    return [
        f"{path} builds a link from the Host header"
        for path, source in sources.items()
        if re.search(r"_external\s*=\s*True|\burl_root\b|\bhost_url\b", source)
    ]
