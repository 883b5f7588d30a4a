"""Two dashboards on one PostgreSQL: what both are asked is done once, and one that was stopped for too long does no harm.

The witness is the wire between each of them and the emulator. ROUNDS says how often they race; `make chaos` does it a
thousand times.
"""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from postgres import Postgres
from test_recovery import until
from wire import Dashboard, Wire

ROUNDS = int(os.environ.get("ROUNDS", "40"))


@pytest.fixture
def replicas(emulator):
    """Two dashboards with a wire each, on one database."""
    with Postgres() as postgres, Wire(emulator) as left, Wire(emulator) as right:
        url = postgres.database("headwater")
        with Dashboard(left, emulator, url) as one, Dashboard(right, emulator, url) as two:
            yield (one, left), (two, right)


def plan(dashboard, base, *packages):
    """Plans version 1.0 of packages for production."""
    keys = [{"format": "generic", "namespace": "docs", "name": name} for name in packages]
    versions = [{"package": key, "version": "1.0"} for key in keys]
    new = {"from": "team-dev", "to": "production", "versions": versions, "reason": "release"}
    return dashboard.call("POST", f"{base}/plans", new)


def start(dashboard, base, plan):
    """Runs a plan."""
    return dashboard.call("POST", f"{base}/plans/{plan['id']}/runs", {"hash": plan["hash"], "reason": "release"})


def ended(dashboard, base, identity):
    """What became of the rows of a run, once it has ended."""
    read = lambda: dashboard.call("GET", f"{base}/runs/{identity}")
    run = until(lambda: (now := read())["summary"]["state"] == "ended" and now, "ended", limit=120)
    return [row["state"]["ended"] for row in run["rows"]]


def test_a_plan_that_two_replicas_are_asked_to_run_is_run_once_and_both_tell_so(replicas, topology):
    (one, left), (two, right) = replicas
    base = f"/api/connections/aws/domains/{topology.domain}"
    names = [f"part-{number}" for number in range(ROUNDS)]
    runs = []
    with ThreadPoolExecutor(2) as both:
        for name in names:
            topology.publish("team-dev", "1.0", package=name, content=name.encode())
            made = plan(one, base, name)
            barrier = threading.Barrier(2)

            def race(dashboard):
                barrier.wait(30)
                return start(dashboard, base, made)["summary"]["id"]

            first, second = both.map(race, (one, two))
            assert first == second
            runs.append(first)
    for run in runs:
        assert ended(one, base, run) == ended(two, base, run) == ["copied"]
    assert sorted(left.copied + right.copied) == sorted((name, "1.0") for name in names)


class HeldWire(Wire):
    """Holds the first copy, before or after it takes effect, until the test lets it go on."""

    def __init__(self, emulator, moment):
        super().__init__(emulator)
        self.moment = moment
        self.stopped, self.released = threading.Event(), threading.Event()
        self.hold = lambda: None

    def answer(self, handler, body):
        is_copy = handler.path.startswith("/v1/package/versions/copy")
        if is_copy and self.moment == "before its call arrives":
            self.hold()
        super().answer(handler, body)

    def note(self, path, content):
        super().note(path, content)
        if self.moment != "before its call arrives":
            self.hold()


@pytest.mark.parametrize("moment", ["before its call arrives", "before its answer arrives"])
def test_a_replica_stopped_past_its_claim_does_no_harm(emulator, topology, moment):
    base = f"/api/connections/aws/domains/{topology.domain}"
    topology.publish("team-dev", "1.0", package="part", content=b"part")
    with Postgres() as postgres, HeldWire(emulator, moment) as left, HeldWire(emulator, moment) as right:
        url = postgres.database("headwater")
        with Dashboard(left, emulator, url) as one, Dashboard(right, emulator, url) as two:
            pair = {left: one, right: two}
            taken, released = [], threading.Event()
            lock = threading.Lock()

            def hold(wire):
                with lock:
                    is_first = not taken
                    taken.append(wire)
                if is_first:
                    pair[wire].process.send_signal(signal.SIGSTOP)
                    left.stopped.set()
                    released.wait(120)

            left.hold, right.hold = (lambda: hold(left)), (lambda: hold(right))
            made = plan(one, base, "part")
            identity = start(one, base, made)["summary"]["id"]
            assert left.stopped.wait(60), "a copy was sent"
            zombie, other = pair[taken[0]], pair[right if taken[0] is left else left]
            assert ended(other, base, identity) == ["copied"], "the other one goes on when the claim has run out"
            zombie.process.send_signal(signal.SIGCONT)
            released.set()
            assert ended(zombie, base, identity) == ["copied"]
            assert ended(other, base, identity) == ["copied"]
            assert left.copied + right.copied == [("part", "1.0")]
    assert topology.versions("production", "generic", "part", namespace="docs") == {"1.0": "Published"}
