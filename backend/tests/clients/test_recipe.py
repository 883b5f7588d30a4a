"""The recipe that newcomers follow, step by step, with the aws CLI, npm and pip: one shell script for each step."""

import json
import pathlib
import re

import botocore.session
import pytest

from binary import Emulator
from workplace import Workplace

STEPS = pathlib.Path(__file__).parent / "recipe"
# Actions that are no operations, from the Service Authorization Reference.
PERMISSION_ONLY = {"AssociateWithDownstreamRepository", "PutPackageMetadata", "ReadFromRepository"}
# What pip install leaves behind goes here instead of into the tools of these tests.
SITE = "site"


@pytest.fixture(scope="module")
def alone():
    """An emulator that no source is named for: the packages that people try first are made by itself."""
    with Emulator() as running:
        yield running


@pytest.fixture
def step(tmp_path, alone):
    """Runs the script of a step in the shell of one developer, and returns what it printed."""
    workplace = Workplace(tmp_path, alone)
    workplace.environment |= {
        "SUFFIX": "a1b2c3",
        "PIP_TARGET": str(workplace.folder / SITE),
        "npm_config_cache": str(workplace.home / "cache"),
    }
    # npm would look for one in the folders above.
    (workplace.folder / "package.json").write_text('{"name": "workplace", "private": true}')

    def run(number, ok=True):
        (script,) = STEPS.glob(f"{number:02}-*.sh")
        both = f"source {STEPS / '00-names.sh'}\nsource {script}"
        done = workplace.run("bash", "-euo", "pipefail", "-c", both, ok=ok)
        return done.stdout if ok else done.stderr

    run.folder = workplace.folder
    run.home = workplace.home
    run.emulator = alone
    return run


def answers(printed):
    """The JSON answers that one script printed, one after the other."""
    decoder, found, rest = json.JSONDecoder(), [], printed.strip()
    while rest:
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].lstrip()
    return found


def check_identity_policy(path, account):
    """The syntax of an identity policy: its elements, actions that exist, ARNs of this account."""
    policy = json.loads(path.read_text())
    assert set(policy) == {"Version", "Statement"} and policy["Version"] == "2012-10-17"
    operations = set(botocore.session.get_session().get_service_model("codeartifact").operation_names)
    for statement in policy["Statement"]:
        assert set(statement) <= {"Effect", "Action", "Resource", "Condition"}, "an identity policy has no Principal"
        assert statement["Effect"] == "Allow"
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        for action in actions:
            service, name = action.split(":")
            known = {"codeartifact": operations | PERMISSION_ONLY, "sts": {"GetServiceBearerToken"}}
            assert name in known[service], f"{action} is no action"
        resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        for resource in resources:
            arn = rf"arn:aws:codeartifact:[a-z0-9-]+:{account}:(domain|repository|package)/.+"
            assert resource == "*" or re.fullmatch(arn, resource), resource
    return policy


def test_the_recipe_word_by_word_from_the_first_domain_to_the_last_deletion(step):
    domain, account = "my-company-domain-a1b2c3", step.emulator.account

    (made,) = answers(step(1))
    assert made["domain"] | {"name": domain, "owner": account, "status": "Active"} == made["domain"]
    assert "ConflictException" in step(1, ok=False)

    repositories = [answer["repository"] for answer in answers(step(2))]
    assert [one["name"] for one in repositories] == ["npm-store", "pypi-store", "team-dev", "production"]
    assert repositories[0]["description"] == "npm packages from public registry"
    assert all(one["domainName"] == domain and one["upstreams"] == [] for one in repositories)

    connected = [answer["repository"]["externalConnections"] for answer in answers(step(3))]
    assert [[one["externalConnectionName"] for one in each] for each in connected] == [["public:npmjs"], ["public:pypi"]]
    # One a repository, as CodeArtifact has it.
    assert "ValidationException" in step(3, ok=False)

    fed = [[one["repositoryName"] for one in answer["repository"]["upstreams"]] for answer in answers(step(4))]
    assert fed == [["npm-store", "pypi-store"], ["team-dev"]]

    step(5)
    developers = check_identity_policy(step.folder / "dev-policy.json", account)
    assert len(developers["Statement"][0]["Resource"]) == 5
    production = check_identity_policy(step.folder / "prod-policy.json", account)
    writing = {"codeartifact:PublishPackageVersion", "codeartifact:PutPackageMetadata"}
    assert not writing & set(production["Statement"][0]["Action"])

    assert step(6).count("Successfully configured") == 2
    assert f"{step.emulator.endpoint.removeprefix('http://')}" in (step.home / ".npmrc").read_text()

    step(7)
    assert (step.folder / "node_modules/lodash/package.json").exists()
    assert list((step.folder / SITE).glob("requests-*.dist-info"))
    step(8)
    (copied,) = answers(step(9))
    assert copied["successfulVersions"]["1.0.0"]["status"] == "Published" and copied["failedVersions"] == {}
    (put,) = answers(step(10))
    assert json.loads(put["policy"]["document"])["Statement"][0]["Principal"] == {"AWS": f"arn:aws:iam::{account}:root"}

    validate(step, domain)
    clean_up(step, domain)


def validate(step, domain):
    """What the recipe has people look at when they are through."""
    (domains,) = answers(step(20))
    assert [one["name"] for one in domains] == [domain]
    (listed,) = answers(step(21))
    assert [one["name"] for one in listed["repositories"]] == ["npm-store", "production", "pypi-store", "team-dev"]
    (packages,) = answers(step(22))
    held = {(one["format"], one["package"]) for one in packages["packages"]}
    assert {("npm", "lodash"), ("pypi", "requests"), ("pypi", "urllib3"), ("npm", "my-company-utils")} <= held
    (described,) = answers(step(23))
    version = described["packageVersion"]
    assert (version["status"], version["version"]) == ("Published", "1.0.0")
    assert version["origin"]["originType"] == "INTERNAL"
    assert int(step(24)) > 100
    npm, pypi = step(25).split()
    for format, endpoint in (("npm", npm), ("pypi", pypi)):
        assert f"/{format}/" in endpoint and endpoint.endswith("/team-dev/")


def clean_up(step, domain):
    """Everything is taken away again, in the order that works and in no other."""
    assert "Domain must contain 0 repositories before deletion" in step(34, ok=False)
    step(30)
    assert "registry=" not in (step.home / ".npmrc").read_text().replace(":registry=", "")
    step(31)
    assert not (step.folder / "my-custom-package").exists() and not list(step.folder.glob("*-policy.json"))
    (deleted,) = answers(step(32))
    assert "codeartifact:PublishPackageVersion" in deleted["policy"]["document"]
    assert "ResourceNotFoundException" in step(32, ok=False)
    gone = [answer["repository"]["name"] for answer in answers(step(33))]
    assert gone == ["production", "team-dev", "npm-store", "pypi-store"]
    (last,) = answers(step(34))
    assert last["domain"]["name"] == domain
    assert answers(step(20)) == [[]]
