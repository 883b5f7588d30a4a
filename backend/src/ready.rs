//! The ready file: how other programs learn that a server is up, and where. It stays when the server ends.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use serde::Serialize;

/// What is served and how to reach it. Only what applies is written.
#[derive(Default, Serialize)]
pub struct Ready {
    /// Address of the dashboard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dashboard: Option<String>,
    /// The one-time sign-in link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<String>,
    /// Endpoint of the embedded CodeArtifact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codeartifact: Option<String>,
    /// Its region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Its account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Its access key id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<String>,
    /// Its secret access key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_access_key: Option<String>,
    /// What asks it for faults.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_token: Option<String>,
}

impl Ready {
    /// Writes the file, readable by its owner only: whoever waits for it sees all of it or nothing.
    ///
    /// # Errors
    /// One clear line when it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), String> {
        self.try_write(path).map_err(|error| format!("The ready file {} cannot be written: {error}.", path.display()))
    }

    fn try_write(&self, path: &Path) -> std::io::Result<()> {
        let name = path.file_name().ok_or_else(|| std::io::Error::other("it has no file name"))?;
        let mut draft_name = name.to_owned();
        draft_name.push(format!(".{}", crate::random::hex::<6>()));
        let draft = path.with_file_name(draft_name);
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        let written = serde_json::to_vec(self)
            .map_err(std::io::Error::other)
            .and_then(|json| file.write_all(&json))
            .and_then(|()| std::fs::rename(&draft, path));
        if written.is_err() {
            // The first error is the one to tell.
            let _ = std::fs::remove_file(&draft);
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_file_is_for_its_owner_only_and_holds_what_applies() {
        let folder = std::env::temp_dir().join(format!("headwater-{}", crate::random::hex::<6>()));
        std::fs::create_dir(&folder).unwrap();
        let path = folder.join("ready.json");
        let ready = Ready { region: Some("eu-west-1".into()), ..Ready::default() };
        ready.write(&path).unwrap();
        ready.write(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), r#"{"region":"eu-west-1"}"#);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = Ready::default().write(Path::new("/no/such/folder/ready.json")).unwrap_err();
        assert!(error.contains("/no/such/folder/ready.json"));
    }
}
