"""Real clients against the real binary: the parts that every test here shares.

`HEADWATER` names the binary. Each test has a home folder of its own, so no setting of the
machine reaches a client and no client leaves anything behind.
"""

import itertools
import os
import pathlib

import pytest

from binary import Emulator
from domains import odd_domain
from registries import NpmRegistry, PypiRegistry, public_npm_packages, public_pypi_packages
from topology import Topology
from workplace import Workplace

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def npm_registry():
    """Stands in for the public npm registry."""
    with NpmRegistry(public_npm_packages()) as registry:
        yield registry


@pytest.fixture(scope="session")
def pypi_registry():
    """Stands in for the Python Package Index."""
    with PypiRegistry(public_pypi_packages()) as registry:
        yield registry


@pytest.fixture(scope="session")
def emulator(npm_registry, pypi_registry):
    """One embedded CodeArtifact for all tests; each test makes a domain of its own in it."""
    sources = {"public:npmjs": npm_registry.url, "public:pypi": pypi_registry.index_url}
    with Emulator(sources=sources) as running:
        yield running


@pytest.fixture(scope="session")
def source():
    """An emulator with domains to export: the story, one of odd names and hostile words, and an empty one."""
    with Emulator(story="acme") as running:
        client = running.client()
        odd_domain(client)
        client.create_domain(domain="nothing-yet")
        yield running


@pytest.fixture
def codeartifact(emulator):
    """A boto3 client that checks every answer against the service model."""
    return emulator.client()


@pytest.fixture
def domain(codeartifact):
    """The name of a fresh, empty domain. It is emptied again: an account holds ten domains."""
    name = f"company-{next(_numbers)}"
    codeartifact.create_domain(domain=name)
    yield name
    pages = codeartifact.get_paginator("list_repositories_in_domain").paginate(domain=name)
    for repository in [entry["name"] for page in pages for entry in page["repositories"]]:
        codeartifact.delete_repository(domain=name, repository=repository)
    codeartifact.delete_domain(domain=name)


@pytest.fixture
def topology(codeartifact, domain):
    """npm-store and pypi-store with their external connections, team-dev above them, production alone."""
    return Topology(codeartifact, domain)


@pytest.fixture
def workplace(tmp_path, emulator):
    """A developer's machine: an empty home, the AWS settings of the emulator, and a folder to work in."""
    return Workplace(tmp_path, emulator)


@pytest.fixture(scope="session")
def python_project(tmp_path_factory):
    """A Python package built by the real build tool: the folder with its sdist and wheel."""
    from packages import build_python_project

    return build_python_project(tmp_path_factory.mktemp("project"), "harbour-tools", "1.0.0")


def pytest_configure():
    """Fails at once, and says why, when there is no binary to test."""
    binary = os.environ.get("HEADWATER", "")
    if not pathlib.Path(binary).is_file():
        pytest.exit("HEADWATER must name the binary: run `make test`", returncode=1)
