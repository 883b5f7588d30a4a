"""The recipe that newcomers follow, command by command, with the aws CLI, npm and pip."""

import json

from packages import write_npm_project

POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::{account}:root"},
            "Action": ["codeartifact:ReadFromRepository", "codeartifact:PublishPackageVersion"],
            "Resource": "*",
        }
    ],
}


def test_the_recipe_from_the_first_domain_to_the_last_deletion(workplace):
    aws, domain = workplace.aws, "recipe"
    at = ["--domain", domain, "--domain-owner", workplace.emulator.account]

    identity = workplace.run("aws", "sts", "get-caller-identity", "--query", "Account", "--output", "text")
    assert identity.stdout.strip() == workplace.emulator.account

    assert aws("create-domain", "--domain", domain)["domain"]["status"] == "Active"
    for repository in ["npm-store", "pypi-store", "team-dev", "production"]:
        made = aws("create-repository", *at, "--repository", repository, "--description", "From the recipe")
        assert made["repository"]["name"] == repository
    for repository, connection in [("npm-store", "public:npmjs"), ("pypi-store", "public:pypi")]:
        aws("associate-external-connection", *at, "--repository", repository, "--external-connection", connection)
    upstreams = ["repositoryName=npm-store", "repositoryName=pypi-store"]
    team = aws("update-repository", *at, "--repository", "team-dev", "--upstreams", *upstreams)
    assert [entry["repositoryName"] for entry in team["repository"]["upstreams"]] == ["npm-store", "pypi-store"]
    aws("update-repository", *at, "--repository", "production", "--upstreams", "repositoryName=team-dev")

    workplace.log_in("npm", domain, "team-dev")
    workplace.log_in("pip", domain, "team-dev")
    workplace.npm("install", "tidewater")
    assert (workplace.folder / "node_modules/shoreline/index.js").exists()
    workplace.pip("install", "--target", "site", "tidewater")
    assert (workplace.folder / "site/shoreline.py").exists()

    project = write_npm_project(workplace.folder / "my-custom-package", "my-company-utils")
    workplace.npm("publish", cwd=project)
    copy = ["--source-repository", "team-dev", "--destination-repository", "production"]
    package = ["--format", "npm", "--package", "my-company-utils"]
    copied = aws("copy-package-versions", *at, *copy, *package, "--versions", '["1.0.0"]')
    assert copied["successfulVersions"]["1.0.0"]["status"] == "Published"
    assert copied["failedVersions"] == {}

    document = workplace.folder / "policy.json"
    document.write_text(json.dumps(POLICY).replace("{account}", workplace.emulator.account))
    put = aws(
        "put-repository-permissions-policy", *at, "--repository", "team-dev",
        "--policy-document", f"file://{document}",
    )  # fmt: skip
    assert json.loads(put["policy"]["document"])["Version"] == "2012-10-17"

    assert domain in [entry["name"] for entry in aws("list-domains")["domains"]]
    listed = aws("list-repositories-in-domain", *at)["repositories"]
    assert [entry["name"] for entry in listed] == ["npm-store", "production", "pypi-store", "team-dev"]
    kept = aws("list-packages", *at, "--repository", "team-dev")["packages"]
    assert {entry["package"] for entry in kept} == {"tidewater", "shoreline", "my-company-utils"}
    described = aws(
        "describe-package-version", *at, "--repository", "production", *package, "--package-version", "1.0.0"
    )
    assert described["packageVersion"]["status"] == "Published"
    token = aws("get-authorization-token", *at)["authorizationToken"]
    assert len(token) > 100
    endpoint = aws("get-repository-endpoint", *at, "--repository", "production", "--format", "npm")
    assert endpoint["repositoryEndpoint"].startswith(workplace.emulator.endpoint)

    assert "ConflictException" in aws("delete-domain", *at, ok=False)
    for repository in ["production", "team-dev", "pypi-store", "npm-store"]:
        aws("delete-repository", *at, "--repository", repository)
    aws("delete-domain", *at)
    assert domain not in [entry["name"] for entry in aws("list-domains")["domains"]]
