"""What the builder's page says of the widget that is chosen on it."""

from dataclasses import dataclass, fields
from typing import Any

from feeds import colour, i18n
from feeds.selection import QUERY_NAMES, SHOWN, VIEWS, Selection
from feeds.views import embedding
from feeds.views.frame import DEFAULT_ACCENT, NAMES, Frame
from feeds.views.offers import kept
from feeds.views.widgets import BUILDERS

# What is about the builder and its snippets, whatever the view.
OWN = frozenset({"view", "width", "height", "measured", "pinned"})
STOPS = (320, 480, 768, None)
# What is none of a widget's choices, but of where one is in it.
PASSING = {"page": 1, "measured": None}
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True)
class Swatch:
    """How well the accent reads in a mode: what was given, and what is shown."""

    mode: str
    colour: str
    ink: str
    words: str


@dataclass(frozen=True)
class BuilderFrame(Frame):
    """The builder's own looks are the channel's."""

    @property
    def theme(self) -> str:
        return ""

    @property
    def accent(self) -> str:
        return self.channel.colour if self.channel else DEFAULT_ACCENT

    @property
    def _looks(self) -> tuple[str, ...]:
        return ("lang",)

    @property
    def canonical(self) -> str:
        return f"{self.base_url}{self.path}{self.query('embed', ('lang',))}"

    def takes(self, name: str) -> bool:
        """Say whether the chosen view takes a parameter."""
        return name in VIEWS[f"embed.{self.selection.view}"].takes

    @property
    def ignored(self) -> list[str]:
        """The parameters that the chosen view doesn't take."""
        names = dict.fromkeys(name for name, _ in self.selection.parameters())
        return [name for name in names if name not in OWN and not self.takes(name)]

    @property
    def views(self) -> list[tuple[str, str]]:
        """Each view, and the address that chooses it with what it takes of this."""
        return [(name, self._view_href(name)) for name in BUILDERS]

    def _view_href(self, name: str) -> str:
        row = VIEWS[f"embed.{name}"].takes | {"width", "pinned"}
        names = [
            one.name
            for one in fields(Selection)
            if QUERY_NAMES.get(one.name, one.name) in row
        ]
        asked = kept(self.selection, "embed", names)
        query = asked.canonical(view=name, show=None, limit=None, **PASSING)
        return f"{self.path}?{query}" if query else self.path

    @property
    def stops(self) -> list[tuple[int | None, str]]:
        return [(width, self.here(width=width)) for width in STOPS]

    def here(self, **changes: Any) -> str:
        usual = PASSING | embedding.chosen(self.selection)
        return super().here(**(usual | changes))

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The parts of the chosen view, and whether each is shown."""
        view = self.selection.view
        shown = self.selection.show or SHOWN[f"embed.{view}"]
        return [(name, name in shown) for name in embedding.PARTS[view]]

    @property
    def swatches(self) -> list[Swatch]:
        """The accent on light and on dark pages, in words."""
        given = self.selection.accent or self.accent
        tint = colour.accent(given)
        return [
            self._swatch("light", given, tint.light, tint.on_light, colour.LIGHT),
            self._swatch("dark", given, tint.dark, tint.on_dark, colour.DARK),
        ]

    def _swatch(
        self, mode: str, given: str, shown: str, ink: str, surface: str
    ) -> Swatch:
        verdict = "good" if given.lower() == shown.lower() else "fixed"
        before, after = (
            i18n.ratio(colour.contrast(one, surface), self.language)
            for one in (given, shown)
        )
        words = self.t(
            f"builder.{mode}_{verdict}", given=before, colour=shown, shown=after
        )
        return Swatch(mode, shown, ink, words)

    @property
    def is_refined(self) -> bool:
        """Say whether what is chosen stands among the less common filters."""
        one = self.selection
        window = one.since or one.until or one.order
        return bool(
            one.match == "all" or one.exclude or one.language or one.status or window
        )

    @property
    def is_detailed(self) -> bool:
        """Say whether what is chosen stands among the less common looks."""
        one = self.selection
        is_usual = one.weeknumbers and one.week == "mo" and not one.pinned
        return bool(one.level or one.height or not is_usual)

    @property
    def usual_limit(self) -> int | None:
        return VIEWS[f"embed.{self.selection.view}"].limit

    @property
    def fixed_month(self) -> str:
        return dict(self.selection.parameters()).get("month", "")

    @property
    def themes(self) -> list[tuple[str, str]]:
        return [(name, self.t(f"builder.theme_{name}")) for name in THEMES]

    @property
    def levels(self) -> list[tuple[str, str]]:
        return [(str(level), str(level)) for level in range(1, 7)]

    @property
    def interfaces(self) -> list[tuple[str, str]]:
        return [(code, name) for name, code in NAMES]

    @property
    def reset_href(self) -> str:
        return f"{self.path}{self.query('embed', ('lang', 'view'))}"

    @property
    def privacy(self) -> str:
        """What a site that embeds us tells its visitors."""
        images = "builder.privacy_images" if dict(self.parts).get("images") else ""
        words = {"title": self.title, "host": self.host_of_base}
        said = [
            self.t("builder.privacy_what", **words),
            self.t(images or "builder.privacy_none"),
            self.t("builder.privacy_basis"),
        ]
        if self.publisher:
            owner = self.publisher["name"]
            said.append(self.t("builder.privacy_owner", owner=owner, title=self.title))
        return "\n\n".join(said)

    @property
    def access(self) -> str:
        """What a site that embeds us says about accessibility."""
        url = f"{self.base_url}{self._home}"
        email = (self.publisher or {}).get("email")
        contact = "builder.access_contact" if email else "builder.access_contact_none"
        said = [
            self.t("builder.access_what", title=self.title, url=url),
            self.t("builder.access_tested"),
            self.t(contact, email=email),
        ]
        return "\n\n".join(said)

    @property
    def host_of_base(self) -> str:
        return self.base_url.partition("://")[2].partition("/")[0]
