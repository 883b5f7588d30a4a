//! What goes wrong in a database, in our words.

use std::sync::Arc;

use crate::error::{Error, Kind};

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let told = match trouble(&error) {
            Trouble::Ours => return Self::unexpected(error),
            trouble => trouble.sentence(),
        };
        let message = format!("Headwater's own store cannot be used: {told}");
        Self { cause: Some(Arc::new(error)), ..Self::new(Kind::Unavailable, message) }
    }
}

/// An error in a few words, for the line with which a program ends. The words of sqlx and of the databases hold no
/// password; addresses are not told at all.
pub(super) fn told(error: &sqlx::Error) -> String {
    match trouble(error) {
        Trouble::Ours if matches!(error, sqlx::Error::Configuration(_)) => {
            "the address is not a database's.".to_owned()
        }
        Trouble::Ours => format!("{error}."),
        trouble => trouble.sentence().to_owned(),
    }
}

/// Whose trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Locked,
    Full,
    ReadOnly,
    Damaged,
    Disk,
    Gone,
    Refused,
    /// A fault of this program.
    Ours,
}

impl Trouble {
    fn sentence(self) -> &'static str {
        match self {
            Self::Locked => "another program holds it, and did not let go in time. Try again.",
            Self::Full => "there is no room left. Make room on its disk, then try again.",
            Self::ReadOnly => "it can only be read. Its file, its folder or its disk is write-protected.",
            Self::Damaged => "its file is damaged. Put back a copy of it.",
            Self::Disk => "its disk does not do what it should. The log has more.",
            Self::Gone => "the database does not answer. Try again.",
            Self::Refused => "the database refuses the name or the password.",
            Self::Ours => "the log has more.",
        }
    }
}

fn trouble(error: &sqlx::Error) -> Trouble {
    match error {
        sqlx::Error::Database(error) => match error.code() {
            Some(code) if code.len() == SQLSTATE => of_postgres(&code),
            Some(code) => code.parse().map_or(Trouble::Ours, of_sqlite),
            None => Trouble::Ours,
        },
        sqlx::Error::PoolTimedOut => Trouble::Locked,
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => Trouble::Gone,
        _ => Trouble::Ours,
    }
}

/// How long PostgreSQL's codes are. SQLite's are numbers of at most four digits.
const SQLSTATE: usize = 5;

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn of_postgres(code: &str) -> Trouble {
    match code {
        // Serialization failure, deadlock, lock not available, a statement that took too long.
        "40001" | "40P01" | "55P03" | "57014" => Trouble::Locked,
        "53100" => Trouble::Full,
        "25006" => Trouble::ReadOnly,
        _ => match &code[..2] {
            "28" => Trouble::Refused,
            "58" => Trouble::Disk,
            "XX" => Trouble::Damaged,
            // Connection exceptions, too few resources, shutting down or starting up; and a transaction whose
            // connection was ended, because it had hung.
            "08" | "53" | "57" | "25" => Trouble::Gone,
            _ => Trouble::Ours,
        },
    }
}

/// <https://sqlite.org/rescode.html>; the low byte tells the kind.
fn of_sqlite(code: i32) -> Trouble {
    match code & 0xff {
        5 | 6 => Trouble::Locked,
        8 => Trouble::ReadOnly,
        10 | 14 => Trouble::Disk,
        11 | 26 => Trouble::Damaged,
        13 => Trouble::Full,
        _ => Trouble::Ours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_databases_are_told_apart() {
        assert_eq!(of_sqlite(5), Trouble::Locked);
        assert_eq!(of_sqlite(13), Trouble::Full);
        assert_eq!(of_sqlite(10 | (3 << 8)), Trouble::Disk);
        assert_eq!(of_sqlite(19 | (6 << 8)), Trouble::Ours);
        assert_eq!(of_postgres("53100"), Trouble::Full);
        assert_eq!(of_postgres("57P01"), Trouble::Gone);
        assert_eq!(of_postgres("23505"), Trouble::Ours);
    }
}
