//! What is wrong with the credentials of a connection, and the command that mends it.

use serde::{Deserialize, Serialize};

use crate::connection::{ProfileKind, Source};
use crate::problem::Problem;

/// What kind of trouble it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The credentials were good and have expired.
    Expired,
    /// AWS does not know the access key, or the secret does not belong to it.
    WrongKeys,
    /// The clock of this machine differs from AWS's by more than five minutes.
    Clock,
    /// There are none.
    None,
    /// Somebody may not assume a role: the role, and who, as AWS tells it.
    RoleDenied {
        /// ARN of the role, where it is known.
        role: Option<String>,
        /// ARN of who asked for it, where AWS tells.
        by: Option<String>,
    },
    /// The SSO session is over, or was never begun.
    SsoEnded,
    /// SSO is signed in, and does not give this role in this account.
    SsoDenied,
    /// Nothing answers at the address.
    Unreachable,
    /// Anything else.
    Other,
}

/// Why a connection does not work, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mending {
    /// What is wrong, in one line.
    pub title: String,
    /// Why, and what to do.
    pub explanation: String,
    /// Commands that mend it, or show what is wrong.
    pub commands: Vec<String>,
    /// What AWS or the SDK said.
    pub problem: Problem,
}

impl Trouble {
    /// What to do about it. `endpoint` is the address that was asked, where it is not AWS's own.
    pub fn mending(&self, source: &Source, endpoint: Option<&str>, problem: Problem) -> Mending {
        let (title, explanation, commands) = self.advice(source, endpoint);
        Mending { title, explanation, commands, problem }
    }

    fn advice(&self, source: &Source, endpoint: Option<&str>) -> (String, String, Vec<String>) {
        match (self, source) {
            (Self::Clock, _) => advice(
                "The clock of this machine is wrong",
                "AWS refuses what was signed more than five minutes before or after its own time. Set the clock, then try again. On Linux:",
                ["sudo timedatectl set-ntp true"],
            ),
            (Self::Unreachable, _) => match endpoint {
                Some(endpoint) => advice(
                    "Nothing answers at the endpoint",
                    format!(
                        "{endpoint} does not answer. Look whether it is up, and whether a VPN is needed to reach it."
                    ),
                    [format!("curl -sS -o /dev/null -w '%{{http_code}}\\n' {}", crate::command::quote(endpoint))],
                ),
                None => advice(
                    "AWS cannot be reached",
                    "Check the network, the proxy and the VPN of the machine that Headwater runs on.",
                    ["curl -sS -o /dev/null -w '%{http_code}\\n' https://sts.amazonaws.com"],
                ),
            },
            (Self::RoleDenied { .. }, Source::Profile { name, mfa: Some(device), .. }) => advice(
                format!("Profile {name} needs a code of its MFA device"),
                "Headwater cannot ask for the code. Fetch keys with it, put them into a profile of their own, and start Headwater with that one.",
                [format!(
                    "aws sts get-session-token --serial-number {} --token-code CODE --profile {}",
                    crate::command::quote(device),
                    crate::command::quote(name)
                )],
            ),
            (Self::RoleDenied { role, by }, _) => role_denied(role.as_deref(), by.as_deref()),
            (_, Source::Profile { name, kind, .. }) => self.of_profile(name, kind),
            (Self::Expired | Self::WrongKeys, Source::Environment) => advice(
                match self {
                    Self::Expired => "The keys of the environment have expired",
                    _ => "AWS does not accept the keys of the environment",
                },
                "They came from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN of the shell that started Headwater, and cannot change while it runs. Stop it, set new ones there, and start it again; or start it with a profile, which it reads anew.",
                [
                    "eval \"$(aws configure export-credentials --profile NAME --format env)\"",
                    "headwater serve --profile NAME",
                ],
            ),
            (_, Source::Nothing) => advice(
                "There are no AWS credentials",
                "Neither the environment nor the profile default has any. Make a profile, then start Headwater with it.",
                ["aws configure sso --profile NAME", "headwater serve --profile NAME"],
            ),
            (_, source) => advice(
                "The AWS credentials do not work",
                format!("They came from {}. What went wrong stands below.", source.words()),
                ["aws sts get-caller-identity"],
            ),
        }
    }

    fn of_profile(&self, name: &str, kind: &ProfileKind) -> (String, String, Vec<String>) {
        let profile = crate::command::quote(name);
        let sign_in = [format!("aws sso login --profile {profile}")];
        match (self, kind) {
            (_, ProfileKind::Missing) => advice(
                format!("There is no profile {name}"),
                "The AWS configuration of the person who runs Headwater does not have it. Make it, or correct its name.",
                [format!("aws configure --profile {profile}"), format!("aws configure sso --profile {profile}")],
            ),
            (_, ProfileKind::Empty) => advice(
                format!("Profile {name} has no credentials"),
                "It has neither keys nor a way to get some. Give it keys, or let it sign in by SSO.",
                [format!("aws configure --profile {profile}"), format!("aws configure sso --profile {profile}")],
            ),
            (Self::SsoDenied, _) => advice(
                format!("SSO does not give profile {name} its role"),
                "You are signed in, but the account or the role of the profile is not assigned to you. Look at sso_account_id and sso_role_name, or ask who manages IAM Identity Center.",
                [
                    format!("aws configure get sso_role_name --profile {profile}"),
                    format!("aws configure get sso_account_id --profile {profile}"),
                ],
            ),
            (Self::SsoEnded | Self::Expired | Self::None | Self::Other, ProfileKind::Sso) | (Self::SsoEnded, _) => {
                advice(
                    format!("The SSO session of profile {name} is over"),
                    "Sign in again on the machine that Headwater runs on, then try again here.",
                    sign_in,
                )
            }
            (Self::Expired, ProfileKind::Keys) => advice(
                format!("The keys of profile {name} have expired"),
                "Temporary keys cannot be renewed. Put new ones into the profile, then try again here.",
                [format!("aws configure --profile {profile}")],
            ),
            (Self::WrongKeys, ProfileKind::Keys) => advice(
                format!("AWS does not accept the keys of profile {name}"),
                "The access key was deleted or made inactive, or the secret does not belong to it. Put good ones into the profile, then try again here.",
                [format!("aws configure --profile {profile}")],
            ),
            (_, ProfileKind::Process) => advice(
                format!("The program of profile {name} gave no good keys"),
                "The profile takes its keys from credential_process. Run the same by hand and see what it says.",
                [format!("aws configure get credential_process --profile {profile}")],
            ),
            _ => advice(
                format!("The credentials of profile {name} do not work"),
                "What went wrong stands below. The same by hand:",
                [format!("aws sts get-caller-identity --profile {profile}")],
            ),
        }
    }
}

fn role_denied(role: Option<&str>, by: Option<&str>) -> (String, String, Vec<String>) {
    let name = role.map_or("the role", |role| role.rsplit('/').next().unwrap_or(role));
    let who = by.unwrap_or("The caller");
    let explanation = format!(
        "{who} may not assume {}. Two sides must allow it: the trust policy of the role, and a policy of the caller with sts:AssumeRole for it.",
        role.unwrap_or("the role of this connection")
    );
    let commands = match role {
        Some(role) => vec![
            format!("aws sts assume-role --role-arn {} --role-session-name headwater", crate::command::quote(role)),
            format!(
                "aws iam get-role --role-name {} --query Role.AssumeRolePolicyDocument",
                crate::command::quote(name)
            ),
        ],
        None => vec!["aws sts get-caller-identity".to_owned()],
    };
    (format!("The role {name} may not be assumed"), explanation, commands)
}

fn advice<C: Into<String>>(
    title: impl Into<String>,
    explanation: impl Into<String>,
    commands: impl IntoIterator<Item = C>,
) -> (String, String, Vec<String>) {
    (title.into(), explanation.into(), commands.into_iter().map(Into::into).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::ProblemCode;

    fn profile(kind: ProfileKind) -> Source {
        Source::Profile { name: "my prod".to_owned(), kind, mfa: None }
    }

    fn first(trouble: &Trouble, source: &Source) -> (String, String) {
        let mending = trouble.mending(source, None, Problem::new(ProblemCode::Credentials, "said"));
        (mending.title, mending.commands.first().cloned().unwrap_or_default())
    }

    #[test]
    fn each_trouble_has_the_command_that_mends_it() {
        let role = Trouble::RoleDenied {
            role: Some("arn:aws:iam::111122223333:role/team/deploy".into()),
            by: Some("arn:aws:iam::444455556666:user/ada".into()),
        };
        for (trouble, source, title, command) in [
            (
                Trouble::SsoEnded,
                profile(ProfileKind::Sso),
                "The SSO session of profile my prod is over",
                "aws sso login --profile 'my prod'",
            ),
            (
                Trouble::None,
                profile(ProfileKind::Missing),
                "There is no profile my prod",
                "aws configure --profile 'my prod'",
            ),
            (
                Trouble::None,
                profile(ProfileKind::Empty),
                "Profile my prod has no credentials",
                "aws configure --profile 'my prod'",
            ),
            (
                Trouble::WrongKeys,
                profile(ProfileKind::Keys),
                "AWS does not accept the keys of profile my prod",
                "aws configure --profile 'my prod'",
            ),
            (
                Trouble::Expired,
                profile(ProfileKind::Keys),
                "The keys of profile my prod have expired",
                "aws configure --profile 'my prod'",
            ),
            (
                Trouble::Expired,
                Source::Environment,
                "The keys of the environment have expired",
                "eval \"$(aws configure export-credentials --profile NAME --format env)\"",
            ),
            (Trouble::None, Source::Nothing, "There are no AWS credentials", "aws configure sso --profile NAME"),
            (
                Trouble::Clock,
                Source::Environment,
                "The clock of this machine is wrong",
                "sudo timedatectl set-ntp true",
            ),
            (
                role.clone(),
                Source::Environment,
                "The role deploy may not be assumed",
                "aws sts assume-role --role-arn arn:aws:iam::111122223333:role/team/deploy --role-session-name headwater",
            ),
        ] {
            assert_eq!(first(&trouble, &source), (title.to_owned(), command.to_owned()));
        }
        let said = role.mending(&Source::Environment, None, Problem::new(ProblemCode::Credentials, "said"));
        assert!(said.explanation.starts_with("arn:aws:iam::444455556666:user/ada may not assume arn:aws:iam"));
    }

    #[test]
    fn a_device_is_asked_for_before_the_role_is_blamed() {
        let source = Source::Profile {
            name: "ops".into(),
            kind: ProfileKind::Role,
            mfa: Some("arn:aws:iam::111122223333:mfa/ada".into()),
        };
        let (title, command) = first(&Trouble::RoleDenied { role: None, by: None }, &source);
        assert_eq!(title, "Profile ops needs a code of its MFA device");
        assert!(command.starts_with("aws sts get-session-token --serial-number arn:aws:iam::111122223333:mfa/ada"));
    }

    #[test]
    fn an_endpoint_that_does_not_answer_is_named() {
        let problem = Problem::new(ProblemCode::Unreachable, "said");
        let mending = Trouble::Unreachable.mending(&Source::Environment, Some("http://127.0.0.1:9"), problem);
        assert!(
            mending.explanation.contains("http://127.0.0.1:9") && mending.commands[0].ends_with("http://127.0.0.1:9")
        );
    }
}
