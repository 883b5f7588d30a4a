"""The doctor on what the real npm, pip, twine and aws print when they really fail."""

import re
import subprocess

import pytest

from binary import BINARY
from packages import wheel, write_npm_project

WRONG_TOKEN = "eyJ2ZXIiOjEsIndyb25nIjp0cnVlfQ." + "0123456789abcdef" * 4


class Patient:
    """A developer's machine whose clients fail, and the doctor beside it."""

    def __init__(self, workplace, topology):
        self.workplace, self.topology = workplace, topology
        self.token = topology.client.get_authorization_token(domain=topology.domain)["authorizationToken"]

    def address(self, form, repository="team-dev"):
        """The address of a repository, as the emulator tells it for team-dev."""
        told = self.topology.client.get_repository_endpoint(**self.topology.at("team-dev"), format="npm")
        return told["repositoryEndpoint"].replace("/npm/", f"/{form}/").replace("/team-dev/", f"/{repository}/")

    def doctor(self, text):
        """What the doctor says about a text. No token of it may be in there."""
        place = self.workplace.emulator
        known = ["--domain", self.topology.domain, "--owner", place.account, "--region", place.ready["region"]]
        repositories = [part for name in ("npm-store", "pypi-store", "team-dev", "production") for part in ("--repository", name)]
        command = [BINARY, "doctor", *known, "--endpoint-url", place.endpoint, *repositories]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=True)
        for secret in (self.token, WRONG_TOKEN):
            assert secret not in done.stdout and secret[-20:] not in done.stdout
        return done.stdout

    def cause(self, failed):
        """The cause that the doctor names for what a client printed."""
        said = self.doctor(failed.stdout + failed.stderr)
        found = re.search(r"^Cause: (.*)$", said, re.MULTILINE)
        assert found, f"{said}\n{failed.stdout}\n{failed.stderr}"
        return found[1]

    def npmrc(self, registry, token):
        """Writes an .npmrc and returns it."""
        text = f"registry={registry}\n//{registry.split('//')[1]}:_authToken={token}\n"
        (self.workplace.home / ".npmrc").write_text(text)
        return text

    def npm(self, *arguments, registry=None, token=None, cwd=None):
        """Runs npm, which fails."""
        self.npmrc(registry or self.address("npm"), token or self.token)
        return self.workplace.npm(*arguments, ok=False, cwd=cwd)

    def pip(self, package, address=None, token=None):
        """Runs pip download, which fails."""
        address = (address or self.address("pypi") + "simple/").replace("://", f"://aws:{token or self.token}@")
        return self.workplace.pip("download", "--no-deps", "--index-url", address, package, ok=False)

    def twine(self, *files, address=None, token=None):
        """Runs twine upload, which fails."""
        where = ["--repository-url", address or self.address("pypi"), "-u", "aws", "-p", token or self.token]
        return self.workplace.run("twine", "upload", "--verbose", *where, *files, ok=False)


@pytest.fixture
def patient(workplace, topology):
    """A machine that is about to fail."""
    return Patient(workplace, topology)


@pytest.fixture
def package(tmp_path):
    """A wheel to upload."""
    name, content = wheel("harbour-tools", "1.0.0")
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


def test_npm_with_a_wrong_token(patient):
    assert patient.cause(patient.npm("install", "tidewater", token=WRONG_TOKEN)) == "The token has expired"


def test_npm_with_a_repository_that_is_not_there(patient):
    failed = patient.npm("install", "tidewater", registry=patient.address("npm", "team-dve"))
    assert patient.cause(failed) == "The domain has no such repository"
    assert "Did you mean team-dev?" in patient.doctor(failed.stdout + failed.stderr)


def test_npm_with_the_path_of_another_format(patient):
    failed = patient.npm("install", "tidewater", registry=patient.address("pypi"))
    assert patient.cause(failed) == "The address is for another package format"


def test_npm_with_a_package_that_is_nowhere(patient):
    failed = patient.npm("install", "no-such-package-here")
    assert patient.cause(failed) == "No repository that is searched has the package"


def test_npm_with_a_version_that_is_nowhere(patient):
    failed = patient.npm("install", "tidewater@99.0.0")
    assert patient.cause(failed) == "The package is there, this version is not"


def test_npm_with_a_version_that_is_there_already(patient, workplace):
    project = write_npm_project(workplace.folder / "own", "harbour-utils")
    patient.npmrc(patient.address("npm"), patient.token)
    workplace.npm("publish", cwd=project)
    assert patient.cause(patient.npm("publish", cwd=project)) == "This version exists already"


def test_npm_with_a_variable_that_is_not_set(patient):
    failed = patient.npm("install", "tidewater", token="${CODEARTIFACT_AUTH_TOKEN}")
    text = (patient.workplace.home / ".npmrc").read_text()
    assert "It takes the token from the variable CODEARTIFACT_AUTH_TOKEN" in patient.doctor(text)
    assert patient.cause(failed) in ("The variable with the token is not set", "The token has expired")


def test_npm_with_an_address_where_nobody_listens(patient):
    failed = patient.npm("install", "tidewater", registry="http://127.0.0.1:9/npm/d/acme-111122223333/team-dev/")
    said = patient.doctor(failed.stdout + failed.stderr)
    assert "The host does not answer" in said


def test_pip_with_a_wrong_token(patient):
    assert patient.cause(patient.pip("tidewater", token=WRONG_TOKEN)) == "The token has expired"


def test_pip_with_a_repository_that_is_not_there(patient):
    failed = patient.pip("tidewater", patient.address("pypi", "team-dve") + "simple/")
    assert patient.cause(failed) == "The domain has no such repository"


def test_pip_with_the_path_of_another_format(patient):
    failed = patient.pip("tidewater", patient.address("npm") + "simple/")
    assert patient.cause(failed) == "The address is for another package format"


def test_pip_without_simple(patient):
    failed = patient.pip("tidewater", patient.address("pypi"))
    assert patient.cause(failed) == "The address of the index lacks simple/"


def test_pip_with_a_package_that_is_nowhere(patient):
    assert patient.cause(patient.pip("no-such-package-here")) == "No repository that is searched has the package"


def test_pip_with_a_version_that_is_nowhere(patient):
    assert patient.cause(patient.pip("tidewater==99.0")) == "The package is there, this version is not"


def test_twine_with_a_wrong_token(patient, package):
    assert patient.cause(patient.twine(package, token=WRONG_TOKEN)) in ("The token has expired", "The token is not of this domain")


def test_twine_with_a_repository_that_is_not_there(patient, package):
    failed = patient.twine(package, address=patient.address("pypi", "team-dve"))
    assert patient.cause(failed) == "The domain has no such repository"


def test_twine_with_the_path_of_another_format(patient, package):
    failed = patient.twine(package, address=patient.address("npm"))
    assert patient.cause(failed) == "The address is for another package format"


def test_twine_to_simple(patient, package):
    failed = patient.twine(package, address=patient.address("pypi") + "simple/")
    assert patient.cause(failed) == "The address to upload to must not have simple/"


def test_twine_with_a_version_that_the_public_index_has(patient, tmp_path):
    name, content = wheel("tidewater", "1.0.0", ["malice"])
    (tmp_path / name).write_bytes(content)
    assert patient.cause(patient.twine(tmp_path / name)) == "This version exists already"


def test_the_aws_cli_with_a_domain_that_is_not_there(patient, workplace):
    failed = workplace.run("aws", "codeartifact", "get-authorization-token", "--domain", "no-such-domain", ok=False)
    assert patient.cause(failed) == "The address is of another domain"


def test_the_aws_cli_with_a_key_that_nobody_knows(patient, workplace):
    command = ["aws", "codeartifact", "get-authorization-token", "--domain", patient.topology.domain]
    failed = workplace.run(*command, ok=False, AWS_ACCESS_KEY_ID="AKIANOBODYKNOWSME000")
    assert patient.cause(failed) == "There are no AWS credentials that work"


def test_settings_that_the_aws_cli_wrote_are_in_order(patient, workplace):
    for tool, pattern in (("npm", ".npmrc"), ("pip", "pip.conf"), ("twine", ".pypirc")):
        workplace.log_in(tool, patient.topology.domain, "team-dev")
        said = patient.doctor(next(workplace.home.rglob(pattern)).read_text())
        assert "Nothing wrong was seen in it" in said, said
