"""What a script does today: list the repositories of a domain, then describe one after the other.

Prints the seconds it took. The clients are made before the clock starts.
"""

import time

import boto3

client = boto3.client("codeartifact")
domain = client.list_domains()["domains"][0]["name"]

began = time.perf_counter()
for page in client.get_paginator("list_repositories_in_domain").paginate(domain=domain):
    for repository in page["repositories"]:
        client.describe_repository(domain=domain, repository=repository["name"])
print(time.perf_counter() - began)
