//! The record of changes: told page by page, written as a file, checked.

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use shared::api::{DomainPath, ExportHistory, HistoryQuery, ListHistory, VerifyHistory};
use shared::history::{ChainEnd, HistoryCheck, HistoryFormat, HistoryPage, WrongRow, csv_header, same_action};

use crate::app::AppState;
use crate::clock;
use crate::error::{Error, Result};
use crate::extract::Asked;
use crate::store::Store;
use crate::store::audit::{self, Head, HistoryFilter};

/// How many rows a page has.
const PAGE: usize = 100;

/// How many rows of a file are read at once.
const PIECE: i64 = 1000;

/// The record of a domain, newest first. Asks nothing of AWS: it is there also for a domain that is gone.
pub async fn list(app: AppState, asked: Asked<ListHistory>) -> Result<HistoryPage> {
    app.connection(&asked.path.connection)?;
    let end = end(audit::head(&app.store).await?);
    let filter = filter(&asked.path, &asked.query);
    let mut rows = audit::told(&app.store, &filter, PAGE as i64 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    Ok(HistoryPage { rows, more, end })
}

/// The same as a file, oldest first. A store that fails half-way breaks the answer off, so that no part passes for the whole.
pub async fn export(app: AppState, asked: Asked<ExportHistory>) -> Result<Response> {
    app.connection(&asked.path.connection)?;
    let kind = asked.query.kind;
    let rows = HistoryQuery { before: None, ..asked.query.rows };
    let writer = Writer { store: app.store, filter: filter(&asked.path, &rows), kind, begun: false };
    // The first piece is read before the answer begins: what fails then is told as every refusal is.
    let first = writer.next().await?;
    let pieces = stream::try_unfold(first, |piece| async move {
        let Some((text, writer)) = piece else { return Ok::<_, Error>(None) };
        Ok(Some((text, writer.next().await?)))
    });
    let content = match kind {
        HistoryFormat::Csv => "text/csv; charset=utf-8",
        HistoryFormat::Jsonl => "application/jsonl; charset=utf-8",
    };
    let name = format!("attachment; filename=\"history-{}.{}\"", asked.path.domain, kind.as_str());
    Ok(([(CONTENT_TYPE, content.to_owned()), (CONTENT_DISPOSITION, name)], Body::from_stream(pieces)).into_response())
}

/// Writes a file piece by piece.
struct Writer {
    store: Store,
    filter: HistoryFilter,
    kind: HistoryFormat,
    begun: bool,
}

impl Writer {
    /// The next piece, and who writes the one after it; none at the end.
    async fn next(mut self) -> Result<Option<(Bytes, Self)>> {
        let rows = audit::oldest(&self.store, &self.filter, PIECE).await?;
        let header = !self.begun && self.kind == HistoryFormat::Csv;
        if rows.is_empty() && !header {
            return Ok(None);
        }
        let mut text = if header { csv_header() } else { String::new() };
        for row in &rows {
            text.push_str(&audit::line(row, self.kind)?);
            self.filter.after = Some(row.seq);
        }
        self.begun = true;
        Ok(Some((Bytes::from(text), self)))
    }
}

/// Walks the chain of the whole record.
pub async fn verify(app: AppState, _asked: Asked<VerifyHistory>) -> Result<HistoryCheck> {
    let (end, wrong) = match audit::verify(&app.store, None).await? {
        Ok(head) => (Some(end(head)), None),
        Err(broken) => (None, Some(WrongRow { seq: broken.seq, what: broken.what })),
    };
    Ok(HistoryCheck { end, wrong, read_at: clock::seconds() })
}

fn end(head: Head) -> ChainEnd {
    ChainEnd { seq: head.seq, hash: head.hash }
}

fn filter(path: &DomainPath, query: &HistoryQuery) -> HistoryFilter {
    let exact = query.format.is_some() && query.package.is_some();
    let namespace = query.namespace.as_ref().map(ToString::to_string);
    let mut actions = query.action.iter().flat_map(|action| same_action(action)).map(str::to_owned);
    HistoryFilter {
        connection: Some(path.connection.to_string()),
        domain: Some(path.domain.to_string()),
        repository: query.repository.as_ref().map(ToString::to_string),
        format: query.format.map(|format| format.to_string()),
        namespace: if exact { Some(namespace.unwrap_or_default()) } else { namespace },
        package: query.package.as_ref().map(ToString::to_string),
        version: query.version.as_ref().map(ToString::to_string),
        person: query.person.clone(),
        action: actions.next(),
        or_action: actions.next(),
        result: query.result.map(|result| result.as_str().to_owned()),
        plan: query.plan.as_ref().map(ToString::to_string),
        run: query.run.as_ref().map(ToString::to_string),
        from: query.from.as_ref().map(|day| day.begins()),
        to: query.to.as_ref().map(|day| day.ends()),
        before: query.before,
        after: None,
    }
}
