//! From a text to a typed policy. What is told here is what stands in the way of that; what a policy that can be read
//! may mean wrongly is told by `check`.

use jsonc_parser::ast::{Object, Value};

use super::condition::Operator;
use super::finding::{Finding, Severity, Spot};
use super::json::{Places, kind, name, parse};
use super::near::nearest;
use super::statement::{Condition, Effect, Policy, Principal, PrincipalKind, Principals, Statement, Word, Words};
use super::{Level, MOST_BYTES, MOST_OF_IDENTITY};

/// Reads a policy: none if something stands in the way, and what there is to tell.
pub(super) fn read(text: &str, level: Level) -> (Option<Policy>, Vec<Finding>) {
    let mut reader = Reader { places: Places::new(text), level, findings: Vec::new() };
    reader.size(text);
    let policy = match parse(text, &reader.places) {
        Ok(value) => reader.policy(&value),
        Err(finding) => {
            reader.findings.push(finding);
            None
        }
    };
    (policy, reader.findings)
}

struct Reader<'a> {
    places: Places<'a>,
    level: Level,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn error(&mut self, at: Spot, message: impl Into<String>) {
        self.findings.push(Finding::error(at, message));
    }

    fn size(&mut self, text: &str) {
        let (size, most, what) = match self.level {
            Level::Identity => {
                (text.chars().filter(|c| !c.is_whitespace()).count(), MOST_OF_IDENTITY, " without white space")
            }
            Level::Domain | Level::Repository => (text.chars().count(), MOST_BYTES, ""),
        };
        if size > most {
            let words = self.level.words();
            let message = format!("This has {size} characters{what}; {words} has at most {most}.");
            let shorter = "Use `*` for names that begin alike, and one statement for what is alike.";
            self.findings.push(Finding::error(Spot { line: 1, column: 1 }, message).mend(shorter));
        }
    }

    /// The members of an object by their places in `known`. Unknown and doubled ones are told.
    fn members<'v, 'j, const N: usize>(
        &mut self,
        object: &'v Object<'j>,
        known: [&'static str; N],
        what: &str,
    ) -> [Option<(&'v Value<'j>, Spot)>; N] {
        let mut found = [None; N];
        for member in &object.properties {
            let (name, at) = name(member, &self.places);
            match known.iter().position(|known| *known == name) {
                Some(place) if found[place].is_some() => self.error(at, format!("`{name}` stands here twice.")),
                Some(place) => found[place] = Some((&member.value, at)),
                None => {
                    let finding = Finding::error(at, format!("{what} has no member `{name}`."));
                    self.findings.push(finding.meant(nearest(&name, known)));
                }
            }
        }
        found
    }

    fn policy(&mut self, value: &Value<'_>) -> Option<Policy> {
        let start = self.places.of(value);
        let Value::Object(object) = value else {
            self.error(start, format!("A policy is an object, not {}.", kind(value)));
            return None;
        };
        let [version, id, statement] = self.members(object, ["Version", "Id", "Statement"], "A policy");
        if let Some((id, _)) = id {
            self.text(id, "Id");
        }
        let has_variables = match version {
            Some((value, _)) => self.version(value),
            None => {
                let message = "Without `Version` the rules of 2008 are in force: policy variables are plain text.";
                self.findings.push(Finding::warning(start, message).mend("Write `\"Version\": \"2012-10-17\"`."));
                false
            }
        };
        let Some((statement, at)) = statement else {
            self.error(start, "`Statement` is missing.");
            return None;
        };
        let list: Vec<&Value<'_>> = match statement {
            Value::Array(list) => list.elements.iter().collect(),
            one => vec![one],
        };
        if list.is_empty() {
            self.error(at, "There is no statement here.");
        }
        let statements: Vec<Option<Statement>> = list.into_iter().map(|value| self.statement(value)).collect();
        let statements = statements.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Policy { has_variables, statements })
    }

    fn version(&mut self, value: &Value<'_>) -> bool {
        let Some(word) = self.text(value, "Version") else { return true };
        if word.text == "2008-10-17" {
            let message = "The version of 2008 has no policy variables.";
            self.findings.push(Finding::warning(word.at, message).mend("Write `2012-10-17`."));
        } else if word.text != "2012-10-17" {
            let message = format!("There is no version `{}` of the policy language.", word.text);
            self.findings.push(Finding::error(word.at, message).mend("Write `2012-10-17`."));
        }
        word.text != "2008-10-17"
    }

    fn statement(&mut self, value: &Value<'_>) -> Option<Statement> {
        let at = self.places.of(value);
        let Value::Object(object) = value else {
            self.error(at, format!("A statement is an object, not {}.", kind(value)));
            return None;
        };
        let known = [
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition",
        ];
        let [sid, effect, principal, not_principal, action, not_action, resource, not_resource, condition] =
            self.members(object, known, "A statement");
        let sid = sid.and_then(|(value, _)| self.text(value, "Sid"));
        let effect = self.effect(effect, at);
        let actions = self.one_of(action, not_action, ["Action", "NotAction"], at);
        let resources = self.one_of(resource, not_resource, ["Resource", "NotResource"], at);
        let principals = self.principals(principal, not_principal, at);
        let conditions = match condition {
            Some((value, _)) => self.conditions(value),
            None => Some(Vec::new()),
        };
        let (effect, actions, resources) = (effect?, actions?, resources?);
        Some(Statement { at, sid, effect, principals: principals?, actions, resources, conditions: conditions? })
    }

    fn effect(&mut self, member: Option<(&Value<'_>, Spot)>, start: Spot) -> Option<Effect> {
        let Some((value, _)) = member else {
            self.error(start, "`Effect` is missing: `Allow` or `Deny`.");
            return None;
        };
        let word = self.text(value, "Effect")?;
        match word.text.as_str() {
            "Allow" => Some(Effect::Allow),
            "Deny" => Some(Effect::Deny),
            other => {
                let finding = Finding::error(word.at, format!("`{other}` is no effect: it is `Allow` or `Deny`."));
                self.findings.push(finding.meant(nearest(other, ["Allow", "Deny"])));
                None
            }
        }
    }

    /// `Action` or `NotAction`, `Resource` or `NotResource`: one of the two, a text or a list of texts.
    fn one_of(
        &mut self,
        plain: Option<(&Value<'_>, Spot)>,
        not: Option<(&Value<'_>, Spot)>,
        names: [&str; 2],
        start: Spot,
    ) -> Option<Words> {
        let [name, not_name] = names;
        let (negated, (value, at)) = match (plain, not) {
            (Some(plain), None) => (false, plain),
            (None, Some(not)) => (true, not),
            (Some(_), Some((_, at))) => {
                self.error(at, format!("`{name}` and `{not_name}` cannot stand in one statement."));
                return None;
            }
            (None, None) => {
                self.error(start, format!("`{name}` is missing."));
                return None;
            }
        };
        let list = self.texts(value, at, if negated { not_name } else { name })?;
        Some(Words { at, negated, list })
    }

    fn principals(
        &mut self,
        plain: Option<(&Value<'_>, Spot)>,
        not: Option<(&Value<'_>, Spot)>,
        start: Spot,
    ) -> Option<Option<Principals>> {
        let (negated, (value, at)) = match (plain, not) {
            (Some((_, at)), Some(_)) => {
                self.error(at, "`Principal` and `NotPrincipal` cannot stand in one statement.");
                return None;
            }
            (Some((_, at)), None) | (None, Some((_, at))) if !self.level.has_principals() => {
                let message = "An identity's policy names no principal: it is about whomever it is attached to.";
                self.findings.push(Finding::error(at, message).mend("Take it away."));
                return None;
            }
            (Some(plain), None) => (false, plain),
            (None, Some(not)) => (true, not),
            (None, None) if self.level.has_principals() => {
                let message = format!("`Principal` is missing: {} says whom it is about.", self.level.words());
                self.error(start, message);
                return None;
            }
            (None, None) => return Some(None),
        };
        let list = self.principal_lists(value, at)?;
        Some(Some(Principals { at, negated, list }))
    }

    fn principal_lists(&mut self, value: &Value<'_>, at: Spot) -> Option<Vec<Principal>> {
        let object = match value {
            Value::StringLit(text) if text.value == "*" => {
                let word = Word { text: "*".into(), at: self.places.of(text) };
                return Some(vec![Principal { kind: PrincipalKind::Aws, word }]);
            }
            Value::Object(object) => object,
            _ => {
                let shape = "Write `{\"AWS\": \"arn:aws:iam::{account}:role/{name}\"}`, or `\"*\"` for everybody.";
                let message = "A principal is an object of lists, or `\"*\"`.";
                self.findings.push(Finding::error(self.places.of(value), message).mend(shape));
                return None;
            }
        };
        let mut list = Vec::new();
        let found = self.members(object, PrincipalKind::ALL.map(|(name, _)| name), "A principal");
        for ((name, kind), member) in PrincipalKind::ALL.into_iter().zip(found) {
            if let Some((value, at)) = member {
                list.extend(self.texts(value, at, name)?.into_iter().map(|word| Principal { kind, word }));
            }
        }
        if object.properties.is_empty() {
            self.error(at, "Nobody is named here.");
        }
        (!list.is_empty()).then_some(list)
    }

    fn conditions(&mut self, value: &Value<'_>) -> Option<Vec<Condition>> {
        let Value::Object(object) = value else {
            self.error(self.places.of(value), format!("`Condition` is an object of operators, not {}.", kind(value)));
            return None;
        };
        let before = self.errors();
        let mut conditions = Vec::new();
        let mut seen = Vec::new();
        for member in &object.properties {
            let (operator, at) = name(member, &self.places);
            if seen.contains(&operator) {
                self.error(at, format!("`{operator}` stands here twice."));
            }
            let Some(parsed) = Operator::parse(&operator) else {
                let finding = Finding::error(at, format!("There is no condition operator `{operator}`."));
                self.findings.push(finding.meant(Operator::nearest(&operator)));
                continue;
            };
            seen.push(operator);
            self.keys(&member.value, parsed, &mut conditions);
        }
        (self.errors() == before).then_some(conditions)
    }

    fn keys(&mut self, value: &Value<'_>, operator: Operator, conditions: &mut Vec<Condition>) {
        let Value::Object(object) = value else {
            self.error(
                self.places.of(value),
                format!("A condition operator has an object of keys, not {}.", kind(value)),
            );
            return;
        };
        let first = conditions.len();
        for member in &object.properties {
            let (key, at) = name(member, &self.places);
            if conditions[first..].iter().any(|other| other.key.text.eq_ignore_ascii_case(&key)) {
                self.error(at, format!("`{key}` stands here twice."));
            }
            if let Some(values) = self.texts(&member.value, at, &key) {
                conditions.push(Condition { operator, key: Word { text: key, at }, values });
            }
        }
    }

    fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// A text or a list of texts, at least one. Numbers, true and false are taken as the texts they are written as.
    fn texts(&mut self, value: &Value<'_>, at: Spot, name: &str) -> Option<Vec<Word>> {
        let list = match value {
            Value::Array(list) if list.elements.is_empty() => {
                self.error(at, format!("`{name}` is an empty list."));
                return None;
            }
            Value::Array(list) => list.elements.iter().map(|value| self.text(value, name)).collect::<Vec<_>>(),
            one => vec![self.text(one, name)],
        };
        list.into_iter().collect()
    }

    fn text(&mut self, value: &Value<'_>, name: &str) -> Option<Word> {
        let at = self.places.of(value);
        let is_condition = name.contains(':');
        match value {
            Value::StringLit(text) => return Some(Word { text: text.value.clone().into_owned(), at }),
            Value::NumberLit(number) if is_condition => return Some(Word { text: number.value.to_owned(), at }),
            Value::BooleanLit(boolean) if is_condition => return Some(Word { text: boolean.value.to_string(), at }),
            _ => self.error(at, format!("`{name}` is a text in double quotes, not {}.", kind(value))),
        }
        None
    }
}
