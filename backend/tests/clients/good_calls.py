"""A good call for every operation, with as many of its members as can be told at once.

Each is made in the story `acme`. What a call uses up, it makes for itself first, so that calls can be made in any order.
"""

import itertools
import json

from botocore import xform_name

from good_package_calls import DOMAIN, TAGS, TEAM, PackageCalls, asset

POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                "Action": "codeartifact:ReadFromRepository",
                "Resource": "*",
            }
        ],
    }
)


class GoodCalls(PackageCalls):
    """Makes parameters. `call(operation)` is good once; the violations of `conformance.py` start from it."""

    def __init__(self, client, account, region):
        self.client = client
        self.account = account
        self.arn = f"arn:aws:codeartifact:{region}:{account}"
        self.numbers = itertools.count(1)
        self.owner = {"domainOwner": account}

    def call(self, operation):
        """The parameters of a good call to an operation."""
        return getattr(self, xform_name(operation))()

    # What is used up.

    def _name(self, kind):
        return f"{kind}-{next(self.numbers)}"

    def _repository(self, **more):
        name = self._name("made")
        self.client.create_repository(domain=DOMAIN, repository=name, **more)
        return {"domain": DOMAIN, "repository": name, **self.owner}

    def _domain(self):
        name = self._free_domain()
        self.client.create_domain(domain=name)
        return name

    def _free_domain(self):
        """A name for a domain; those made before are gone, since an account holds ten."""
        for entry in self.client.list_domains()["domains"]:
            if entry["name"].startswith("made-"):
                inside = self.client.list_repositories_in_domain(domain=entry["name"])["repositories"]
                for repository in inside:
                    self.client.delete_repository(domain=entry["name"], repository=repository["name"])
                self.client.delete_domain(domain=entry["name"])
        return self._name("made")

    # Refusals that a good call turns into by what is there.

    def conflict(self, operation):
        """Parameters that end in `ConflictException`; none where AWS does not tell when that comes."""
        good = self.call(operation)
        if operation in ("CreateDomain", "CreateRepository", "CreatePackageGroup"):
            getattr(self.client, xform_name(operation))(**good)
            return good
        if "policyRevision" in good:
            return {**good, "policyRevision": "stale"}
        if operation == "DeleteDomain":
            self.client.create_repository(domain=good["domain"], repository="inside")
            return good
        if operation == "PublishPackageVersion":
            self.client.publish_package_version(**good)
            return {**good, **asset(b"other")}
        if operation == "GetPackageVersionAsset":
            return {**good, "packageVersionRevision": "stale"}
        return None

    def not_found(self, operation):
        """Parameters that end in `ResourceNotFoundException`; none where nothing can be missing."""
        good = self.call(operation)
        if "resourceArn" in good:
            return {**good, "resourceArn": f"{self.arn}:domain/nowhere"}
        return {**good, "domain": "nowhere"} if "domain" in good and operation != "CreateDomain" else None

    def too_many(self, operation):
        """Parameters that end in `ServiceQuotaExceededException`; none where the quota is too large to be filled here."""
        good = self.call(operation)
        if operation in ("CreateRepository", "UpdateRepository"):
            names = [self._repository()["repository"] for _ in range(11)]
            return {**good, "upstreams": [{"repositoryName": name} for name in names]}
        return None

    # Domains.

    def create_domain(self):
        return {
            "domain": self._free_domain(),
            "encryptionKey": f"arn:aws:kms:{self.arn.split(':')[3]}:{self.account}:key/k",
            "tags": TAGS,
        }

    def delete_domain(self):
        return {"domain": self._domain(), **self.owner}

    def describe_domain(self):
        return {"domain": DOMAIN, **self.owner}

    def list_domains(self):
        return {"maxResults": 10}

    def get_authorization_token(self):
        return {"domain": DOMAIN, **self.owner, "durationSeconds": 900}

    def put_domain_permissions_policy(self):
        put = self.client.put_domain_permissions_policy(domain=DOMAIN, policyDocument=POLICY)
        revision = put["policy"]["revision"]
        return {"domain": DOMAIN, **self.owner, "policyDocument": POLICY, "policyRevision": revision}

    def get_domain_permissions_policy(self):
        self.client.put_domain_permissions_policy(domain=DOMAIN, policyDocument=POLICY)
        return {"domain": DOMAIN, **self.owner}

    def delete_domain_permissions_policy(self):
        put = self.client.put_domain_permissions_policy(domain=DOMAIN, policyDocument=POLICY)
        return {"domain": DOMAIN, **self.owner, "policyRevision": put["policy"]["revision"]}

    # Repositories.

    def create_repository(self):
        upstreams = [{"repositoryName": "npm-store"}]
        return {
            "domain": DOMAIN,
            "repository": self._name("made"),
            **self.owner,
            "description": "New",
            "upstreams": upstreams,
            "tags": TAGS,
        }

    def delete_repository(self):
        return self._repository()

    def describe_repository(self):
        return {**TEAM, **self.owner}

    def update_repository(self):
        return {**self._repository(), "description": "Other", "upstreams": [{"repositoryName": "npm-store"}]}

    def list_repositories(self):
        return {"repositoryPrefix": "team", "maxResults": 10}

    def list_repositories_in_domain(self):
        return {
            "domain": DOMAIN,
            **self.owner,
            "administratorAccount": self.account,
            "repositoryPrefix": "team",
            "maxResults": 10,
        }

    def get_repository_endpoint(self):
        return {**TEAM, **self.owner, "format": "npm", "endpointType": "ipv4"}

    def associate_external_connection(self):
        return {**self._repository(), "externalConnection": "public:npmjs"}

    def disassociate_external_connection(self):
        repository = self._repository()
        self.client.associate_external_connection(**repository, externalConnection="public:npmjs")
        return {**repository, "externalConnection": "public:npmjs"}

    def put_repository_permissions_policy(self):
        repository = self._repository()
        put = self.client.put_repository_permissions_policy(**repository, policyDocument=POLICY)
        return {**repository, "policyDocument": POLICY, "policyRevision": put["policy"]["revision"]}

    def get_repository_permissions_policy(self):
        repository = self._repository()
        self.client.put_repository_permissions_policy(**repository, policyDocument=POLICY)
        return repository

    def delete_repository_permissions_policy(self):
        repository = self._repository()
        put = self.client.put_repository_permissions_policy(**repository, policyDocument=POLICY)
        return {**repository, "policyRevision": put["policy"]["revision"]}

    # Tags.

    def tag_resource(self):
        return {"resourceArn": f"{self.arn}:repository/{DOMAIN}/team-dev", "tags": TAGS}

    def untag_resource(self):
        return {"resourceArn": f"{self.arn}:repository/{DOMAIN}/team-dev", "tagKeys": ["team"]}

    def list_tags_for_resource(self):
        return {"resourceArn": f"{self.arn}:domain/{DOMAIN}"}
