use super::*;
use crate::tag::parse_lines;

/// A repository of a snapshot.
pub fn repository(name: &str, upstreams: &[&str]) -> RepositorySnapshot {
    RepositorySnapshot {
        name: name.parse().unwrap(),
        description: String::new(),
        upstreams: upstreams.iter().map(|upstream| upstream.parse().unwrap()).collect(),
        external_connections: Vec::new(),
        policy: None,
        tags: Vec::new(),
    }
}

/// A domain with one of each.
pub fn acme() -> Snapshot {
    Snapshot {
        domain: "acme".parse().unwrap(),
        owner: "111122223333".parse().unwrap(),
        region: "eu-west-1".into(),
        encryption_key: Some("arn:aws:kms:eu-west-1:111122223333:key/1".into()),
        policy: Some("{\"Version\":\"2012-10-17\",\"Statement\":[]}".into()),
        tags: parse_lines("team=platform\nempty").unwrap(),
        repositories: vec![
            RepositorySnapshot { external_connections: vec!["public:npmjs".into()], ..repository("npm-store", &[]) },
            repository("production", &["team-dev"]),
            RepositorySnapshot {
                description: "It's ours".into(),
                tags: parse_lines("team=web").unwrap(),
                ..repository("team-dev", &["npm-store", "unread"])
            },
        ],
        package_groups: vec![
            group("/*", &[]),
            group(
                "/npm/acme/*",
                &[
                    (GroupOrigin::Publish, GroupMode::AllowSpecificRepositories, &["team-dev"]),
                    (GroupOrigin::ExternalUpstream, GroupMode::Block, &[]),
                    (GroupOrigin::InternalUpstream, GroupMode::Inherit, &[]),
                ],
            ),
        ],
        unread: Vec::new(),
        read_at: 0.0,
    }
}

/// A package group with what it says of origins.
fn group(pattern: &str, says: &[(GroupOrigin, GroupMode, &[&str])]) -> PackageGroupSnapshot {
    let restriction = |(origin, mode, names): &(GroupOrigin, GroupMode, &[&str])| GroupRestriction {
        origin: *origin,
        mode: *mode,
        repositories: names.iter().map(|name| name.parse().unwrap()).collect(),
    };
    PackageGroupSnapshot {
        pattern: pattern.into(),
        contact_info: String::new(),
        description: String::new(),
        restrictions: says.iter().map(restriction).collect(),
        tags: Vec::new(),
    }
}

/// The text of a file of an export.
pub fn text(snapshot: &Snapshot, kind: ExportKind, name: &str) -> String {
    let files = write(snapshot, kind).files;
    let file = files.iter().find(|file| file.name == name);
    file.unwrap_or_else(|| panic!("no {name} among {files:?}")).text.clone()
}

#[test]
fn a_repository_stands_behind_its_upstreams_and_a_circle_ends() {
    let names = |snapshot: &Snapshot| -> Vec<String> {
        snapshot.in_order().iter().map(|repository| repository.name.to_string()).collect()
    };
    assert_eq!(names(&acme()), ["npm-store", "team-dev", "production"]);
    let circle = Snapshot { repositories: vec![repository("aa", &["bb"]), repository("bb", &["aa"])], ..acme() };
    assert_eq!(names(&circle), ["bb", "aa"]);
}

#[test]
fn a_script_names_everything_in_the_order_in_which_it_can_be_made() {
    let script = text(&acme(), ExportKind::Cli, "acme.sh");
    let mut at = 0;
    for part in [
        "create-domain \\\n  --domain acme \\\n  --encryption-key arn:aws:kms:eu-west-1:111122223333:key/1 \\\n  --tags ",
        "put-domain-permissions-policy \\\n  --domain acme \\\n  --policy-document '{\"Version\"",
        "create-repository \\\n  --domain acme \\\n  --repository npm-store \\\n  \"$@\" >/dev/null",
        "associate-external-connection \\\n  --domain acme \\\n  --repository npm-store \\\n  --external-connection public:npmjs",
        "--repository team-dev \\\n  --description 'It'\\''s ours' \\\n  --upstreams repositoryName=npm-store repositoryName=unread \\\n  --tags '[{",
        "--repository production \\\n  --upstreams repositoryName=team-dev \\\n",
        "create-package-group \\\n  --domain acme \\\n  --package-group '/npm/acme/*' \\\n  \"$@\"",
        "update-package-group-origin-configuration \\\n  --domain acme \\\n  --package-group '/npm/acme/*' \\\n  --restrictions PUBLISH=ALLOW_SPECIFIC_REPOSITORIES,EXTERNAL_UPSTREAM=BLOCK \\\n  --add-allowed-repositories repositoryName=team-dev,originRestrictionType=PUBLISH \\\n",
    ] {
        let found = script[at..].find(part);
        at += found.unwrap_or_else(|| panic!("{part:?} does not follow in\n{script}"));
    }
}

#[test]
fn what_could_not_be_read_is_said_in_the_file() {
    let snapshot = Snapshot { unread: vec!["The policy of team-dev:\nno.".into()], ..acme() };
    for kind in ExportKind::ALL {
        let export = write(&snapshot, kind);
        assert_eq!(export.unread, snapshot.unread);
        let said = export.files.iter().any(|file| file.text.contains("NOT COMPLETE: The policy of team-dev: no.\n"));
        assert!(said, "{kind:?}");
        assert!(!write(&acme(), kind).files.iter().any(|file| file.text.contains("NOT COMPLETE")), "{kind:?}");
    }
}

#[test]
fn every_kind_comes_back_by_its_name() {
    for kind in ExportKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.as_str()));
        assert_eq!(kind.is_folder(), write(&acme(), kind).files.len() > 1);
    }
    assert!("pulumi".parse::<ExportKind>().unwrap_err().to_string().contains("cli"));
}

#[test]
fn what_a_language_would_replace_is_left_out_and_said() {
    let mut snapshot = acme();
    snapshot.repositories[2].description = "{{resolve:ssm:secret}}".into();
    snapshot.repositories[0].description = "${Token[TOKEN.1]}".into();
    snapshot.policy = Some("no JSON".into());
    for (kind, file, left_out) in [
        (
            ExportKind::Cloudformation,
            "acme.yaml",
            vec!["PermissionsPolicyDocument of Domain", "Description of TeamDevRepository"],
        ),
        (
            ExportKind::CdkTypescript,
            "domain-stack.ts",
            vec![
                "PermissionsPolicyDocument of Domain",
                "Description of NpmStoreRepository",
                "Description of TeamDevRepository",
            ],
        ),
    ] {
        let export = write(&snapshot, kind);
        for sentence in &left_out {
            assert!(export.left_out.iter().any(|said| said.starts_with(sentence)), "{sentence}: {:?}", export.left_out);
        }
        let said = export.left_out.iter().filter(|said| said.contains("would not take"));
        assert_eq!(said.count(), left_out.len(), "{kind:?}: {:?}", export.left_out);
        assert!(!text(&snapshot, kind, file).contains("resolve"), "{kind:?}");
    }
    assert!(text(&snapshot, ExportKind::Terraform, "main.tf").contains("policy_document = \"no JSON\""));
}

#[test]
fn a_repository_leads_to_its_upstreams_by_reference_where_they_are_there() {
    for (kind, file, there, elsewhere) in [
        (ExportKind::Cloudformation, "acme.yaml", "- !GetAtt NpmStoreRepository.Name\n", "- \"unread\"\n"),
        (
            ExportKind::Terraform,
            "main.tf",
            "repository_name = aws_codeartifact_repository.npm_store.repository\n",
            "repository_name = \"unread\"\n",
        ),
        (ExportKind::CdkTypescript, "domain-stack.ts", "npmStoreRepository.attrName,\n", "\"unread\",\n"),
        (ExportKind::CdkPython, "domain_stack.py", "npm_store_repository.attr_name,\n", "\"unread\",\n"),
    ] {
        let text = text(&acme(), kind, file);
        assert!(text.contains(there) && text.contains(elsewhere), "{kind:?}\n{text}");
    }
}

#[test]
fn a_tag_without_a_value_is_said_where_it_cannot_be() {
    let said = |kind: ExportKind| {
        let left_out = write(&acme(), kind).left_out;
        left_out.iter().any(|sentence| sentence.starts_with("Tags of the domain acme without a value"))
    };
    assert!(said(ExportKind::Cloudformation) && said(ExportKind::CdkPython) && !said(ExportKind::Terraform));
    assert!(text(&acme(), ExportKind::Terraform, "main.tf").contains("    team  = \"platform\"\n    empty = \"\"\n"));
}

#[test]
fn a_root_group_is_set_only_where_it_differs_from_a_new_domain() {
    let mut snapshot = acme();
    let script = |snapshot: &Snapshot| text(snapshot, ExportKind::Cli, "acme.sh");
    assert!(!script(&snapshot).contains("root"));
    snapshot.package_groups[0].tags = parse_lines("team=web").unwrap();
    let blocked = GroupRestriction { origin: GroupOrigin::Publish, mode: GroupMode::Block, repositories: Vec::new() };
    snapshot.package_groups[0].restrictions = vec![blocked];
    let told = script(&snapshot);
    assert!(told.contains("--resource-arn \"$root\" \\\n  --tags '[{"), "{told}");
    assert!(
        told.contains("--restrictions PUBLISH=BLOCK \\\n")
            && !told.contains("create-package-group \\\n  --domain acme \\\n  --package-group '/*'")
    );
    for kind in [ExportKind::Cloudformation, ExportKind::CdkPython] {
        let left_out = write(&snapshot, kind).left_out;
        assert!(left_out.iter().any(|sentence| sentence.contains("root package group")), "{left_out:?}");
    }
}

#[test]
fn allowed_repositories_are_added_a_hundred_at_a_time() {
    let mut snapshot = acme();
    let names = (0..150).map(|number| format!("repository-{number}").parse().unwrap());
    snapshot.package_groups[1].restrictions[0].repositories = names.collect();
    let script = text(&snapshot, ExportKind::Cli, "acme.sh");
    let calls: Vec<&str> = script.split("update-package-group-origin-configuration").skip(1).collect();
    assert_eq!(
        calls.iter().map(|call| call.matches("repositoryName=repository-").count()).collect::<Vec<_>>(),
        [100, 50]
    );
}

#[test]
fn what_a_language_has_no_package_groups_for_is_said() {
    let said =
        |snapshot: &Snapshot| write(snapshot, ExportKind::Terraform).left_out.join("\n").contains("Package groups");
    assert!(said(&acme()));
    assert!(!said(&Snapshot { package_groups: vec![group("/*", &[])], ..acme() }));
}
