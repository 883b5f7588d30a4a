//! What both CDK apps share: the resources, and how their properties are called.

use super::Snapshot;
use super::cloudformation::DYNAMIC_REFERENCE;
use super::resources::{self, Resource};

/// How the CDK marks what it replaces in texts.
const TOKEN: &str = "${Token[";

/// The resources, and what the CDK cannot say.
pub fn resources(snapshot: &Snapshot) -> (Vec<Resource>, Vec<String>) {
    resources::resources(snapshot, &[DYNAMIC_REFERENCE, TOKEN])
}

/// The id of the stack, such as `AcmeCodeArtifact`: letters, digits and hyphens.
pub fn stack_id(snapshot: &Snapshot) -> String {
    format!("{}-codeartifact", snapshot.domain)
}

/// A property of CloudFormation as the CDK calls it in TypeScript: `DomainName` as `domainName`.
pub fn camel(property: &str) -> String {
    super::identifiers::camel(property)
}

/// A property of CloudFormation as the CDK calls it in Python: `DomainName` as `domain_name`.
pub fn snake(property: &str) -> String {
    property.chars().enumerate().fold(String::new(), |mut name, (place, letter)| {
        if letter.is_ascii_uppercase() && place > 0 {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_called_as_each_language_calls_them() {
        assert_eq!(camel("PermissionsPolicyDocument"), "permissionsPolicyDocument");
        assert_eq!(snake("PermissionsPolicyDocument"), "permissions_policy_document");
        assert_eq!(snake("Tags"), "tags");
    }
}
