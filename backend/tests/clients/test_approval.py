"""Protected repositories without the page: what pipelines see of a plan that waits for approval."""

import json
import urllib.request

import pytest

from binary import Headwater
from test_people import new
from test_promote import ONE, WAY, headwater  # noqa: F401  (a fixture)
from test_serve import ask, sign_in


def serving(emulator, tmp_path, *more):
    """The arguments and the environment of a dashboard on the folder that the commands of the test share."""
    arguments = ("--listen", "127.0.0.1:0", "--endpoint-url", emulator.endpoint, "--data", tmp_path / "data", *more)
    return ("serve", *arguments), {"HOME": str(tmp_path), **emulator.environment()}


@pytest.fixture
def dashboard(emulator, tmp_path):
    """A dashboard of one person."""
    arguments, environment = serving(emulator, tmp_path)
    with Headwater(*arguments, environment=environment) as running:
        running.token = sign_in(running)
        yield running


def protect(dashboard, domain, **rules):
    """Sets the one protection of a domain."""
    connection = ask(dashboard, "/api/connections", dashboard.token)[0]["key"]
    rule = {"pattern": "production", "approvals": 0, "approvers": [], "sources": [], "window": None} | rules
    path = f"/api/connections/{connection}/domains/{domain}/protections"
    return post(dashboard, path, {"seen": 0, "list": [rule]}, dashboard.token)


def post(dashboard, path, body, token=None):
    """Asks the API to do something."""
    bearer = {"authorization": f"Bearer {token}"} if token else {}
    address = dashboard.ready["dashboard"].rstrip("/") + path
    headers = {"content-type": "application/json", **bearer}
    request = urllib.request.Request(address, data=json.dumps(body).encode(), headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_a_plan_that_waits_for_approval_is_kept_and_promoting_it_ends_with_three(headwater, dashboard, topology):  # noqa: F811
    topology.publish("team-dev", "1.0")
    protect(dashboard, topology.domain, approvals=2)
    told = headwater("plan", *WAY, *ONE).stdout
    assert "asks for the approval of a second person" in told
    plan = json.loads(headwater("plan", *WAY, *ONE, "--json").stdout)
    assert plan["approval"]["demands"][0]["protection"]["approvals"] == 2
    refused = headwater("promote", "--plan", plan["id"], "--reason", "release", "--json", ends=3)
    assert json.loads(refused.stdout)["id"] == plan["id"]
    assert f"`headwater promote --plan {plan['id']}`" in refused.stderr
    assert headwater("promote", *WAY, *ONE, "--reason", "release", ends=3).stdout == ""
    assert topology.packages("production") == set()


def test_a_source_that_is_not_allowed_ends_with_three(headwater, dashboard, topology):  # noqa: F811
    topology.publish("team-dev", "1.0")
    protect(dashboard, topology.domain, sources=["staging"])
    refused = headwater("promote", *WAY, *ONE, "--reason", "release", ends=3)
    assert "production takes promotions only from staging, not from team-dev" in refused.stderr
    assert topology.packages("production") == set()


def test_what_is_not_protected_is_promoted_as_before(headwater, dashboard, topology):  # noqa: F811
    topology.publish("team-dev", "1.0")
    protect(dashboard, topology.domain, pattern="release-*", approvals=1)
    assert "promoted" in headwater("promote", *WAY, *ONE, "--reason", "release").stdout


def test_what_a_second_person_approved_is_promoted_by_the_command(headwater, emulator, topology, tmp_path):  # noqa: F811
    people = tmp_path / "people.toml"
    entries = [new("ann", "admin"), new("bob", "approver")]
    people.write_text("".join(entry for entry, _ in entries))
    people.chmod(0o600)
    topology.publish("team-dev", "1.0")
    arguments, environment = serving(emulator, tmp_path, "--people", people)
    with Headwater(*arguments, environment=environment) as running:
        tokens = [post(running, "/api/session", {"secret": token})["token"] for _, token in entries]
        running.token = tokens[0]
        protect(running, topology.domain, approvals=1)
        plan = json.loads(headwater("plan", *WAY, *ONE, "--json", "--people", people).stdout)
        promote = ("promote", "--plan", plan["id"], "--reason", "release", "--people", people)
        assert "1 approval is missing" in headwater(*promote, ends=3).stderr
        connection = ask(running, "/api/connections", tokens[0])[0]["key"]
        path = f"/api/connections/{connection}/domains/{topology.domain}/plans/{plan['id']}/approval"
        post(running, path, {"hash": plan["hash"]}, tokens[1])
        # Without the list nobody's approval counts.
        assert "you are alone here" in headwater(*promote[:-2], ends=3).stderr
        assert topology.packages("production") == set()
        assert "promoted" in headwater(*promote).stdout
