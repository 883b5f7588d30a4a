"""The aws CLI by itself: paging, generic packages, policies, tags, and how errors read."""

import json

import pytest

from topology import policy


def test_paging_hands_out_every_package_exactly_once(workplace, topology):
    names = [f"notes-{number}" for number in range(7)]
    for name in names:
        topology.publish("team-dev", "1.0", package=name)
    listing = ["list-packages", "--domain", topology.domain, "--repository", "team-dev", "--page-size", "2"]
    first = workplace.aws(*listing, "--max-items", "3")
    rest = workplace.aws(*listing, "--starting-token", first["NextToken"])
    seen = [entry["package"] for entry in first["packages"] + rest["packages"]]
    assert len(first["packages"]) == 3
    assert sorted(seen) == names


def test_the_default_page_size_is_walked_to_the_end(workplace, topology):
    for number in range(51):
        topology.publish("team-dev", f"1.{number}")
    listed = workplace.aws(
        "list-package-versions", "--domain", topology.domain, "--repository", "team-dev",
        "--format", "generic", "--namespace", "docs", "--package", "notes",
    )  # fmt: skip
    assert len(listed["versions"]) == 51


def test_a_generic_package_is_published_and_fetched_byte_for_byte(workplace, topology):
    content = bytes(range(256)) * 64
    file = workplace.folder / "firmware.bin"
    file.write_bytes(content)
    digest = workplace.run("sha256sum", file).stdout.split()[0]
    version = [
        "--domain", topology.domain, "--repository", "team-dev", "--format", "generic",
        "--namespace", "devices", "--package", "firmware", "--package-version", "3.2",
    ]  # fmt: skip
    published = workplace.aws(
        "publish-package-version", *version, "--asset-name", "firmware.bin",
        "--asset-content", file, "--asset-sha256", digest,
    )  # fmt: skip
    assert (published["status"], published["asset"]["size"]) == ("Published", len(content))
    answer = workplace.aws("get-package-version-asset", *version, "--asset", "firmware.bin", "fetched.bin")
    assert answer["assetName"] == "firmware.bin"
    assert (workplace.folder / "fetched.bin").read_bytes() == content


def test_policies_are_put_read_and_deleted(workplace, topology):
    file = workplace.folder / "policy.json"
    file.write_text(policy("One"))
    for noun, where in [
        ("domain", ["--domain", topology.domain]),
        ("repository", ["--domain", topology.domain, "--repository", "team-dev"]),
    ]:
        put = workplace.aws(f"put-{noun}-permissions-policy", *where, "--policy-document", f"file://{file}")
        got = workplace.aws(f"get-{noun}-permissions-policy", *where)
        assert got == put
        assert json.loads(got["policy"]["document"]) == json.loads(file.read_text())
        workplace.aws(f"delete-{noun}-permissions-policy", *where)
        assert "ResourceNotFoundException" in workplace.aws(f"get-{noun}-permissions-policy", *where, ok=False)


def test_tags_are_added_listed_and_removed(workplace, topology):
    arn = topology.client.describe_repository(**topology.at("team-dev"))["repository"]["arn"]
    workplace.aws("tag-resource", "--resource-arn", arn, "--tags", "key=team,value=harbour", "key=stage,value=dev")
    workplace.aws("untag-resource", "--resource-arn", arn, "--tag-keys", "stage")
    assert workplace.aws("list-tags-for-resource", "--resource-arn", arn) == {
        "tags": [{"key": "team", "value": "harbour"}]
    }


def test_an_unknown_domain_is_named_in_the_error(workplace):
    account = workplace.emulator.account
    said = workplace.aws("describe-domain", "--domain", "nowhere", ok=False)
    assert "(ResourceNotFoundException) when calling the DescribeDomain operation" in said
    assert f"Domain not found. Domain 'nowhere' owned by account '{account}' does not exist" in said


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"AWS_SECRET_ACCESS_KEY": "wrong"}, "SignatureException|SignatureDoesNotMatch"),
        ({"AWS_ACCESS_KEY_ID": "AKIAWRONGWRONGWRONG1"}, "UnrecognizedClientException|InvalidClientTokenId"),
        ({"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}, "SignatureException|SignatureDoesNotMatch"),
    ],
)
def test_credentials_that_do_not_fit_are_refused(workplace, change, code):
    failed = workplace.run("aws", "codeartifact", "list-domains", ok=False, **change)
    assert any(word in failed.stderr for word in code.split("|")), failed.stderr


def test_login_says_which_repository_it_configured(workplace, topology):
    for tool in ["npm", "pip", "twine"]:
        said = workplace.log_in(tool, topology.domain, "team-dev")
        assert f"Successfully configured {tool} to use AWS CodeArtifact repository" in said
        assert "Login expires in 12 hours" in said
