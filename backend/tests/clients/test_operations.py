"""Every operation that the emulator has, by boto3; each answer is checked against the service model."""

import pytest

from topology import policy


def version_of(topology, repository="team-dev", version="1.0"):
    """The parameters that name one generic package version."""
    package = {"format": "generic", "namespace": "docs", "package": "notes", "packageVersion": version}
    return {**topology.at(repository), **package}


def package_of(topology, repository="team-dev"):
    """The parameters that name one generic package."""
    return {**topology.at(repository), "format": "generic", "namespace": "docs", "package": "notes"}


def test_a_domain_is_described_and_listed(codeartifact, domain, emulator):
    described = codeartifact.describe_domain(domain=domain)["domain"]
    assert (described["name"], described["owner"], described["status"]) == (domain, emulator.account, "Active")
    assert described["repositoryCount"] == 0
    assert domain in [entry["name"] for entry in codeartifact.list_domains()["domains"]]


def test_a_domain_counts_its_repositories_and_bytes(topology):
    topology.publish("team-dev", "1.0", content=b"12345")
    topology.copy("team-dev", "production", versions=["1.0"])
    described = topology.client.describe_domain(domain=topology.domain)["domain"]
    assert (described["repositoryCount"], described["assetSizeBytes"]) == (4, 5)


def test_a_repository_is_described_updated_and_listed(topology):
    client = topology.client
    client.update_repository(**topology.at("production"), description="Released", upstreams=[])
    described = client.describe_repository(**topology.at("production"))["repository"]
    assert (described["description"], described["upstreams"]) == ("Released", [])
    listed = client.list_repositories_in_domain(domain=topology.domain, repositoryPrefix="pr")["repositories"]
    assert [entry["name"] for entry in listed] == ["production"]
    everywhere = client.list_repositories(repositoryPrefix="team")["repositories"]
    assert (topology.domain, "team-dev") in [(entry["domainName"], entry["name"]) for entry in everywhere]


def test_an_update_without_upstreams_leaves_them_alone(topology):
    topology.client.update_repository(**topology.at("team-dev"), description="Team")
    described = topology.client.describe_repository(**topology.at("team-dev"))["repository"]
    assert [entry["repositoryName"] for entry in described["upstreams"]] == ["npm-store", "pypi-store"]


def test_an_external_connection_is_taken_away_again(topology):
    left = topology.client.disassociate_external_connection(
        **topology.at("npm-store"), externalConnection="public:npmjs"
    )
    assert left["repository"]["externalConnections"] == []


def test_a_deleted_repository_leaves_the_upstream_lists(topology):
    topology.client.delete_repository(**topology.at("npm-store"))
    described = topology.client.describe_repository(**topology.at("team-dev"))["repository"]
    assert [entry["repositoryName"] for entry in described["upstreams"]] == ["pypi-store"]


@pytest.mark.parametrize("noun", ["domain", "repository"])
def test_a_policy_carries_a_revision_that_guards_it(topology, noun):
    client = topology.client
    where = {"domain": topology.domain} if noun == "domain" else topology.at("team-dev")
    put, get, delete = (getattr(client, f"{verb}_{noun}_permissions_policy") for verb in ["put", "get", "delete"])
    first = put(**where, policyDocument=policy("One"))["policy"]
    assert get(**where)["policy"] == first
    changed = policy("One", "Two")
    second = put(**where, policyDocument=changed, policyRevision=first["revision"])["policy"]
    with pytest.raises(client.exceptions.ConflictException):
        delete(**where, policyRevision=first["revision"])
    assert delete(**where, policyRevision=second["revision"])["policy"]["document"] == changed


@pytest.mark.parametrize("format", ["npm", "pypi", "generic", "maven"])
def test_an_endpoint_is_on_the_address_that_was_asked(topology, emulator, format):
    where = topology.client.get_repository_endpoint(**topology.at("team-dev"), format=format)["repositoryEndpoint"]
    expected = f"/{format}/d/{topology.domain}-{emulator.account}/team-dev/"
    assert where == emulator.endpoint.rstrip("/") + expected


def test_a_package_is_listed_and_described(topology):
    topology.publish("team-dev", "1.0")
    listed = topology.client.list_packages(**topology.at("team-dev"), format="generic", packagePrefix="no")
    assert [entry["package"] for entry in listed["packages"]] == ["notes"]
    described = topology.client.describe_package(**package_of(topology))["package"]
    assert described["originConfiguration"]["restrictions"] == {"publish": "ALLOW", "upstream": "BLOCK"}


def test_versions_are_listed_by_status_and_newest_first(topology):
    client = topology.client
    for version in ["1.0", "1.1", "1.2"]:
        topology.publish("team-dev", version)
    package = package_of(topology)
    client.update_package_versions_status(**package, versions=["1.1"], targetStatus="Archived")
    assert list(topology.versions("team-dev", "generic", "notes", namespace="docs", status="Archived")) == ["1.1"]
    newest = client.list_package_versions(**package, sortBy="PUBLISHED_TIME")["versions"]
    assert [entry["version"] for entry in newest] == ["1.2", "1.1", "1.0"]


def test_a_version_is_described_with_its_origin(topology):
    published = topology.publish("team-dev", "1.0")
    described = topology.client.describe_package_version(**version_of(topology))["packageVersion"]
    assert described["revision"] == published["versionRevision"]
    assert described["origin"]["originType"] == "INTERNAL"


def test_assets_are_listed_with_four_digests_and_fetched(topology):
    topology.publish("team-dev", "1.0", content=b"hello")
    asset = topology.client.list_package_version_assets(**version_of(topology))["assets"][0]
    assert set(asset["hashes"]) == {"MD5", "SHA-1", "SHA-256", "SHA-512"}
    fetched = topology.client.get_package_version_asset(**version_of(topology), asset="notes.txt")
    assert (fetched["asset"].read(), fetched["packageVersion"]) == (b"hello", "1.0")


def test_a_generic_version_has_neither_dependencies_nor_readme(topology):
    topology.publish("team-dev", "1.0")
    listed = topology.client.list_package_version_dependencies(**version_of(topology))
    assert listed["dependencies"] == []
    with pytest.raises(topology.client.exceptions.ResourceNotFoundException):
        topology.client.get_package_version_readme(**version_of(topology))


def test_an_unfinished_version_takes_more_assets_until_it_is_finished(topology):
    assert topology.publish("team-dev", "1.0", asset="a.txt", unfinished=True)["status"] == "Unfinished"
    assert topology.publish("team-dev", "1.0", asset="b.txt")["status"] == "Published"
    with pytest.raises(topology.client.exceptions.ConflictException):
        topology.publish("team-dev", "1.0", asset="c.txt")


def test_a_status_changes_only_when_every_version_can_change(topology):
    topology.publish("team-dev", "1.0")
    changed = topology.client.update_package_versions_status(
        **package_of(topology), versions=["1.0", "2.0"], targetStatus="Unlisted"
    )
    assert changed["successfulVersions"] == {}
    codes = {version: failure["errorCode"] for version, failure in changed["failedVersions"].items()}
    assert codes == {"1.0": "SKIPPED", "2.0": "NOT_FOUND"}


def test_an_unexpected_status_is_named(topology):
    topology.publish("team-dev", "1.0")
    changed = topology.client.update_package_versions_status(
        **package_of(topology), versions=["1.0"], targetStatus="Archived", expectedStatus="Unlisted"
    )
    assert changed["failedVersions"]["1.0"]["errorCode"] == "MISMATCHED_STATUS"


def test_a_disposed_version_keeps_its_name_and_loses_its_assets(topology):
    topology.publish("team-dev", "1.0")
    disposed = topology.client.dispose_package_versions(**package_of(topology), versions=["1.0"])
    assert disposed["successfulVersions"]["1.0"]["status"] == "Disposed"
    assert topology.versions("team-dev", "generic", "notes", namespace="docs") == {"1.0": "Disposed"}
    with pytest.raises(topology.client.exceptions.ClientError):
        topology.client.get_package_version_asset(**version_of(topology), asset="notes.txt")


def test_a_deleted_version_can_be_published_again(topology):
    topology.publish("team-dev", "1.0", content=b"one")
    deleted = topology.client.delete_package_versions(**package_of(topology), versions=["1.0"])
    assert deleted["successfulVersions"]["1.0"]["status"] == "Deleted"
    assert topology.publish("team-dev", "1.0", content=b"two")["status"] == "Published"


def test_a_deleted_package_is_gone_with_all_its_versions(topology):
    topology.publish("team-dev", "1.0")
    assert topology.client.delete_package(**package_of(topology))["deletedPackage"]["package"] == "notes"
    assert topology.packages("team-dev") == set()


def test_tags_live_on_domains_and_repositories(topology):
    client = topology.client
    for arn in [
        client.describe_domain(domain=topology.domain)["domain"]["arn"],
        client.describe_repository(**topology.at("team-dev"))["repository"]["arn"],
    ]:
        client.tag_resource(resourceArn=arn, tags=[{"key": "team", "value": "harbour"}])
        client.tag_resource(resourceArn=arn, tags=[{"key": "team", "value": "pier"}])
        assert client.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "team", "value": "pier"}]
        client.untag_resource(resourceArn=arn, tagKeys=["team"])
        assert client.list_tags_for_resource(resourceArn=arn)["tags"] == []


def test_the_caller_is_told_who_he_is(emulator):
    identity = emulator.client("sts").get_caller_identity()
    assert identity["Account"] == emulator.account
    assert identity["Arn"].startswith("arn:aws:")
