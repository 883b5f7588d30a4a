use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// All entries, page by page.
fn read_all(keys: &BTreeSet<String>, limit: i64) -> Vec<String> {
    let mut found = Vec::new();
    let mut token: Option<String> = None;
    loop {
        let paging = Paging::new("List", &[["a", "b"]], Some(limit), token.as_deref(), 50).unwrap();
        let page = paging.cut(keys.iter().rev().map(|key| (key.clone(), key.clone())));
        assert!(page.items.len() <= usize::try_from(limit).unwrap());
        found.extend(page.items);
        token = page.next;
        match &token {
            Some(token) => assert!(token.len() <= 2000, "{}", token.len()),
            None => return found,
        }
    }
}

proptest! {
    #[test]
    fn every_entry_comes_once_and_in_order(keys in prop::collection::btree_set("\\PC{0,12}", 0..40), limit in 1i64..12) {
        let expected: Vec<_> = keys.iter().cloned().collect();
        prop_assert_eq!(read_all(&keys, limit), expected);
    }

    #[test]
    fn long_keys_lose_no_entry(ends in prop::collection::btree_set("[a-z]{1,4}", 1..10), limit in 1i64..4) {
        let keys: BTreeSet<_> = ends.iter().map(|end| format!("{}{end}", "é".repeat(700))).collect();
        let found: BTreeSet<_> = read_all(&keys, limit).into_iter().collect();
        prop_assert_eq!(found, keys);
    }

    #[test]
    fn keys_that_json_escapes_make_no_token_too_long(ends in prop::collection::btree_set("[a-z]{1,4}", 2..6), kind in "[\\x00-\\x1f\"\\\\é]", times in 100usize..1200) {
        let keys: BTreeSet<_> = ends.iter().map(|end| format!("{}{end}", kind.repeat(times))).collect();
        let found: BTreeSet<_> = read_all(&keys, 1).into_iter().collect();
        prop_assert_eq!(found, keys);
    }

    #[test]
    fn the_length_of_a_text_in_json_is_foreseen(text in "[\\x00-\\x7f]{0,20}|.{0,20}") {
        let length: usize = text.chars().map(length_in_json).sum();
        prop_assert_eq!(length + 2, serde_json::json!(text).to_string().len());
    }

    #[test]
    fn no_text_is_taken_for_a_token(token in "\\PC{0,80}") {
        prop_assert!(Paging::new("List", &[], None, Some(&token), 50).is_err());
    }
}

#[test]
fn the_order_of_filters_does_not_matter_but_their_values_do() {
    assert_eq!(binding("List", &[["a", "1"], ["b", "2"]]), binding("List", &[["b", "2"], ["a", "1"]]));
    assert_ne!(binding("List", &[["a", "1"], ["b", "2"]]), binding("List", &[["a", "2"], ["b", "1"]]));
    assert_ne!(binding("List", &[]), binding("Other", &[]));
}
