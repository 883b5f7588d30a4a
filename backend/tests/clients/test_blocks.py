"""Blocked versions without the page: what pipelines see of a block that somebody set on it."""

import json
import urllib.request

from test_approval import dashboard  # noqa: F401  (a fixture)
from test_promote import ONE, WAY, headwater  # noqa: F401  (a fixture)
from test_serve import ask

NOTES = {"format": "generic", "namespace": "docs", "name": "notes"}
WHY = "Blocked from promotion by You, on this machine: It holds a key"


def change(dashboard, domain, reason, end=""):  # noqa: F811
    """Blocks docs/notes 1.0 in a domain, or unblocks it."""
    connection = ask(dashboard, "/api/connections", dashboard.token)[0]["key"]
    request = urllib.request.Request(
        f"{dashboard.ready['dashboard'].rstrip('/')}/api/connections/{connection}/domains/{domain}/blocks{end}",
        data=json.dumps({"package": NOTES, "version": "1.0", "reason": reason}).encode(),
        headers={"authorization": f"Bearer {dashboard.token}", "content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_a_blocked_version_is_told_with_its_reason_and_ends_with_one(headwater, dashboard, topology):  # noqa: F811
    for version in ["1.0", "1.1"]:
        topology.publish("team-dev", version)
    change(dashboard, topology.domain, "It holds a key")
    packages = (*ONE, "--package", "generic:docs/notes@1.1")
    told = headwater("plan", *WAY, *packages, ends=1).stdout
    assert f"blocked    generic:docs/notes 1.0: {WHY}" in told
    plan = json.loads(headwater("plan", *WAY, *packages, "--json", ends=1).stdout)
    assert plan["seen"]["rows"][0]["verdict"]["blocked"] == {"reason": "by_team", "explanation": WHY}
    done = headwater("promote", *WAY, *packages, "--reason", "release", ends=1)
    assert f"refused    generic:docs/notes 1.0: BLOCKED. {WHY}" in done.stdout
    assert topology.versions("production", "generic", "notes", namespace="docs") == {"1.1": "Published"}


def test_a_plan_made_before_the_block_is_refused_and_unblocking_lets_the_next_one_through(  # noqa: F811
    headwater,  # noqa: F811
    dashboard,  # noqa: F811
    topology,
):
    topology.publish("team-dev", "1.0")
    plan = json.loads(headwater("plan", *WAY, *ONE, "--json").stdout)
    change(dashboard, topology.domain, "It holds a key")
    refused = headwater("promote", "--plan", plan["id"], "--reason", "release", ends=1)
    assert f"refused    generic:docs/notes 1.0: BLOCKED. {WHY}" in refused.stdout
    assert topology.packages("production") == set()
    change(dashboard, topology.domain, "The key was taken back", end="/end")
    assert "promoted   generic:docs/notes 1.0" in headwater("promote", *WAY, *ONE, "--reason", "release").stdout
