"""A domain as code: `headwater export`, and the script of aws commands."""

import os
import subprocess

import pytest

from binary import BINARY, Emulator
from domains import DOMAINS, export, state
from workplace import Workplace


@pytest.fixture
def empty():
    """An emulator with nothing in it."""
    with Emulator() as running:
        yield running


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_script_makes_an_equal_domain(source, empty, tmp_path, domain):
    workplace = Workplace(tmp_path, empty)
    (workplace.folder / "domain.sh").write_text(export(source, domain, "cli"))
    done = workplace.run("bash", "domain.sh", "--region", empty.ready["region"])
    assert "aws" not in done.stdout and f"Making the domain {domain}" in done.stdout
    assert state(empty.client(), domain) == state(source.client(), domain)
    # A second export of the copy is the same text.
    assert export(empty, domain, "cli") == export(source, domain, "cli")


def test_the_script_changes_nothing_that_is_there(source, tmp_path):
    before = state(source.client(), "acme")
    workplace = Workplace(tmp_path, source)
    (workplace.folder / "acme.sh").write_text(export(source, "acme", "cli"))
    done = workplace.run("bash", "acme.sh", ok=False)
    assert "ConflictException" in done.stderr
    assert state(source.client(), "acme") == before


def test_a_folder_is_written_and_written_again(source, tmp_path):
    folder = tmp_path / "as" / "code"
    for _ in range(2):
        assert export(source, "acme", "cli", "--out", folder) == ""
        assert [path.name for path in folder.iterdir()] == ["acme.sh"]
    assert (folder / "acme.sh").read_text() == export(source, "acme", "cli")


def test_what_cannot_be_asked_for_is_said_in_one_line(source, tmp_path):
    for domain, kind, more, words in [
        ("elsewhere", "cli", [], "The domain elsewhere could not be read"),
        ("acme", "pulumi", [], "a domain is exported as cli"),
        ("A", "cli", [], "A domain name has 2 to 50"),
        ("acme", "cli", ["--out", "/dev/null/x"], "cannot be made"),
        ("acme", "terraform", [], "Terraform is several files: name a folder for them with --out"),
        ("acme", "cli", ["--connection", "x"], "There is no connection `x`"),
    ]:
        said = export(source, domain, kind, *more, ok=False)
        assert words in said and len(said.strip().splitlines()) == 1, said


def test_a_connection_of_a_file_is_chosen_by_its_key(source, tmp_path):
    config = tmp_path / "connections.toml"
    entry = '[[connection]]\nkey = "{}"\nregion = "{}"\nendpoint_url = "{}"\n'
    config.write_text(
        entry.format("here", source.ready["region"], source.endpoint)
        + entry.format("nowhere", "eu-west-1", "http://127.0.0.1:9")
    )

    def by_file(*more, ok=True):
        done = subprocess.run(
            [BINARY, "export", "--domain", "acme", "--as", "cli", "--config", str(config), *more],
            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **source.environment()},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (done.returncode == 0) == ok, done.stderr
        return done.stdout if ok else done.stderr

    assert by_file("--connection", "here") == export(source, "acme", "cli")
    assert "name one with --connection" in by_file(ok=False)
    assert "no connection `other`" in by_file("--connection", "other", ok=False)
