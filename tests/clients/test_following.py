"""A calendar followed from outside, over two workers that share nothing."""

from http.client import HTTPConnection

from feeds.demo import CHANNEL
from tests.clients.serving import Service
from tests.following import DELETED, NAME, vevents

PATH = f"/{CHANNEL}/events.ics"


def followed(service: Service, kept: dict[str, bytes], token: str | None) -> str:
    """Apply pages of 7 changes until there are no more; return the last token."""
    for _ in range(1000):
        known = {} if token is None else {"Sync-Token": token}
        answer = service.get(PATH, Prefer=f"{NAME}, limit=7", **known)
        if answer.status == 304:
            return answer.headers["Sync-Token"]
        assert answer.status == 200
        token = answer.headers["Sync-Token"]
        for uid, body in vevents(answer.data).items():
            kept.pop(uid, None)
            kept |= {} if DELETED in body else {uid: body}
    raise AssertionError("the pages never end")


def test_pages_add_up_to_the_calendar(service: Service, admin: str) -> None:
    kept: dict[str, bytes] = {}
    token = followed(service, kept, None)
    before = set(kept)
    events = f"/channels/{CHANNEL}/events"
    raw = {"title": "Neu", "start": "2027-03-02"}
    assert service.send("PUT", f"{events}/followed", admin, raw).status == 201
    token = followed(service, kept, token)
    assert kept == vevents(service.get(PATH).data)
    assert set(kept) == before | {"followed"}

    gone = service.send("DELETE", f"{events}/followed", admin, **{"If-Match": "*"})
    assert gone.status == 204
    followed(service, kept, token)
    assert kept == vevents(service.get(PATH).data)
    assert set(kept) == before


def test_preferences_may_stand_in_several_headers(service: Service) -> None:
    connection = HTTPConnection("127.0.0.1", service.port)
    connection.putrequest("GET", PATH)
    connection.putheader("Prefer", "limit=1")
    connection.putheader("Prefer", f"wait=5, {NAME.title()}")
    connection.endheaders()
    answer = connection.getresponse()

    assert answer.headers["Preference-Applied"] == f"{NAME}, limit=1"
    assert len(vevents(answer.read())) == 1
    connection.close()
