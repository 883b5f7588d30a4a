//! What a check has to say, and where.

/// A place in a text, counted in characters as editors do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Spot {
    /// The first line is 1; 0 in what was made rather than read.
    pub line: usize,
    /// The first character of a line is 1.
    pub column: usize,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// AWS would refuse it, or it cannot mean anything.
    Error,
    /// It may mean more or less than was meant.
    Warning,
}

/// One thing that is wrong or doubtful in a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The line it begins on; the first is 1.
    pub line: usize,
    /// The character of the line it begins at; the first is 1.
    pub column: usize,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to write instead, where it is known: a sentence.
    pub mend: Option<String>,
}

impl Finding {
    pub(super) fn error(at: Spot, message: impl Into<String>) -> Self {
        Self { line: at.line, column: at.column, severity: Severity::Error, message: message.into(), mend: None }
    }

    pub(super) fn warning(at: Spot, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(at, message) }
    }

    pub(super) fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = Some(mend.into());
        self
    }

    /// Offers the word that was probably meant.
    pub(super) fn meant(self, word: Option<&str>) -> Self {
        match word {
            Some(word) => self.mend(format!("Did you mean `{word}`?")),
            None => self,
        }
    }
}
