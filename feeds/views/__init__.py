"""Doors over HTTP: five-line views; decorators state auth and schema."""

from flask import Flask

from feeds.views import (
    api,
    documents,
    errors,
    health,
    hosts,
    occurrences,
    pages,
    rolling,
    scripts,
    widgets,
)


def register(app: Flask) -> None:
    """Put every door into the application."""
    for room in (errors, hosts, rolling, health, api):
        room.register(app)
    for room in (documents, occurrences, scripts, widgets, pages):
        room.register(app)
