"""The real npm against the npm endpoint."""

import json
import shutil

import pytest

from packages import write_npm_project


@pytest.fixture
def npm(workplace, topology):
    """npm, logged in to team-dev."""
    workplace.log_in("npm", topology.domain, "team-dev")
    return workplace.npm


def test_install_brings_the_dependency_from_the_public_registry_through_team_dev(npm, workplace):
    npm("install", "tidewater")
    modules = workplace.folder / "node_modules"
    assert json.loads((modules / "tidewater/package.json").read_text())["version"] == "1.0.0"
    assert json.loads((modules / "shoreline/package.json").read_text())["version"] == "2.1.0"


def test_a_lock_file_made_through_team_dev_installs_again(npm, workplace):
    npm("install", "tidewater")
    locked = json.loads((workplace.folder / "package-lock.json").read_text())["packages"]
    assert locked["node_modules/tidewater"]["resolved"].startswith(workplace.emulator.endpoint)
    npm("ci")


def test_a_scoped_public_package_installs(npm, workplace):
    npm("install", "@open/lantern")
    assert (workplace.folder / "node_modules/@open/lantern/index.js").exists()


def test_an_unknown_package_is_a_404(npm):
    assert "E404" in npm("install", "no-such-package-here", ok=False).stderr


def test_a_published_package_installs_elsewhere(npm, workplace):
    npm("publish", cwd=write_npm_project(workplace.folder / "own", "harbour-utils"))
    npm("install", "harbour-utils")
    assert (workplace.folder / "node_modules/harbour-utils/index.js").read_text() == "module.exports = '1.0.0';\n"


def test_a_scoped_package_is_kept_with_its_scope_as_namespace(npm, workplace, topology):
    project = write_npm_project(workplace.folder / "own", "@harbour/ui", dependencies={"shoreline": "^2.0.0"})
    npm("publish", cwd=project)
    npm("install", "@harbour/ui")
    assert (workplace.folder / "node_modules/shoreline/index.js").exists()
    listed = topology.client.list_packages(**topology.at("team-dev"), format="npm", namespace="harbour")
    assert [(entry["namespace"], entry["package"]) for entry in listed["packages"]] == [("harbour", "ui")]


def test_login_for_a_scope_leaves_the_other_packages_alone(workplace, topology):
    said = workplace.log_in("npm", topology.domain, "team-dev", "--namespace", "@harbour")
    assert "Successfully configured npm" in said
    settings = (workplace.home / ".npmrc").read_text()
    assert "@harbour:registry=" in settings
    assert "\nregistry=" not in f"\n{settings}"


def test_publishing_a_version_twice_is_refused(npm, workplace):
    project = write_npm_project(workplace.folder / "own", "harbour-utils")
    npm("publish", cwd=project)
    npm("publish", ok=False, cwd=project)


def test_a_version_that_the_public_registry_has_cannot_be_published(npm, workplace, topology):
    npm("publish", ok=False, cwd=write_npm_project(workplace.folder / "own", "tidewater"))
    assert "tidewater" not in topology.packages("team-dev")


def test_dist_tags_are_listed_added_and_removed(npm, workplace):
    project = write_npm_project(workplace.folder / "own", "harbour-utils")
    npm("publish", cwd=project)
    npm("publish", "--tag", "next", cwd=write_npm_project(project, "harbour-utils", "2.0.0-beta.1"))
    assert npm("dist-tag", "ls", "harbour-utils").stdout.split("\n")[:2] == ["latest: 1.0.0", "next: 2.0.0-beta.1"]
    npm("dist-tag", "add", "harbour-utils@1.0.0", "stable")
    assert "stable: 1.0.0" in npm("dist-tag", "ls", "harbour-utils").stdout
    npm("dist-tag", "rm", "harbour-utils", "stable")
    assert "stable" not in npm("dist-tag", "ls", "harbour-utils").stdout


def test_a_tag_chooses_what_install_brings(npm, workplace):
    project = write_npm_project(workplace.folder / "own", "harbour-utils")
    npm("publish", cwd=project)
    npm("publish", "--tag", "next", cwd=write_npm_project(project, "harbour-utils", "2.0.0-beta.1"))
    npm("install", "harbour-utils@next")
    installed = workplace.folder / "node_modules/harbour-utils/package.json"
    assert json.loads(installed.read_text())["version"] == "2.0.0-beta.1"


def test_a_deprecation_is_seen_by_view(npm, workplace):
    npm("publish", cwd=write_npm_project(workplace.folder / "own", "harbour-utils"))
    npm("deprecate", "harbour-utils@1.0.0", "use harbour-tools")
    assert npm("view", "harbour-utils@1.0.0", "deprecated").stdout.strip() == "use harbour-tools"


def test_view_tells_versions_and_tags(npm):
    viewed = json.loads(npm("view", "shoreline", "versions", "dist-tags", "--json").stdout)
    assert viewed == {"versions": ["2.0.0", "2.1.0"], "dist-tags": {"latest": "2.1.0"}}


def test_ping_and_whoami_answer(npm):
    npm("ping")
    assert npm("whoami").stdout.strip() == "aws"


def test_a_wrong_token_is_a_401(npm, workplace):
    settings = workplace.home / ".npmrc"
    lines = settings.read_text().splitlines()
    settings.write_text("\n".join(f"{line[:-12]}AAAAAAAAAAAA" if "_authToken" in line else line for line in lines))
    assert "E401" in npm("install", "tidewater", ok=False).stderr


def test_no_token_is_a_401(npm, workplace):
    settings = workplace.home / ".npmrc"
    lines = settings.read_text().splitlines()
    settings.write_text("\n".join(line for line in lines if "_authToken" not in line))
    assert "E401" in npm("install", "tidewater", ok=False).stderr


def test_an_archived_version_does_not_install(npm, workplace, topology):
    npm("publish", cwd=write_npm_project(workplace.folder / "own", "harbour-utils"))
    topology.client.update_package_versions_status(
        **topology.at("team-dev"), format="npm", package="harbour-utils", versions=["1.0.0"], targetStatus="Archived"
    )
    npm("install", "harbour-utils@1.0.0", ok=False)


def test_an_unlisted_version_still_installs_from_a_lock_file(npm, workplace, topology):
    npm("publish", cwd=write_npm_project(workplace.folder / "own", "harbour-utils"))
    npm("install", "harbour-utils")
    topology.client.update_package_versions_status(
        **topology.at("team-dev"), format="npm", package="harbour-utils", versions=["1.0.0"], targetStatus="Unlisted"
    )
    shutil.rmtree(workplace.folder / "node_modules")
    npm("ci")
    assert (workplace.folder / "node_modules/harbour-utils/index.js").exists()
