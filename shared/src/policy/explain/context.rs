//! The keys of a request, and the variables of policies that are filled from them.
//! (IAM user guide, *AWS global condition context keys* and *IAM policy elements: Variables and tags*.)

use std::collections::BTreeMap;

use super::{Request, owner};
use crate::policy::wildcard::{Piece, pieces};

/// The keys of a request with their values. Case does not count in keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context(BTreeMap<String, Vec<String>>);

impl Context {
    /// Gives a key one value, or several.
    pub fn set(&mut self, key: &str, values: Vec<String>) {
        self.0.insert(key.to_ascii_lowercase(), values);
    }

    /// The values of a key; none if the request does not have it.
    pub fn get(&self, key: &str) -> Option<&[String]> {
        self.0.get(&key.to_ascii_lowercase()).map(Vec::as_slice)
    }

    /// Reads lines of `key=value`. A key that stands there more than once has several values.
    ///
    /// # Errors
    /// A sentence that names the line.
    pub fn parse_lines(text: &str) -> Result<Self, String> {
        let mut context = Self::default();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let (key, value) = line
                .split_once('=')
                .map(|(key, value)| (key.trim(), value.trim()))
                .filter(|(key, _)| key.contains(':'))
                .ok_or_else(|| {
                    format!("Line {}: write `key=value`, such as `aws:PrincipalOrgID=o-a1b2c3d4e5`.", index + 1)
                })?;
            context.0.entry(key.to_ascii_lowercase()).or_default().push(value.to_owned());
        }
        Ok(context)
    }

    /// The keys of a request: those that it was given, and those that follow from the rest.
    pub(super) fn of(request: &Request) -> Self {
        let who = &request.principal;
        let mut context = Self::default();
        let mut set = |key: &str, value: &str| context.set(key, vec![value.to_owned()]);
        set("aws:PrincipalArn", &who.principal_arn());
        set("aws:PrincipalAccount", who.account());
        set("aws:PrincipalType", who.principal_type());
        set("aws:SecureTransport", "true");
        if let Some(name) = who.user_name() {
            set("aws:username", name);
        }
        if let Some(region) = request.resource.split(':').nth(3) {
            set("aws:RequestedRegion", region);
        }
        set("aws:ResourceAccount", owner(request).unwrap_or(who.account()));
        if request.action.to_ascii_lowercase().starts_with("sts:") {
            set("sts:AWSServiceName", "codeartifact.amazonaws.com");
        }
        context.0.extend(request.context.0.clone());
        context
    }

    /// The pieces of a pattern with its variables filled in; none if one has no value. What a variable brings stands for
    /// itself, whatever it is.
    pub(super) fn fill(&self, pattern: &str, has_variables: bool) -> Option<Vec<Piece>> {
        if !has_variables {
            return Some(pieces(pattern));
        }
        let mut filled = Vec::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once("${") {
            filled.extend(pieces(before));
            let (variable, after) = after.split_once('}')?;
            filled.extend(self.value(variable)?.chars().map(Piece::Same));
            rest = after;
        }
        filled.extend(pieces(rest));
        Some(filled)
    }

    fn value<'a>(&'a self, variable: &'a str) -> Option<&'a str> {
        // The three characters that have a meaning can be written as variables.
        match variable {
            "*" => return Some("*"),
            "?" => return Some("?"),
            "$" => return Some("$"),
            _ => {}
        }
        let (key, default) = match variable.split_once(',') {
            Some((key, default)) => (key, default.trim().strip_prefix('\'').and_then(|text| text.strip_suffix('\''))),
            None => (variable, None),
        };
        match self.get(key.trim()) {
            Some([one]) => Some(one),
            // A variable cannot stand for several values.
            Some(_) => None,
            None => default,
        }
    }
}

/// The six parts of an ARN as it stands in a policy: colons inside of variables do not part.
pub(super) fn parts(pattern: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0usize);
    for (at, c) in pattern.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 && parts.len() < 5 => {
                parts.push(&pattern[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&pattern[start..]);
    parts
}
