"""Faults on demand, met by real clients."""

import json
import pathlib
import re
import time

import pytest
from botocore.exceptions import ClientError, HTTPClientError

from binary import Emulator
from workplace import Workplace


@pytest.fixture
def running():
    """An emulator of its own: its faults are nobody else's."""
    with Emulator(story="acme") as running:
        yield running


def one(operation, times=None, **fault):
    """A plan of one rule."""
    return {"rules": [{"operations": [operation], "fault": fault, **({"times": times} if times else {})}]}


def test_a_plan_is_told_replaced_and_ended(running):
    assert running.faults("GET") == (200, {"plan": {"seed": 0, "rules": []}, "met": []})
    status, told = running.faults("PUT", one("ListDomains", kind="deny"))
    assert (status, told["met"]) == (200, [0])
    with pytest.raises(ClientError, match="AccessDeniedException"):
        running.client().list_domains()
    assert running.faults("GET")[1]["met"] == [1]
    running.faults("DELETE")
    assert running.client().list_domains()["domains"]


def test_only_who_has_the_token_asks_for_faults(running):
    plan = one("ListDomains", kind="deny")
    for token in ("", "wrong", running.ready["secret_access_key"]):
        for method, body in (("GET", None), ("PUT", plan), ("DELETE", None)):
            assert running.faults(method, body, token)[0] == 401
    assert running.client().list_domains()["domains"]
    assert running.ready["admin_token"] not in running.log()


def test_a_wrong_plan_is_refused_with_the_place_and_changes_nothing(running):
    running.faults("PUT", one("ListDomains", kind="deny"))
    status, said = running.faults("PUT", one("list-domains", kind="deny"))
    assert status == 400
    assert said["message"].startswith('The plan stays as it is: rule 1: "list-domains" is no operation.')
    assert running.faults("GET")[1]["plan"]["rules"][0]["operations"] == ["ListDomains"]


def test_a_cut_answer_is_a_broken_connection(running):
    running.faults("PUT", one("CreateRepository", kind="cut", when="after"))
    with pytest.raises(HTTPClientError):
        running.client().create_repository(domain="acme", repository="lost")
    assert running.client().describe_repository(domain="acme", repository="lost")


def test_a_delayed_answer_comes_later(running):
    client = running.client()
    running.faults("PUT", one("ListDomains", kind="delay", milliseconds=400))
    began = time.monotonic()
    assert client.list_domains()["domains"]
    assert time.monotonic() - began >= 0.4


def test_the_aws_cli_tries_again_and_is_answered(tmp_path, running):
    running.faults("PUT", one("ListDomains", times=1, kind="throttle", retry_after=1))
    assert Workplace(tmp_path, running).aws("list-domains")["domains"]
    assert running.faults("GET")[1]["met"] == [1]


def test_a_plan_in_a_file_is_followed_from_the_start(tmp_path):
    file = tmp_path / "faults.json"
    file.write_text(json.dumps(one("ListDomains", kind="expire")))
    with Emulator(story="acme", more=["--faults", file]) as running, pytest.raises(ClientError, match="Expired"):
        running.client().list_domains()


def test_a_file_that_is_no_plan_ends_the_start_with_its_name(tmp_path):
    file = tmp_path / "faults.json"
    file.write_text('{"rules": [{"fault": {"kind": "explode"}}]}')
    with pytest.raises(AssertionError, match="faults.json: this is no plan of faults"), Emulator(more=["--faults", file]):
        pass


def test_the_plan_of_the_readme_is_a_plan(running):
    readme = (pathlib.Path(__file__).parents[3] / "README.md").read_text()
    plan = json.loads(re.search(r"### Faults on demand.*?```json\n(.*?)```", readme, re.DOTALL)[1])
    assert running.faults("PUT", plan)[1]["plan"]["rules"][0]["chance"] == 0.2
