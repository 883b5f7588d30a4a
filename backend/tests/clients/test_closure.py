"""What the closure is for: an empty repository from which the real npm and pip can install what was promoted to it.

The dashboard says what a version needs, all of it is promoted, and the clients resolve from the target alone. They come
to the same versions as from the source.
"""

import json
import urllib.request

import pytest

from binary import Headwater
from packages import wheel, write_npm_project


class Dashboard(Headwater):
    """`headwater serve` for an emulator, and somebody who is signed in."""

    def __init__(self, emulator):
        super().__init__(
            "serve", "--listen", "127.0.0.1:0", "--endpoint-url", emulator.endpoint,
            environment={**emulator.environment(), "AWS_ENDPOINT_URL_STS": emulator.endpoint},
        )  # fmt: skip

    def __enter__(self):
        super().__enter__()
        self.token = None
        self.token = self.post("/api/session", {"secret": self.sign_in_link().split("#k=")[1]})["token"]
        return self

    def ended(self, path):
        """A run, once it has come to its end: its stream of events lasts as long."""
        run = self.ask(path)
        with self.open(f"{path}/events?after={run['at']}") as events:
            events.read()
        return self.ask(path)

    def post(self, path, body):
        """Asks the API."""
        return self.ask(path, json.dumps(body).encode())

    def ask(self, path, data=None):
        """Asks, and reads the answer."""
        with self.open(path, data) as answer:
            return json.load(answer)

    def open(self, path, data=None):
        """Asks, and leaves the answer to be read."""
        headers = {"content-type": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        address = self.ready["dashboard"].rstrip("/") + path
        return urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=60)


@pytest.fixture
def repositories(topology):
    """Two repositories that reach nothing: `source`, and `target`, which stays empty until something is promoted."""
    topology.add("source")
    topology.add("target")
    return topology


@pytest.fixture
def promote(emulator, repositories):
    """Promotes a version with all that it needs, and tells the rows that brought it along."""
    with Dashboard(emulator) as dashboard:
        at = f"/api/connections/aws/domains/{repositories.domain}"

        def promote(format, name, version):
            package = {"format": format, "namespace": None, "name": name}
            route = {"from": "source", "to": "target"}
            versions = [{"package": package, "version": version}]
            rows = dashboard.post(f"{at}/promotions/closure", {**route, "versions": versions})["rows"]
            proposed = [row for row in rows if "proposed" in row["answer"]]
            versions += [{"package": row["package"], "version": row["answer"]["proposed"]} for row in proposed]
            plan = dashboard.post(f"{at}/plans", {**route, "versions": versions, "reason": "a test"})
            run = dashboard.post(f"{at}/plans/{plan['id']}/runs", {"hash": plan["hash"], "reason": "a test"})
            run = dashboard.ended(f"{at}/runs/{run['summary']['id']}")
            assert [row["state"] for row in run["rows"]] == [{"ended": "copied"}] * len(versions), run
            return rows

        yield promote


def names(rows):
    """`name version` of what is proposed, in an order that does not matter."""
    return {(row["package"]["name"], row["answer"]["proposed"]) for row in rows if "proposed" in row["answer"]}


NPM = [
    ("harbour-util", "1.2.5", {}),
    ("harbour-util", "1.9.0", {"dependencies": {"harbour-ui": "1.x"}}),
    ("harbour-ui", "1.0.0", {}),
    ("harbour-ui", "1.4.0", {"dependencies": {"harbour-util": "^1.5.0"}}),
    ("harbour-ui", "2.0.0", {"dependencies": {"nowhere": "1.0.0"}}),
    ("harbour-host", "3.1.0", {"dependencies": {"harbour-ui": ">=1.0.0 <2.0.0-0"}}),
    ("harbour-host", "4.0.0", {}),
    ("harbour-speed", "1.1.0", {}),
    (
        "harbour-app", "1.0.0",
        {
            "dependencies": {"harbour-ui": "^1.0.0", "harbour-util": "~1.2.0", "aliased": "npm:harbour-util@1.2.5"},
            "peerDependencies": {"harbour-host": "2 || 3"},
            "optionalDependencies": {"harbour-speed": "^1.0.0", "harbour-never": "^7.0.0"},
            "devDependencies": {"harbour-linter": "*"},
        },
    ),
]  # fmt: skip


def resolved_by_npm(workplace, domain, repository):
    """What npm puts into a lock file, for the app alone, from one repository."""
    workplace.log_in("npm", domain, repository)
    folder = workplace.folder / repository
    folder.mkdir()
    (folder / "package.json").write_text(
        json.dumps({"name": "somebody", "private": True, "dependencies": {"harbour-app": "1.0.0"}})
    )
    workplace.npm("install", "--package-lock-only", cwd=folder)
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    found = {
        (entry.get("name", path.rsplit("node_modules/", 1)[-1]), entry["version"])
        for path, entry in packages.items()
        if path and "version" in entry
    }
    return folder, found


def test_npm_installs_from_the_target_alone_what_the_closure_brought_there(workplace, repositories, promote):
    workplace.log_in("npm", repositories.domain, "source")
    for name, version, more in NPM:
        workplace.npm("publish", cwd=write_npm_project(workplace.folder / f"{name}-{version}", name, version, **more))
    rows = promote("npm", "harbour-app", "1.0.0")
    _, from_source = resolved_by_npm(workplace, repositories.domain, "source")
    folder, from_target = resolved_by_npm(workplace, repositories.domain, "target")
    assert from_target == from_source == names(rows) | {("harbour-app", "1.0.0")}
    workplace.npm("install", cwd=folder)
    assert (folder / "node_modules/harbour-host/index.js").read_text() == "module.exports = '3.1.0';\n"
    missing = [(row["package"]["name"], row["required"]) for row in rows if "missing" in row["answer"]]
    assert missing == [("harbour-never", False)]


PYTHON = [
    ("harbour-core", "1.2", []),
    ("harbour-core", "1.9", []),
    ("harbour-core", "2.4", []),
    ("harbour-lib", "1.5", []),
    ("harbour-lib", "2.0", ["Harbour.Core<2", 'harbour-fast>=1; extra == "fast"', 'harbour-docs; extra == "docs"']),
    ("harbour-lib", "3.0rc1", []),
    ("harbour-fast", "1.0", ["harbour-lib>=1"]),
    ("harbour-windows", "1.0", []),
    (
        "harbour-app", "1.0",
        [
            "harbour_lib[fast]>=1", "harbour-core>=1.2,!=1.9.1", 'harbour-windows~=1.0; sys_platform == "win32"',
            'harbour-ancient; python_version < "3"',
        ],
    ),
]  # fmt: skip


def resolved_by_pip(workplace, domain, repository):
    """What pip would install for the app, from one repository."""
    workplace.log_in("pip", domain, repository)
    report = workplace.folder / f"{repository}.json"
    workplace.pip("install", "--dry-run", "--ignore-installed", "--quiet", "--report", report, "harbour-app")
    chosen = json.loads(report.read_text())["install"]
    return {(one["metadata"]["name"], one["metadata"]["version"]) for one in chosen}


def test_pip_installs_from_the_target_alone_what_the_closure_brought_there(workplace, repositories, promote):
    workplace.log_in("twine", repositories.domain, "source")
    for name, version, requires in PYTHON:
        file, content = wheel(name, version, requires)
        (workplace.folder / file).write_bytes(content)
    workplace.twine_upload(*sorted(workplace.folder.glob("*.whl")))
    rows = promote("pypi", "harbour-app", "1.0")
    from_source = resolved_by_pip(workplace, repositories.domain, "source")
    from_target = resolved_by_pip(workplace, repositories.domain, "target")
    # Only Windows needs it: the closure tells the condition, and brings it along.
    conditional = {row["package"]["name"] for row in rows if row["asked"][0]["condition"]}
    assert conditional == {"harbour-windows"}
    brought = {(name, version) for name, version in names(rows) if name not in conditional}
    assert from_target == from_source == brought | {("harbour-app", "1.0")}
    workplace.pip("install", "--target", "site", "harbour-app")
    assert (workplace.folder / "site/harbour_core.py").read_text() == "VERSION = '1.9'\n"
