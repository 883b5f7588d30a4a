"""CopyPackageVersions as the aws CLI and boto3 see it."""

import pytest

from packages import write_npm_project


def outcome(answer):
    """Version → `ok` or its error code."""
    good = {version: "ok" for version in answer["successfulVersions"]}
    return good | {version: failure["errorCode"] for version, failure in answer["failedVersions"].items()}


def test_copied_versions_are_in_the_destination(topology):
    topology.publish("team-dev", "1.0")
    topology.publish("team-dev", "1.1")
    assert outcome(topology.copy("team-dev", "production", versions=["1.0", "1.1"])) == {"1.0": "ok", "1.1": "ok"}
    listed = topology.versions("production", "generic", "notes", namespace="docs")
    assert listed == {"1.0": "Published", "1.1": "Published"}


def test_one_unknown_version_stops_all_of_them(topology):
    topology.publish("team-dev", "1.0")
    copied = topology.copy("team-dev", "production", versions=["1.0", "9.9"])
    assert outcome(copied) == {"1.0": "SKIPPED", "9.9": "NOT_FOUND"}
    assert topology.packages("production") == set()


def test_a_version_that_differs_in_the_destination_is_not_overwritten(topology):
    topology.publish("team-dev", "1.0", content=b"new")
    topology.publish("production", "1.0", content=b"old")
    assert outcome(topology.copy("team-dev", "production", versions=["1.0"])) == {"1.0": "ALREADY_EXISTS"}


def test_a_version_that_differs_is_overwritten_when_that_is_asked_for(topology):
    topology.publish("team-dev", "1.0", content=b"new")
    topology.publish("production", "1.0", content=b"old")
    assert outcome(topology.copy("team-dev", "production", versions=["1.0"], allowOverwrite=True)) == {"1.0": "ok"}
    asset = topology.client.get_package_version_asset(
        **topology.at("production"), format="generic", namespace="docs", package="notes",
        packageVersion="1.0", asset="notes.txt",
    )  # fmt: skip
    assert asset["asset"].read() == b"new"


def test_an_identical_version_is_left_out_of_the_answer(topology):
    topology.publish("team-dev", "1.0")
    topology.copy("team-dev", "production", versions=["1.0"])
    assert outcome(topology.copy("team-dev", "production", versions=["1.0"])) == {}


def test_a_revision_that_is_no_longer_current_is_refused(topology):
    revision = topology.publish("team-dev", "1.0")["versionRevision"]
    right = {"1.0": revision}
    wrong = {"1.0": "A" * 43 + "="}
    assert outcome(topology.copy("team-dev", "production", versionRevisions=wrong)) == {"1.0": "MISMATCHED_REVISION"}
    assert outcome(topology.copy("team-dev", "production", versionRevisions=right)) == {"1.0": "ok"}


def test_versions_together_with_revisions_are_refused(topology):
    revision = topology.publish("team-dev", "1.0")["versionRevision"]
    with pytest.raises(topology.client.exceptions.ValidationException):
        topology.copy("team-dev", "production", versions=["1.0"], versionRevisions={"1.0": revision})


def test_an_unknown_package_is_not_found(topology):
    with pytest.raises(topology.client.exceptions.ResourceNotFoundException):
        topology.copy("team-dev", "production", package="nothing", versions=["1.0"])


def test_a_version_upstream_is_copied_only_when_that_is_asked_for(topology, workplace):
    workplace.log_in("npm", topology.domain, "npm-store")
    workplace.npm("install", "shoreline@2.0.0")
    wanted = {"package": "shoreline", "format": "npm", "namespace": None, "versions": ["2.0.0"]}
    with pytest.raises(topology.client.exceptions.ResourceNotFoundException):
        topology.copy("team-dev", "production", **wanted)
    assert outcome(topology.copy("team-dev", "production", includeFromUpstream=True, **wanted)) == {"2.0.0": "ok"}


def test_npm_tags_that_point_at_a_copied_version_go_with_it(topology, workplace):
    workplace.log_in("npm", topology.domain, "team-dev")
    project = write_npm_project(workplace.folder / "own", "harbour-utils")
    workplace.npm("publish", cwd=project)
    workplace.npm("dist-tag", "add", "harbour-utils@1.0.0", "stable")
    topology.copy("team-dev", "production", package="harbour-utils", format="npm", namespace=None, versions=["1.0.0"])
    workplace.log_in("npm", topology.domain, "production")
    assert set(workplace.npm("dist-tag", "ls", "harbour-utils").stdout.split("\n")) >= {"latest: 1.0.0", "stable: 1.0.0"}


def test_the_cli_reports_what_was_skipped_and_why(workplace, topology):
    topology.publish("team-dev", "1.0")
    answer = workplace.aws(
        "copy-package-versions", "--domain", topology.domain, "--source-repository", "team-dev",
        "--destination-repository", "production", "--format", "generic", "--namespace", "docs",
        "--package", "notes", "--versions", "1.0", "2.0",
    )  # fmt: skip
    assert answer["failedVersions"]["2.0"] == {"errorCode": "NOT_FOUND", "errorMessage": "Could not find version 2.0"}
    assert answer["failedVersions"]["1.0"]["errorCode"] == "SKIPPED"
