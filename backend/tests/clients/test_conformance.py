"""Every operation against botocore's service model: what is good is answered, and what is not is refused."""

import json

import pytest
from botocore import xform_name

from binary import SESSION, Emulator
from compatibility import PAGE, Report
from conformance import ERRORS, KINDS, ON_DEMAND, comes_on_demand, modelled, operations, outcome, wrong
from good_calls import GoodCalls
from workplace import Workplace

MODELS = operations(SESSION.client("codeartifact", region_name="eu-west-1"))


@pytest.fixture(scope="module")
def world():
    """An emulator with the story, a client that sends whatever it is told to, and good calls."""
    with Emulator(story="acme") as running:
        yield running, running.client(validate=False), GoodCalls(running.client(), running.account, running.ready["region"])


@pytest.mark.parametrize("operation", MODELS)
def test_a_good_call_is_answered(world, operation):
    running, _, good = world
    assert outcome(running.client(), operation, good.call(operation)) is None


@pytest.mark.parametrize("operation", MODELS)
def test_the_aws_cli_has_a_command_that_does_the_same(world, tmp_path, operation):
    running, _, good = world
    parameters = good.call(operation)
    place = Workplace(tmp_path, running)
    command = [xform_name(operation, "-")]
    content = parameters.pop("assetContent", None)
    if content is not None:
        # A stream cannot stand in JSON.
        (place.folder / "content").write_bytes(content)
        command += ["--asset-content", "content"]
    if operation == "GetPackageVersionAsset":
        # With a file for what it answers, this CLI asks for its options one by one.
        options = [part for name, value in parameters.items() for part in (f"--{xform_name(name, '-')}", value)]
        place.aws(*command, *options, "fetched")
        assert (place.folder / "fetched").read_bytes() == b"hello"
        return
    place.aws(*command, "--cli-input-json", json.dumps(parameters))


@pytest.mark.parametrize("operation", MODELS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_call_that_breaks_a_rule_of_the_model_is_refused(world, operation, kind):
    _, client, good = world
    cases = list(KINDS[kind](MODELS[operation], good.call(operation)))
    problems = [wrong(client, operation, case) for case in cases]
    assert [problem for problem in problems if problem] == []


@pytest.mark.parametrize("operation", MODELS)
@pytest.mark.parametrize("code", ERRORS)
def test_a_documented_error_comes_when_it_should(world, operation, code):
    running, _, good = world
    parameters = ERRORS[code](good, operation) if modelled(MODELS[operation], [code]) else None
    if parameters is not None:
        assert outcome(running.client(), operation, parameters) == code


@pytest.mark.parametrize("operation", MODELS)
def test_a_documented_error_comes_when_it_is_asked_for(world, operation):
    running, _, good = world
    codes = modelled(MODELS[operation], ON_DEMAND)
    parameters = good.call(operation)
    came = [code for code in codes if comes_on_demand(running, running.client(), operation, parameters, code)]
    assert came == codes


def test_the_page_on_compatibility_is_what_this_suite_finds():
    with Emulator(story="acme") as running:
        assert PAGE.read_text() == Report(running).page(), "write it anew: make compatibility"
