"""A dashboard that is killed in the middle of a run: the next one goes on, and nothing is lost or done twice.

The witness is not Headwater: a wire between it and the emulator notes which copies took effect, and boto3 reads what
the target holds in the end.
"""

import http.client
import json
import signal
import threading
import time
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from binary import Headwater

PACKAGES = 8
VERSIONS = 3


class Wire:
    """Between a dashboard and the emulator. Notes each version that a copy brought about, and breaks on command."""

    def __init__(self, emulator):
        self.emulator = emulator
        self.target = urllib.parse.urlsplit(emulator.endpoint)
        self.copied = []
        self.calls = 0
        self.counting = threading.Lock()
        self.on_copy = lambda number: None

    def __enter__(self):
        wire = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass_on(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                upstream = http.client.HTTPConnection(wire.target.netloc)
                upstream.request(self.command, self.path, body, wire.sign(self.command, self.path, self.headers, body))
                answer = upstream.getresponse()
                content = answer.read()
                if self.path.startswith("/v1/package/versions/copy"):
                    wire.note(self.path, content)
                try:
                    self.send_response(answer.status)
                    for name, value in answer.getheaders():
                        if name.lower() not in ("connection", "transfer-encoding", "content-length", "date", "server"):
                            self.send_header(name, value)
                    self.send_header("content-length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    pass  # The dashboard was killed.

            do_GET = do_POST = do_PUT = do_DELETE = _pass_on

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def sign(self, method, path, headers, body):
        """The headers for the emulator: signed again, because the address is part of the signature."""
        service = headers["authorization"].split("Credential=")[1].split("/")[3]
        kept = {name: value for name, value in headers.items() if name.lower() == "content-type"}
        request = AWSRequest(method, f"{self.emulator.endpoint}{path}", data=body, headers=kept)
        ready = self.emulator.ready
        keys = Credentials(ready["access_key_id"], ready["secret_access_key"])
        SigV4Auth(keys, service, ready["region"]).add_auth(request)
        return dict(request.headers.items())

    def note(self, path, content):
        """Which versions this copy brought about; then whatever the test wants to happen before the answer goes out."""
        package = urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)["package"][0]
        # Several copies may come at once, each in a thread of its own.
        with self.counting:
            self.copied += [(package, version) for version in json.loads(content).get("successfulVersions", {})]
            self.calls += 1
            number = self.calls
        self.on_copy(number)


class Dashboard(Headwater):
    """`headwater serve` on a data folder, and its API."""

    def __init__(self, wire, emulator, data):
        keys = {name: value for name, value in emulator.environment().items() if not name.startswith("AWS_ENDPOINT")}
        arguments = ["serve", "--listen", "127.0.0.1:0", "--endpoint-url", wire.url, "--data", data]
        super().__init__(*arguments, environment=keys)

    def __enter__(self):
        super().__enter__()
        secret = self.sign_in_link().split("#k=")[1]
        self.token = self.call("POST", "/api/session", {"secret": secret})["token"]
        return self

    token = None

    def call(self, method, path, body=None):
        """Asks the API and reads its answer."""
        headers = {"content-type": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        url = self.ready["dashboard"].rstrip("/") + path
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:
            return json.loads(answer.read())

    def kill(self):
        """As the machine would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


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
