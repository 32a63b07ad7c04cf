"""The places of a channel: on a map, and the same ones as a list by area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from feeds import agenda, text
from feeds.boundaries import Area, Boundaries, Point
from feeds.browse.entries import labels_of
from feeds.browse.events import Where
from feeds.models import Channel, Place
from feeds.question import midnight, resolve
from feeds.renderers import map_names, mapping, wording
from feeds.selection import Selection
from feeds.store import Session, entries, labels
from feeds.store.filters import Filter

VIEW = "places"
SEARCHED = ("title", "description", "street", "postal_code", "city", "region")
ADDRESS = ("street", "postal_code", "city")


@dataclass(frozen=True)
class Spot:
    """A place, where it is if that is known, and the area that this lies in."""

    place: Place
    point: Point | None
    home: Area | None

    @property
    def district(self) -> str:
        """The area's name, else the region's, else the town's, else nothing."""
        if self.home is not None:
            return self.home.name
        return self.place.region or self.place.city


@dataclass(frozen=True)
class PlaceCard:
    """A place in a list; `paragraphs` are plain text, `events` how many are coming."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    label: agenda.Label | None
    where: Where
    contact: dict[str, Any]
    events: int
    town: str

    @property
    def phone(self) -> str:
        """The number as a `tel:` link has it (RFC 3966), empty for none."""
        number = self.contact.get("phone") or ""
        digits = "".join(one for one in number if one in "0123456789")
        return f"+{digits}" if number.strip().startswith("+") else digits


@dataclass(frozen=True)
class PlaceGroup:
    """The places of one area, by title; `name` is empty where nothing is known."""

    name: str
    places: tuple[PlaceCard, ...]


@dataclass(frozen=True)
class PlacesPage:
    """`chart` has the places by their position in `places`; None without a point."""

    groups: tuple[PlaceGroup, ...]
    chart: mapping.Chart | None
    source: Boundaries

    @cached_property
    def places(self) -> list[PlaceCard]:
        return [place for group in self.groups for place in group.places]

    @property
    def placed(self) -> int:
        """How many of the places are on the map."""
        return sum(len(pin.members) for pin in self.chart.pins) if self.chart else 0

    def at(self, pin: mapping.Pin) -> list[PlaceCard]:
        """Return the places that a pin stands for."""
        return [self.places[index] for index in pin.members]

    @property
    def names(self) -> tuple[map_names.Name, ...]:
        """The towns beside the pins; one for several only where it is the same."""
        if self.chart is None:
            return ()
        towns = [{place.town for place in self.at(pin)} for pin in self.chart.pins]
        words = [one.pop() if len(one) == 1 else "" for one in towns]
        return map_names.names(self.chart, words)


def places_page(
    session: Session,
    channel: Channel,
    selection: Selection,
    *,
    now: datetime,
    boundaries: Boundaries,
) -> PlacesPage:
    """Return the places asked for, all on one page."""
    spots = spots_of(session, channel, selection, now=now, boundaries=boundaries)
    coming = Filter(channel.id, now, since=midnight(channel, now))
    events = entries.at_places(session, coming)
    groups = groupby(spots, key=lambda spot: spot.district)
    return PlacesPage(
        groups=tuple(
            PlaceGroup(name, tuple(_card(one, events) for one in found))
            for name, found in groups
        ),
        chart=mapping.chart(
            boundaries, [one.point for one in spots], [one.home for one in spots]
        ),
        source=boundaries,
    )


def spots_of(
    session: Session,
    channel: Channel,
    selection: Selection,
    *,
    now: datetime,
    boundaries: Boundaries,
) -> list[Spot]:
    """Return the places asked for, by area and title; those of nowhere come last."""
    wanted = resolve(session, channel, VIEW, selection, now)
    found = [
        _spot(place, boundaries)
        for place in labels.places(session, channel.id)
        if _is_labelled(place, wanted)
    ]
    return sorted(
        (spot for spot in found if _is_named(spot, wanted.words)),
        key=lambda spot: (not spot.district, *_order(spot.district, spot.place.title)),
    )


def has_places(session: Session, channel: Channel) -> bool:
    """Say whether a channel has any place."""
    return bool(entries.listed(session, Place, channel.id, after=0, limit=1))


def point_of(latitude: float | None, longitude: float | None) -> Point | None:
    """Return a position as maps have it."""
    if latitude is None or longitude is None:
        return None
    return float(longitude), float(latitude)


def sketch(where: Where, boundaries: Boundaries) -> mapping.Chart | None:
    """Return a small map of where an event is, None where no area is known."""
    if where.point is None:
        return None
    latitude, longitude = where.point
    home = boundaries.area_of((longitude, latitude))
    if home is None:
        return None
    return mapping.chart(boundaries, [(longitude, latitude)], [home], is_sketch=True)


def _order(*names: str) -> tuple[str, ...]:
    """Return what sorts names for people: "Köln" before "Krefeld"."""
    return (*(text.fold(name) for name in names), *names)


def _spot(place: Place, boundaries: Boundaries) -> Spot:
    point = point_of(place.latitude, place.longitude)
    return Spot(place, point, boundaries.area_of(point) if point else None)


def _is_labelled(place: Place, wanted: Filter) -> bool:
    """Say whether a place, of one category or none, fits all but the words."""
    asked = set(wanted.categories)
    is_all = wanted.match_all and len(asked) > 1
    if is_all or (asked and place.category_id not in asked):
        return False
    if wanted.place_id not in (None, place.id):
        return False
    return place.category_id not in wanted.exclude


def _is_named(spot: Spot, words: Sequence[str]) -> bool:
    if not words:
        return True
    said = [getattr(spot.place, name) for name in SEARCHED]
    said += [spot.district, (spot.place.contact or {}).get("name") or ""]
    folded = text.fold(" ".join(said))
    return all(word in folded for word in words)


def _card(spot: Spot, events: dict[int, int]) -> PlaceCard:
    place = spot.place
    address = wording.address({name: getattr(place, name) for name in ADDRESS})
    point = (spot.point[1], spot.point[0]) if spot.point else None
    return PlaceCard(
        slug=place.slug,
        title=place.title,
        paragraphs=tuple(filter(str.strip, place.description.split("\n"))),
        label=labels_of([place.category])[0] if place.category else None,
        where=Where(address, point),
        contact=place.contact or {},
        events=events.get(place.id, 0),
        town=place.city or place.title,
    )
