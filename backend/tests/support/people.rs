//! A dashboard where several people sign in.

use std::sync::Arc;

use headwater::access::{Access, link, people::People};
use headwater::app;
use headwater::guard::host::Hosts;

use super::{PORT, TestApp};

/// Who stands in the list: id and token, name, roles. The role is the id.
pub const PEOPLE: [(&str, &str, &str); 5] = [
    ("viewer", "Vera Viewer", "viewer"),
    ("promoter", "Paul Promoter", "promoter"),
    ("approver", "Anna Approver", "approver"),
    ("both", "Bo Both", "promoter\", \"approver"),
    ("admin", "Ada Admin", "admin"),
];

/// The list as a file.
pub fn list() -> String {
    let entry = |(id, name, roles)| {
        let hash = hex::encode(link::hash(id));
        format!("[[person]]\nid = \"{id}\"\nname = \"{name}\"\nroles = [\"{roles}\"]\ntoken_sha256 = \"{hash}\"\n\n")
    };
    PEOPLE.into_iter().map(entry).collect()
}

impl TestApp {
    /// The story `acme` with [`PEOPLE`], nobody signed in.
    pub async fn people() -> Self {
        let mut app = Self::acme().await;
        app.state.access = Arc::new(Access::of(People::parse(&list()).unwrap()));
        app.router = app::router(app.state.clone(), Hosts::on_port(PORT));
        app.token = String::new();
        app
    }

    /// Signs in one of [`PEOPLE`]: what is asked from now on is asked by them.
    pub fn sign_in(&mut self, id: &str) {
        self.token = self.state.access.sign_in(id).unwrap().1.token;
    }
}
