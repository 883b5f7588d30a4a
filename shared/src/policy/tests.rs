use proptest::prelude::*;

use super::*;

/// The findings as `line:column severity message · mend`.
fn told(text: &str, level: Level) -> Vec<String> {
    let tell = |finding: Finding| {
        let mend = finding.mend.map(|mend| format!(" · {mend}")).unwrap_or_default();
        format!("{}:{} {:?} {}{mend}", finding.line, finding.column, finding.severity, finding.message)
    };
    check(text, level).into_iter().map(tell).collect()
}

/// A policy of one statement on `*` with this effect, for these principals and actions.
fn resource_policy(principal: &str, action: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": {principal}, "Action": {action}, "Resource": "*"}}}}"#
    )
}

fn identity_policy(action: &str, resource: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": {action}, "Resource": {resource}}}]}}"#
    )
}

/// Asserts that exactly one thing is told, and that it has these words.
fn one(text: &str, level: Level, words: &[&str]) {
    let told = told(text, level);
    assert_eq!(told.len(), 1, "{told:#?}");
    for word in words {
        assert!(told[0].contains(word), "{word} in {told:#?}");
    }
}

const ROOT: &str = r#"{"AWS": "arn:aws:iam::111122223333:root"}"#;

#[test]
fn the_policies_of_the_guide_have_no_findings() {
    let repository = r#"{
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
            "Action": ["codeartifact:ReadFromRepository", "codeartifact:PublishPackageVersion", "codeartifact:PutPackageMetadata"],
            "Resource": "*"
        }]
    }"#;
    assert_eq!(told(repository, Level::Repository), [""; 0]);
    let organisation = r#"{
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "Organization", "Effect": "Allow", "Principal": "*",
            "Action": ["codeartifact:GetAuthorizationToken", "codeartifact:CreateRepository"], "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}}
        }]
    }"#;
    assert_eq!(told(organisation, Level::Domain), [""; 0]);
}

#[test]
fn broken_json_is_told_with_its_place() {
    one("", Level::Domain, &["1:1", "nothing here yet"]);
    one("{\n  \"Version\": \"2012-10-17\",\n}", Level::Domain, &["Error", "Nothing follows"]);
    one("{\n  \"Version\" \"2012-10-17\"\n}", Level::Domain, &["2:13", "colon"]);
    one("{\"Statement\": [} ", Level::Domain, &["1:16"]);
    one("{} {}", Level::Domain, &["1:4", "after the end"]);
    one("// no\n{}", Level::Domain, &["cannot have comments"]);
    one("[1, 2]", Level::Domain, &["1:1", "an object, not a list"]);
    assert!(told(&"[".repeat(100_000), Level::Domain).last().unwrap().contains("too deep"));
}

#[test]
fn a_line_break_inside_a_text_is_no_json() {
    for text in ["\"\n\"", "{\"Version\": \"2012-10-17\", \"Id\": \"ö\u{9}\"}"] {
        one(text, Level::Domain, &["This is not JSON"]);
    }
}

#[test]
fn columns_count_characters() {
    let text = "{\"Version\": \"2012-10-17\",\n \"Id\": \"Größe\", \"Statment\": []}";
    let told = told(text, Level::Domain);
    assert!(told.iter().any(|told| told.starts_with("2:17") && told.contains("Did you mean `Statement`?")), "{told:?}");
}

#[test]
fn members_are_known_single_and_complete() {
    let with = |members: &str| format!(r#"{{"Version": "2012-10-17", "Statement": [{{{members}}}]}}"#);
    let whole = r#""Effect": "Allow", "Action": "codeartifact:DescribeDomain", "Resource": "*""#;
    let principal = format!("{whole}, \"Principal\": {ROOT}");
    one(&with(&format!("{principal}, \"Resources\": \"*\"")), Level::Domain, &["no member `Resources`", "`Resource`"]);
    one(&with(&format!("{principal}, \"Effect\": \"Deny\"")), Level::Domain, &["twice"]);
    one(&with(whole), Level::Domain, &["`Principal` is missing"]);
    one(&with(&principal), Level::Identity, &["names no principal", "Take it away"]);
    one(&with(&principal.replace("Allow", "allow")), Level::Domain, &["no effect", "Did you mean `Allow`?"]);
    one(&with(&format!("{principal}, \"NotAction\": \"*\"")), Level::Domain, &["cannot stand in one statement"]);
    one(&with(&principal.replace(r#""Resource": "*","#, "")), Level::Domain, &["`Resource` is missing"]);
    one(&with(&principal.replace("\"codeartifact:DescribeDomain\"", "[]")), Level::Domain, &["empty list"]);
    one(
        &with(&principal.replace("\"codeartifact:DescribeDomain\"", "7")),
        Level::Domain,
        &["in double quotes, not a number"],
    );
    one(r#"{"Version": "2012-10-17"}"#, Level::Domain, &["`Statement` is missing"]);
    one(&with(&principal).replace("2012", "2013"), Level::Domain, &["no version", "2012-10-17"]);
    let unversioned = with(&principal).replace(r#""Version": "2012-10-17", "#, "");
    one(&unversioned, Level::Domain, &["Warning", "rules of 2008"]);
}

#[test]
fn an_action_that_does_not_exist_is_told_with_the_nearest_that_does() {
    let domain = |action: &str| resource_policy(ROOT, action);
    one(
        &domain(r#""codeartifact:ReadFromRepo""#),
        Level::Domain,
        &["Error", "no action `ReadFromRepo`", "`codeartifact:ReadFromRepository`"],
    );
    one(&domain(r#""ReadFromRepository""#), Level::Domain, &["`service:Name`", "`codeartifact:ReadFromRepository`"]);
    one(&domain(r#""codeartefact:ListPackages""#), Level::Domain, &["no service", "`codeartifact:ListPackages`"]);
    one(&domain(r#""codeartifact:Fetch*""#), Level::Domain, &["called like"]);
    one(&domain(r#""s3:GetObject""#), Level::Domain, &["rules CodeArtifact alone"]);
    assert_eq!(told(&identity_policy(r#""s3:GetObject""#, r#""arn:aws:s3:::bucket/*""#), Level::Identity), [""; 0]);
    assert_eq!(told(&domain(r#""CodeArtifact:readfromrepository""#), Level::Domain), [""; 0]);
}

#[test]
fn an_action_at_the_wrong_level_is_told() {
    let with = |action: &str| resource_policy(ROOT, &format!("\"codeartifact:{action}\""));
    one(&with("ListDomains"), Level::Domain, &["Warning", "action of the account"]);
    one(&with("GetAuthorizationToken"), Level::Repository, &["Warning", "Move it to the domain's policy"]);
    one(&with("PutDomainPermissionsPolicy"), Level::Domain, &["lock themselves out"]);
    one(&with("PutRepositoryPermissionsPolicy"), Level::Repository, &["lock themselves out"]);
    one(&resource_policy(ROOT, "\"sts:GetServiceBearerToken\""), Level::Domain, &["STS asks identity policies alone"]);
    let arn = r#""arn:aws:codeartifact:eu-west-1:111122223333:repository/acme/team-dev""#;
    one(
        &identity_policy(r#""codeartifact:PublishPackageVersion""#, arn),
        Level::Identity,
        &["works on a package", "`package/…`"],
    );
    one(&identity_policy(r#""codeartifact:ListDomains""#, arn), Level::Identity, &["no resource that could be named"]);
    one(&identity_policy(r#""sts:GetServiceBearerToken""#, arn), Level::Identity, &["no resource that could be named"]);
    one(
        &identity_policy(r#""codeartifact:ListPackages""#, &arn.replace("repository", "repositry")),
        Level::Identity,
        &["`repository`?"],
    );
}

#[test]
fn what_reaches_far_is_warned_of() {
    let everybody = resource_policy("\"*\"", "\"codeartifact:ReadFromRepository\"");
    one(&everybody, Level::Repository, &["Warning", "`*` is everybody", "aws:PrincipalOrgID"]);
    one(&resource_policy(r#"{"AWS": "*"}"#, "\"codeartifact:ReadFromRepository\""), Level::Repository, &["everybody"]);
}

#[test]
fn a_statement_that_denies_everybody_is_no_danger() {
    let everybody = resource_policy("\"*\"", "\"codeartifact:*\"").replace("Allow", "Deny");
    assert_eq!(told(&everybody, Level::Repository), [""; 0]);
}

#[test]
fn wildcards_are_warned_of_where_they_are_wide() {
    one(&resource_policy(ROOT, "\"codeartifact:*\""), Level::Domain, &["every action of CodeArtifact"]);
    one(&resource_policy(ROOT, "\"*\""), Level::Domain, &["every service"]);
    one(&resource_policy(ROOT, "\"codeartifact:Put*\""), Level::Repository, &["PutDomainPermissionsPolicy"]);
    assert_eq!(told(&resource_policy(ROOT, "\"codeartifact:List*\""), Level::Domain), [""; 0]);
    one(&identity_policy("\"codeartifact:ListPackages\"", "\"*\""), Level::Identity, &["every domain"]);
    assert_eq!(told(&identity_policy("\"codeartifact:ListDomains\"", "\"*\""), Level::Identity), [""; 0]);
    let not = resource_policy(ROOT, "\"codeartifact:DeleteDomain\"").replace("\"Action\"", "\"NotAction\"");
    one(&not, Level::Domain, &["every action but these"]);
    let not = resource_policy(ROOT, "\"codeartifact:ListPackages\"").replace("\"Principal\"", "\"NotPrincipal\"");
    one(&not, Level::Domain, &["Error", "everybody but these"]);
}

#[test]
fn principals_are_accounts_users_roles_and_sessions() {
    let with =
        |principal: &str| resource_policy(&format!("{{\"AWS\": \"{principal}\"}}"), "\"codeartifact:ListPackages\"");
    for right in [
        "111122223333",
        "arn:aws:iam::111122223333:root",
        "arn:aws:iam::111122223333:role/team/ci",
        "arn:aws:iam::111122223333:user/someone",
        "arn:aws:sts::111122223333:assumed-role/ci/build",
        "arn:aws-cn:iam::111122223333:role/ci",
    ] {
        assert_eq!(told(&with(right), Level::Repository), [""; 0], "{right}");
    }
    one(&with("1111"), Level::Repository, &["no principal"]);
    one(&with("arn:aws:iam::111122223333:role/*"), Level::Repository, &["wildcard cannot", "aws:PrincipalArn"]);
    one(&with("arn:aws:iam::1111:root"), Level::Repository, &["12 digits"]);
    one(&with("arn:aws:iam::111122223333:group/devs"), Level::Repository, &["group cannot"]);
    one(&with("AIDAEXAMPLEEXAMPLE12"), Level::Repository, &["deleted"]);
    one(
        &resource_policy(r#"{"Aws": "111122223333"}"#, "\"codeartifact:ListPackages\""),
        Level::Repository,
        &["`AWS`?"],
    );
    one(&resource_policy("\"111122223333\"", "\"codeartifact:ListPackages\""), Level::Repository, &["object of lists"]);
}

#[test]
fn conditions_have_known_operators_and_keys() {
    let with = |condition: &str| {
        resource_policy(ROOT, "\"codeartifact:ListPackages\"")
            .replace("\"Resource\"", &format!("\"Condition\": {condition}, \"Resource\""))
    };
    let good = r#"{"StringEquals": {"aws:PrincipalTag/team": "web"}, "Bool": {"aws:SecureTransport": true}}"#;
    assert_eq!(told(&with(good), Level::Repository), [""; 0]);
    one(
        &with(r#"{"StringEqual": {"aws:PrincipalOrgID": "o-1"}}"#),
        Level::Repository,
        &["no condition operator", "`StringEquals`?"],
    );
    one(
        &with(r#"{"StringEquals": {"aws:PrincipalOrgId2": "o-1"}}"#),
        Level::Repository,
        &["Warning", "`aws:PrincipalOrgID`?"],
    );
    one(&with(r#"{"StringEquals": {"aws:UserAgent": "npm"}}"#), Level::Repository, &["does not support"]);
    one(
        &with(r#"{"StringEquals": {"codeartifact:format": "npm"}}"#),
        Level::Repository,
        &["no condition keys of its own"],
    );
    one(
        &with(r#"{"StringEquals": {"aws:PrincipalOrgID": "o-*"}}"#),
        Level::Repository,
        &["plain characters", "StringLike"],
    );
    one(&with(r#"{"Bool": {"aws:SecureTransport": "yes"}}"#), Level::Repository, &["Error", "`true` or `false`"]);
    one(&with(r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": "soon"}}"#), Level::Repository, &["no number"]);
    one(&with(r#"{"NullIfExists": {"aws:SourceIp": "true"}}"#), Level::Repository, &["no condition operator"]);
    one(&with(r#"{"ForAllValues:StringEquals": {"aws:TagKeys": "team"}}"#), Level::Repository, &["no such key at all"]);
    one(&with(r#"["StringEquals"]"#), Level::Repository, &["object of operators, not a list"]);
}

#[test]
fn a_policy_has_a_size() {
    let fill = |size: usize| {
        let policy = resource_policy(ROOT, "\"codeartifact:ListPackages\"");
        format!("{policy}{}", " ".repeat(size - policy.len()))
    };
    assert_eq!(told(&fill(MOST_BYTES), Level::Domain), [""; 0]);
    one(&fill(MOST_BYTES + 1), Level::Domain, &["1:1", "has 7169 characters", "at most 7168"]);
    let identity = identity_policy("\"codeartifact:ListDomains\"", "\"*\"");
    assert_eq!(told(&format!("{identity}{}", " ".repeat(9000)), Level::Identity), [""; 0]);
}

#[test]
fn sids_name_one_statement() {
    let statement = r#"{"Sid": "one", "Effect": "Allow", "Action": "codeartifact:ListDomains", "Resource": "*"}"#;
    let twice = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}, {statement}]}}"#);
    one(&twice, Level::Identity, &["`one` too"]);
    one(&twice.replacen("one", "not one", 1), Level::Identity, &["letters and digits"]);
}

#[test]
fn parse_lets_through_what_can_be_read() {
    let text = resource_policy(ROOT, "[\"codeartifact:Nothing\"]");
    let policy = Policy::parse(&text, Level::Domain).unwrap();
    let statement = &policy.statements[0];
    assert_eq!(
        (statement.effect, statement.at, statement.called(0).as_str()),
        (Effect::Allow, Spot { line: 1, column: 40 }, "statement 1")
    );
    assert!(policy.has_variables && !statement.actions.negated);
    assert!(Policy::parse("{}", Level::Domain).is_err());
}

proptest! {
    #[test]
    fn what_is_read_is_json_and_nothing_makes_it_panic(text in "[\\[\\]{},:\"\\\\ \n/a-c0-9.eE+'tu-]{0,40}") {
        let places = json::Places::new(&text);
        let ours = json::parse(&text, &places).is_ok();
        let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        prop_assert!(!ours || theirs, "taken for JSON: {text:?}");
        check(&text, Level::Domain);
    }

    #[test]
    fn findings_point_into_the_text(cut in 0usize..400, level in 0usize..3) {
        let whole = resource_policy("\"*\"", "[\"codeartifact:Put*\",\n \"größe\"]");
        let text: String = whole.chars().take(cut).collect();
        let level = [Level::Domain, Level::Repository, Level::Identity][level];
        for finding in check(&text, level) {
            let line = text.split('\n').nth(finding.line - 1);
            prop_assert!(line.is_some_and(|line| finding.column <= line.chars().count() + 1), "{finding:?}");
        }
    }
}
