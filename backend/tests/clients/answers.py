"""Checks every answer against botocore's service model, far stricter than botocore itself is."""

import json
import re

from botocore.validate import ParamValidator

# The service model has only `Available`; the guide and the real service say `AVAILABLE`.
KNOWN_DIFFERENCES = {("ExternalConnectionStatus", "AVAILABLE")}


def check_answer(http_response, parsed, model, **_):
    """A botocore `after-call` handler: raises when an answer is not what the model promises."""
    if http_response.status_code >= 300:
        check_error(http_response, parsed, model)
        return
    shape = model.output_shape
    if shape is None:
        return
    answer = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
    report = ParamValidator().validate(answer, shape)
    if report.has_errors():
        raise AssertionError(f"{model.name}: {report.generate_report()}")
    if model.service_model.metadata["protocol"] != "rest-json" or "payload" in shape.serialization:
        return
    walk(model.name, json.loads(http_response.content or b"{}"), shape)


def check_error(http_response, parsed, model):
    """An error must carry a code that the operation models, a message, and a request id."""
    metadata = parsed["ResponseMetadata"]
    assert metadata.get("RequestId"), f"{model.name}: an error without a request id"
    assert parsed["Error"].get("Message"), f"{model.name}: an error without a message"
    code = parsed["Error"]["Code"]
    for shape in model.error_shapes:
        if shape.name == code:
            status = shape.metadata["error"]["httpStatusCode"]
            assert http_response.status_code == status, f"{code} came with {http_response.status_code}"


def walk(where, value, shape):
    """Compares the raw JSON with its shape: no unknown member, no value outside its bounds."""
    if value is None:
        return
    if shape.type_name == "structure":
        names = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for name, inner in value.items():
            assert name in names, f"{where}: the model has no member `{name}`"
            walk(f"{where}.{name}", inner, names[name])
    elif shape.type_name == "list":
        for inner in value:
            walk(f"{where}[]", inner, shape.member)
    elif shape.type_name == "map":
        for key, inner in value.items():
            walk(f"{where} key", key, shape.key)
            walk(f"{where}.{key}", inner, shape.value)
    elif shape.type_name == "timestamp":
        assert isinstance(value, (int, float)), f"{where}: a timestamp must be a number, not {value!r}"
    elif shape.type_name == "string":
        check_string(where, value, shape)


def check_string(where, value, shape):
    """Length, pattern and enumeration of one string."""
    limits = shape.metadata
    if getattr(shape, "enum", None):
        known = value in shape.enum or (shape.name, value) in KNOWN_DIFFERENCES
        assert known, f"{where}: {value!r} is not one of {shape.enum}"
    assert len(value) >= limits.get("min", 0), f"{where}: {value!r} is too short"
    assert len(value) <= limits.get("max", len(value)), f"{where}: {value!r} is too long"
    pattern = limits.get("pattern")
    # Python's expressions know no Unicode classes such as \P{C}.
    if pattern and "\\p" not in pattern.lower():
        assert re.fullmatch(pattern, value), f"{where}: {value!r} does not match {pattern}"
