//! What the repository holds of the version that is typed, and what publishing would change.

use std::time::Duration;

use leptos::prelude::*;
use shared::api::{PreviewPublication, RepositoryPath};
use shared::problem::Problem;
use shared::publishing::{self, Offered, Standing};
use shared::version::PackageVersionStatus;

use super::run::Target;
use crate::api::{Api, Freshness, Reads};
use crate::ui::count;

/// How long nothing must be typed before the repository is asked.
const PAUSE: Duration = Duration::from_millis(350);

/// What is known about a target: the answer belongs to it and to no other.
pub type Known = (Target, Result<Standing, Problem>);

/// Asks the repository about the target whenever it has changed and rests, and whenever the page is read anew.
pub fn known(path: RepositoryPath, target: Signal<Option<Target>>) -> RwSignal<Option<Known>> {
    let (api, reads) = (expect_context::<Api>(), expect_context::<Reads>());
    let (known, path) = (RwSignal::new(None), StoredValue::new(path));
    // An answer to an older question is thrown away, also where both are about one target.
    let question = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let _ = reads.generation();
        question.update_value(|question| *question += 1);
        let number = question.get_value();
        let Some(asked) = target.get() else { return };
        set_timeout(
            move || {
                if question.try_get_value() != Some(number) {
                    return;
                }
                let Some(path) = path.try_get_value() else { return };
                leptos::task::spawn_local(async move {
                    let answer = api.send::<PreviewPublication>(&path, &asked.query(), &(), Freshness::Anew).await;
                    if question.try_get_value() == Some(number) {
                        known.try_set(Some((asked, answer.map(|standing| (*standing).clone()))));
                    }
                });
            },
            PAUSE,
        );
    });
    known
}

/// What publishing these files would change, line by line. `files` is none while they are being read.
///
/// # Errors
/// Why it would be refused.
pub fn told(target: &Target, standing: &Standing, files: Option<&[Offered]>) -> Result<Vec<String>, String> {
    let plan = publishing::plan(&target.version, standing, files.unwrap_or_default())?;
    let (name, version) = (target.key().full_name(), &target.version);
    let Some(files) = files.filter(|files| !files.is_empty()) else {
        return Ok(vec![match standing.status {
            None => format!("{name} {version} will be new."),
            Some(status) => format!("{name} {version} is {} with {}.", status.as_str().to_lowercase(), held(standing)),
        }]);
    };
    if plan.is_done() {
        return Err(format!("{name} {version} is there already with exactly these files."));
    }
    let mut lines = Vec::new();
    let sent = plan.send.iter().filter(|send| **send).count();
    lines.push(match (standing.status, sent) {
        (None, _) => format!("{name} {version} will be new, with {}.", count(files.len(), "file")),
        (Some(_), 0) => format!("All files of {name} {version} are there. Publishing makes it visible."),
        (Some(_), sent) => format!("{name} {version} is unfinished with {}; {} will be sent.", held(standing), sent),
    });
    let there = files.len() - sent;
    if there > 0 && sent > 0 {
        lines.push(format!("{} of these {} there already and will not be sent again.", there, are(there)));
    }
    if plan.others > 0 {
        lines.push(format!(
            "{} that {} there besides will be published with it.",
            count(plan.others, "file"),
            are(plan.others)
        ));
    }
    Ok(lines)
}

/// The version was begun and not finished: it can be gone on with, or deleted.
pub fn is_unfinished(standing: &Standing) -> bool {
    standing.status == Some(PackageVersionStatus::Unfinished)
}

fn held(standing: &Standing) -> String {
    count(standing.assets.len(), "file")
}

fn are(number: usize) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests {
    use shared::version::Asset;

    use super::*;

    fn target() -> Target {
        let (namespace, package) = ("acme".parse().unwrap(), "tool".parse().unwrap());
        Target { namespace, package, version: "1.0.0".parse().unwrap() }
    }

    fn offered(names: &[&str]) -> Vec<Offered> {
        let sha256 = "0".repeat(64);
        names.iter().map(|name| Offered { name: name.parse().unwrap(), sha256: sha256.parse().unwrap() }).collect()
    }

    fn standing(status: Option<PackageVersionStatus>, held: &[&str]) -> Standing {
        let hashes = vec![("SHA-256".to_owned(), "0".repeat(64))];
        let assets = held.iter().map(|name| Asset { name: (*name).to_owned(), size: 1, hashes: hashes.clone() });
        Standing { status, assets: assets.collect(), origin_control: None }
    }

    #[test]
    fn what_changes_and_what_does_not_is_told() {
        let lines = |standing: &Standing, files: &[&str]| told(&target(), standing, Some(&offered(files)));
        assert_eq!(lines(&standing(None, &[]), &["a"]).unwrap(), ["acme/tool 1.0.0 will be new, with 1 file."]);
        let unfinished = standing(Some(PackageVersionStatus::Unfinished), &["a", "z"]);
        assert_eq!(
            lines(&unfinished, &["a", "b"]).unwrap(),
            [
                "acme/tool 1.0.0 is unfinished with 2 files; 1 will be sent.",
                "1 of these is there already and will not be sent again.",
                "1 file that is there besides will be published with it.",
            ]
        );
        assert!(lines(&unfinished, &["a", "z"]).unwrap()[0].ends_with("Publishing makes it visible."));
        let published = standing(Some(PackageVersionStatus::Published), &["a"]);
        assert!(lines(&published, &["a"]).unwrap_err().ends_with("exactly these files."));
        assert!(lines(&published, &["b"]).unwrap_err().contains("takes no more files"));
    }

    #[test]
    fn before_there_are_files_the_version_alone_is_told() {
        assert_eq!(told(&target(), &standing(None, &[]), None).unwrap(), ["acme/tool 1.0.0 will be new."]);
        let published = standing(Some(PackageVersionStatus::Published), &["a"]);
        assert_eq!(told(&target(), &published, None).unwrap(), ["acme/tool 1.0.0 is published with 1 file."]);
    }
}
