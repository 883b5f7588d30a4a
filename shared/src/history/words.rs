//! Which endpoints leave a row, and what people call what they do.

use crate::api::Method;

/// Endpoints about the session: they change nothing at AWS.
const SESSION: [&str; 2] = ["CreateSession", "DeleteSession"];

/// How endpoints begin that are asked with `POST` only because what they ask is too long for an address.
const READING: [&str; 3] = ["Count", "Glance", "Preview"];

/// Endpoints whose work is in the journal of plans and runs. What a run does is recorded version by version, as it ends.
const JOURNAL: [&str; 4] = ["CreatePlan", "CreateRun", "CreateUndo", "SteerRun"];

/// Whether an endpoint leaves a row in the record.
pub fn records(name: &str, method: Method) -> bool {
    let elsewhere = SESSION.contains(&name) || JOURNAL.contains(&name);
    method != Method::Get && !elsewhere && !READING.iter().any(|word| name.starts_with(word))
}

/// What was done, in the words of people; an action of another version as the record has it.
pub fn action_words(action: &str) -> &str {
    match action {
        "ChangeStatus" | "ChangeStatuses" => "Status changed",
        "CreateDomain" => "Domain created",
        "CreatePromotion" => "Promoted",
        "CreateRepository" => "Repository created",
        "CreateToken" => "Token given out",
        "CreateUndo" => "Undone",
        "DeleteDomain" => "Domain deleted",
        "DeleteDomainPolicy" => "Domain policy deleted",
        "DeleteRepository" => "Repository deleted",
        "DeleteRepositoryPolicy" => "Repository policy deleted",
        "PublishArchive" | "PublishAsset" => "Published",
        "SetConnection" => "External connection changed",
        "SetDomainPolicy" => "Domain policy changed",
        "SetDomainTags" => "Domain tags changed",
        "SetRepositoryPolicy" => "Repository policy changed",
        "SetRepositoryTags" => "Repository tags changed",
        "SetUpstreams" => "Upstreams changed",
        "UpdateRepository" => "Repository described anew",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ALL;

    #[test]
    fn every_changing_endpoint_has_words_of_its_own() {
        for (name, method, _) in ALL {
            assert!(!records(name, *method) || action_words(name) != *name, "{name}");
        }
    }
}
