"""Each class of error by boto3: the code, and (in answers.py) its status, message and request id."""

import pytest
from botocore.exceptions import ClientError

from topology import policy


@pytest.fixture
def careless(emulator):
    """A client that sends whatever it is told to."""
    return emulator.client(validate=False)


def code_of(call, **parameters):
    """The error code that a call is refused with."""
    with pytest.raises(ClientError) as refusal:
        call(**parameters)
    return refusal.value.response["Error"]["Code"]


@pytest.mark.parametrize("name", ["BAD_NAME", "a", "1st", "ends-with-", "x" * 51, "with space", "ümlaut"])
def test_a_domain_name_outside_the_rules_is_refused(careless, name):
    assert code_of(careless.create_domain, domain=name) == "ValidationException"


@pytest.mark.parametrize("name", ["a", "-first", "x" * 101, "with space", "a/b"])
def test_a_repository_name_outside_the_rules_is_refused(careless, domain, name):
    assert code_of(careless.create_repository, domain=domain, repository=name) == "ValidationException"


@pytest.mark.parametrize("size", [-1, 0, 1001])
def test_a_page_size_outside_the_limits_is_refused(careless, domain, size):
    call = careless.list_repositories_in_domain
    assert code_of(call, domain=domain, maxResults=size) == "ValidationException"


def test_a_page_token_from_elsewhere_is_refused(topology, careless):
    page = topology.client.list_repositories_in_domain(domain=topology.domain, maxResults=1)
    call, token = careless.list_packages, page["nextToken"]
    assert code_of(call, **topology.at("team-dev"), nextToken=token) == "ValidationException"


def test_a_validation_error_says_which_kind_it_is(careless):
    with pytest.raises(ClientError) as refusal:
        careless.create_domain(domain="BAD")
    assert refusal.value.response["reason"] == "FIELD_VALIDATION_FAILED"


def test_a_name_that_exists_is_a_conflict(topology):
    client = topology.client
    assert code_of(client.create_domain, domain=topology.domain) == "ConflictException"
    assert code_of(client.create_repository, **topology.at("team-dev")) == "ConflictException"


def test_a_domain_with_repositories_is_not_deleted(topology):
    with pytest.raises(topology.client.exceptions.ConflictException) as refusal:
        topology.client.delete_domain(domain=topology.domain)
    assert "Domain must contain 0 repositories before deletion" in str(refusal.value)


@pytest.mark.parametrize(
    "operation",
    ["describe_repository", "list_packages", "get_repository_permissions_policy"],
)
def test_an_unknown_repository_is_not_found(codeartifact, domain, operation):
    call = getattr(codeartifact, operation)
    assert code_of(call, domain=domain, repository="nowhere") == "ResourceNotFoundException"


def test_a_not_found_error_names_the_resource(codeartifact, domain):
    with pytest.raises(ClientError) as refusal:
        codeartifact.describe_repository(domain=domain, repository="nowhere")
    assert refusal.value.response["resourceType"] == "repository"
    assert "nowhere" in refusal.value.response["Error"]["Message"]


def test_a_second_external_connection_is_refused(topology):
    call = topology.client.associate_external_connection
    with pytest.raises(topology.client.exceptions.ValidationException) as refusal:
        call(**topology.at("npm-store"), externalConnection="public:pypi")
    assert "ExternalConnections for repositories are currently limited to 1" in str(refusal.value)


def test_upstreams_and_an_external_connection_exclude_each_other(topology):
    listed = [{"repositoryName": "pypi-store"}]
    update, associate = topology.client.update_repository, topology.client.associate_external_connection
    assert code_of(update, **topology.at("npm-store"), upstreams=listed) == "ValidationException"
    assert code_of(associate, **topology.at("team-dev"), externalConnection="public:npmjs") == "ValidationException"


@pytest.mark.parametrize(
    "upstreams", [["team-dev"], ["production", "production"], ["app"]], ids=["itself", "twice", "a circle"]
)
def test_upstreams_that_make_no_sense_are_refused(topology, upstreams):
    topology.add("app", "team-dev")
    listed = [{"repositoryName": name} for name in upstreams]
    call = topology.client.update_repository
    assert code_of(call, **topology.at("team-dev"), upstreams=listed) == "ValidationException"


def test_eleven_upstreams_are_too_many(topology):
    for number in range(11):
        topology.add(f"part-{number}")
    listed = [{"repositoryName": f"part-{number}"} for number in range(11)]
    call = topology.client.update_repository
    code = code_of(call, **topology.at("production"), upstreams=listed)
    assert code in {"ValidationException", "ServiceQuotaExceededException"}


def test_an_external_connection_that_nobody_offers_is_refused(codeartifact, domain):
    codeartifact.create_repository(domain=domain, repository="store")
    call = codeartifact.associate_external_connection
    code = code_of(call, domain=domain, repository="store", externalConnection="public:nothing")
    assert code in {"ValidationException", "ResourceNotFoundException"}


def test_a_stale_policy_revision_is_a_conflict(topology):
    put = topology.client.put_domain_permissions_policy
    put(domain=topology.domain, policyDocument=policy("One"))
    code = code_of(put, domain=topology.domain, policyDocument=policy("Two"), policyRevision="stale")
    assert code == "ConflictException"


def test_an_asset_that_is_not_what_its_digest_says_is_refused(topology):
    code = code_of(
        topology.client.publish_package_version,
        **topology.at("team-dev"), format="generic", namespace="docs", package="notes", packageVersion="1.0",
        assetName="notes.txt", assetContent=b"hello", assetSHA256="0" * 64,
    )  # fmt: skip
    assert code in {"ValidationException", "InvalidSignatureException", "SignatureDoesNotMatch"}
    assert topology.packages("team-dev") == set()


def test_a_namespace_alone_does_not_filter(topology):
    code = code_of(topology.client.list_packages, **topology.at("team-dev"), namespace="docs")
    assert code == "ValidationException"


def test_more_than_a_hundred_versions_in_one_call_are_refused(topology, careless):
    versions = [f"1.{number}" for number in range(101)]
    code = code_of(
        careless.copy_package_versions,
        domain=topology.domain, sourceRepository="team-dev", destinationRepository="production",
        format="generic", namespace="docs", package="notes", versions=versions,
    )  # fmt: skip
    assert code == "ValidationException"


@pytest.mark.parametrize("target", ["Unfinished", "Disposed", "Deleted", "Nonsense"])
def test_a_status_that_nobody_may_set_is_refused(topology, careless, target):
    topology.publish("team-dev", "1.0")
    code = code_of(
        careless.update_package_versions_status,
        **topology.at("team-dev"), format="generic", namespace="docs", package="notes",
        versions=["1.0"], targetStatus=target,
    )  # fmt: skip
    assert code == "ValidationException"


def test_an_eleventh_domain_exceeds_the_quota(codeartifact):
    made = []
    try:
        with pytest.raises(codeartifact.exceptions.ServiceQuotaExceededException):
            for number in range(11):
                codeartifact.create_domain(domain=f"quota-{number}")
                made.append(f"quota-{number}")
    finally:
        for name in made:
            codeartifact.delete_domain(domain=name)


def test_another_account_s_domain_is_not_there(topology):
    code = code_of(topology.client.describe_domain, domain=topology.domain, domainOwner="999999999999")
    assert code in {"ResourceNotFoundException", "AccessDeniedException"}
