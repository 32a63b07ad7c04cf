"""A feed whose format is known, as items of the API's shape."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from feeds import text
from feeds.importing import Item, Revision
from feeds.importing.webfeeds import dates, own
from feeds.importing.webfeeds.entry import Entry, Head, Raw
from feeds.importing.webfeeds.wording import LONGEST
from feeds.schemas.fields import Id, Language, MediaType, Slug
from feeds.schemas.words import BLOCK, LINE

_MANY, _TITLE, _LARGEST = 50, 80, 2**50
_UUID = re.compile("urn:uuid:([0-9a-f-]{36})", re.IGNORECASE)


@dataclass(frozen=True)
class Home:
    """What is to be known of the channel that takes a feed in.

    `url` is its public page, `categories` are its titles by slug. Of the news that it
    holds: `ids` by the id in its feeds, and the days on which sources were retrieved,
    by the id of the news and the URL of the source. `today` is the day at `now` there.
    """

    url: str
    now: datetime
    today: str
    categories: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    retrieved: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass
class Feed:
    """`items` reads it; `notes` are sentences about the file as a whole, complete once
    `items` is at its end.
    """

    home: Home
    head: Head
    entries: Iterable[Entry]
    length: int
    notes: list[str] = field(default_factory=list)
    seen: dict[str, Entry] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        # Both are said again with each entry.
        language = self.head.language[:LINE]
        self.head = replace(self.head, title=_line(self.head.title), language=language)
        titles = self.home.categories.items()
        ways = [(slug, _ways(text.line(title))) for slug, title in titles]
        self.known = {slug: slug for slug, _ in ways}
        self.known |= {each[at]: slug for at in (2, 1, 0) for slug, each in ways}
        self.known.pop("", None)
        if self.head.after:
            self.notes.append(f"the feed goes on at {self.head.after}: import that too")

    def __len__(self) -> int:
        return self.length

    @property
    def is_own(self) -> bool:
        """Tell whether the channel itself wrote the feed."""
        return any(map(self._is_at_home, (self.head.own, self.head.page)))

    def items(self) -> Iterator[Item]:
        """Yield every entry, the refused ones too, in order."""
        for entry in self.entries:
            repairs: list[str] = []
            if entry.refused:
                yield Item({}, entry.line, refused=entry.refused)
            elif given := self._id(entry, repairs):
                yield self._item(entry, given, repairs)

    def _item(self, entry: Entry, given: str, repairs: list[str]) -> Item:
        if self.head.is_ours:
            own.undress(entry, entry.language or self.head.language)
        if len(entry.content) > LONGEST:
            sentence = f"its text has more than {LONGEST:,} characters"
            return Item({"id": given}, entry.line, refused=sentence)
        entry.content = text.html(entry.content, entry.base or None)
        title = _title(entry, repairs)
        if not title:
            sentence = "it has neither a title nor a text"
            return Item({"id": given}, entry.line, repairs, sentence)
        updated = _instant(entry.updated)
        return Item(
            self._raw(entry, given, title, repairs),
            entry.line,
            repairs,
            revision=Revision(updated_at=updated) if updated else None,
            slug=self._slug(entry),
        )

    def _raw(self, entry: Entry, given: str, title: str, repairs: list[str]) -> Raw:
        raw = {
            "id": given,
            "title": title,
            "summary": _short(entry, entry.summary, BLOCK, "summary", repairs),
            "content": entry.content,
            "url": "" if self._is_at_home(entry.url) else entry.url,
            "author": _short(entry, entry.author, LINE, "author", repairs),
            "image": entry.image and _picture(entry.image),
            "language": self._language(entry),
            "categories": self._categories(entry),
            "sources": self._sources(entry, given),
            "attachments": self._files(entry, repairs),
            "published_at": self._published(entry, repairs),
        }
        return {name: value for name, value in raw.items() if value}

    def _slug(self, entry: Entry) -> str | None:
        """Return the slug that an entry has in a feed of ours."""
        slug = entry.url.rpartition("/")[2]
        is_slug = self.head.is_ours and Slug.shape.fullmatch(slug)
        return slug if is_slug and len(slug) <= Slug.longest else None

    def _id(self, entry: Entry, repairs: list[str]) -> str:
        """Return the id that the entry always gets, or "" for a copy of another."""
        key = entry.key or entry.url or f"{entry.title}\n{entry.content}"
        if not entry.key:
            made = "its address" if entry.url else "its text"
            repairs.append(f"line {entry.line}: no id, made from {made}")
        found = self.home.ids.get(key) or identity(key)
        first = self.seen.get(found)
        if first and entry.url not in ("", first.url):
            of = f"its id is that of line {first.line}"
            repairs.append(f"line {entry.line}: {of}, a new one made")
            found = str(uuid5(NAMESPACE_URL, f"{key}\n{entry.url}"))
            first = self.seen.get(found)
        if first:
            copy = f"line {entry.line}: a copy of the entry of line {first.line}"
            self.notes.append(f"{copy}, left out")
            return ""
        self.seen[found] = entry
        return found

    def _published(self, entry: Entry, repairs: list[str]) -> str:
        """Return the date as RFC 3339, or "": published now, or when it was before."""
        reason = "no date"
        for written in filter(None, (entry.published, entry.updated)):
            try:
                instant, assumed = dates.read(written)
            except ValueError as error:
                reason = str(error)
                continue
            if assumed:
                repairs.append(f"line {entry.line}: {assumed}")
            if instant > self.home.now:
                repairs.append(
                    f"line {entry.line}: the date '{written}' is still to come, and it"
                    " will not be public before"
                )
            return instant.isoformat()
        repairs.append(f"line {entry.line}: {reason}, published as of this import")
        return ""

    def _categories(self, entry: Entry) -> list[str]:
        found: dict[str, None] = {}
        for term in filter(None, map(text.line, entry.terms)):
            if slug := next(filter(None, map(self.known.get, _ways(term))), None):
                found[slug] = None
            else:
                shown = text.excerpt(term, _TITLE)
                self._once(
                    f"category {shown}",
                    f"line {entry.line}: the channel has no category '{shown}', left"
                    " out here and below: create it and import again to keep it",
                )
        return list(found)[:_MANY]

    def _sources(self, entry: Entry, given: str) -> list[Raw]:
        """Return the credits of the entry, and one for where it comes from."""
        found = entry.sources[: _MANY - 1]
        # Our own feeds say in the text where a text is from.
        title, address = ("", "") if self.head.is_ours else entry.origin
        if not title and not address:
            if self.is_own:
                return found
            title, address = self.head.title, self.head.page or self.head.own
        url = entry.url or address
        words = _line(title) or urlsplit(url).netloc
        day = self.home.retrieved.get((given, url), self.home.today)
        is_credited = any(one["url"] == url for one in found if url)
        if not words or is_credited:
            return found
        return [*found, {"text": words, "url": url or None, "retrieved_on": day}]

    def _language(self, entry: Entry) -> str:
        given = (entry.language or self.head.language).replace("_", "-").strip()
        if not given or Language.shape.fullmatch(given):
            return given
        shown = text.excerpt(given, _TITLE)
        note = f"line {entry.line}: '{shown}' is no language, left out here and below"
        self._once(f"language {shown}", note)
        return ""

    def _files(self, entry: Entry, repairs: list[str]) -> list[Raw]:
        if len(entry.files) > _MANY:
            kept = f"its first {_MANY} of {len(entry.files)} files kept"
            repairs.append(f"line {entry.line}: {kept}")
        return [_attachment(one) for one in list(entry.files.values())[:_MANY]]

    def _is_at_home(self, url: str) -> bool:
        return url == self.home.url or url.startswith(f"{self.home.url}/")

    def _once(self, key: str, note: str) -> None:
        if key not in self.said:
            self.said.add(key)
            self.notes.append(note)


def identity(key: str) -> str:
    """Return the id of a news item that comes from elsewhere: what it is called there.

    Names that are no id of ours become one, always the same.
    """
    if found := _UUID.fullmatch(key):
        key = found[1].lower()
    return key if Id.shape.fullmatch(key) else str(uuid5(NAMESPACE_URL, key))


def _ways(words: str) -> tuple[str, str, str]:
    """Return what names a category: its title, and two looser forms of it."""
    return words, text.fold(words), text.slugify(words)


def _title(entry: Entry, repairs: list[str]) -> str:
    if title := text.line(entry.title):
        return _short(entry, title, LINE, "title", repairs)
    told = text.line(text.plain(entry.content)) or entry.summary
    if told:
        repairs.append(f"line {entry.line}: no title, made from the text")
    return text.excerpt(told, _TITLE)


def _short(entry: Entry, given: str, most: int, what: str, repairs: list[str]) -> str:
    if len(given) <= most:
        return given
    repairs.append(f"line {entry.line}: {what} cut to {most:,} characters")
    return text.excerpt(given, most)


def _line(given: str) -> str:
    return given if len(given) <= LINE else text.excerpt(given, LINE)


def _picture(image: Raw) -> Raw:
    return {
        name: value if name == "url" else _line(value) for name, value in image.items()
    }


def _attachment(file: Raw) -> Raw:
    """Return a file without what is said of it wrongly."""
    media_type, length = file.get("type", ""), file.get("length", 0)
    is_typed = (
        MediaType.shape.fullmatch(media_type) and len(media_type) <= MediaType.longest
    )
    wrong = set() if is_typed else {"type"}
    if length > _LARGEST:
        wrong.add("length")
    kept = {name: value for name, value in file.items() if name not in wrong}
    return kept | {"title": _line(file["title"])} if "title" in file else kept


def _instant(written: str) -> datetime | None:
    try:
        return dates.read(written)[0] if written else None
    except ValueError:
        return None
