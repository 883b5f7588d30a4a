//! What an action commonly needs beside it.

/// The actions that whoever uses an action commonly needs as well, each with what for. What one operation itself asks for
/// is not among them (see [`super::explain_operation`]).
///
/// Sources: CodeArtifact user guide, "AWS CodeArtifact identity-based policies" (reading and publishing packages),
/// "Required IAM permissions to copy packages", "Add or remove upstream repositories".
pub fn needed_beside(action: &str) -> &'static [(&'static str, &'static str)] {
    const SIGN_IN: (&str, &str) = ("GetAuthorizationToken", "a package manager signs in with it");
    match action.strip_prefix("codeartifact:").unwrap_or(action) {
        "ReadFromRepository" => &[SIGN_IN],
        "PublishPackageVersion" => &[SIGN_IN, ("PutPackageMetadata", "npm sets a dist-tag as it publishes")],
        "GetAuthorizationToken" => &[("ReadFromRepository", "a token alone installs nothing")],
        "CopyPackageVersions" => &[("ReadFromRepository", "the versions are read where they are copied from")],
        "CreateRepository" | "UpdateRepository" => {
            &[("AssociateWithDownstreamRepository", "each upstream that is added has to let itself be taken from")]
        }
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::needed_beside;
    use crate::policy::action::ACTIONS;

    #[test]
    fn what_is_needed_beside_an_action_is_an_action() {
        let mut told = 0;
        for action in ACTIONS {
            for (name, _) in needed_beside(&action.full_name()) {
                assert!(ACTIONS.iter().any(|known| known.name == *name), "{name}");
                assert_ne!(*name, action.name);
                told += 1;
            }
        }
        assert_eq!(told, 7);
    }
}
