"""Templates of CloudFormation, brought into one shape so that two of them can be compared."""

import json

import yaml

RESOURCE = "AWS::CodeArtifact::"


class Yaml11(yaml.SafeLoader):
    """YAML 1.1 as CloudFormation reads it, with the one short form that an export uses."""


def _get_att(loader, node):
    return {"Fn::GetAtt": loader.construct_scalar(node).split(".")}


Yaml11.add_constructor("!GetAtt", _get_att)


def read(path):
    """A template of a file."""
    text = path.read_text()
    return json.loads(text) if path.suffix == ".json" else yaml.load(text, Yaml11)


def normalised(template):
    """The resources by type and name, references by what they lead to, tags without their order.

    What the CDK adds of its own (parameters, rules, metadata) is no resource of the domain.
    """
    resources = {key: one for key, one in template["Resources"].items() if one["Type"].startswith(RESOURCE)}
    assert resources.keys() == template["Resources"].keys()
    names = {key: name_of(one["Properties"]) for key, one in resources.items()}
    told = {}
    for one in resources.values():
        properties = resolved(one["Properties"], names)
        if "Tags" in properties:
            properties["Tags"] = {tag["Key"]: tag["Value"] for tag in properties["Tags"]}
        told[one["Type"], name_of(one["Properties"])] = properties
    assert len(told) == len(resources), "no two resources are the same"
    return told


def name_of(properties):
    """The name of a domain or repository; that of a repository alone has a second name beside it."""
    return properties.get("RepositoryName", properties["DomainName"])


def resolved(value, names):
    """A value with the names of the resources that it leads to."""
    match value:
        case {"Fn::GetAtt": [resource, "Name"]}:
            return {"name of": names[resource]}
        case dict():
            return {key: resolved(one, names) for key, one in value.items()}
        case list():
            return [resolved(one, names) for one in value]
        case _:
            return value


def expected(state, domain):
    """The same shape, made from what AWS tells of the domain."""
    policy = {"PermissionsPolicyDocument": state["policy"]}
    own = {"DomainName": domain, "EncryptionKey": state["key"], "Tags": state["tags"], **policy}
    told = {(f"{RESOURCE}Domain", domain): told_properties(own)}
    for name, one in state["repositories"].items():
        properties = {
            "DomainName": {"name of": domain},
            "RepositoryName": name,
            "Description": one["description"],
            "Upstreams": [{"name of": upstream} for upstream in one["upstreams"]],
            "ExternalConnections": one["connections"],
            "PermissionsPolicyDocument": one["policy"],
            "Tags": one["tags"],
        }
        told[f"{RESOURCE}Repository", name] = told_properties(properties)
    return told


def told_properties(properties):
    """What is not empty. CloudFormation knows no tag without a value."""
    if policy := properties["PermissionsPolicyDocument"]:
        properties["PermissionsPolicyDocument"] = json.loads(policy)
    properties["Tags"] = {key: value for key, value in properties["Tags"].items() if value}
    return {name: value for name, value in properties.items() if value}
