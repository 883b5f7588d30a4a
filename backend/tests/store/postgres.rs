//! A PostgreSQL of the test's own: in a folder that goes with it, on a Unix socket, as a user who is not root.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use headwater::config::{Secret, StoreSettings};
use headwater::store::Store;
use sqlx::Connection as _;

use crate::place::Folder;

/// A server that ends with the test.
pub struct Postgres {
    folder: Folder,
    server: Option<Child>,
}

/// How long it may take to come up on a machine that is busy with something else.
const START_LIMIT: Duration = Duration::from_secs(60);

impl Postgres {
    /// Makes a database cluster and serves it.
    pub async fn start() -> Self {
        let folder = Folder(std::env::temp_dir().join(format!("hwpg-{}", headwater::random::hex::<4>())));
        std::fs::create_dir(&folder.0).unwrap();
        if is_root() {
            let given = Command::new("chown").arg("postgres").arg(&folder.0).status().unwrap();
            assert!(given.success(), "there is no user `postgres`: scripts/setup/postgres.sh makes one");
        }
        let made = command("initdb")
            .args(["--auth=trust", "--no-sync", "--username=headwater", "--encoding=UTF8", "--no-locale", "-D"])
            .arg(folder.0.join("data"))
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(made.success(), "initdb did not make a cluster");
        let mut postgres = Self { folder, server: None };
        postgres.serve().await;
        postgres
    }

    /// Serves, and waits until it answers.
    pub async fn serve(&mut self) {
        let server = command("postgres")
            .arg("-D")
            .arg(self.folder.0.join("data"))
            .arg("-k")
            .arg(&self.folder.0)
            .args(["-c", "listen_addresses=", "-c", "log_min_messages=fatal"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.server = Some(server.unwrap());
        let began = Instant::now();
        while let Err(error) = sqlx::AnyConnection::connect(&self.url()).await {
            assert!(began.elapsed() < START_LIMIT, "PostgreSQL did not come up: {error}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Ends it at once, as a crash would.
    pub fn crash(&mut self) {
        let mut server = self.server.take().unwrap();
        // SIGQUIT: what `pg_ctl stop -m immediate` sends. A kill would leave its children running.
        let sent = Command::new("kill").args(["-QUIT", &server.id().to_string()]).status().unwrap();
        assert!(sent.success());
        server.wait().unwrap();
    }

    /// The address of its database.
    pub fn url(&self) -> String {
        sqlx::any::install_default_drivers();
        let socket = self.folder.0.to_str().unwrap().replace('/', "%2F");
        format!("postgres://headwater:canary@{socket}/postgres")
    }

    /// Opens the store in it.
    pub async fn open(&self) -> Result<Store, String> {
        Store::open(&StoreSettings::Postgres(Secret::new(self.url()))).await
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.server.is_some() {
            self.crash();
        }
    }
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap()) == 0
}

/// A program of PostgreSQL, which refuses to run as root.
fn command(program: &str) -> Command {
    let path = find(program);
    if !is_root() {
        return Command::new(path);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(path).current_dir("/");
    command
}

/// Where Debian has it, or where the machine has it.
fn find(program: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let debian = versions.map(|entry| entry.unwrap().path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = debian.chain(std::env::split_paths(&path)).map(|folder| folder.join(program)).find(|p| Path::exists(p));
    found.unwrap_or_else(|| panic!("PostgreSQL's `{program}` is not here: run scripts/setup/postgres.sh"))
}
