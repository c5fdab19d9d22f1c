"""The API's description for programs (OpenAPI 3.1), made from the table of endpoints and the shapes."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from atalaia.core.events import EVENT_TYPES
from atalaia.web.api import AFTER, ENDPOINTS, EVENT_FILTERS, PREFIX, Endpoint, Parameter
from atalaia.web.orders import COMMANDS_PATH, Accepted, Order
from atalaia.web.wire import EventsListed, ExplanationSent, Refusal

STREAM_PATH = "/events/stream"

_REF = "#/components/schemas/{name}"


def openapi(version: str) -> dict[str, Any]:
    """The whole description, ready to be encoded."""
    shapes = [endpoint.shape for endpoint in ENDPOINTS]
    schemas, components = msgspec.json.schema_components(
        [*shapes, Refusal, *EVENT_TYPES, Order, Accepted], ref_template=_REF
    )
    answers, events = schemas[: len(shapes)], schemas[len(shapes) + 1 : -2]
    _describe_events(components, events)
    paths = {
        f"{PREFIX}{endpoint.path}": {"get": _operation(endpoint, answer)}
        for endpoint, answer in zip(ENDPOINTS, answers, strict=True)
    }
    paths[f"{PREFIX}{STREAM_PATH}"] = {"get": _stream_operation()}
    paths[f"{PREFIX}{COMMANDS_PATH}"] = {"post": _command_operation()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Atalaia",
            "version": version,
            "description": "Instants are epoch seconds, 0 is never; durations are seconds; "
            "states and types are names.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _describe_events(components: dict[str, Any], events: Sequence[dict[str, Any]]) -> None:
    """Gives the events their number and puts them where the shapes only say "raw JSON"."""
    for event in events:
        schema = components[event["$ref"].rpartition("/")[2]]
        schema["properties"]["id"] = {"type": "integer"}
        schema["required"] = ["id", *schema["required"]]
    components["Event"] = {"oneOf": list(events), "discriminator": {"propertyName": "type"}}
    a_list = {"type": "array", "items": {"$ref": _REF.format(name="Event")}}
    components[EventsListed.__name__]["properties"]["items"] = a_list
    components[ExplanationSent.__name__]["properties"]["events"] = a_list


def _operation(endpoint: Endpoint, answer: dict[str, Any]) -> dict[str, Any]:
    names = re.findall(r"{(\w+)}", endpoint.path)
    places = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
    refusal = {"$ref": _REF.format(name=Refusal.__name__)}
    responses = {"200": _response("the answer", answer), "400": _response("a wrong parameter", refusal)}
    if names:
        responses["404"] = _response("no such object", refusal)
    return {
        "summary": endpoint.summary,
        "parameters": places + [_parameter(one) for one in endpoint.parameters],
        "responses": responses,
    }


def _stream_operation() -> dict[str, Any]:
    resume = {"name": "Last-Event-ID", "in": "header", "schema": {"type": "integer"}}
    return {
        "summary": "The same events as they are stored, as server-sent events",
        "parameters": [resume, *(_parameter(one) for one in (AFTER, *EVENT_FILTERS))],
        "responses": {"200": {"description": "a stream without end", "content": {"text/event-stream": {}}}},
    }


def _command_operation() -> dict[str, Any]:
    refusal = {"$ref": _REF.format(name=Refusal.__name__)}
    order = {"schema": {"$ref": _REF.format(name=Order.__name__)}}
    return {
        "summary": "An external command of Nagios; answered when what follows from it is stored",
        "security": [{"token": []}],
        "requestBody": {"required": True, "content": {"application/json": order}},
        "responses": {
            "202": _response("accepted", {"$ref": _REF.format(name=Accepted.__name__)}),
            "400": _response("refused, with the reason", refusal),
            "401": _response("no token, or a wrong one", refusal),
            "403": _response("the server takes no commands", refusal),
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    limits = {"minimum": parameter.low, "maximum": parameter.high, "enum": parameter.known or None}
    schema = {"type": parameter.kind} | {name: limit for name, limit in limits.items() if limit is not None}
    return {"name": parameter.name, "in": "query", "description": parameter.about, "schema": schema}


def _response(about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}
