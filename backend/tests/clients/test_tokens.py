"""Authorization tokens: for one domain, of one service, for a stated time."""

import datetime
import urllib.error
import urllib.request

import pytest

from binary import Emulator


def status_with(token, endpoint, package="tidewater"):
    """The HTTP status of a packument that is asked for with this token."""
    request = urllib.request.Request(endpoint + package)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


@pytest.fixture
def endpoint(topology):
    """The npm endpoint of team-dev."""
    return topology.client.get_repository_endpoint(**topology.at("team-dev"), format="npm")["repositoryEndpoint"]


def test_a_token_opens_every_repository_of_its_domain(codeartifact, topology, endpoint):
    token = codeartifact.get_authorization_token(domain=topology.domain)["authorizationToken"]
    assert status_with(token, endpoint) == 200
    assert status_with(token, endpoint.replace("/team-dev/", "/npm-store/")) == 200


def test_a_token_looks_like_one_of_codeartifact(codeartifact, domain):
    token = codeartifact.get_authorization_token(domain=domain)["authorizationToken"]
    assert token.startswith("eyJ2ZXI")
    assert len(token) > 100


def test_no_token_is_a_401(endpoint):
    assert status_with(None, endpoint) == 401


def test_a_token_of_another_domain_is_a_401(codeartifact, endpoint):
    codeartifact.create_domain(domain="elsewhere")
    foreign = codeartifact.get_authorization_token(domain="elsewhere")["authorizationToken"]
    codeartifact.delete_domain(domain="elsewhere")
    assert status_with(foreign, endpoint) == 401


def test_a_token_of_another_emulator_is_a_401(topology, endpoint):
    with Emulator() as other:
        client = other.client()
        client.create_domain(domain=topology.domain)
        foreign = client.get_authorization_token(domain=topology.domain)["authorizationToken"]
    assert status_with(foreign, endpoint) == 401


def test_a_token_with_one_letter_changed_is_a_401(codeartifact, topology, endpoint):
    token = codeartifact.get_authorization_token(domain=topology.domain)["authorizationToken"]
    middle = len(token) // 2
    changed = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]
    assert status_with(changed, endpoint) == 401


@pytest.mark.parametrize(("seconds", "hours"), [(900, 0.25), (43200, 12)])
def test_a_token_lasts_as_long_as_was_asked_for(codeartifact, domain, seconds, hours):
    answer = codeartifact.get_authorization_token(domain=domain, durationSeconds=seconds)
    left = answer["expiration"] - datetime.datetime.now(datetime.timezone.utc)
    assert abs(left - datetime.timedelta(hours=hours)) < datetime.timedelta(minutes=2)


@pytest.mark.parametrize("seconds", [1, 899, 43201])
def test_a_duration_outside_the_limits_is_refused(codeartifact, domain, seconds):
    with pytest.raises(codeartifact.exceptions.ValidationException):
        codeartifact.get_authorization_token(domain=domain, durationSeconds=seconds)
