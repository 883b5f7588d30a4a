"""The manners of the binary itself: help, refusals, the ready file, the end."""

import os
import re
import signal
import socket
import stat
import subprocess
import urllib.error
import urllib.request

import pytest

from binary import BINARY, Emulator, Headwater


def run(*arguments, **environment):
    """Runs the binary to its end, in an environment that holds nothing else."""
    return subprocess.run(
        [BINARY, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        env={"PATH": os.environ["PATH"], **environment},
    )


def refusal(*arguments):
    """What the binary says on standard error when it refuses to start."""
    done = run(*arguments)
    assert done.returncode != 0
    assert "panicked" not in done.stderr
    return done.stderr


def test_help_names_every_command():
    done = run("--help")
    assert done.returncode == 0
    assert all(command in done.stdout for command in ["demo", "serve", "emulate", "connect"])


@pytest.mark.parametrize("command", ["demo", "serve", "emulate"])
def test_each_command_explains_itself(command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert "--listen" in done.stdout and "--ready-file" in done.stdout


def one_line(said):
    """Whether a refusal is one clear line."""
    return len(said.strip().splitlines()) == 1


def test_a_bad_flag_is_named():
    said = refusal("emulate", "--nonsense")
    assert "--nonsense" in said and one_line(said)


def test_the_help_begins_with_what_it_is_for():
    assert run("-h").stdout.startswith("See where your packages come from")


@pytest.mark.parametrize(
    ("flag", "value"),
    [("--story", "atlantis"), ("--story", "company:0"), ("--story", "company:1001"),
     ("--latency", "soon"), ("--listen", "here"), ("--source", "public:npmjs"),
     ("--source", "public:conda=http://127.0.0.1:1"), ("--source", "public:npmjs=http://")],
)  # fmt: skip
def test_a_bad_value_is_named_with_its_flag(flag, value):
    said = refusal("emulate", flag, value)
    assert flag in said and value in said and one_line(said)


@pytest.mark.parametrize(("flag", "value"), [("--region", "a b"), ("--role-arn", "nonsense")])
def test_a_bad_region_or_role_is_named_with_its_flag(flag, value):
    said = refusal("serve", flag, value)
    assert flag in said and value in said and one_line(said)


@pytest.mark.parametrize("command", ["demo", "emulate"])
def test_a_port_that_is_taken_is_one_clear_line(command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal(command, "--listen", f"127.0.0.1:{port}")
    assert str(port) in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["demo", "serve", "emulate"])
@pytest.mark.parametrize("address", ["0.0.0.0:0", "[::]:0"])
def test_listening_beyond_loopback_is_refused_with_the_reason(command, address):
    said = refusal(command, "--listen", address)
    assert "127.0.0.1 and [::1] only" in said
    assert "sign-in provider" in said


@pytest.mark.parametrize("content", [None, "connection = ", "[[connection]]\nsurprise = true\n"])
def test_a_configuration_that_cannot_be_read_is_named(tmp_path, content):
    file = tmp_path / "headwater.toml"
    if content is not None:
        file.write_text(content)
    said = refusal("serve", "--listen", "127.0.0.1:0", "--config", file)
    assert "headwater.toml" in said


def test_a_ready_file_that_cannot_be_written_is_named(tmp_path):
    said = refusal("emulate", "--listen", "127.0.0.1:0", "--ready-file", tmp_path / "missing" / "ready.json")
    assert "ready.json" in said


def test_the_ready_file_is_for_its_owner_alone():
    with Emulator() as running:
        assert stat.S_IMODE(running.ready_file.stat().st_mode) == 0o600
        assert set(running.ready) >= {"codeartifact", "region", "account", "access_key_id", "secret_access_key"}


def test_the_secret_key_is_another_one_each_time():
    with Emulator() as one, Emulator() as other:
        assert one.ready["secret_access_key"] != other.ready["secret_access_key"]


def test_without_a_terminal_the_link_stands_in_the_ready_file_only_and_a_signal_makes_a_new_one():
    with Headwater("demo", "--listen", "127.0.0.1:0") as running:
        first = running.ready["sign_in"]
        assert first not in running.log()
        running.process.send_signal(signal.SIGUSR1)
        running.wait_for(lambda: running.sign_in_link() != first, "given a new link")
        assert running.sign_in_link().split("#k=")[1] not in running.log()
        assert stat.S_IMODE(running.ready_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("path", ["/", "/v1/domains", "/metrics"])
def test_the_embedded_codeartifact_answers_to_its_own_names_only(emulator, path):
    address = emulator.endpoint.rstrip("/") + path
    asked = urllib.request.Request(address, headers={"Host": "rebind.example:80"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=20)
    assert refused.value.code == 421


def test_the_files_of_the_page_are_precompressed_and_kept_for_good():
    with Headwater("demo", "--listen", "127.0.0.1:0") as running:
        dashboard = running.ready["dashboard"]
        with urllib.request.urlopen(dashboard, timeout=20) as page:
            tag, text = page.headers["etag"], page.read().decode()
            assert page.headers["cache-control"] == "no-cache"
        again = urllib.request.Request(dashboard, headers={"If-None-Match": tag})
        with pytest.raises(urllib.error.HTTPError) as unchanged:
            urllib.request.urlopen(again, timeout=20)
        assert unchanged.value.code == 304
        names = re.findall(r'"/((?:frontend|chunks|style)-[0-9a-f]+(?:_bg)?\.\w+)"', text)
        assert len(set(names)) >= 4
        for name, encoding in ((name, encoding) for name in names for encoding in ["br", "gzip"]):
            asked = urllib.request.Request(dashboard + name, headers={"Accept-Encoding": encoding})
            with urllib.request.urlopen(asked, timeout=20) as file:
                assert file.headers["content-encoding"] == encoding, name
                assert "immutable" in file.headers["cache-control"], name


@pytest.mark.parametrize("command", ["demo", "emulate"])
def test_a_termination_signal_ends_it_with_exit_code_zero(command):
    with Headwater(command, "--listen", "127.0.0.1:0") as running:
        assert running.stop() == 0


def test_the_demo_serves_the_page_and_a_codeartifact():
    with Headwater("demo", "--listen", "127.0.0.1:0") as running:
        assert set(running.ready) >= {"dashboard", "sign_in", "codeartifact"}
        with urllib.request.urlopen(running.ready["dashboard"], timeout=20) as page:
            assert b"<html" in page.read()


def test_the_sign_in_link_carries_its_secret_in_the_fragment_only():
    with Headwater("demo", "--listen", "127.0.0.1:0") as running:
        address, secret = running.ready["sign_in"].split("#k=")
        assert address.startswith(running.ready["dashboard"].rstrip("/"))
        assert len(secret) >= 32


def test_no_signature_and_no_key_reaches_the_log():
    with Emulator() as running:
        running.client().create_domain(domain="company")
        running.client().get_authorization_token(domain="company")
        log = running.log()
    assert "Signature=" not in log
    assert "eyJ2ZXI" not in log


def test_a_story_is_there_at_the_start():
    with Emulator(story="acme") as running:
        listed = running.client().list_repositories_in_domain(domain="acme")["repositories"]
        assert {"npm-store", "pypi-store", "team-dev", "staging", "production"} <= {one["name"] for one in listed}


def test_a_company_has_as_many_repositories_as_was_asked_for():
    with Emulator(story="company:120") as running:
        pages = running.client().get_paginator("list_repositories").paginate()
        assert sum(len(page["repositories"]) for page in pages) == 120


def test_the_binary_needs_no_home_folder(tmp_path):
    ready = tmp_path / "ready.json"
    process = subprocess.Popen(
        [BINARY, "emulate", "--listen", "127.0.0.1:0", "--ready-file", ready],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={},
    )  # fmt: skip
    try:
        while not ready.exists():
            assert process.poll() is None
    finally:
        process.terminate()
    assert process.wait(timeout=20) == 0
