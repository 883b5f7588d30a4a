"""`headwater plan` and `headwater promote`: what pipelines see, through the same journal as the dashboard."""

import json
import os
import subprocess

import pytest

from binary import BINARY
from packages import write_npm_project


@pytest.fixture
def headwater(emulator, topology, tmp_path):
    """Runs a command on the domain of the test, with a data folder that all commands of the test share."""

    def run(command, *arguments, ends=0):
        named = ["--domain", topology.domain, "--endpoint-url", emulator.endpoint, "--data", tmp_path / "data"]
        done = subprocess.run(
            [BINARY, command, *arguments, *named],
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **emulator.environment()},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == ends, done.stdout + done.stderr
        return done

    return run


WAY = ("--from", "team-dev", "--to", "production")
ONE = ("--package", "generic:docs/notes@1.0")


def test_a_plan_changes_nothing_and_can_be_promoted_later(headwater, topology):
    topology.publish("team-dev", "1.0")
    plan = json.loads(headwater("plan", *WAY, *ONE, "--json").stdout)
    assert plan["seen"]["rows"][0]["verdict"] == "new"
    assert topology.packages("production") == set()
    run = json.loads(headwater("promote", "--plan", plan["id"], "--reason", "release", "--json").stdout)
    assert run["rows"][0]["state"] == {"ended": "copied"}
    assert topology.versions("production", "generic", "notes", namespace="docs") == {"1.0": "Published"}
    again = json.loads(headwater("promote", "--plan", plan["id"], "--reason", "release", "--json").stdout)
    assert again == run, "a plan is run once"


def test_versions_are_promoted_without_a_plan_of_their_own(headwater, topology):
    topology.publish("team-dev", "1.0")
    first = headwater("promote", *WAY, *ONE, "--reason", "release").stdout
    assert "promoted   generic:docs/notes 1.0" in first
    second = headwater("promote", *WAY, *ONE, "--reason", "release").stdout
    assert "same       generic:docs/notes 1.0" in second


def test_what_is_refused_is_told_and_ends_with_one(headwater, topology):
    topology.publish("team-dev", "1.0", content=b"new")
    topology.publish("production", "1.0", content=b"old")
    topology.publish("team-dev", "1.1")
    packages = (*ONE, "--package", "generic:docs/notes@1.1")
    plan = headwater("plan", *WAY, *packages, ends=1)
    assert "different  generic:docs/notes 1.0: notes.txt" in plan.stdout
    done = headwater("promote", *WAY, *packages, "--reason", "release", ends=1)
    assert "refused    generic:docs/notes 1.0: ALREADY_EXISTS" in done.stdout
    assert "promoted   generic:docs/notes 1.1" in done.stdout
    assert "1 of the versions were not promoted" in done.stderr


@pytest.fixture
def publish_npm(workplace, topology):
    """Publishes to team-dev with the real npm."""

    def publish(name, version, needs=None):
        workplace.log_in("npm", topology.domain, "team-dev")
        folder = write_npm_project(workplace.folder / f"{name}-{version}", name, version, dependencies=needs or {})
        workplace.npm("publish", cwd=folder)

    return publish


def test_what_is_needed_and_undecided_ends_with_one_until_it_is_added_or_left(headwater, publish_npm):
    publish_npm("needed", "1.2.0")
    publish_npm("app", "1.0.0", {"needed": "^1.0.0", "nowhere": "^1.0.0"})
    asked = (*WAY, "--package", "npm:app@1.0.0")
    checked = headwater("plan", *asked, ends=1)
    assert "undecided  needed 1.2.0 is in the source, and not in the plan" in checked.stdout
    assert "undecided  nowhere is missing" in checked.stdout
    assert "needed and 1 other package" in checked.stderr
    added = json.loads(headwater("plan", *asked, "--needs", "add", "--json", ends=1).stdout)
    assert [row["choice"]["package"]["name"] for row in added["seen"]["rows"]] == ["app", "needed"]
    left = headwater("promote", *asked, "--needs", "add", "--needs-reason", "bundled", "--reason", "release").stdout
    assert "promoted   npm:app 1.0.0" in left and "promoted   npm:needed 1.2.0" in left


def test_needed_packages_are_left_for_a_reason_only(headwater, topology, publish_npm):
    publish_npm("app", "1.0.0", {"nowhere": "^1.0.0"})
    asked = (*WAY, "--package", "npm:app@1.0.0")
    assert "--needs-reason" in headwater("plan", *asked, "--needs", "leave", ends=2).stderr
    plan = json.loads(headwater("plan", *asked, "--needs", "leave", "--needs-reason", "bundled", "--json").stdout)
    assert [(need["row"]["package"]["name"], need["left"]) for need in plan["needs"]["rows"]] == [("nowhere", "bundled")]
    assert json.loads(headwater("plan", *asked, "--needs", "skip", "--json").stdout)["needs"] is None
    refused = headwater("promote", *asked, "--reason", "release", ends=1)
    assert "need nowhere, which the target does not have" in refused.stderr
    assert topology.packages("production") == set()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((*WAY, *ONE), "--reason"),
        ((*WAY, "--reason", "r"), "--package"),
        ((*WAY, "--package", "notes@1.0", "--reason", "r"), "FORMAT:NAME@VERSION"),
        (("--plan", "0" * 20, *WAY, "--reason", "r"), "cannot be used with"),
    ],
)
def test_a_wrong_command_line_ends_with_two(headwater, arguments, words):
    assert words in headwater("promote", *arguments, ends=2).stderr


def test_a_plan_that_is_not_there_ends_with_one(headwater):
    assert "no plan" in headwater("promote", "--plan", "0" * 20, "--reason", "r", ends=1).stderr
