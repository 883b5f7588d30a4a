"""Good calls to the operations on packages, their versions and their groups; see `good_calls.py`."""

import hashlib

DOMAIN = "acme"
TEAM = {"domain": DOMAIN, "repository": "team-dev"}
UI = {**TEAM, "format": "npm", "namespace": "acme", "package": "ui"}
UI_VERSION = {**UI, "packageVersion": "1.3.2"}
TAGS = [{"key": "team", "value": "web"}]


def asset(content=b"hello"):
    """One file, as `PublishPackageVersion` takes it."""
    return {
        "assetName": "notes.txt",
        "assetContent": content,
        "assetSHA256": hashlib.sha256(content).hexdigest(),
    }


class PackageCalls:
    """The part of `GoodCalls` that is about packages. Uses its client, account and names."""

    def _notes(self, versions=("1.0",)):
        """A generic package of its own."""
        package = {**self._repository(), "format": "generic", "namespace": "docs", "package": self._name("notes")}
        for version in versions:
            self.client.publish_package_version(**package, packageVersion=version, **asset())
        return package

    def _group(self):
        pattern = f"/npm/{self._name('scope')}/*"
        self.client.create_package_group(domain=DOMAIN, packageGroup=pattern)
        return {"domain": DOMAIN, **self.owner, "packageGroup": pattern}

    def _revision(self, package, version="1.0"):
        listed = self.client.list_package_versions(**package)["versions"]
        return next(entry["revision"] for entry in listed if entry["version"] == version)

    # Packages and their versions.

    def list_packages(self):
        return {
            **TEAM,
            **self.owner,
            "format": "npm",
            "namespace": "acme",
            "packagePrefix": "u",
            "maxResults": 10,
            "publish": "ALLOW",
            "upstream": "ALLOW",
        }

    def describe_package(self):
        return {**UI, **self.owner}

    def delete_package(self):
        return self._notes()

    def put_package_origin_configuration(self):
        return {**self._notes(), "restrictions": {"publish": "ALLOW", "upstream": "BLOCK"}}

    def list_package_versions(self):
        return {
            **UI,
            **self.owner,
            "status": "Published",
            "sortBy": "PUBLISHED_TIME",
            "maxResults": 10,
            "originType": "INTERNAL",
        }

    def describe_package_version(self):
        return {**UI_VERSION, **self.owner}

    def list_package_version_assets(self):
        return {**UI_VERSION, **self.owner, "maxResults": 10}

    def list_package_version_dependencies(self):
        return {**UI_VERSION, **self.owner}

    def get_package_version_asset(self):
        package = self._notes()
        revision = self._revision(package)
        return {**package, "packageVersion": "1.0", "asset": "notes.txt", "packageVersionRevision": revision}

    def get_package_version_readme(self):
        return {**UI_VERSION, **self.owner}

    def publish_package_version(self):
        package = {**self._repository(), "format": "generic", "namespace": "docs", "package": "notes"}
        return {**package, "packageVersion": "1.0", **asset(), "unfinished": True}

    def copy_package_versions(self):
        package = self._notes()
        destination = self._repository()["repository"]
        source = package.pop("repository")
        return {
            **package,
            "sourceRepository": source,
            "destinationRepository": destination,
            "versions": ["1.0"],
            "allowOverwrite": True,
            "includeFromUpstream": True,
        }

    def delete_package_versions(self):
        return {**self._notes(), "versions": ["1.0"], "expectedStatus": "Published"}

    def dispose_package_versions(self):
        package = self._notes()
        return {
            **package,
            "versions": ["1.0"],
            "versionRevisions": {"1.0": self._revision(package)},
            "expectedStatus": "Published",
        }

    def update_package_versions_status(self):
        package = self._notes()
        revisions = {"1.0": self._revision(package)}
        return {
            **package,
            "versions": ["1.0"],
            "versionRevisions": revisions,
            "expectedStatus": "Published",
            "targetStatus": "Unlisted",
        }

    # Package groups.

    def create_package_group(self):
        pattern = f"/npm/{self._name('scope')}/*"
        return {
            "domain": DOMAIN,
            **self.owner,
            "packageGroup": pattern,
            "contactInfo": "team",
            "description": "New",
            "tags": TAGS,
        }

    def delete_package_group(self):
        return self._group()

    def describe_package_group(self):
        return {"domain": DOMAIN, **self.owner, "packageGroup": "/*"}

    def update_package_group(self):
        return {**self._group(), "contactInfo": "team", "description": "Other"}

    def update_package_group_origin_configuration(self):
        group, restrictions = self._group(), {"PUBLISH": "ALLOW_SPECIFIC_REPOSITORIES"}
        names = ("team-dev", "staging")
        team, staging = ([{"repositoryName": name, "originRestrictionType": "PUBLISH"}] for name in names)
        self.client.update_package_group_origin_configuration(
            **group, restrictions=restrictions, addAllowedRepositories=team
        )
        return {
            **group,
            "restrictions": restrictions,
            "addAllowedRepositories": staging,
            "removeAllowedRepositories": team,
        }

    def list_package_groups(self):
        return {"domain": DOMAIN, **self.owner, "maxResults": 10, "prefix": "/"}

    def list_sub_package_groups(self):
        return {"domain": DOMAIN, **self.owner, "packageGroup": "/*", "maxResults": 10}

    def list_associated_packages(self):
        return {"domain": DOMAIN, **self.owner, "packageGroup": "/*", "maxResults": 10, "preview": False}

    def list_allowed_repositories_for_group(self):
        return {**self._group(), "originRestrictionType": "PUBLISH", "maxResults": 10}

    def get_associated_package_group(self):
        return {"domain": DOMAIN, **self.owner, "format": "npm", "namespace": "acme", "package": "ui"}
