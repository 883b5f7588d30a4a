//! Where the store is, from the command line and the environment.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Secret;
use crate::cli::DataArgs;

/// Where the store is.
#[derive(Debug, Clone)]
pub enum StoreSettings {
    /// In memory: it ends with the program.
    Memory,
    /// A SQLite file in this folder.
    Folder(PathBuf),
    /// A PostgreSQL database. The address may hold a password.
    Postgres(Secret),
}

/// The variable that holds the address of a PostgreSQL database. Not a flag: others on the machine can read those.
const DATABASE: &str = "HEADWATER_DATABASE";

/// The store of a server that must not forget.
///
/// # Errors
/// One clear line when no place can be found, or two are named.
pub fn store(args: &DataArgs) -> Result<StoreSettings, String> {
    choose(args.data.as_deref(), |name| std::env::var_os(name))
}

/// The store of a demo: in memory, unless somebody names a folder.
pub fn demo_store(args: &DataArgs) -> StoreSettings {
    args.data.clone().map_or(StoreSettings::Memory, StoreSettings::Folder)
}

fn choose(folder: Option<&Path>, environment: impl Fn(&str) -> Option<OsString>) -> Result<StoreSettings, String> {
    let set = |name| environment(name).filter(|value| !value.is_empty());
    match (folder, set(DATABASE)) {
        (Some(_), Some(_)) => Err(format!("--data and {DATABASE} name two stores: take one away.")),
        (Some(folder), None) => Ok(StoreSettings::Folder(folder.to_owned())),
        (None, Some(url)) => postgres(url),
        (None, None) => default_folder(set).map(StoreSettings::Folder),
    }
}

fn postgres(url: OsString) -> Result<StoreSettings, String> {
    let url = url.into_string().ok().filter(|url| ["postgres://", "postgresql://"].iter().any(|s| url.starts_with(s)));
    url.map(|url| StoreSettings::Postgres(Secret::new(url)))
        .ok_or_else(|| format!("{DATABASE} is no address of a PostgreSQL database: those start with postgres://."))
}

/// <https://specifications.freedesktop.org/basedir-spec/latest/>: relative paths are ignored.
fn default_folder(set: impl Fn(&'static str) -> Option<OsString>) -> Result<PathBuf, String> {
    let absolute = |name| set(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = absolute("XDG_STATE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/state")));
    let none = "There is no home folder to keep the store in: name a folder with --data.";
    state.map(|state| state.join("headwater")).ok_or_else(|| none.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(folder: Option<&str>, environment: &[(&str, &str)]) -> Result<String, String> {
        let find = |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        choose(folder.map(Path::new), find).map(|settings| match settings {
            StoreSettings::Memory => "memory".to_owned(),
            StoreSettings::Folder(folder) => folder.display().to_string(),
            StoreSettings::Postgres(url) => url.reveal().to_owned(),
        })
    }

    #[test]
    fn the_folder_is_the_one_named_or_that_of_the_state_of_programs() {
        let home = ("HOME", "/home/kim");
        assert_eq!(chosen(Some("/data"), &[home]).unwrap(), "/data");
        assert_eq!(chosen(None, &[home]).unwrap(), "/home/kim/.local/state/headwater");
        assert_eq!(chosen(None, &[home, ("XDG_STATE_HOME", "/state")]).unwrap(), "/state/headwater");
        assert_eq!(chosen(None, &[home, ("XDG_STATE_HOME", "state")]).unwrap(), "/home/kim/.local/state/headwater");
        assert!(chosen(None, &[]).unwrap_err().contains("--data"));
    }

    #[test]
    fn a_database_is_named_by_the_environment_alone_and_no_refusal_repeats_it() {
        let url = "postgres://headwater:canary@db/headwater";
        assert_eq!(chosen(None, &[("HEADWATER_DATABASE", url)]).unwrap(), url);
        assert!(chosen(Some("/data"), &[("HEADWATER_DATABASE", url)]).unwrap_err().contains("two stores"));
        let refusal = chosen(None, &[("HEADWATER_DATABASE", "mysql://headwater:canary@db")]).unwrap_err();
        assert!(refusal.contains("PostgreSQL") && !refusal.contains("canary"));
    }
}
