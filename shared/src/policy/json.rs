//! JSON with the place of every value.

use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::IgnoredAny;

use super::finding::{Finding, Spot};

/// A text whose offsets can be told as lines and columns.
pub(super) struct Places<'a> {
    text: &'a str,
    lines: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, lines: std::iter::once(0).chain(breaks).collect() }
    }

    /// The place of a byte of the text.
    pub(super) fn spot(&self, offset: usize) -> Spot {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines[line - 1]; // The first line starts at 0, so at least one does not lie behind the offset.
        let before = self.text.get(start..offset).map_or(0, |before| before.chars().count());
        Spot { line, column: before + 1 }
    }

    /// The place of a byte that is counted from 1 within its line.
    fn spot_of_bytes(&self, line: usize, byte: usize) -> Spot {
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        self.spot((start + byte.saturating_sub(1)).min(self.text.len()))
    }

    pub(super) fn of(&self, value: &impl Ranged) -> Spot {
        self.spot(value.start())
    }
}

/// Reads JSON as strictly as AWS does: no comments, no trailing commas, no other relaxation.
pub(super) fn parse<'a>(text: &'a str, places: &Places<'_>) -> Result<Value<'a>, Finding> {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &strict).map_err(|error| {
        let finding = Finding::error(places.spot(error.range().start), in_words(error.kind()));
        match error.kind() {
            ParseErrorKind::TrailingCommasNotAllowed => finding.mend("Take the comma away."),
            ParseErrorKind::CommentsNotAllowed => finding.mend("Take the comment away. `Sid` can hold a remark."),
            ParseErrorKind::SingleQuotedStringsNotAllowed => finding.mend("Write double quotes."),
            _ => finding,
        }
    })?;
    let value = parsed
        .value
        .ok_or_else(|| Finding::error(places.spot(0), "There is nothing here yet: a policy is a JSON object."))?;
    // The parser above keeps places and takes a little more than JSON, such as a line break inside a text.
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Ok(value),
        Err(error) => {
            let refused = Finding::error(
                places.spot_of_bytes(error.line(), error.column()),
                "This is not JSON: a text goes over the end of its line, or the like.",
            );
            Err(refused.mend("Inside a text, a line break is written `\\n` and a tab `\\t`."))
        }
    }
}

fn in_words(kind: &ParseErrorKind) -> String {
    use ParseErrorKind as K;
    match kind {
        K::CommentsNotAllowed => "A policy cannot have comments.".into(),
        K::ExpectedColonAfterObjectKey => "A colon is missing after the member's name.".into(),
        K::ExpectedObjectValue => "A value is missing after the colon.".into(),
        K::ExpectedComma => "A comma is missing before this.".into(),
        K::ExpectedStringObjectProperty => "The name of a member stands in double quotes.".into(),
        K::MultipleRootJsonValues => "Something follows after the end of the policy.".into(),
        K::SingleQuotedStringsNotAllowed => "JSON has double quotes only.".into(),
        K::TrailingCommasNotAllowed => "Nothing follows after this comma.".into(),
        K::UnterminatedArray => "This list has no end: `]` is missing.".into(),
        K::UnterminatedObject => "This object has no end: `}` is missing.".into(),
        K::NestingDepthExceeded => "This is nested too deep.".into(),
        other => format!("This is not JSON: {}.", other.to_string().to_lowercase()),
    }
}

/// What kind of value it is, with its article.
pub(super) fn kind(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "a text",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(_) => "true or false",
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::NullKeyword(_) => "null",
    }
}

/// The name of a member, and its place.
pub(super) fn name(member: &ObjectProp<'_>, places: &Places<'_>) -> (String, Spot) {
    (member.name.as_str().to_owned(), places.of(&member.name))
}
