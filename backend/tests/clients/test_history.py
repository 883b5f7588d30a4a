"""The history as files that other programs open, and `headwater audit` after all that was done."""

import csv
import io
import json
import os
import subprocess
import urllib.request

import pytest

from binary import BINARY, Headwater

FORMULA = '=HYPERLINK("http://example.com";"win")'
PLACE = "/api/connections/demo/domains/acme"


class Demo(Headwater):
    """A demo that keeps its record in a folder, signed in."""

    def __init__(self, data):
        super().__init__("demo", "--listen", "127.0.0.1:0", "--data", data)

    def __enter__(self):
        super().__enter__()
        self.token = json.loads(self.ask("/api/session", {"secret": self.sign_in_link().split("#k=")[1]}))["token"]
        return self

    token = None

    def ask(self, path, body=None):
        """Asks the API, and returns the text of its answer."""
        headers = {"content-type": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        address = self.ready["dashboard"].rstrip("/") + path
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(address, data=data, headers=headers), timeout=60) as answer:
            return answer.read().decode()

    def promote(self, version, reason):
        """Promotes a version of @acme/ui, and waits for the end of its run."""
        wanted = {"package": {"format": "npm", "namespace": "acme", "name": "ui"}, "version": version}
        new = {"from": "team-dev", "to": "production", "versions": [wanted], "reason": ""}
        plan = json.loads(self.ask(f"{PLACE}/plans", new))
        started = self.ask(f"{PLACE}/plans/{plan['id']}/runs", {"hash": plan["hash"], "reason": reason})
        run = f"{PLACE}/runs/{json.loads(started)['summary']['id']}"
        self.wait_for(lambda: json.loads(self.ask(run))["summary"]["state"] == "ended", "through with the run")


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def audit(data, *arguments):
    """Runs `headwater audit`."""
    done = subprocess.run(
        [BINARY, "audit", *arguments, "--data", data],
        env={"PATH": os.environ["PATH"], "HOME": str(data)},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # As bytes: reading text would turn the ends of lines.
    return done.stdout.decode()


def test_the_history_opens_in_other_programs_and_the_command_writes_the_same(data):
    with Demo(data) as demo:
        demo.promote("1.4.0", FORMULA)
        demo.promote("1.3.1", 'two\nlines, a "quote" and \x1b[31m')
        page = json.loads(demo.ask(f"{PLACE}/history"))
        lines = demo.ask(f"{PLACE}/history/export?as=jsonl")
        table = demo.ask(f"{PLACE}/history/export?as=csv")
        one = demo.ask(f"{PLACE}/history/export?as=jsonl&version=1.3.1")
        checked = json.loads(demo.ask("/api/history/verification"))
    rows = [json.loads(line) for line in lines.splitlines()]
    versions = [row for row in rows if row["version"]]
    assert [row["reason"] for row in versions][0] == FORMULA, "JSON lines hold what was typed"
    assert [row["row"] for row in page["rows"]] == rows[::-1]
    assert [json.loads(line)["version"] for line in one.splitlines()] == ["1.3.1"]

    cells = list(csv.DictReader(io.StringIO(table, newline="")))
    cells = [cell for cell in cells if cell["version"]]
    assert [cell["version"] for cell in cells] == ["1.4.0", "1.3.1"]
    assert cells[0]["reason"] == "'" + FORMULA
    assert cells[1]["reason"] == 'two\\nlines, a "quote" and \\u{1b}[31m'
    assert not [value for cell in cells for value in cell.values() if value.startswith(("=", "+", "-", "@"))]
    assert "\x1b" not in table

    assert audit(data, "export", "--as", "csv") == table
    assert audit(data, "export", "--as", "jsonl") == lines
    assert checked["end"] == page["end"]
    end = f"{page['end']['seq']}:{page['end']['hash']}"
    assert f"All {len(rows)} rows are what was written." in audit(data, "verify", "--head", end)
