"""The OpenAPI document and its page: complete, and true of the running API."""

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from feeds.views.api.openapi import VERBS
from tests.cast import BASE_URL, Api

Document = dict[str, Any]


@pytest.fixture
def document(client: FlaskClient) -> Document:
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    found: Document = answer.get_json()
    return found


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, item in document["paths"].items():
        for verb in VERBS:
            if verb in item:
                yield path, verb, item[verb]


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_the_document_is_public_and_may_be_kept(client: FlaskClient) -> None:
    answer = client.get("/api/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "public, max-age=900"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    headers = {"If-None-Match": answer.headers["ETag"]}
    again = client.get("/api/openapi.json", headers=headers)
    assert (again.status_code, again.data) == (304, b"")


def test_it_is_openapi_3_1_of_this_server(document: Document) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": BASE_URL}]
    assert document["security"] == [{"token": []}]
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_every_operation_of_the_api_is_described(
    app: Flask, document: Document
) -> None:
    routed = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
        for method in rule.methods or ()
        if method.lower() in VERBS
    }
    assert {(path, verb) for path, verb, _ in operations(document)} == routed
    assert len(routed) == 5 * 6 + 1


def test_every_reference_leads_somewhere(document: Document) -> None:
    for reference in references(document):
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found


def test_every_operation_says_what_can_go_wrong(document: Document) -> None:
    for path, verb, told in operations(document):
        expected = {"400", "401", "404", "410", "500", "503"}
        if verb != "get":
            expected |= {"403", "409", "429"}
        if "requestBody" in told:
            expected |= {"413", "415", "422"}
        if path.endswith("{key}") and verb != "get":
            expected |= {"412", "428"}
        refused = {code for code in told["responses"] if int(code) >= 400}
        assert refused == expected, (path, verb)
        for code in refused:
            reference = f"#/components/responses/Problem{code}"
            assert told["responses"][code] == {"$ref": reference}


def test_operations_have_names_of_their_own(document: Document) -> None:
    names = [told["operationId"] for _, _, told in operations(document)]
    assert len(set(names)) == len(names) == 31


def test_bodies_have_a_shape_and_an_example(document: Document) -> None:
    for path, verb, told in operations(document):
        if verb in ("post", "put", "patch"):
            for content in told["requestBody"]["content"].values():
                assert content.keys() == {"schema", "example"}, (path, verb)


def test_an_answer_has_the_members_of_its_shape(document: Document, owner: Api) -> None:
    event = {"title": "T", "start": "2021-07-06", "extensions": ["X-ROOM:7"]}
    owner("PUT", "/channels/familie/events/u", json=event)
    owner("PUT", "/channels/familie/news/u", json={"title": "T"})
    owner("PUT", "/channels/familie/places/u", json={"title": "T"})
    owner("PUT", "/channels/familie/categories/u", json={"title": "T"})
    paths = {"Channel": "", "Event": "/events/u", "News": "/news/u"}
    paths |= {"Place": "/places/u", "Category": "/categories/u"}
    for name, path in paths.items():
        shape = owner("GET", f"/channels/familie{path}").get_json()
        schema = document["components"]["schemas"][name]
        assert shape.keys() == schema["properties"].keys()


def test_the_page_needs_nothing_from_elsewhere(client: FlaskClient) -> None:
    answer = client.get("/api/docs")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    page = lxml.html.fromstring(answer.get_data(as_text=True))
    assert page.xpath("//script | //img | //iframe | //*[@style] | //style") == []
    [sheet] = page.xpath("//link[@rel='stylesheet']/@href")
    with client.get(sheet) as answer:
        assert answer.mimetype == "text/css"


def test_the_page_shows_every_operation_and_leads_nowhere_wrong(
    client: FlaskClient, document: Document
) -> None:
    page = lxml.html.fromstring(client.get("/api/docs").get_data(as_text=True))
    shown = [" ".join(line.text_content().split()) for line in page.find_class("line")]
    described = [
        f"{verb.upper()} {path.removeprefix('/api/v1')}"
        for path, verb, _ in operations(document)
    ]
    assert sorted(shown) == sorted(described)
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    anchors = {link for link in page.xpath("//a/@href") if link.startswith("#")}
    assert anchors - {f"#{name}" for name in ids} == set()


def test_the_type_of_a_problem_leads_to_its_paragraph(
    client: FlaskClient, owner: Api
) -> None:
    page = lxml.html.fromstring(client.get("/api/docs").get_data(as_text=True))
    ids = set(page.xpath("//@id"))
    answers = [
        client.get("/api/v1/channels"),
        client.get("/api/nothing"),
        client.delete("/api/openapi.json"),
        owner("POST", "/channels", json={}),
        owner("POST", "/channels/familie/news", json={}),
        owner("POST", "/channels/familie/news", data="{}"),
        owner("GET", "/channels?x=1"),
    ]
    assert [answer.status_code for answer in answers] == [
        401,
        404,
        405,
        403,
        422,
        415,
        400,
    ]
    for answer in answers:
        address, _, anchor = answer.get_json()["type"].partition("#")
        assert address == f"{BASE_URL}/api/docs"
        assert anchor in ids
