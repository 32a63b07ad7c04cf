"""The cast: a channel, and what its owner, a reader and a stranger hold in hand."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feeds import tenancy, tokens
from feeds.config import Settings
from feeds.models import Channel, Token
from feeds.publish import Publisher
from feeds.store import Store

BASE_URL = "https://termine.example"
CHANNEL = "familie"


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: datetime = datetime(2021, 7, 6, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> None:
        self.now += timedelta(**length)


@dataclass
class Api:
    """A client of the write API that holds one token."""

    client: FlaskClient
    token: str | None
    root: str = "/api/v1"
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, method: str, path: str, **options: Any) -> TestResponse:
        given = options.pop("headers", {})
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.client.open(
            self.root + path, method=method, headers=bearer | given, **options
        )


def settings_for(store: Store, data_dir: Any, **changes: Any) -> Settings:
    values: dict[str, Any] = {
        "data_dir": data_dir,
        "database_url": store.url.render_as_string(hide_password=False),
        "base_url": BASE_URL,
        "secret_key": "k" * 32,
        "trusted_hosts": ("termine.example", "localhost"),
    }
    return Settings(**(values | changes))


def make_channel(publisher: Publisher, now: datetime, **over: Any) -> dict[str, Any]:
    raw = {"slug": CHANNEL, "title": "Familie in NRW", **over}
    return tenancy.create(publisher, raw, now=now)


def make_token(store: Store, scope: str, channel: str | None, now: datetime) -> str:
    """Return a token that lasts a day."""
    token = tokens.make()
    with store.writing() as session:
        home = session.query(Channel).filter_by(slug=channel).one() if channel else None
        session.add(
            Token(
                name=scope,
                digest=tokens.digest(token),
                scope=scope,
                channel_id=home.id if home else None,
                created_at=now,
                expires_at=now + timedelta(days=1),
            )
        )
    return token


def publisher_of(app: Flask) -> Publisher:
    found: Publisher = app.extensions["feeds"].publisher
    return found
