//! The options of `headwater audit`.

use clap::{Args, Subcommand, ValueEnum};
use shared::history::Day;

use super::DataArgs;

pub(super) const HELP: &str = "\
Examples:
  headwater audit verify                          is any row not what was written?
  headwater audit verify --head 1201:9f86d0…      and is nothing missing at the end?
  headwater audit export --as csv --from 2026-01-01 > changes.csv";

/// `headwater audit`
#[derive(Debug, Args)]
pub struct Audit {
    /// What to do with it.
    #[command(subcommand)]
    pub command: AuditCommand,
}

/// What can be done with the record.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Walks the chain of hashes. Ends with 0, or with 1 and the first row that is not what was written.
    ///
    /// A chain alone shows neither that rows are missing at its end nor that whoever owns the database wrote all of it
    /// anew. Keep the end of the chain elsewhere, as `serve` logs it, and compare with it.
    Verify {
        /// An end of the chain that was kept elsewhere.
        #[arg(long, value_name = "SEQ:HASH", value_parser = head)]
        head: Option<(i64, String)>,
        /// Where the record is.
        #[command(flatten)]
        data: DataArgs,
    },
    /// Writes the record to standard output, oldest row first.
    Export {
        /// JSON lines, or comma-separated values for a spreadsheet.
        #[arg(long = "as", value_enum, value_name = "FORMAT")]
        kind: AuditFormat,
        /// From this day on, UTC, such as 2026-01-31.
        #[arg(long, value_name = "DAY")]
        from: Option<Day>,
        /// Up to and with this day, UTC.
        #[arg(long, value_name = "DAY")]
        to: Option<Day>,
        /// Where the record is.
        #[command(flatten)]
        data: DataArgs,
    },
}

/// How the record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values.
    Csv,
}

fn head(text: &str) -> Result<(i64, String), String> {
    let parsed = text.split_once(':').and_then(|(seq, hash)| Some((seq.parse().ok()?, hash.to_ascii_lowercase())));
    parsed
        .filter(|(seq, hash)| *seq > 0 && hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
        .ok_or_else(|| "the end of a chain is such as 1201:9f86d0… with 64 hexadecimal digits".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_chain_has_its_shape() {
        assert_eq!(head(&format!("7:{}", "A".repeat(64))), Ok((7, "a".repeat(64))));
        for bad in ["7", "x:y", "7:abc", &format!("0:{}", "a".repeat(64))] {
            assert!(head(bad).is_err(), "{bad}");
        }
    }
}
