"""Calls that botocore's service model tells to make, right and wrong, for every operation of CodeArtifact.

Nothing here is written for one operation: what is required, how long a text may be, which pattern it has to match and
which values there are is read from the model. Only what a *good* call looks like is told in `good_calls.py`.
"""

import copy
import dataclasses

from botocore import xform_name
from botocore.exceptions import ClientError

from good_calls import GoodCalls

# What breaks a pattern of the model at an allowed length. A new pattern in the model is a `KeyError` here.
BREAKS = {
    r"[a-z][a-z0-9\-]{0,48}[a-z0-9]": "Upper-Case",
    r"[0-9]{12}": "12345678901x",
    r"[A-Za-z0-9][A-Za-z0-9._\-]{1,99}": "with space",
    r"[A-Za-z0-9][A-Za-z0-9._\-:]{1,99}": "with space",
    r"[^#/\s]+": "with/slash",
    r"\S+": "with space",
    r"\P{C}*": "bell\a",
    r"\P{C}+": "bell\a",
    r"[^\p{C}\p{IsWhitespace}]+": "/npm/with space/*",
    r"[0-9a-f]+": "Z" * 64,
    r"[\P{C}\s]+": "nul\0",
}

# A letter that each pattern lets stand any number of times.
FILLERS = {r"[0-9]{12}": "1", r"[0-9a-f]+": "0"}

# Members whose text must also mean something: one of the right length alone is no good value.
MEANINGFUL = {
    "policyDocument", "packageGroup", "resourceArn", "encryptionKey", "externalConnection", "nextToken",
    "assetSHA256", "domainOwner", "administratorAccount",
}  # fmt: skip

VALIDATION = "ValidationException"


@dataclasses.dataclass
class Case:
    """One call: what it is about, its parameters, and the errors of which one must come."""

    about: str
    parameters: dict
    codes: set
    """`!ValidationException`: whatever else comes, its members are in order."""


def operations(client):
    """The operations of the service model, by name."""
    model = client.meta.service_model
    return {name: model.operation_model(name) for name in model.operation_names}


def required(model, good):
    """Each required member left out."""
    for member in model.input_shape.required_members:
        yield Case(f"without {member}", without(good, member), {VALIDATION})


def bounds(model, good):
    """Texts, numbers and lists one below and one above what is allowed, and just at it."""
    for path, shape in leaves(model.input_shape, good):
        least, most = shape.metadata.get("min"), shape.metadata.get("max")
        name = called(path)
        if shape.type_name == "string" and not getattr(shape, "enum", None):
            yield from lengths(good, path, shape, least, most)
        elif shape.type_name in ("integer", "long"):
            for value in (least, most):
                accepted = {"!ValidationException"} if value else {VALIDATION, "!ValidationException"}
                yield Case(f"{name} = {value}", replaced(good, path, value), accepted)
            yield Case(f"{name} = {least - 1}", replaced(good, path, least - 1), {VALIDATION})
            yield Case(f"{name} = {most + 1}", replaced(good, path, most + 1), {VALIDATION})
        elif shape.type_name == "list" and most:
            items = [varied(shape.member, number) for number in range(most + 1)]
            yield Case(f"{name} of {most + 1}", replaced(good, path, items), {VALIDATION})


def lengths(good, path, shape, least, most):
    """A text that is too short, too long, and just not."""
    name = called(path)
    letter = FILLERS.get(shape.metadata.get("pattern"), "a")
    if least:
        yield Case(f"{name} of {least - 1}", replaced(good, path, letter * (least - 1)), {VALIDATION})
    if most:
        yield Case(f"{name} of {most + 1}", replaced(good, path, letter * (most + 1)), {VALIDATION})
    # A version of which the revision is told must be one of the list.
    if path[-1] in MEANINGFUL or (path == ("versions", 0) and "versionRevisions" in good):
        return
    for length in sorted({length for length in (least, most) if length}):
        yield Case(f"{name} of {length}", replaced(good, path, letter * length), {"!ValidationException"})


def patterns(model, good):
    """Each text with a letter that its pattern does not know."""
    for path, shape in leaves(model.input_shape, good):
        pattern = shape.metadata.get("pattern")
        if pattern:
            yield Case(f"{called(path)} unlike {pattern}", replaced(good, path, BREAKS[pattern]), {VALIDATION})


def enumerations(model, good):
    """A value that is none of those listed, and the right one in other letters."""
    for path, shape in leaves(model.input_shape, good):
        values = getattr(shape, "enum", None)
        if values:
            for value in ("no-such-value", values[0].swapcase()):
                yield Case(f"{called(path)} = {value}", replaced(good, path, value), {VALIDATION})


def tokens(model, good):
    """Page tokens that this operation never gave."""
    if "nextToken" in model.input_shape.members:
        for token in ("nowhere", "eyJhIjoxfQ==", "a" * 2000):
            yield Case(f"nextToken {token[:12]}", {**good, "nextToken": token}, {VALIDATION})


def leaves(shape, good, path=()):
    """The members that a good call can hold, with their shapes; lists and maps also by their first item."""
    for name, member in shape.members.items():
        here = (*path, name)
        yield here, member
        value = at(good, here)
        if member.type_name == "structure" and value:
            yield from leaves(member, good, here)
        elif member.type_name == "list" and value:
            inner = (*here, 0)
            if member.member.type_name == "structure":
                yield from leaves(member.member, good, inner)
            else:
                yield inner, member.member


def called(path):
    """A member by its whole name, such as `upstreams.0.repositoryName`."""
    return ".".join(str(step) for step in path)


def varied(shape, number):
    """One of many items of a list that are not the same."""
    if shape.type_name == "structure":
        return {name: f"item-{number}" for name in shape.members}
    return f"item-{number}"


def at(parameters, path):
    """What stands at a path; none where nothing does."""
    for step in path:
        try:
            parameters = parameters[step]
        except (KeyError, IndexError, TypeError):
            return None
    return parameters


def replaced(parameters, path, value):
    """The parameters with another value at a path."""
    changed = copy.deepcopy(parameters)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


def without(parameters, member):
    """The parameters without a member."""
    return {name: value for name, value in parameters.items() if name != member}


KINDS = {
    "required members": required,
    "bounds": bounds,
    "patterns": patterns,
    "enumerations": enumerations,
    "page tokens": tokens,
}

# Errors that the model gives to operations, and what brings them about.
ERRORS = {
    "ResourceNotFoundException": GoodCalls.not_found,
    "ConflictException": GoodCalls.conflict,
    "ServiceQuotaExceededException": GoodCalls.too_many,
}

# Errors that come only when they are asked for, as kinds of a plan of faults.
ON_DEMAND = {
    "AccessDeniedException": {"kind": "deny"},
    "ThrottlingException": {"kind": "throttle", "retry_after": 1},
    "InternalServerException": {"kind": "fail", "when": "before"},
}


def modelled(model, codes):
    """Those of some errors that the model gives to an operation."""
    return [code for code in codes if code in [shape.name for shape in model.error_shapes]]


def comes_on_demand(running, client, operation, parameters, code):
    """Whether an error comes when it is asked for, once."""
    running.faults("PUT", {"rules": [{"operations": [operation], "times": 1, "fault": ON_DEMAND[code]}]})
    return outcome(client, operation, parameters) == code


def outcome(client, operation, parameters):
    """The code of the refusal; none where there is none."""
    try:
        answer = getattr(client, xform_name(operation))(**parameters)
    except ClientError as refusal:
        return refusal.response["Error"]["Code"]
    if hasattr(answer.get("asset"), "read"):
        answer["asset"].read()
    return None


def wrong(client, operation, case):
    """What is wrong with the answer to a case; none where nothing is."""
    code = outcome(client, operation, case.parameters)
    if code in case.codes or ("!ValidationException" in case.codes and code != VALIDATION):
        return None
    return f"{case.about}: {code or 'accepted'}, not {' or '.join(sorted(case.codes))}"
