//! Package groups: making, changing and listing them, which packages belong to them, and what they let in.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::types::{
    PackageFormat, PackageGroupAllowedRepository, PackageGroupAllowedRepositoryUpdateType, PackageGroupAssociationType,
    PackageGroupDescription, PackageGroupOriginRestrictionMode as Mode, PackageGroupOriginRestrictionType as Way, Tag,
};

use crate::support::{acme, publish_kit, refused, sha256};

async fn create(client: &Client, pattern: &str) -> PackageGroupDescription {
    let made = client.create_package_group().domain("acme").package_group(pattern).send().await;
    made.unwrap_or_else(|error| panic!("{pattern}: {error:?}")).package_group.unwrap()
}

async fn describe(client: &Client, pattern: &str) -> PackageGroupDescription {
    let described = client.describe_package_group().domain("acme").package_group(pattern).send().await;
    described.unwrap().package_group.unwrap()
}

async fn restrict(client: &Client, pattern: &str, way: Way, mode: Mode) {
    let call = client.update_package_group_origin_configuration().domain("acme").package_group(pattern);
    call.restrictions(way, mode).send().await.unwrap();
}

fn allowed(repository: &str, way: Way) -> PackageGroupAllowedRepository {
    PackageGroupAllowedRepository::builder().repository_name(repository).origin_restriction_type(way).build()
}

/// Mode, effective mode, and from which pattern it is inherited.
fn restriction(group: &PackageGroupDescription, way: &Way) -> (Mode, Mode, Option<String>) {
    let told = &group.origin_configuration().unwrap().restrictions().unwrap()[way];
    let from = told.inherited_from().and_then(|from| from.pattern()).map(str::to_owned);
    (told.mode().unwrap().clone(), told.effective_mode().unwrap().clone(), from)
}

#[tokio::test]
async fn a_domain_has_the_root_which_allows_everything_and_stays() {
    let client = acme(&[]).await;
    let root = describe(&client, "/*").await;
    assert_eq!(root.arn(), Some("arn:aws:codeartifact:eu-west-1:111122223333:package-group/acme/%2a"));
    assert!(root.parent().is_none());
    for way in [Way::Publish, Way::ExternalUpstream, Way::InternalUpstream] {
        assert_eq!(restriction(&root, &way), (Mode::Allow, Mode::Allow, None));
    }
    let delete = client.delete_package_group().domain("acme").package_group("/*").send().await;
    refused(delete).is(400, "ValidationException", "root");
    let inherit = client.update_package_group_origin_configuration().domain("acme").package_group("/*");
    refused(inherit.restrictions(Way::Publish, Mode::Inherit).send().await).is(400, "ValidationException", "inherit");
}

#[tokio::test]
async fn a_new_group_inherits_from_the_next_wider_one_and_its_children_go_to_its_parent() {
    let client = acme(&[]).await;
    create(&client, "/npm/*").await;
    create(&client, "/npm/acme/*").await;
    create(&client, "/npm/acme/ui~").await;
    restrict(&client, "/npm/*", Way::Publish, Mode::Block).await;
    let parent = |group: &PackageGroupDescription| group.parent().unwrap().pattern().unwrap().to_owned();
    let ui = describe(&client, "/npm/acme/ui~").await;
    assert_eq!(parent(&ui), "/npm/acme/*");
    assert_eq!(restriction(&ui, &Way::Publish), (Mode::Inherit, Mode::Block, Some("/npm/*".to_owned())));

    let deleted = client.delete_package_group().domain("acme").package_group("/npm/acme/*").send().await.unwrap();
    assert_eq!(deleted.package_group().unwrap().pattern(), Some("/npm/acme/*"));
    assert_eq!(parent(&describe(&client, "/npm/acme/ui~").await), "/npm/*");
    let gone = client.describe_package_group().domain("acme").package_group("/npm/acme/*").send().await;
    refused(gone).is(404, "ResourceNotFoundException", "/npm/acme/*");
}

#[tokio::test]
async fn contact_and_description_are_changed_one_by_one_and_tags_have_the_escaped_name() {
    let client = acme(&[]).await;
    let tag = Tag::builder().key("team").value("web").build().unwrap();
    let made = client.create_package_group().domain("acme").package_group("/npm//ui$").tags(tag);
    let made = made.contact_info("web@example.com").description("UI").send().await.unwrap().package_group.unwrap();
    assert_eq!((made.contact_info(), made.description()), (Some("web@example.com"), Some("UI")));
    let update = client.update_package_group().domain("acme").package_group("/npm//ui$").description("The UI");
    let updated = update.send().await.unwrap().package_group.unwrap();
    assert_eq!((updated.contact_info(), updated.description()), (Some("web@example.com"), Some("The UI")));
    assert!(made.arn().unwrap().ends_with("package-group/acme/npm//ui%24"));
    let tags = client.list_tags_for_resource().resource_arn(made.arn().unwrap()).send().await.unwrap();
    assert_eq!(tags.tags()[0].value(), "web");
}

#[tokio::test]
async fn what_is_no_pattern_or_there_already_or_unknown_is_refused() {
    let client = acme(&["dev"]).await;
    let make = |pattern: &str| client.create_package_group().domain("acme").package_group(pattern).send();
    for (pattern, words) in [
        ("/", "length greater than or equal to 2"),
        ("/npm/a b*", "regular expression"),
        ("npm/*", "starts with a slash"),
        ("/npm//ui", "ends with"),
        ("/pypi/acme/*", "no namespace"),
    ] {
        refused(make(pattern).await).is(400, "ValidationException", words);
    }
    refused(make("/*").await).is(409, "ConflictException", "already exists");
    let unknown = client.update_package_group().domain("acme").package_group("/npm/*").description("x").send().await;
    refused(unknown).is(404, "ResourceNotFoundException", "/npm/*");
    let origins = || client.update_package_group_origin_configuration().domain("acme").package_group("/*");
    let add = origins().add_allowed_repositories(allowed("gone", Way::Publish)).send().await;
    refused(add).is(404, "ResourceNotFoundException", "gone");
    let both = origins().add_allowed_repositories(allowed("dev", Way::Publish));
    let both = both.remove_allowed_repositories(allowed("dev", Way::Publish)).send().await;
    refused(both).is(400, "ValidationException", "same time");
    let many = (0..101).map(|number| allowed(&format!("r{number}"), Way::Publish)).collect();
    let many = origins().set_remove_allowed_repositories(Some(many)).send().await;
    refused(many).is(400, "ValidationException", "At most 100");
}

#[tokio::test]
async fn allowed_repositories_are_told_as_they_come_and_go() {
    let client = acme(&["dev", "store"]).await;
    create(&client, "/npm/*").await;
    let origins = || client.update_package_group_origin_configuration().domain("acme").package_group("/npm/*");
    let add = origins().add_allowed_repositories(allowed("dev", Way::Publish));
    let added = add.add_allowed_repositories(allowed("store", Way::ExternalUpstream)).send().await.unwrap();
    let updates = added.allowed_repository_updates().unwrap();
    assert_eq!(updates[&Way::Publish][&PackageGroupAllowedRepositoryUpdateType::Added], ["dev"]);
    let list = || client.list_allowed_repositories_for_group().domain("acme").package_group("/npm/*");
    let listed = list().origin_restriction_type(Way::ExternalUpstream).send().await.unwrap();
    assert_eq!(listed.allowed_repositories(), ["store"]);
    let remove = origins().remove_allowed_repositories(allowed("store", Way::ExternalUpstream));
    let removed = remove.send().await.unwrap();
    let updates = removed.allowed_repository_updates().unwrap();
    assert_eq!(updates[&Way::ExternalUpstream][&PackageGroupAllowedRepositoryUpdateType::Removed], ["store"]);
    assert!(
        list().origin_restriction_type(Way::ExternalUpstream).send().await.unwrap().allowed_repositories().is_empty()
    );
}

#[tokio::test]
async fn lists_begin_with_a_prefix_and_name_direct_children_only() {
    let client = acme(&[]).await;
    for pattern in ["/npm/*", "/npm/acme/*", "/npm/acme/ui~", "/pypi/*"] {
        create(&client, pattern).await;
    }
    let patterns = |groups: &[aws_sdk_codeartifact::types::PackageGroupSummary]| {
        groups.iter().map(|group| group.pattern().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = client.list_package_groups().domain("acme").send().await.unwrap();
    assert_eq!(patterns(all.package_groups()), ["/*", "/npm/*", "/npm/acme/*", "/npm/acme/ui~", "/pypi/*"]);
    let some = client.list_package_groups().domain("acme").prefix("/npm").max_results(2).send().await.unwrap();
    assert_eq!(patterns(some.package_groups()), ["/npm/*", "/npm/acme/*"]);
    assert!(some.next_token().is_some());
    let below = client.list_sub_package_groups().domain("acme").package_group("/npm/*").send().await.unwrap();
    assert_eq!(patterns(below.package_groups()), ["/npm/acme/*"]);
}

#[tokio::test]
async fn a_package_belongs_to_the_most_specific_group_whether_it_exists_or_not() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1.0", "a", "x", false).await;
    create(&client, "/generic/tools/kit$").await;
    let of = |name: &str| {
        client
            .get_associated_package_group()
            .domain("acme")
            .format(PackageFormat::Generic)
            .namespace("tools")
            .package(name)
    };
    for (name, pattern, association) in [
        ("kit", "/generic/tools/kit$", PackageGroupAssociationType::Strong),
        ("Kit", "/generic/tools/kit$", PackageGroupAssociationType::Weak),
        ("other", "/*", PackageGroupAssociationType::Strong),
    ] {
        let told = of(name).send().await.unwrap();
        assert_eq!(told.package_group().unwrap().pattern(), Some(pattern), "{name}");
        assert_eq!(told.association_type(), Some(&association), "{name}");
    }
    let packages = |pattern: &str| client.list_associated_packages().domain("acme").package_group(pattern);
    let listed = packages("/generic/tools/kit$").send().await.unwrap();
    assert_eq!(listed.packages()[0].package(), Some("kit"));
    assert!(packages("/*").send().await.unwrap().packages().is_empty());
    let preview = packages("/generic/tools/*").preview(true).send().await.unwrap();
    assert!(preview.packages().is_empty(), "the more specific group keeps it");
}

#[tokio::test]
async fn publishing_needs_the_leave_of_the_group() {
    let client = acme(&["dev", "other"]).await;
    create(&client, "/generic/*").await;
    restrict(&client, "/generic/*", Way::Publish, Mode::AllowSpecificRepositories).await;
    let origins = client.update_package_group_origin_configuration().domain("acme").package_group("/generic/*");
    origins.add_allowed_repositories(allowed("dev", Way::Publish)).send().await.unwrap();
    publish_kit(&client, "dev", "1.0", "a", "x", false).await;
    let publish = client.publish_package_version().domain("acme").repository("other").format(PackageFormat::Generic);
    let publish = publish.namespace("tools").package("kit").package_version("1.0").asset_name("a");
    let publish = publish.asset_sha256(sha256("x")).asset_content(b"x".to_vec().into()).send().await;
    refused(publish).is(403, "AccessDeniedException", "package group '/generic/*'");
    // The group decides, so the package allows everything by itself.
    let package = client.describe_package().domain("acme").repository("dev").format(PackageFormat::Generic);
    let package = package.namespace("tools").package("kit").send().await.unwrap().package.unwrap();
    let own = package.origin_configuration().unwrap().restrictions().unwrap();
    assert_eq!((own.publish().as_str(), own.upstream().as_str()), ("ALLOW", "ALLOW"));
}
