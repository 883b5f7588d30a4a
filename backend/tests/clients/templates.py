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
    """The pattern of a package group, or the name of a domain or repository; a domain has no name beside its own."""
    return properties.get("Pattern") or properties.get("RepositoryName", properties["DomainName"])


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
    for pattern, one in state["groups"].items():
        if pattern != "/*":
            told[f"{RESOURCE}PackageGroup", pattern] = group_properties(domain, pattern, one)
    return told


ORIGINS = {"PUBLISH": "Publish", "EXTERNAL_UPSTREAM": "ExternalUpstream", "INTERNAL_UPSTREAM": "InternalUpstream"}


def group_properties(domain, pattern, one):
    """What is said of a group; it inherits what nothing is said of."""
    restrictions = {}
    for of, mode in one["modes"].items():
        if mode != "INHERIT":
            names = [{"name of": name} for name in one["allowed"].get(of, [])]
            restrictions[ORIGINS[of]] = {"RestrictionMode": mode, **({"Repositories": names} if names else {})}
    properties = {
        "DomainName": {"name of": domain},
        "Pattern": pattern,
        "Description": one["description"],
        "ContactInfo": one["contact"],
        "OriginConfiguration": restrictions and {"Restrictions": restrictions},
        "PermissionsPolicyDocument": None,
        "Tags": one["tags"],
    }
    return told_properties(properties)


def told_properties(properties):
    """What is not empty. CloudFormation knows no tag without a value."""
    if policy := properties["PermissionsPolicyDocument"]:
        properties["PermissionsPolicyDocument"] = json.loads(policy)
    properties["Tags"] = {key: value for key, value in properties["Tags"].items() if value}
    return {name: value for name, value in properties.items() if value}
