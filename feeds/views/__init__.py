"""Doors over HTTP: five-line views; decorators state auth and schema."""

from flask import Flask

from feeds.views import (
    api,
    builder,
    documents,
    errors,
    health,
    hosts,
    occurrences,
    oembed,
    pages,
    places,
    rolling,
    scripts,
    sitemap,
    widgets,
)


def register(app: Flask) -> None:
    """Put every door into the application."""
    for room in (errors, hosts, rolling, health, api):
        room.register(app)
    for room in (oembed, sitemap, documents, occurrences, scripts, widgets, builder):
        room.register(app)
    for room in (places, pages):
        room.register(app)
