"""What is kept where after a fetch through a chain, as list-packages shows it."""

import pytest

from binary import Emulator
from packages import npm_tarball, write_npm_project
from registries import NpmRegistry
from topology import Topology
from workplace import Workplace


@pytest.fixture
def chain(workplace, topology):
    """app above team-dev above npm-store; npm is logged in to app."""
    topology.add("app", "team-dev")
    workplace.log_in("npm", topology.domain, "app")
    return topology


def test_a_fetched_version_is_kept_where_it_was_asked_for_and_beside_the_external_connection(chain, workplace):
    workplace.npm("install", "tidewater")
    assert chain.packages("app") == {"tidewater", "shoreline"}
    assert chain.packages("npm-store") == {"tidewater", "shoreline"}


def test_a_repository_in_between_keeps_nothing(chain, workplace):
    workplace.npm("install", "tidewater")
    assert chain.packages("team-dev") == set()


def test_looking_at_metadata_keeps_nothing(chain, workplace):
    workplace.npm("view", "tidewater")
    assert chain.packages("app") == set()


def test_only_the_version_that_was_fetched_is_kept(chain, workplace):
    workplace.npm("install", "shoreline@2.0.0")
    assert chain.versions("app", "npm", "shoreline") == {"2.0.0": "Published"}


def test_a_fetched_version_says_that_it_came_from_outside(chain, workplace):
    workplace.npm("install", "shoreline")
    listed = chain.client.list_package_versions(**chain.at("app"), format="npm", package="shoreline")
    origin = listed["versions"][0]["origin"]
    assert origin["originType"] == "EXTERNAL"
    assert origin["domainEntryPoint"]["externalConnectionName"] == "public:npmjs"


def test_an_internal_version_is_kept_by_the_repository_that_asked_and_not_in_between(chain, workplace):
    chain.add("edge", "app")
    workplace.log_in("npm", chain.domain, "team-dev")
    workplace.npm("publish", cwd=write_npm_project(workplace.folder / "own", "harbour-utils"))
    workplace.log_in("npm", chain.domain, "edge")
    workplace.npm("install", "harbour-utils")
    assert chain.packages("edge") == {"harbour-utils"}
    assert chain.packages("app") == set()


def test_a_kept_version_installs_while_the_public_registry_is_down(tmp_path):
    with NpmRegistry([npm_tarball("tidewater", "1.0.0")]) as registry:
        with Emulator(sources={"public:npmjs": registry.url}) as emulator:
            client = emulator.client()
            client.create_domain(domain="company")
            topology = Topology(client, "company")
            workplace = Workplace(tmp_path, emulator)
            workplace.log_in("npm", "company", "team-dev")
            workplace.npm("install", "tidewater")
            registry.close()
            workplace.npm("ci")
            assert topology.packages("team-dev") == {"tidewater"}
            workplace.npm("install", "shoreline", ok=False)
