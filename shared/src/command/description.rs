//! Descriptions and other free texts, as the aws CLI takes them whole.

use super::{json_string, quote};

/// What the aws CLI reads from elsewhere when a value begins with it (its first major version also fetches addresses).
const READ_FROM_ELSEWHERE: [&str; 4] = ["file://", "fileb://", "http://", "https://"];

/// The option that says a description.
pub(crate) fn described(description: &str) -> String {
    texts([("description", "description", description)]).join(" ")
}

/// Options that say free texts: the option's name, the member's in the API, the text. Those that begin like an address
/// travel as JSON together, where nothing is read from elsewhere; one that begins with a hyphen is glued on, or it would
/// be taken for an option.
pub(crate) fn texts<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str, &'t str)>) -> Vec<String> {
    let (mut options, mut members) = (Vec::new(), Vec::new());
    for (option, member, text) in texts {
        if READ_FROM_ELSEWHERE.iter().any(|scheme| text.starts_with(scheme)) {
            members.push(format!("{}:{}", json_string(member), json_string(text)));
        } else {
            let glue = if text.starts_with('-') { '=' } else { ' ' };
            options.push(format!("--{option}{glue}{}", quote(text)));
        }
    }
    if !members.is_empty() {
        options.push(format!("--cli-input-json {}", quote(&format!("{{{}}}", members.join(",")))));
    }
    options
}

#[cfg(test)]
mod tests {
    use super::{described, texts};

    #[test]
    fn a_description_is_never_an_option_and_never_read_from_elsewhere() {
        assert_eq!(described("npm packages"), "--description 'npm packages'");
        assert_eq!(described("--profile x"), "--description='--profile x'");
        assert_eq!(
            described("https://wiki.example/it's"),
            "--cli-input-json '{\"description\":\"https://wiki.example/it'\\''s\"}'"
        );
    }

    #[test]
    fn several_addresses_travel_as_one_document() {
        assert_eq!(
            texts([("a", "a", "file://x"), ("b-c", "bC", "plain"), ("d-e", "dE", "https://y")]),
            ["--b-c plain", "--cli-input-json '{\"a\":\"file://x\",\"dE\":\"https://y\"}'"]
        );
    }
}
