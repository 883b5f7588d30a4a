use super::*;
use crate::model::{Dependency, Metadata};

fn content() -> Content {
    let mut content = Content::default();
    content.assets.insert("a.txt".to_owned(), asset(Bytes::from_static(b"a")));
    content
}

#[test]
fn a_revision_is_44_characters_of_base64() {
    let revision = revision(&content());
    assert_eq!(revision.len(), 44);
    assert!(revision.ends_with('='));
    assert_eq!(STANDARD.decode(revision).unwrap().len(), 32);
}

#[test]
fn equal_content_has_equal_revisions() {
    assert_eq!(revision(&content()), revision(&content()));
}

#[test]
fn each_part_of_the_content_counts() {
    let changed = |change: fn(&mut Content)| {
        let mut content = content();
        change(&mut content);
        revision(&content)
    };
    let mut revisions = vec![
        revision(&Content::default()),
        changed(|_| ()),
        changed(|content| drop(content.assets.insert("b.txt".to_owned(), asset(Bytes::from_static(b"a"))))),
        changed(|content| drop(content.assets.insert("a.txt".to_owned(), asset(Bytes::from_static(b"b"))))),
        changed(|content| content.assets.values_mut().for_each(|asset| asset.requires_python = Some(">=3".to_owned()))),
        changed(|content| content.metadata.summary = Some("x".to_owned())),
        changed(|content| content.metadata.home_page = Some("x".to_owned())),
        changed(|content| content.metadata.readme = Some("x".to_owned())),
        changed(|content| content.metadata.licenses = vec![(Some("x".to_owned()), None)]),
        changed(|content| content.metadata.manifest = Some(json!({}))),
        changed(|content| {
            let needed =
                Dependency { namespace: None, package: "x".to_owned(), kind: None, requirement: String::new() };
            content.metadata = Metadata { dependencies: vec![needed], ..Metadata::default() };
        }),
    ];
    let count = revisions.len();
    revisions.sort();
    revisions.dedup();
    assert_eq!(revisions.len(), count);
}
