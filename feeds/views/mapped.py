"""What pages and widgets draw and link of places."""

from feeds.boundaries import Boundaries
from feeds.browse.events import Where
from feeds.browse.places import sketch
from feeds.renderers.mapping import Chart
from feeds.selection import Selection
from feeds.views.context import kit
from feeds.views.offers import Offers, kept

LASTING = ("category", "match", "exclude", "place", "q", "lang")


class Mapped(Offers):
    """A page that knows the boundaries of this service."""

    @property
    def source(self) -> Boundaries:
        return kit().boundaries

    def sketch(self, where: Where) -> Chart | None:
        """Return a small map of an address, None where no area is known."""
        return sketch(where, self.source)

    def places_href(self, suffix: str) -> str:
        """Return the places that this page shows, as data."""
        text = kept(self.selection, "places.data", LASTING).canonical()
        return f"{self._home}/places{suffix}{f'?{text}' if text else ''}"

    def place_href(self, slug: str) -> str:
        """Return where a place stands on the page of places."""
        asked = Selection(place=slug, lang=self.selection.lang)
        return f"{self._home}/places?{asked.canonical()}#{slug}"
