//! A description, as the aws CLI takes it whole.

use super::{json_string, quote};

/// What the aws CLI reads from elsewhere when a value begins with it (its first major version also fetches addresses).
const READ_FROM_ELSEWHERE: [&str; 4] = ["file://", "fileb://", "http://", "https://"];

/// The option that says a description. One that begins like an address travels as JSON, where nothing is read from
/// elsewhere; one that begins with a hyphen is glued on, or it would be taken for an option.
pub(crate) fn described(description: &str) -> String {
    if READ_FROM_ELSEWHERE.iter().any(|scheme| description.starts_with(scheme)) {
        return format!("--cli-input-json {}", quote(&format!("{{\"description\":{}}}", json_string(description))));
    }
    let glue = if description.starts_with('-') { '=' } else { ' ' };
    format!("--description{glue}{}", quote(description))
}

#[cfg(test)]
mod tests {
    use super::described;

    #[test]
    fn a_description_is_never_an_option_and_never_read_from_elsewhere() {
        assert_eq!(described("npm packages"), "--description 'npm packages'");
        assert_eq!(described("--profile x"), "--description='--profile x'");
        assert_eq!(
            described("https://wiki.example/it's"),
            "--cli-input-json '{\"description\":\"https://wiki.example/it'\\''s\"}'"
        );
    }
}
