"""The real pip and twine against the PyPI endpoint."""

import base64
import hashlib
import json
import re
import urllib.request

import pytest

from packages import wheel


@pytest.fixture
def pip(workplace, topology):
    """pip, logged in to team-dev."""
    workplace.log_in("pip", topology.domain, "team-dev")
    return workplace.pip


@pytest.fixture
def uploaded(workplace, topology, python_project):
    """The project's sdist and wheel, uploaded to team-dev by twine; the two paths."""
    workplace.log_in("twine", topology.domain, "team-dev")
    workplace.twine_upload(*python_project)
    return python_project


def test_install_brings_the_dependency_from_the_public_index_through_team_dev(pip, workplace):
    pip("install", "--target", "site", "tidewater")
    site = workplace.folder / "site"
    assert (site / "tidewater.py").read_text() == "VERSION = '1.0.0'\n"
    assert (site / "shoreline.py").read_text() == "VERSION = '2.1.0'\n"


def test_an_older_version_can_be_asked_for(pip, workplace):
    pip("install", "--target", "site", "tidewater==0.9.0")
    assert (workplace.folder / "site/tidewater.py").read_text() == "VERSION = '0.9.0'\n"


def test_any_spelling_of_a_name_finds_the_package(pip, workplace, uploaded):
    pip("download", "--no-deps", "Harbour_Tools")
    assert (workplace.folder / "harbour_tools-1.0.0-py3-none-any.whl").exists()


def test_an_unknown_package_is_not_found(pip):
    assert "No matching distribution found" in pip("download", "no-such-package-here", ok=False).stderr


def test_an_uploaded_package_installs_with_its_public_dependency(pip, workplace, uploaded):
    pip("install", "--target", "site", "harbour-tools")
    assert (workplace.folder / "site/harbour_tools.py").exists()
    assert (workplace.folder / "site/tidewater.py").exists()


def test_sdist_and_wheel_are_both_downloadable_byte_for_byte(pip, workplace, uploaded):
    pip("download", "--no-deps", "--only-binary", ":all:", "harbour-tools")
    pip("download", "--no-deps", "--no-build-isolation", "--no-binary", ":all:", "harbour-tools")
    for path in uploaded:
        assert (workplace.folder / path.name).read_bytes() == path.read_bytes()


def test_pip_accepts_the_files_in_its_hash_checking_mode(pip, workplace, uploaded):
    digests = [f"--hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in uploaded]
    (workplace.folder / "requirements.txt").write_text(f"harbour-tools==1.0.0 {' '.join(digests)}\n")
    pip("download", "--no-deps", "--require-hashes", "-r", "requirements.txt")


def test_a_wrong_hash_stops_pip(pip, workplace, uploaded):
    wrong = "0" * 64
    (workplace.folder / "requirements.txt").write_text(f"harbour-tools==1.0.0 --hash=sha256:{wrong}\n")
    failed = pip("download", "--no-deps", "--require-hashes", "-r", "requirements.txt", ok=False)
    assert "DO NOT MATCH THE HASHES" in failed.stderr


def test_uploading_the_same_bytes_again_is_accepted(workplace, uploaded):
    workplace.twine_upload(*uploaded)


def test_uploading_other_bytes_under_the_same_name_is_a_409(workplace, uploaded, tmp_path):
    name, content = wheel("harbour-tools", "1.0.0")
    other = tmp_path / name
    other.write_bytes(content)
    failed = workplace.twine_upload(other, ok=False)
    assert "409" in failed.stdout + failed.stderr


def test_a_version_that_the_public_index_has_cannot_be_uploaded(workplace, topology, tmp_path):
    name, content = wheel("tidewater", "1.0.0", ["malice"])
    forged = tmp_path / name
    forged.write_bytes(content)
    workplace.log_in("twine", topology.domain, "team-dev")
    failed = workplace.twine_upload(forged, ok=False)
    assert "409" in failed.stdout + failed.stderr


def test_an_upload_is_described_with_its_files_dependencies_and_readme(topology, uploaded):
    version = {**topology.at("team-dev"), "format": "pypi", "package": "harbour-tools", "packageVersion": "1.0.0"}
    described = topology.client.describe_package_version(**version)["packageVersion"]
    assert (described["summary"], described["status"]) == ("Tools for the harbour", "Published")
    assets = topology.client.list_package_version_assets(**version)["assets"]
    expected = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in uploaded}
    assert {asset["name"]: asset["hashes"]["SHA-256"] for asset in assets} == expected
    dependencies = topology.client.list_package_version_dependencies(**version)["dependencies"]
    assert [entry["package"] for entry in dependencies] == ["tidewater"]
    assert "Tools for the harbour." in topology.client.get_package_version_readme(**version)["readme"]


def test_a_wrong_token_is_a_401(pip, workplace):
    settings = next(workplace.home.rglob("pip.conf"))
    settings.write_text(re.sub(r"aws:.{20}", "aws:AAAAAAAAAAAAAAAAAAAA", settings.read_text()))
    failed = pip("download", "-v", "tidewater", ok=False)
    assert "401" in failed.stdout + failed.stderr


def test_the_index_is_answered_in_the_kind_that_was_asked_for(topology, uploaded):
    token = topology.client.get_authorization_token(domain=topology.domain)["authorizationToken"]
    endpoint = topology.client.get_repository_endpoint(**topology.at("team-dev"), format="pypi")
    request = urllib.request.Request(f"{endpoint['repositoryEndpoint']}simple/harbour-tools/")
    request.add_header("Authorization", "Basic " + base64.b64encode(f"aws:{token}".encode()).decode())
    request.add_header("Accept", "application/vnd.pypi.simple.v1+json")
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.headers["Content-Type"].startswith("application/vnd.pypi.simple.v1+json")
        assert {entry["filename"] for entry in json.load(answer)["files"]} == {path.name for path in uploaded}
