"""A dashboard of several people: a list, a token each, and what their roles allow."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from binary import BINARY, Headwater

PLACE = "/api/connections/demo/domains/acme"


def new(identity, *roles):
    """Runs `headwater people new`: the entry of the list, and the token."""
    named = [part for role in roles for part in ("--role", role)]
    done = subprocess.run(
        [BINARY, "people", "new", "--id", identity, "--name", identity.title(), *named],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    [token] = [line.strip() for line in done.stderr.splitlines() if line.startswith("  ")]
    return done.stdout, token


class Team(Headwater):
    """A demo of the people of a list."""

    def __init__(self, people, data):
        super().__init__("demo", "--listen", "127.0.0.1:0", "--people", people, "--data", data)
        self.answers = []

    def ask(self, path, body=None, bearer=None, method=None):
        """The status and the answer."""
        headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {bearer}"} if bearer else {})
        data = None if body is None else json.dumps(body).encode()
        address = self.ready["dashboard"].rstrip("/") + path
        request = urllib.request.Request(address, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, text = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode()
        self.answers.append(text)
        return status, json.loads(text or "null")

    def sign_in(self, token):
        """The bearer of a session."""
        status, session = self.ask("/api/session", {"secret": token})
        assert status == 200, session
        return session["token"]


@pytest.fixture
def people(tmp_path):
    """A list of two, with their tokens."""
    path = tmp_path / "people.toml"
    entries = {"ann": new("ann", "promoter"), "bob": new("bob", "viewer")}
    path.write_text("".join(entry for entry, _ in entries.values()))
    path.chmod(0o644)
    return path, {name: token for name, (_, token) in entries.items()}


def test_each_person_signs_in_with_their_token_and_does_what_their_roles_allow(people, tmp_path):
    path, tokens = people
    with Team(path, tmp_path / "data") as team:
        assert "sign_in" not in team.ready and "#k=" not in team.log()
        assert team.ask("/api/sign-in") == (200, "token")
        assert team.ask("/api/session", {"secret": "wrong"})[0] == 401
        ann, bob = team.sign_in(tokens["ann"]), team.sign_in(tokens["bob"])
        wanted = {"package": {"format": "npm", "namespace": "acme", "name": "ui"}, "version": "1.4.0"}
        plan = {"from": "team-dev", "to": "production", "versions": [wanted], "reason": "release"}
        status, problem = team.ask(f"{PLACE}/plans", plan, bob)
        assert status == 403 and "the role promoter" in problem["message"]
        status, made = team.ask(f"{PLACE}/plans", plan, ann)
        assert (status, made["by"]) == (200, {"id": "ann", "name": "Ann"})
        log, answers = team.log(), [answer for answer in team.answers if '"token"' not in answer]
    for secret in [*tokens.values(), ann, bob]:
        assert secret not in log and not any(secret in answer for answer in answers)
    record = subprocess.run([BINARY, "audit", "export", "--as", "jsonl", "--data", tmp_path / "data"], capture_output=True, text=True)
    told = [(row["person"], row["action"], row["result"]) for row in map(json.loads, record.stdout.splitlines())]
    assert told == [
        ("unknown", "CreateSession", "refused"),
        ("ann", "CreateSession", "done"),
        ("bob", "CreateSession", "done"),
        ("ann", "CreatePlan", "done"),
    ]


def test_a_changed_list_holds_at_the_next_request_and_a_broken_one_does_not(people, tmp_path):
    path, tokens = people
    with Team(path, tmp_path / "data") as team:
        ann, bob = team.sign_in(tokens["ann"]), team.sign_in(tokens["bob"])
        whole = path.read_text()
        path.write_text("nonsense")
        assert team.ask("/api/session", bearer=bob)[0] == 200
        team.wait_for(lambda: "cannot be used" in team.log(), "telling of the broken list")
        path.write_text(whole[: whole.index("[[person]]", 1)])
        assert team.ask("/api/session", bearer=bob)[0] == 401
        assert team.ask("/api/session", {"secret": tokens["bob"]})[0] == 401
        assert team.ask("/api/session", bearer=ann)[0] == 200


def test_a_list_that_others_may_write_is_refused_in_one_line(people):
    path, _ = people
    path.chmod(0o666)
    done = subprocess.run([BINARY, "demo", "--listen", "127.0.0.1:0", "--people", path], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1 and "Others may write" in done.stderr and len(done.stderr.strip().splitlines()) == 1
