//! Which endpoints leave a row, and what people call what they do.

use std::borrow::Cow;

use crate::api::Method;

/// Endpoints about the session: they change nothing at AWS. Where several people sign in, the record is told of that apart
/// from these rules.
const SESSION: [&str; 2] = ["CreateSession", "DeleteSession"];

/// How endpoints begin that are asked with `POST` only because what they ask is too long for an address.
const READING: [&str; 3] = ["Count", "Glance", "Preview"];

/// Whether an endpoint leaves a row in the record. What a run does stands there too, version by version, as it ends.
pub fn records(name: &str, method: Method) -> bool {
    method != Method::Get && !SESSION.contains(&name) && !READING.iter().any(|word| name.starts_with(word))
}

/// What was done, and what people call it.
pub const ACTIONS: &[(&str, &str)] = &[
    ("CreatePromotion", "Promoted"),
    ("UndoPromotion", "Undone"),
    ("CreatePlan", "Plan made"),
    ("PublishArchive", "Published"),
    ("PublishAsset", "Published"),
    ("ChangeStatus", "Status changed"),
    ("ChangeStatuses", "Status changed"),
    ("CreateRepository", "Repository created"),
    ("UpdateRepository", "Repository described anew"),
    ("DeleteRepository", "Repository deleted"),
    ("SetUpstreams", "Upstreams changed"),
    ("SetConnection", "External connection changed"),
    ("SetRepositoryPolicy", "Repository policy changed"),
    ("DeleteRepositoryPolicy", "Repository policy deleted"),
    ("SetRepositoryTags", "Repository tags changed"),
    ("CreateDomain", "Domain created"),
    ("DeleteDomain", "Domain deleted"),
    ("SetDomainPolicy", "Domain policy changed"),
    ("DeleteDomainPolicy", "Domain policy deleted"),
    ("SetDomainTags", "Domain tags changed"),
    ("ApprovePlan", "Plan approved"),
    ("RejectPlan", "Plan rejected"),
    ("SetProtections", "Protections changed"),
    ("BlockVersion", "Version blocked"),
    ("UnblockVersion", "Version unblocked"),
    ("CreateRun", "Run started"),
    ("CreateUndo", "Undoing started"),
    ("SteerRun", "Run stopped or gone on with"),
    ("CreateSession", "Signed in"),
    ("CreateToken", "Token given out"),
];

/// What was done, in the words of people. An action that this version does not know is taken apart: `RotateKey` becomes
/// `Rotate key`.
pub fn action_words(action: &str) -> Cow<'static, str> {
    match ACTIONS.iter().find(|(known, _)| *known == action) {
        Some((_, words)) => Cow::Borrowed(words),
        None => Cow::Owned(apart(action)),
    }
}

/// All actions that people call the same as this one, itself among them.
pub fn same_action(action: &str) -> Vec<&str> {
    let words = action_words(action);
    let same = ACTIONS.iter().filter(|(known, their)| *known != action && *their == words).map(|(known, _)| *known);
    std::iter::once(action).chain(same).collect()
}

fn apart(action: &str) -> String {
    let mut words = String::with_capacity(action.len() + 4);
    for (place, letter) in action.chars().enumerate() {
        match letter {
            letter if place > 0 && letter.is_ascii_uppercase() => {
                words.push(' ');
                words.push(letter.to_ascii_lowercase());
            }
            letter => words.push(letter),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ALL;

    #[test]
    fn every_changing_endpoint_has_words_of_its_own() {
        for (name, method, _) in ALL {
            let known = ACTIONS.iter().any(|(action, _)| action == name);
            assert!(!records(name, *method) || known, "{name}");
        }
    }

    #[test]
    fn an_action_of_another_version_is_readable() {
        assert_eq!(action_words("ApproveLargePlan"), "Approve large plan");
        assert_eq!(action_words("signed in"), "signed in");
        assert_eq!(action_words("SetUpstreams"), "Upstreams changed");
    }

    #[test]
    fn actions_of_the_same_words_are_found_together() {
        assert_eq!(same_action("ChangeStatus"), ["ChangeStatus", "ChangeStatuses"]);
        assert_eq!(same_action("CreateToken"), ["CreateToken"]);
        assert_eq!(same_action("Later"), ["Later"]);
    }
}
