//! `headwater audit`

use std::io::Write;

use shared::history::{HistoryFormat, csv_header};

use crate::cli::{Audit, AuditCommand, AuditFormat, DataArgs};
use crate::config::{self, StoreSettings};
use crate::store::audit::{self, Head, HistoryFilter};
use crate::store::{self, Store};

/// How many rows are read at once.
const PAGE: i64 = 1000;

/// Verifies or exports the record.
///
/// # Errors
/// One clear line: the first bad row, or what keeps the record from being read.
pub async fn run(audit: Audit) -> Result<(), String> {
    match audit.command {
        AuditCommand::Verify { head, data } => {
            let kept = head.map(|(seq, hash)| Head { seq, hash });
            verify(&open(&data).await?, kept.as_ref()).await
        }
        AuditCommand::Export { kind, from, to, data } => {
            let (from, to) = (from.map(|day| day.begins()), to.map(|day| day.ends()));
            let kind = match kind {
                AuditFormat::Jsonl => HistoryFormat::Jsonl,
                AuditFormat::Csv => HistoryFormat::Csv,
            };
            export(&open(&data).await?, kind, HistoryFilter { from, to, ..HistoryFilter::default() }).await
        }
    }
}

/// Opens the store of a record that is there: looking for one must not make one.
async fn open(data: &DataArgs) -> Result<Store, String> {
    let settings = config::store(data)?;
    if let StoreSettings::Folder(folder) = &settings
        && !store::is_in(folder)
    {
        return Err(format!("There is no record in {}.", folder.display()));
    }
    Store::open(&settings).await
}

async fn verify(store: &Store, kept: Option<&Head>) -> Result<(), String> {
    match audit::verify(store, kept).await.map_err(|error| error.chain())? {
        Ok(head) if head.seq == 0 => say("The record is empty.\n"),
        Ok(head) => {
            say(&format!("All {} rows are what was written. The end is {}:{}\n", head.seq, head.seq, head.hash))
        }
        Err(broken) => Err(format!("row {} of the record is wrong: {}", broken.seq, broken.what)),
    }
}

async fn export(store: &Store, kind: HistoryFormat, mut filter: HistoryFilter) -> Result<(), String> {
    if kind == HistoryFormat::Csv {
        say(&csv_header())?;
    }
    loop {
        let rows = audit::oldest(store, &filter, PAGE).await.map_err(|error| error.chain())?;
        let Some(last) = rows.last() else { return Ok(()) };
        filter.after = Some(last.seq);
        for row in &rows {
            say(&audit::line(row, kind).map_err(|error| error.chain())?)?;
        }
    }
}

fn say(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| format!("Standard output cannot be written: {error}."))
}
