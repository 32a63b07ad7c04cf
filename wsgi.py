"""The WSGI entry for any server: `wsgi:app`."""

from feeds import create_app

app = create_app()
