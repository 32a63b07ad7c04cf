"""Doors over HTTP: five-line views; decorators state auth and schema."""

from flask import Flask

from feeds.views import api, documents, errors, health, hosts, pages, widgets


def register(app: Flask) -> None:
    """Put every door into the application."""
    for room in (errors, hosts, health, api, documents, widgets, pages):
        room.register(app)
