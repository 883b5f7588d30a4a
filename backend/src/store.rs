//! What AWS does not know and Headwater must not forget: plans, runs, and the record of who changed what.
//!
//! One SQL for SQLite and PostgreSQL, through sqlx' `Any` driver: parameters are `$1`, `$2` on both, and values are
//! `i64`, `f64`, `String` or `Vec<u8>`, each also as an `Option`. Column types that both know by the same name are
//! `BIGINT`, `DOUBLE PRECISION` and `TEXT`; truth is a `BIGINT` of 0 or 1, times are epoch seconds as
//! `DOUBLE PRECISION`, documents are JSON in `TEXT`. Ids are given by the caller. sqlx takes only literal text for SQL,
//! so no value can become part of it.
//!
//! # How another file adds tables
//!
//! A file `store/<noun>.rs` declares its tables as a [`Part`] and its functions over [`Reading`] or [`Writing`]:
//!
//! ```text
//! pub(super) const PART: Part = Part { name: "plans", steps: &["CREATE TABLE plan (id TEXT PRIMARY KEY, …)"] };
//!
//! pub async fn insert(writing: &mut Writing, plan: &Plan) -> Result<()> {
//!     sqlx::query("INSERT INTO plan (id, …) VALUES ($1, …)").bind(…).execute(writing.sql()).await?;
//!     Ok(())
//! }
//! ```
//!
//! and adds one line to `PARTS`. A step that has been released is never edited: a change of tables is a further step.
//! sqlx' errors become ours with `?` (`fault.rs`). Callers take a transaction, use it, and commit it:
//!
//! ```text
//! let mut writing = app.store.write().await?;
//! plans::insert(&mut writing, &plan).await?;
//! writing.commit().await?;
//! ```
//!
//! A transaction that is dropped is rolled back. Within one, ask nothing of `app.store` itself: SQLite has one writer,
//! and one connection in memory, so that would wait for itself until it is refused. Call AWS outside of transactions.

use std::path::Path;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, ConnectOptions, Connection, Transaction};

use crate::config::StoreSettings;
use crate::error::Result;

pub mod approvals;
pub mod audit;
pub mod blocks;
pub mod chunks;
mod fault;
mod folder;
pub mod inventories;
pub mod plans;
pub mod protections;
pub mod runs;
mod schema;

pub use schema::Part;

/// The tables, by the file that owns them. A part comes after those that its tables refer to.
const PARTS: &[Part] =
    &[audit::PART, plans::PART, runs::PART, protections::PART, approvals::PART, blocks::PART, inventories::PART];

/// How long a request waits for its turn, for a lock, or for a connection.
const WAIT: Duration = Duration::from_secs(5);

/// Connections that read a SQLite file at the same time.
const READERS: u32 = 4;

/// Connections to PostgreSQL.
const CONNECTIONS: u32 = 8;

/// Every connection to SQLite. `FULL`: what was committed is on the disk, also after a power failure.
const SQLITE: &str = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

/// A connection that only reads.
const SQLITE_READER: &str = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA query_only = ON;";

/// Every connection to PostgreSQL. A replica that hangs in the middle of a transaction must not keep its locks.
const POSTGRES: &str = "SET synchronous_commit = on; SET lock_timeout = '5s'; SET statement_timeout = '30s'; \
                        SET idle_in_transaction_session_timeout = '10s';";

/// Which database it is, for the few statements that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file, or memory; one process writes at a time.
    Sqlite,
    /// A server; several replicas may share it.
    Postgres,
}

/// The database. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    writer: AnyPool,
    reader: AnyPool,
    engine: Engine,
}

impl Store {
    /// A store that ends with the program.
    ///
    /// # Errors
    /// One clear line.
    pub async fn in_memory() -> std::result::Result<Self, String> {
        Self::open(&StoreSettings::Memory).await
    }

    /// Opens the store, and brings its tables up to date.
    ///
    /// # Errors
    /// One clear line when it cannot be opened, is damaged, or was made by a newer Headwater. Never holds a password.
    pub async fn open(settings: &StoreSettings) -> std::result::Result<Self, String> {
        sqlx::any::install_default_drivers();
        let told = |error| fault::told(&error);
        let (store, name) = match settings {
            StoreSettings::Memory => (Self::memory().await.map_err(told), "The store in memory".to_owned()),
            StoreSettings::Folder(folder) => {
                let file = folder::prepare(folder)?;
                (Self::file(&file).await, format!("The store {}", file.display()))
            }
            StoreSettings::Postgres(url) => {
                let store = Self::postgres(url.reveal()).await.map_err(told);
                (store, "The PostgreSQL database of HEADWATER_DATABASE".to_owned())
            }
        };
        let store = store.map_err(|error| format!("{name} cannot be opened: {error}"))?;
        schema::migrate(&store, PARTS).await.map_err(|error| format!("{name} {error}"))?;
        Ok(store)
    }

    async fn memory() -> sqlx::Result<Self> {
        // One connection, for ever: with the last connection the memory goes.
        let pool = sqlite("sqlite::memory:", 1, SQLITE).await?;
        Ok(Self { writer: pool.clone(), reader: pool, engine: Engine::Sqlite })
    }

    async fn file(file: &Path) -> std::result::Result<Self, String> {
        let url = folder::url(file);
        let told = |error| fault::told(&error);
        check(&url).await?;
        let writer = sqlite(&url, 1, SQLITE).await.map_err(told)?;
        sqlx::raw_sql("PRAGMA journal_mode = WAL").execute(&writer).await.map_err(told)?;
        let reader = sqlite(&url, READERS, SQLITE_READER).await.map_err(told)?;
        Ok(Self { writer, reader, engine: Engine::Sqlite })
    }

    async fn postgres(url: &str) -> sqlx::Result<Self> {
        let options = options(url)?;
        // A pool would try again and again, and tell in the end only that it had no luck.
        AnyConnection::connect_with(&options).await?.close().await?;
        let pool = pool(CONNECTIONS, POSTGRES).connect_with(options).await?;
        Ok(Self { writer: pool.clone(), reader: pool, engine: Engine::Postgres })
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Begins to read: everything read through it is of one instant.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer in time.
    pub async fn read(&self) -> Result<Reading> {
        let begin = match self.engine {
            Engine::Sqlite => "BEGIN DEFERRED",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        Ok(Reading(self.reader.begin_with(begin).await?))
    }

    /// Begins to write. SQLite lets one writer in at a time, and others wait here.
    ///
    /// # Errors
    /// `Unavailable` when the turn does not come in time, or nothing can be written.
    pub async fn write(&self) -> Result<Writing> {
        let begin = match self.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        };
        let mut begun = self.writer.begin_with(begin).await;
        if matches!(begun, Err(sqlx::Error::InvalidSavePointStatement)) {
            // SQLite ended a transaction by itself, as it does when its disk is full, and sqlx did not hear of it. What
            // is in memory has one connection alone, and no disk.
            if !self.is_in_memory() {
                self.writer.acquire().await?.close().await?;
            }
            begun = self.writer.begin_with(begin).await;
        }
        Ok(Writing { transaction: begun?, engine: self.engine })
    }

    fn is_in_memory(&self) -> bool {
        self.writer.connect_options().database_url.as_str().contains(":memory:")
    }

    /// A connection without a transaction, for what cannot run in one.
    ///
    /// # Errors
    /// `Unavailable` when none is to be had in time.
    pub async fn connection(&self) -> Result<PoolConnection<Any>> {
        Ok(self.writer.acquire().await?)
    }

    /// Ends all connections: what was committed is in the file itself.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

/// A transaction that reads.
#[derive(Debug)]
pub struct Reading(Transaction<'static, Any>);

impl Reading {
    /// What sqlx executes on.
    pub fn sql(&mut self) -> &mut AnyConnection {
        &mut self.0
    }
}

/// A transaction that writes. Dropped, it is rolled back.
#[derive(Debug)]
pub struct Writing {
    transaction: Transaction<'static, Any>,
    engine: Engine,
}

impl Writing {
    /// What sqlx executes on.
    pub fn sql(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The database's own time, epoch seconds: the one clock that all replicas share. For leases.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn now(&mut self) -> Result<f64> {
        let now = match self.engine {
            Engine::Sqlite => "SELECT (julianday('now') - 2440587.5) * 86400.0",
            Engine::Postgres => "SELECT CAST(extract(epoch FROM clock_timestamp()) AS DOUBLE PRECISION)",
        };
        Ok(sqlx::query_scalar(now).fetch_one(self.sql()).await?)
    }

    /// Keeps what was written. Once this returns, it is on the disk.
    ///
    /// # Errors
    /// `Unavailable` when it could not be kept. When the connection to PostgreSQL broke meanwhile it may have been kept
    /// all the same: read it.
    pub async fn commit(self) -> Result<()> {
        Ok(self.transaction.commit().await?)
    }
}

/// Refuses a damaged file. PostgreSQL looks after its own.
async fn check(url: &str) -> std::result::Result<(), String> {
    let said = async {
        let mut connection = AnyConnection::connect_with(&options(url)?).await?;
        let said = sqlx::query_scalar::<_, String>("PRAGMA quick_check(1)").fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(said)
    };
    match said.await {
        Ok(said) if said == "ok" => Ok(()),
        Ok(said) => {
            let said = said.lines().last().unwrap_or_default();
            Err(format!("its file is damaged ({said}). Put back a copy of it."))
        }
        Err(error) => Err(fault::told(&error)),
    }
}

/// Whether a folder holds a store.
pub fn is_in(folder: &Path) -> bool {
    folder.join(folder::FILE).is_file()
}

async fn sqlite(url: &str, most: u32, settings: &'static str) -> sqlx::Result<AnyPool> {
    pool(most, settings).test_before_acquire(false).connect_with(options(url)?).await
}

fn pool(most: u32, settings: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(WAIT)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |connection, _| {
            Box::pin(async move { sqlx::raw_sql(settings).execute(connection).await.map(|_| ()) })
        })
}

fn options(url: &str) -> sqlx::Result<AnyConnectOptions> {
    // Statements are no news, and a slow one is for whoever runs the database.
    Ok(url.parse::<AnyConnectOptions>()?.disable_statement_logging())
}
