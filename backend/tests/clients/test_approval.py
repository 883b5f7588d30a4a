"""Protected repositories without the page: what pipelines see of a plan that waits for approval."""

import json
import urllib.request

import pytest

from binary import Headwater
from test_promote import ONE, WAY, headwater  # noqa: F401  (a fixture)
from test_serve import ask, sign_in


@pytest.fixture
def dashboard(emulator, tmp_path):
    """A dashboard on the folder that the commands of the test share."""
    arguments = ("--listen", "127.0.0.1:0", "--endpoint-url", emulator.endpoint, "--data", tmp_path / "data")
    environment = {"HOME": str(tmp_path), **emulator.environment()}
    with Headwater("serve", *arguments, environment=environment) as running:
        running.token = sign_in(running)
        yield running


def protect(dashboard, domain, **rules):
    """Sets the one protection of a domain."""
    connection = ask(dashboard, "/api/connections", dashboard.token)[0]["key"]
    rule = {"pattern": "production", "approvals": 0, "approvers": [], "sources": [], "window": None} | rules
    request = urllib.request.Request(
        f"{dashboard.ready['dashboard'].rstrip('/')}/api/connections/{connection}/domains/{domain}/protections",
        data=json.dumps({"seen": 0, "list": [rule]}).encode(),
        headers={"authorization": f"Bearer {dashboard.token}", "content-type": "application/json"},
    )
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
