"""Doors over HTTP: five-line views; decorators state auth and schema."""

from importlib import import_module

from flask import Flask

ROOMS = ("errors", "health", "api", "documents", "widgets", "pages")


def register(app: Flask) -> None:
    """Put every door into the application; the error doors come first."""
    for name in ROOMS:
        import_module(f"feeds.views.{name}").register(app)
