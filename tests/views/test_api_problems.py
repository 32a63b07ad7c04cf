"""Errors of routing and faults of ours, under /api."""

import pytest
from flask.testing import FlaskClient

from tests.cast import BASE_URL, Api, Clock


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v2/channels",
        "/api/v1",
        "/api/v1/channels/",
        "/api/v1/channels/familie/",
        "/api/v1/channels/familie/remotes",
        "/api/v1/channels/familie/events/",
        "/api/v1/channels/familie/news/a/b",
    ],
)
def test_an_unknown_address_is_a_problem(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.get_json() == {
        "type": f"{BASE_URL}/api/docs#not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing at this address.",
    }


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/channels", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("PUT", "/channels/familie/events", {"GET", "HEAD", "OPTIONS", "POST"}),
        (
            "POST",
            "/channels/familie/events/u",
            {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"},
        ),
    ],
)
def test_another_method_is_a_problem_that_names_those_allowed(
    owner: Api, method: str, path: str, allowed: set[str]
) -> None:
    answer = owner(method, path, json={})
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(answer.headers["Allow"].split(", ")) == allowed
    assert answer.get_json()["detail"] == f"This address does not take {method}."


def test_a_fault_of_ours_tells_nothing(owner: Api, clock: Clock) -> None:
    clock.now = "noon"  # type: ignore[assignment] # a fault that no code expects
    answer = owner("GET", "/channels")
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.get_json() == {
        "type": f"{BASE_URL}/api/docs#internal-error",
        "title": "Internal error",
        "status": 500,
        "detail": "Something went wrong here. It has been noted.",
    }


def test_another_host_is_a_problem(client: FlaskClient) -> None:
    answer = client.get("/api/v1/channels", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.get_json()["detail"] == "Host 'evil.example' is not trusted."
    assert "ETag" not in answer.headers
