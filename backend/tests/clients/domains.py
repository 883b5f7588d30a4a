"""Domains to be exported, and the whole state of a domain for comparing two of them."""

import json
import os
import subprocess

from binary import BINARY
from topology import policy

# The story, one of odd names and hostile words, and an empty one.
DOMAINS = ["acme", "odd-1", "nothing-yet"]

# What languages read as something else: their quotes, their interpolation, their line ends, their numbers and words.
HOSTILE = {
    "quotes": """it's "so", `so` and \\so\\ \\n \\u0041""",
    "interpolation": "${HOME} $HOME $(id) %{if} $${x} %%{y} $$${z} ${AWS::Region} !Sub !GetAtt Domain.Arn {{x}} #{y}",
    "yaml": ": - # & * | > % @ ` yes",
    "number-1_000": "1_000",
    "date.2024-01-01": "2024-01-01",
    "word.no": "no",
    "option": "--profile somebody",
    "address": "https://wiki.example/packages?x=1&y=2",
    "file": "file:///etc/passwd",
    "unicode": "grüße 東京 🚢 e\u0301",
    "spaces": "  both ends  ",
    "comment": "*/ // # <!-- ''' \"\"\"",
}

# Names that collide once their dots and hyphens are gone, or that begin with a digit.
ODD = ["a-b", "a.b", "a_b", "A-B", "0day", "99", "class", "self", "domain", "Domain", "r-0day", "x" * 100, "a-b-2", "true"]

CONDITION = {
    "Version": "2012-10-17",
    "Id": "all of them",
    "Statement": {
        "Sid": "Organisation",
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["codeartifact:ReadFromRepository", "codeartifact:Describe*"],
        "Resource": "*",
        "Condition": {
            "StringEquals": {"aws:PrincipalOrgID": "o-1234567890", "aws:PrincipalTag/it's \"so\"": ["${aws:username}", "%{x}"]},
            "Bool": {"aws:SecureTransport": True},
            "NumericLessThan": {"aws:MultiFactorAuthAge": 3600},
        },
    },
}


def odd_domain(client, name="odd-1"):
    """A domain with hostile descriptions, odd names, tags and policies of every kind of value."""
    tags = [{"key": "größe", "value": "ü ${x} \"y\""}, {"key": "empty", "value": ""}, {"key": "on", "value": "off"}]
    client.create_domain(domain=name, encryptionKey="alias/packages", tags=tags)
    client.put_domain_permissions_policy(domain=name, policyDocument=json.dumps(CONDITION, indent=2))
    for repository, description in HOSTILE.items():
        client.create_repository(domain=name, repository=repository, description=description, tags=tags[:1])
    for repository in ODD:
        client.create_repository(domain=name, repository=repository)
    client.associate_external_connection(
        domain=name, repository="0day", externalConnection="public:maven-central"
    )
    chain = [{"repositoryName": upstream} for upstream in ("0day", "a-b", "a.b")]
    client.update_repository(domain=name, repository="A-B", upstreams=chain)
    client.update_repository(domain=name, repository="a_b", upstreams=[{"repositoryName": "A-B"}])
    document = policy("Read", "Again", "grüße".encode().hex())
    client.put_repository_permissions_policy(domain=name, repository="a_b", policyDocument=document)
    package_groups(client, name, tags)
    return name


def package_groups(client, domain, tags):
    """A root that differs from a new one, groups with hostile words, and lists of repositories."""

    def restrict(pattern, restrictions, *allowed):
        client.update_package_group_origin_configuration(
            domain=domain,
            packageGroup=pattern,
            restrictions=restrictions,
            addAllowedRepositories=[{"originRestrictionType": of, "repositoryName": name} for of, name in allowed],
        )

    root = client.update_package_group(domain=domain, packageGroup="/*", contactInfo="https://wiki.example/x?y=1")
    client.tag_resource(resourceArn=root["packageGroup"]["arn"], tags=tags)
    restrict("/*", {"EXTERNAL_UPSTREAM": "BLOCK"})
    for pattern in ("/npm/*", "/npm//*", "/maven/com.größe~", "/pypi//0day$"):
        words = {"contactInfo": "file:///etc/passwd", "description": "--profile ${x} 'y' \"z\""}
        client.create_package_group(domain=domain, packageGroup=pattern, tags=tags, **words)
    only = "ALLOW_SPECIFIC_REPOSITORIES"
    restrict("/npm/*", {"PUBLISH": only, "INTERNAL_UPSTREAM": "BLOCK"}, ("PUBLISH", "a-b"), ("PUBLISH", "a.b"))
    restrict("/npm//*", {"PUBLISH": "ALLOW", "EXTERNAL_UPSTREAM": only}, ("EXTERNAL_UPSTREAM", "0day"))


def export(source, domain, kind, *more, ok=True, complained=False):
    """Runs `headwater export` and returns what it printed, or what it said beside it."""
    done = subprocess.run(
        [BINARY, "export", "--domain", domain, "--as", kind, "--endpoint-url", source.endpoint, *map(str, more)],
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **source.environment()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode == 0) == ok, done.stderr
    return done.stdout if ok and not complained else done.stderr


def state(client, domain):
    """Everything of a domain that an export holds, as AWS tells it, without what no two domains share."""
    described = client.describe_domain(domain=domain)["domain"]
    pages = client.get_paginator("list_repositories_in_domain").paginate(domain=domain)
    names = [entry["name"] for page in pages for entry in page["repositories"]]
    return {
        "key": described["encryptionKey"],
        "tags": tags(client, described["arn"]),
        "policy": document(client, client.get_domain_permissions_policy, domain=domain),
        "repositories": {name: repository_state(client, domain, name) for name in names},
        "groups": {pattern: one for pattern, one in group_states(client, domain)},
    }


def repository_state(client, domain, name):
    """The part of one repository."""
    told = client.describe_repository(domain=domain, repository=name)["repository"]
    return {
        "description": told.get("description", ""),
        "upstreams": [upstream["repositoryName"] for upstream in told["upstreams"]],
        "connections": [one["externalConnectionName"] for one in told["externalConnections"]],
        "tags": tags(client, told["arn"]),
        "policy": document(client, client.get_repository_permissions_policy, domain=domain, repository=name),
    }


def group_states(client, domain):
    """The package groups with what each says itself."""
    for page in client.get_paginator("list_package_groups").paginate(domain=domain):
        for told in page["packageGroups"]:
            at = {"domain": domain, "packageGroup": told["pattern"]}
            restrictions = told["originConfiguration"]["restrictions"]
            allowed = {
                of: client.list_allowed_repositories_for_group(originRestrictionType=of, **at)["allowedRepositories"]
                for of in restrictions
            }
            yield told["pattern"], {
                "description": told.get("description", ""),
                "contact": told.get("contactInfo", ""),
                "modes": {of: one["mode"] for of, one in restrictions.items()},
                "allowed": {of: names for of, names in allowed.items() if names},
                "tags": tags(client, told["arn"]),
            }


def tags(client, arn):
    """The tags of a resource as a dictionary."""
    return {tag["key"]: tag["value"] for tag in client.list_tags_for_resource(resourceArn=arn)["tags"]}


def document(client, get, **at):
    """A policy as its text, or nothing where there is none."""
    try:
        return get(**at)["policy"]["document"]
    except client.exceptions.ResourceNotFoundException:
        return None
