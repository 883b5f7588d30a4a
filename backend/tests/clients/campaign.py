"""A campaign against the journal: real dashboards promote while their calls fail and they themselves are killed.

The wire between a dashboard and the emulator breaks calls by chance and writes down, in a file that only grows, every
version that a copy brought about and every fault. In the end three lists must agree version by version: that file, what
the target repositories hold, and what the dashboard tells of its runs.
"""

import json
import random
import threading
import time
import urllib.error

from wire import COPY, Dashboard, Wire

VERSIONS = 7
# How long a dashboard lives at most, in seconds, and in how many copies it dies before their answer.
LIFE = (1, 8)
KILLED_AT_A_COPY = 0.15
# A broken call in so many, once for copies and once for readings.
COPIES_BROKEN = 0.7
READS_BROKEN = 0.03
FAULTS = [
    "throttled", "throttled with Retry-After", "fault before", "fault after", "reset before", "reset after",
    "cut answer", "expired credentials", "in neither map", "in both maps",
]  # fmt: skip


class Log:
    """What took effect and what was broken, in a file and in memory."""

    def __init__(self, path):
        self.file = open(path, "a", buffering=1)
        self.lock = threading.Lock()
        self.effects = {}
        self.counts = {}

    def effect(self, target, package, version):
        with self.lock:
            self.file.write(json.dumps({"effect": [target, package, version]}) + "\n")
            self.effects[target, package, version] = self.effects.get((target, package, version), 0) + 1

    def count(self, what):
        with self.lock:
            self.file.write(json.dumps({"what": what}) + "\n")
            self.counts[what] = self.counts.get(what, 0) + 1


class BreakingWire(Wire):
    """A wire that breaks calls by chance, before or after they take effect."""

    def __init__(self, emulator, log, chance):
        super().__init__(emulator)
        self.log, self.chance = log, chance
        self.kill = lambda: None
        self.silent = set()

    def answer(self, handler, body):
        is_copy = handler.path.startswith(COPY)
        with self.counting:
            broken = self.chance.random() < (COPIES_BROKEN if is_copy else READS_BROKEN)
            kinds = FAULTS if is_copy else ["fault before", "reset before"]
            fault = self.chance.choice(kinds) if broken else None
            killed = is_copy and self.chance.random() < KILLED_AT_A_COPY
        if fault:
            self.log.count(fault)
        if fault in ("throttled", "throttled with Retry-After", "fault before", "reset before", "expired credentials"):
            return self.refuse(handler, fault)
        status, headers, content = self.ask(handler, body)
        if is_copy and status == 200:
            content = self.effects(handler.path, content, fault)
        if killed:
            self.kill()
        if fault == "fault after":
            return self.refuse(handler, fault)
        if fault == "reset after":
            handler.close_connection = True
            return None
        if fault == "cut answer":
            handler.close_connection = True
            return self.give(handler, status, headers, content[: len(content) // 2], len(content))
        return self.give(handler, status, headers, content)

    def refuse(self, handler, fault):
        """Answers without, or in spite of, an effect."""
        if fault == "reset before":
            handler.close_connection = True
            return None
        status, kind, more = {
            "throttled": (429, "ThrottlingException", []),
            "throttled with Retry-After": (429, "ThrottlingException", [("retry-after", "1")]),
            "expired credentials": (403, "ExpiredTokenException", []),
        }.get(fault, (500, "InternalServerException", []))
        headers = [("x-amzn-errortype", kind), ("content-type", "application/json"), *more]
        return self.give(handler, status, headers, json.dumps({"message": fault}).encode())

    def effects(self, path, content, fault):
        """Writes down what a copy brought about, and tells of one version in no map or in both."""
        asked = dict(part.split("=", 1) for part in path.split("?", 1)[1].split("&"))
        told = json.loads(content)
        place = asked["destination-repository"], asked["package"]
        for version in told["successfulVersions"]:
            self.log.effect(*place, version)
        if told["successfulVersions"] and fault in ("in neither map", "in both maps"):
            version = sorted(told["successfulVersions"])[0]
            one = told["successfulVersions"][version]
            if fault == "in neither map":
                del told["successfulVersions"][version]
                self.silent.add((*place, version))
            else:
                told["failedVersions"][version] = {"errorCode": "SKIPPED", "errorMessage": "skipped", **one}
        return json.dumps(told).encode()


class Lane(threading.Thread):
    """One dashboard after the other on the same journal, each until it is killed."""

    def __init__(self, campaign, number, targets, data):
        super().__init__(daemon=True)
        self.campaign, self.targets = campaign, targets
        self.chance = random.Random(f"{campaign.seed}/{number}")
        self.data = data
        self.wire = BreakingWire(campaign.emulator, campaign.log, self.chance)
        self.told = {}
        self.plan = self.run_id = None
        self.problem = None

    def run(self):
        try:
            with self.wire:
                while self.targets:
                    self.live()
        except BaseException as problem:  # Whatever it is, the campaign tells it.
            self.problem = problem

    def live(self):
        """Starts a dashboard and works with it until it is killed or all is done."""
        with Dashboard(self.wire, self.campaign.emulator, self.data) as dashboard:
            process = dashboard.process
            killed = threading.Event()
            self.wire.kill = lambda: self.kill(process, killed)
            timer = threading.Timer(self.chance.uniform(*LIFE), self.wire.kill)
            timer.start()
            try:
                while self.targets:
                    self.told[self.targets[0]] = self.promote(dashboard, self.targets[0])
                    self.targets.pop(0)
                    self.plan = self.run_id = None
            except (OSError, ValueError, urllib.error.URLError):
                if not killed.is_set():
                    raise
            finally:
                timer.cancel()

    def kill(self, process, killed):
        """As the machine would, and once."""
        with self.wire.counting:
            if killed.is_set():
                return
            killed.set()
            process.kill()
        self.campaign.log.count("killed")

    def promote(self, dashboard, target):
        """Plans, runs, and does what a person would do until all has been promoted. What the dashboard then tells."""
        base = f"/api/connections/aws/domains/{self.campaign.topology.domain}"
        if self.plan is None:
            new = {"from": "team-dev", "to": target, "versions": self.campaign.chosen, "reason": "a campaign"}
            plan = self.ask(dashboard, "POST", f"{base}/plans", new)
            if {str(row["verdict"]) for row in plan["seen"]["rows"]} != {"new"}:
                # A reading was broken too often, so a row is blocked. A person would plan again.
                return self.promote(dashboard, target)
            self.plan = plan
        ask = {"hash": self.plan["hash"], "reason": "a campaign"}
        run = self.ask(dashboard, "POST", f"{base}/plans/{self.plan['id']}/runs", ask)
        # Whoever asks again, after a death or not, is told the same run.
        assert self.run_id in (None, run["summary"]["id"]), "a plan was run twice"
        self.run_id = run["summary"]["id"]
        deadline = time.monotonic() + 600
        while True:
            assert time.monotonic() < deadline, f"run {self.run_id} does not come to its end: {run['summary']}"
            run = self.ask(dashboard, "GET", f"{base}/runs/{self.run_id}")
            state, counts = run["summary"]["state"], run["summary"]["counts"]
            if state == "ended" and not counts["failed"] + counts["unknown"]:
                return [row["state"]["ended"] for row in run["rows"]]
            if state == "ended" or "paused" in state:
                self.ask(dashboard, "POST", f"{base}/runs/{self.run_id}/steer", {"action": "go_on"})
            time.sleep(0.05)

    def ask(self, dashboard, *what):
        """Asks, and asks again while the dashboard says that it cannot tell at the moment."""
        deadline = time.monotonic() + 120
        while True:
            try:
                return dashboard.call(*what)
            except urllib.error.HTTPError as error:
                if error.code == 409 and what[-1] == {"action": "go_on"}:
                    return None  # It went on by itself.
                if error.code < 429 or time.monotonic() > deadline:
                    raise AssertionError(f"{what}: {error.code} {error.read()}") from error
                time.sleep(0.1)


class Campaign:
    """Everything that takes part, and the judgement."""

    def __init__(self, emulator, topology, postgres, folder, *, seed, promotions, packages, lanes):
        self.emulator, self.topology, self.folder, self.seed = emulator, topology, folder, seed
        self.log = Log(folder / "effects.jsonl")
        self.chosen = []
        for package in range(packages):
            for version in range(VERSIONS):
                name = f"part-{package}"
                topology.publish("team-dev", f"1.0.{version}", package=name, content=f"{name} {version}".encode())
                key = {"format": "generic", "namespace": "docs", "name": name}
                self.chosen.append({"package": key, "version": f"1.0.{version}"})
        self.targets = [f"target-{number}" for number in range(-(-promotions // len(self.chosen)))]
        for target in self.targets:
            topology.add(target)
        # Every other one on PostgreSQL.
        data = [folder / f"lane-{number}" if number % 2 == 0 else postgres.database(f"lane_{number}") for number in range(lanes)]
        self.lanes = [Lane(self, number, self.targets[number::lanes], data[number]) for number in range(lanes)]

    def run(self):
        """Runs it, and returns what was counted and what was wrong."""
        began = time.monotonic()
        for lane in self.lanes:
            lane.start()
        for lane in self.lanes:
            lane.join()
        counts = self.log.counts
        told = {target: rows for lane in self.lanes for target, rows in lane.told.items()}
        silent = set().union(*(lane.wire.silent for lane in self.lanes))
        wrong = [f"broke off: {lane.problem!r}" for lane in self.lanes if lane.problem]
        for target in self.targets:
            wrong += self.judge(target, told.get(target), silent)
        killed = counts.get("killed", 0)
        summary = {
            "seed": self.seed,
            "promotions": len(self.targets) * len(self.chosen),
            "faults": sum(counts.values()) - killed,
            "killed": killed,
            "seconds": round(time.monotonic() - began),
            "of each kind": dict(sorted(counts.items())),
            "wrong": len(wrong),
        }
        return summary, wrong

    def judge(self, target, told, silent):
        """What is lost, doubled or told wrongly in one target."""
        wrong = []
        held = {}
        for place, one in enumerate(self.chosen):
            name, version = one["package"]["name"], one["version"]
            if name not in held:
                try:
                    held[name] = self.topology.versions(target, "generic", name, namespace="docs")
                except self.topology.client.exceptions.ResourceNotFoundException:
                    held[name] = {}
            effects = self.log.effects.get((target, name, version), 0)
            where = f"{target} {name} {version}"
            if held[name].get(version) != "Published" or not effects:
                wrong.append(f"lost: {where}")
            if effects > 1:
                wrong.append(f"doubled: {where}, {effects} times")
            # What CodeArtifact leaves out of its answer was there before, by its own documentation.
            may = ["copied", "already_same"] if (target, name, version) in silent else ["copied"]
            if not told or told[place] not in may:
                wrong.append(f"told wrongly: {where}: {told and told[place]}")
        return wrong
