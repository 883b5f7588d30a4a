//! `--people FILE`, and `headwater people`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use shared::person::Role;

/// What stands below the options of `headwater people`.
pub const HELP: &str = "\
Roles: viewer reads; promoter plans, promotes and undoes; approver approves and rejects; admin does everything else. A \
person may have several.

Examples:
  headwater people new --id ann --name \"Ann Lee\" --role promoter --role approver >> people.toml
  headwater serve --profile prod --people people.toml";

/// Who may sign in.
#[derive(Debug, Args)]
pub struct PeopleArgs {
    /// The people who may sign in, each with a token of their own (`headwater people new`). Without it whoever runs the
    /// program is alone and opens the one-time link. The file is read again when it changes.
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,
}

/// `headwater people`
#[derive(Debug, Args)]
pub struct People {
    /// What to do.
    #[command(subcommand)]
    pub command: PeopleCommand,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// Makes a token. The entry for the list goes to standard output, the token to standard error, once.
    New(NewPerson),
}

/// `headwater people new`
#[derive(Debug, Args)]
pub struct NewPerson {
    /// How the record of changes knows the person; it never changes.
    #[arg(long)]
    pub id: String,
    /// How the page calls the person.
    #[arg(long)]
    pub name: String,
    /// What the person may do; may be given several times.
    #[arg(long = "role", value_name = "ROLE", value_parser = role, required = true)]
    pub roles: Vec<Role>,
}

fn role(text: &str) -> Result<Role, String> {
    text.parse()
}
