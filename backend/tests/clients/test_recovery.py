"""A dashboard that is killed in the middle of a run: the next one goes on, and nothing is lost or done twice.

The witness is not Headwater: a wire between it and the emulator notes which copies took effect, and boto3 reads what
the target holds in the end.
"""

import threading
import time

import pytest

from wire import Dashboard, Wire

PACKAGES = 8
VERSIONS = 3


def until(holds, what, limit=60):
    """Waits until something holds, and returns it."""
    deadline = time.monotonic() + limit
    while not (found := holds()):
        assert time.monotonic() < deadline, f"not {what} within {limit} s"
        time.sleep(0.05)
    return found


@pytest.fixture
def release(topology):
    """A release of several packages in team-dev, of which production has nothing."""
    chosen = []
    for number in range(PACKAGES):
        package = {"format": "generic", "namespace": "docs", "name": f"part-{number}"}
        for version in range(VERSIONS):
            topology.publish("team-dev", f"1.0.{version}", package=package["name"], content=f"{version}".encode())
            chosen.append({"package": package, "version": f"1.0.{version}"})
    return chosen


@pytest.mark.parametrize("moment", ["before any answer of it", "between the answers"])
def test_a_dashboard_killed_in_the_middle_of_a_run_goes_on(emulator, topology, release, tmp_path, moment):
    base, chosen = f"/api/connections/aws/domains/{topology.domain}", release
    with Wire(emulator) as wire:
        started, killed = threading.Event(), threading.Event()
        with Dashboard(wire, emulator, tmp_path / "data") as first:

            def kill(number):
                # The copy took effect. Its answer is still here, or that of the one before has been out for a while.
                if number == (3 if moment.startswith("before") else 4) and not killed.is_set():
                    # The test must know the run before nobody can tell it any more.
                    started.wait(30)
                    time.sleep(0 if moment.startswith("before") else 0.3)
                    first.kill()
                    killed.set()

            wire.on_copy = kill
            new = {"from": "team-dev", "to": "production", "versions": chosen, "reason": "release"}
            plan = first.call("POST", f"{base}/plans", new)
            run = first.call("POST", f"{base}/plans/{plan['id']}/runs", {"hash": plan["hash"], "reason": "release"})
            identity = run["summary"]["id"]
            started.set()
            assert killed.wait(30), "it was killed in the middle"
        wire.on_copy = lambda number: None
        assert len(set(wire.copied)) < len(chosen), "something was left to do"
        with Dashboard(wire, emulator, tmp_path / "data") as second:
            read = lambda: second.call("GET", f"{base}/runs/{identity}")
            run = until(lambda: (now := read())["summary"]["state"] == "ended" and now, "ended")
    told = [row["state"]["ended"] for row in run["rows"]]
    assert told == ["copied"] * len(chosen)
    # Nothing lost, by the word of the target; nothing done twice, by the word of the wire.
    for number in range(PACKAGES):
        listed = topology.versions("production", "generic", f"part-{number}", namespace="docs")
        assert listed == {f"1.0.{version}": "Published" for version in range(VERSIONS)}
    assert sorted(wire.copied) == sorted((one["package"]["name"], one["version"]) for one in chosen)
