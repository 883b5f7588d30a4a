//! Policies for people: who they are, which repositories they work with, and the least that lets them.
//!
//! What each needs is what the CodeArtifact user guide and the service authorization reference say of the operations they
//! use. The developer and the consumer get their actions in one statement, as the guide writes such policies: an action
//! counts only for the resources that it works on.

mod terraform;

use super::action::{GET_SERVICE_BEARER_TOKEN, ResourceKind};
use super::arn::Home;
use super::condition::{Operator, Test};
use super::finding::Spot;
use super::statement::{Condition, Effect, Policy, Statement, Word, Words};
use crate::command::{finish, quote};
use crate::format::PackageFormat;
use crate::names::{Namespace, RepositoryName};
use crate::repository::Repository;
use crate::topology::{Role, Topology};

/// Who gets a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Person {
    /// Installs packages and publishes own ones, by hand.
    Developer,
    /// Installs packages.
    Consumer,
    /// Publishes packages from a pipeline.
    Publisher,
    /// Copies tested versions on.
    Promoter,
    /// Governs a domain.
    Administrator,
}

impl Person {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Developer, Self::Consumer, Self::Publisher, Self::Promoter, Self::Administrator];

    /// The word in addresses and in names of policies.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Developer => "developer",
            Self::Consumer => "consumer",
            Self::Publisher => "publisher",
            Self::Promoter => "promoter",
            Self::Administrator => "administrator",
        }
    }

    /// How they are called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Developer => "Developer",
            Self::Consumer => "Read-only consumer",
            Self::Publisher => "Publisher from CI",
            Self::Promoter => "Promoter",
            Self::Administrator => "Administrator",
        }
    }

    /// What they may do.
    pub fn about(self) -> &'static str {
        match self {
            Self::Developer => "Installs packages, and publishes to the repositories of the team.",
            Self::Consumer => "Installs packages, as production does. Publishes nothing.",
            Self::Publisher => {
                "A pipeline that publishes packages, all of a repository or those of one format and namespace."
            }
            Self::Promoter => "Copies tested versions from one repository to another. Publishes and deletes nothing.",
            Self::Administrator => {
                "Governs the whole domain: repositories, upstreams, policies, package groups, packages."
            }
        }
    }

    /// What their own repositories are called; none where the whole domain is meant.
    pub fn repositories_are(self) -> Option<&'static str> {
        match self {
            Self::Developer | Self::Publisher => Some("Publishes to"),
            Self::Consumer => Some("Installs from"),
            Self::Promoter => Some("Promotes to"),
            Self::Administrator => None,
        }
    }

    /// What the further repositories are called; none where there are no further ones.
    pub fn sources_are(self) -> Option<&'static str> {
        match self {
            Self::Developer => Some("Reads also"),
            Self::Promoter => Some("Promotes from"),
            Self::Consumer | Self::Publisher | Self::Administrator => None,
        }
    }
}

impl std::str::FromStr for Person {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|person| person.as_str() == text).ok_or(())
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Who gets it.
    pub person: Person,
    /// Where the domain lives.
    pub home: Home,
    /// The repositories they work with.
    pub repositories: Vec<RepositoryName>,
    /// Those a developer reads besides; those a promoter copies from.
    pub sources: Vec<RepositoryName>,
    /// The packages a publisher is held to: of one format, and of one namespace of it.
    pub packages: Option<(PackageFormat, Option<Namespace>)>,
}

impl Wanted {
    /// Why there can be no policy yet; none if there can.
    pub fn refusal(&self) -> Option<&'static str> {
        let overlap = self.sources.iter().any(|source| self.repositories.contains(source));
        match self.person {
            Person::Administrator => None,
            _ if self.repositories.is_empty() => Some("Choose at least one repository."),
            Person::Promoter if self.sources.is_empty() => Some("Choose at least one repository to promote from."),
            Person::Promoter if overlap => {
                Some("A repository cannot be promoted to itself: choose it on one side only.")
            }
            Person::Developer | Person::Consumer | Person::Publisher | Person::Promoter => None,
        }
    }

    /// A name for the policy, such as `acme-developer`.
    pub fn name(&self) -> String {
        format!("{}-{}", self.home.domain, self.person.as_str())
    }

    /// The policy.
    pub fn policy(&self) -> Policy {
        let mut statements = match self.person {
            Person::Developer => vec![self.in_one(&[
                "GetAuthorizationToken",
                "GetRepositoryEndpoint",
                "ReadFromRepository",
                "PublishPackageVersion",
                "PutPackageMetadata",
            ])],
            Person::Consumer => {
                vec![self.in_one(&["GetAuthorizationToken", "GetRepositoryEndpoint", "ReadFromRepository"])]
            }
            Person::Publisher => self.publisher(),
            Person::Promoter => self.promoter(),
            Person::Administrator => self.administrator(),
        };
        statements.push(bearer_token());
        Policy { has_variables: true, statements }
    }

    /// One statement of these actions on the domain, the repositories and the packages of one's own repositories.
    fn in_one(&self, actions: &[&str]) -> Statement {
        let mut resources = vec![self.home.domain()];
        resources.extend(self.repositories.iter().map(|name| self.home.repository(name)));
        let further = if self.person == Person::Developer { self.sources.as_slice() } else { &[] };
        resources.extend(
            further.iter().filter(|name| !self.repositories.contains(name)).map(|name| self.home.repository(name)),
        );
        resources.extend(self.repositories.iter().map(|name| self.home.packages(name)));
        allow(None, actions, resources)
    }

    fn publisher(&self) -> Vec<Statement> {
        let packages = self.repositories.iter().map(|name| match &self.packages {
            None => self.home.packages(name),
            Some((format, None)) => self.home.package_pattern(name, &format!("{format}/*")),
            Some((format, Some(namespace))) => self.home.package_pattern(name, &format!("{format}/{namespace}/*")),
        });
        vec![
            allow(Some("Token"), &["GetAuthorizationToken"], vec![self.home.domain()]),
            // Publishing with NuGet and Cargo reads the repository, and so does the build before it.
            allow(Some("Read"), &["GetRepositoryEndpoint", "ReadFromRepository"], self.arns(&self.repositories)),
            allow(Some("Publish"), &["PublishPackageVersion", "PutPackageMetadata"], packages.collect()),
        ]
    }

    /// `CopyPackageVersions` asks for reading the source and for copying into the target. The rest is what looking takes:
    /// the versions on both sides, their files, and the tags, which only the package endpoint tells.
    fn promoter(&self) -> Vec<Statement> {
        let both: Vec<RepositoryName> = self.sources.iter().chain(&self.repositories).cloned().collect();
        let packages = |names: &[RepositoryName]| names.iter().map(|name| self.home.packages(name)).collect::<Vec<_>>();
        let mut targets = self.arns(&self.repositories);
        targets.extend(packages(&self.repositories));
        vec![
            allow(Some("Token"), &["GetAuthorizationToken"], vec![self.home.domain()]),
            allow(
                Some("Read"),
                &["DescribeRepository", "GetRepositoryEndpoint", "ListPackages", "ReadFromRepository"],
                self.arns(&both),
            ),
            allow(
                Some("Compare"),
                &["DescribePackage", "DescribePackageVersion", "ListPackageVersionAssets", "ListPackageVersions"],
                packages(&both),
            ),
            allow(Some("Copy"), &["CopyPackageVersions"], targets),
        ]
    }

    fn administrator(&self) -> Vec<Statement> {
        let everything = ResourceKind::ALL.map(|kind| self.home.all(kind));
        vec![
            allow(Some("Domain"), &["*"], everything.into()),
            // No resource can be named for these: the authorization reference has them on `*`.
            allow(
                Some("Account"),
                &["CreatePackageGroup", "CreateRepository", "ListDomains", "ListRepositories"],
                vec!["*".into()],
            ),
        ]
    }

    fn arns(&self, names: &[RepositoryName]) -> Vec<String> {
        names.iter().map(|name| self.home.repository(name)).collect()
    }

    /// The commands that make the policy and attach it to a role. `profile` are options such as `--profile work`.
    pub fn commands(&self, profile: &[String]) -> String {
        let (name, home) = (self.name(), &self.home);
        let create = vec![
            "aws iam create-policy".to_owned(),
            format!("--policy-name {name}"),
            format!("--description {}", quote(&self.description())),
            format!("--policy-document file://{name}.json"),
        ];
        let attach = vec![
            "aws iam attach-role-policy".to_owned(),
            "--role-name ROLE".to_owned(),
            format!("--policy-arn arn:{}:iam::{}:policy/{name}", home.partition, home.owner),
        ];
        format!(
            "cat > {name}.json << 'EOF'\n{}EOF\n\n{}\n\n# ROLE stands for the role that is to have it.\n{}\n",
            self.policy().to_json(),
            finish(create, profile),
            finish(attach, profile),
        )
    }

    fn description(&self) -> String {
        format!("{} of the CodeArtifact domain {}", self.person.title(), self.home.domain)
    }
}

/// The stores and team repositories that a repository takes from, in the order they are searched: what a developer reads.
pub fn sources_of(repositories: &[Repository], chosen: &[RepositoryName]) -> Vec<RepositoryName> {
    let topology = Topology::new(repositories);
    let mut sources: Vec<RepositoryName> = Vec::new();
    for name in chosen {
        for step in topology.search_order(name).steps {
            let is_store = topology.get(&step.repository).is_some_and(|repository| Role::of(repository) == Role::Store);
            if is_store && !chosen.contains(&step.repository) && !sources.contains(&step.repository) {
                sources.push(step.repository);
            }
        }
    }
    sources
}

fn word(text: impl Into<String>) -> Word {
    Word { text: text.into(), at: Spot::default() }
}

fn words(list: Vec<Word>) -> Words {
    Words { at: Spot::default(), negated: false, list }
}

fn allow(sid: Option<&str>, actions: &[&str], resources: Vec<String>) -> Statement {
    Statement {
        at: Spot::default(),
        sid: sid.map(word),
        effect: Effect::Allow,
        principals: None,
        actions: words(actions.iter().map(|name| word(format!("codeartifact:{name}"))).collect()),
        resources: words(resources.into_iter().map(word).collect()),
        conditions: Vec::new(),
    }
}

/// What lets a token be asked for: of STS, for CodeArtifact alone.
fn bearer_token() -> Statement {
    Statement {
        actions: words(vec![word(GET_SERVICE_BEARER_TOKEN)]),
        conditions: vec![Condition {
            operator: Operator { test: Test::StringEquals, if_exists: false, set: None },
            key: word("sts:AWSServiceName"),
            values: vec![word("codeartifact.amazonaws.com")],
        }],
        ..allow(None, &[], vec!["*".into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_with_a_space_stays_one_word() {
        let home = Home::of_domain("arn:aws:codeartifact:eu-west-1:111122223333:domain/acme").unwrap();
        let (repositories, sources) = (Vec::new(), Vec::new());
        let wanted = Wanted { person: Person::Administrator, home, repositories, sources, packages: None };
        let commands = wanted.commands(&["--profile".into(), "my work".into()]);
        assert_eq!(commands.matches(" \\\n  --profile 'my work'\n").count(), 2);
        assert!(commands.contains("  --description 'Administrator of the CodeArtifact domain acme' \\\n"));
    }
}
