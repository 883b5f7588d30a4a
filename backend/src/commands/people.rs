//! `--people FILE`, and `headwater people`

use std::io::Write;

use crate::access::people::{check_id, check_name};
use crate::access::{Access, Listed, link};
use crate::cli::{NewPerson, People, PeopleArgs, PeopleCommand};
use crate::random;

impl PeopleArgs {
    /// How people come in.
    ///
    /// # Errors
    /// One clear line when the list cannot be used.
    pub fn access(&self) -> Result<Access, String> {
        Ok(match &self.people {
            Some(file) => Access::of(Listed::open(file)?),
            None => Access::default(),
        })
    }
}

/// Makes a token for a person.
///
/// # Errors
/// One clear line when the id or the name will not do.
pub fn run(people: People) -> Result<(), String> {
    let PeopleCommand::New(new) = people.command;
    check_id(&new.id).map_err(|rule| format!("--id: {rule}."))?;
    check_name(&new.name).map_err(|rule| format!("--name: {rule}."))?;
    let token = random::hex::<32>();
    let entry = entry(new, &token);
    let mut out = std::io::stdout().lock();
    let written = out.write_all(entry.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| format!("The entry cannot be written: {error}."))?;
    eprintln!(
        "The token, which is kept nowhere:\n\n  {token}\n\nGive it to the person, and the lines above to the list."
    );
    Ok(())
}

fn entry(new: NewPerson, token: &str) -> String {
    let mut roles = new.roles;
    roles.sort();
    roles.dedup();
    let roles: Vec<String> = roles.iter().map(|role| format!("\"{role}\"")).collect();
    let name = toml::Value::String(new.name);
    let (id, roles, hash) = (new.id, roles.join(", "), hex::encode(link::hash(token)));
    format!("[[person]]\nid = \"{id}\"\nname = {name}\nroles = [{roles}]\ntoken_sha256 = \"{hash}\"\n\n")
}

#[cfg(test)]
mod tests {
    use shared::person::Role;

    use super::*;
    use crate::access::people;

    #[test]
    fn an_entry_lets_its_token_in_whatever_the_name() {
        let name = "Ann \"the\" \\ Lee = [x]".to_owned();
        let roles = vec![Role::Approver, Role::Promoter, Role::Promoter];
        let text = entry(NewPerson { id: "ann".into(), name: name.clone(), roles }, "one");
        let list = people::People::parse(&text).unwrap();
        let found = list.find("one").unwrap();
        assert_eq!((&found.who.person.name, &found.who.roles[..]), (&name, &[Role::Promoter, Role::Approver][..]));
    }
}
