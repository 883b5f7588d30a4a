//! What to know before promoting.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::domain::DomainMap;
use shared::effect::{Content, Effect, Reachable};
use shared::promotion::{Preview, PreviewRow, Verdict};
use shared::topology::Topology;

use crate::ui::{Glyph, Icon, Tone, count};

/// One thing to know.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Check {
    tone: Tone,
    text: String,
    more: String,
}

/// What to know before promoting these rows.
#[component]
pub fn Checks(
    preview: Preview,
    /// The domain, once it has been read.
    map: Option<std::sync::Arc<DomainMap>>,
) -> impl IntoView {
    let checks = checks(&preview, map.as_deref()).into_iter().map(|check| {
        let (class, glyph, word) = match check.tone {
            Tone::Ok => ("checks__sign checks__sign--ok", Glyph::Check, "Good"),
            Tone::Warn => ("checks__sign checks__sign--warn", Glyph::Warning, "Look twice"),
            Tone::Danger => ("checks__sign checks__sign--danger", Glyph::Cross, "Stop"),
            Tone::Plain | Tone::Info => ("checks__sign", Glyph::Dash, "To know"),
        };
        view! {
            <li>
                <span class=class><Icon glyph /><span class="visually-hidden">{word}": "</span></span>
                <span>{check.text}<small>{check.more}</small></span>
            </li>
        }
    });
    view! { <ul class="checks">{checks.collect::<Vec<_>>()}</ul> }
}

fn checks(preview: &Preview, map: Option<&DomainMap>) -> Vec<Check> {
    let rows = &preview.rows;
    let number = |which: fn(&PreviewRow) -> bool| rows.iter().filter(|row| which(row)).count();
    let mut checks = Vec::new();
    let mut add = |tone: Tone, text: String, more: &str| checks.push(Check { tone, text, more: more.to_owned() });

    let new = number(|row| row.verdict.copies());
    if new > 0 {
        add(
            Tone::Ok,
            format!("{} pinned to what you see", count(new, "version")),
            "Other content by then is not copied.",
        );
    }
    let same = number(|row| matches!(row.verdict, Verdict::Same));
    if same > 0 {
        add(Tone::Plain, format!("{} already there", count(same, "version")), "Same content: nothing to do.");
    }
    let different = number(|row| matches!(row.verdict, Verdict::Different(_)));
    if different > 0 {
        add(
            Tone::Danger,
            format!("{} there with other content", count(different, "version")),
            "Nothing is overwritten. Promote another version, or find out why they differ.",
        );
    } else {
        add(Tone::Ok, "Nothing is overwritten".to_owned(), "No version is there with other content.");
    }
    let blocked = number(|row| matches!(row.verdict, Verdict::Blocked(_)));
    if blocked > 0 {
        let others = number(|row| row.verdict.copies()) > 0;
        let words = if others { "The others are promoted without them." } else { "No other is left to be promoted." };
        add(Tone::Danger, format!("{} blocked", count(blocked, "version")), words);
    }
    let tags: usize = rows.iter().filter(|row| row.verdict.copies()).map(|row| row.tags.len()).sum();
    if tags > 0 {
        add(Tone::Warn, format!("{} set", count(tags, "npm tag")), "Who installs by tag gets the new version at once.");
    }
    if number(|row| row.tags_problem.is_some()) > 0 {
        add(Tone::Warn, "Some npm tags could not be read".to_owned(), "They may move without being listed.");
    }
    let to = &preview.to;
    let changed = number(|row| row.effects.iter().any(changes_content));
    if changed > 0 {
        add(
            Tone::Warn,
            format!("{} installed from an upstream with other content today", count(changed, "version")),
            &format!("After the promotion {to} installs its own."),
        );
    }
    let first: BTreeSet<_> =
        rows.iter().filter(|row| row.effects.iter().any(is_first)).map(|row| &row.choice.package).collect();
    if !first.is_empty() {
        add(
            Tone::Plain,
            format!("{} new in {to}", count(first.len(), "package")),
            "AWS does not document which origin control a copy gives a new package. Look at it afterwards.",
        );
    }
    if number(|row| row.effects_problem.is_some()) > 0 {
        add(
            Tone::Warn,
            "Some side effects could not be read".to_owned(),
            "Upstreams and origin control may not be told.",
        );
    }
    if new > 0 {
        let more = format!("Also if {} or an upstream deletes them.", preview.from);
        add(Tone::Plain, format!("{to} keeps what is copied"), &more);
    }
    if map.is_some_and(|map| reaches(map, preview)) {
        add(
            Tone::Warn,
            format!("{} already installs from {}", preview.to, preview.from),
            "It is an upstream: these versions can be installed there without a promotion.",
        );
    }
    checks
}

/// The target installs other files than before.
fn changes_content(effect: &Effect) -> bool {
    matches!(effect, Effect::Reachable(Reachable { content: Content::Other, .. }))
}

fn is_first(effect: &Effect) -> bool {
    matches!(effect, Effect::FirstOfPackage(_))
}

/// The source is among the upstreams of the target.
fn reaches(map: &DomainMap, preview: &Preview) -> bool {
    let order = Topology::new(&map.repositories).search_order(&preview.to);
    order.steps.iter().skip(1).any(|step| step.repository == preview.from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::format::PackageFormat;
    use shared::package::PackageKey;
    use shared::promotion::{Blocked, BlockedReason, TagMove, VersionChoice};

    fn preview(verdicts: Vec<Verdict>) -> Preview {
        let rows = verdicts.into_iter().map(|verdict| PreviewRow {
            choice: VersionChoice {
                package: PackageKey { format: PackageFormat::Npm, namespace: None, name: "ui".parse().unwrap() },
                version: "1.0.0".parse().unwrap(),
            },
            revision: Some("REV".parse().unwrap()),
            in_target: None,
            verdict,
            tags: vec![TagMove { tag: "latest".into(), from: None, to: "1.0.0".parse().unwrap() }],
            tags_problem: None,
            effects: Vec::new(),
            effects_problem: None,
        });
        Preview {
            from: "team-dev".parse().unwrap(),
            to: "staging".parse().unwrap(),
            rows: rows.collect(),
            read_at: 0.0,
        }
    }

    fn texts(preview: &Preview) -> Vec<String> {
        checks(preview, None).into_iter().map(|check| check.text).collect()
    }

    #[test]
    fn tags_of_rows_that_are_not_copied_do_not_move() {
        assert!(!texts(&preview(vec![Verdict::Same])).iter().any(|text| text.contains("tag")));
        assert!(texts(&preview(vec![Verdict::New])).contains(&"1 npm tag set".to_owned()));
    }

    #[test]
    fn a_blocked_row_is_told_and_the_others_go_on() {
        let blocked = Verdict::Blocked(Blocked { reason: BlockedReason::Status, explanation: String::new() });
        let texts = texts(&preview(vec![Verdict::New, blocked]));
        assert!(
            texts.contains(&"1 version blocked".to_owned()) && texts[0].starts_with("1 version pinned"),
            "{texts:?}"
        );
    }

    #[test]
    fn another_build_that_an_upstream_has_is_told() {
        let mut preview = preview(vec![Verdict::New, Verdict::New]);
        let reachable = |content| Effect::Reachable(Reachable { through: "shared".parse().unwrap(), content });
        preview.rows[0].effects = vec![reachable(Content::Same), Effect::FirstOfPackage(None)];
        let told = |preview: &Preview, part: &str| texts(preview).iter().any(|text| text.contains(part));
        assert!(!told(&preview, "other content today") && told(&preview, "1 package new in staging"));
        preview.rows[1].effects = vec![reachable(Content::Other), Effect::FirstOfPackage(None)];
        assert!(told(&preview, "1 version installed from an upstream with other content today"));
        assert!(told(&preview, "1 package new in staging"), "two versions of one package");
    }

    #[test]
    fn other_content_in_the_target_is_a_danger_and_its_absence_is_good() {
        let tone = |verdict| checks(&preview(vec![verdict]), None).into_iter().any(|check| check.tone == Tone::Danger);
        assert!(tone(Verdict::Different(Vec::new())));
        assert!(!tone(Verdict::New));
    }
}
