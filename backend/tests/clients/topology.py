"""The shape that newcomers build first: stores, a team, production."""

import hashlib
import json

EXTERNAL = {"npm-store": "public:npmjs", "pypi-store": "public:pypi"}


def policy(*sids):
    """A resource policy that lets the account read; one statement per name."""
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
        "Action": ["codeartifact:ReadFromRepository"],
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": sid, **statement} for sid in sids]})


class Topology:
    """Makes the repositories of a domain and answers what is in them."""

    def __init__(self, client, domain):
        self.client = client
        self.domain = domain
        for repository, connection in EXTERNAL.items():
            client.create_repository(domain=domain, repository=repository)
            client.associate_external_connection(
                domain=domain, repository=repository, externalConnection=connection
            )
        self.add("team-dev", *EXTERNAL)
        self.add("production")

    def add(self, repository, *upstreams):
        """Creates a repository above the named upstreams."""
        listed = [{"repositoryName": name} for name in upstreams]
        self.client.create_repository(domain=self.domain, repository=repository, upstreams=listed)

    def at(self, repository):
        """The two parameters that most operations ask for."""
        return {"domain": self.domain, "repository": repository}

    def packages(self, repository):
        """The names of all packages that are kept in the repository."""
        pages = self.client.get_paginator("list_packages").paginate(**self.at(repository))
        return {entry["package"] for page in pages for entry in page["packages"]}

    def versions(self, repository, format, package, **more):
        """The versions of one package with their status."""
        answer = self.client.list_package_versions(
            **self.at(repository), format=format, package=package, **more
        )
        return {entry["version"]: entry["status"] for entry in answer["versions"]}

    def publish(self, repository, version, *, package="notes", asset="notes.txt", content=b"hello", **more):
        """Publishes a generic package version through the API."""
        return self.client.publish_package_version(
            **self.at(repository),
            format="generic",
            namespace="docs",
            package=package,
            packageVersion=version,
            assetName=asset,
            assetContent=content,
            assetSHA256=hashlib.sha256(content).hexdigest(),
            **more,
        )

    def copy(self, source, destination, *, package="notes", format="generic", namespace="docs", **more):
        """Copies package versions between two repositories of the domain."""
        if namespace:
            more["namespace"] = namespace
        return self.client.copy_package_versions(
            domain=self.domain,
            sourceRepository=source,
            destinationRepository=destination,
            format=format,
            package=package,
            **more,
        )
