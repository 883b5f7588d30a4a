//! The people who may sign in, each with a token of their own: a list that whoever runs the program keeps.
//!
//! The list holds the SHA-256 of each token, never a token.

use serde::Deserialize;
use shared::person::{Person, Role, Who};
use subtle::ConstantTimeEq;

use super::link::hash;
use super::sessions::Holder;

/// How long an id and a name may be.
const LONGEST: usize = 100;

/// Ids that the journal uses for somebody else.
const TAKEN: [&str; 3] = ["local", "nobody", "unknown"];

/// The list of people. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People(Vec<Holder>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    person: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: String,
    roles: Vec<String>,
    token_sha256: String,
}

impl People {
    /// Reads a list of `[[person]]`.
    ///
    /// # Errors
    /// What is wrong with it, in one line, without any token or its hash.
    pub fn parse(text: &str) -> Result<Self, String> {
        // The message alone: a whole one shows the line, which may hold what was pasted there by mistake.
        let file: File = toml::from_str(text).map_err(|error| error.message().replace('\n', " "))?;
        if file.person.is_empty() {
            return Err("there is no [[person]]".to_owned());
        }
        let mut people: Vec<Holder> = Vec::new();
        for entry in file.person {
            let holder = entry.read()?;
            let Person { id, .. } = &holder.who.person;
            if people.iter().any(|known| known.who.person.id == *id) {
                return Err(format!("the id `{id}` stands there twice"));
            }
            if people.iter().any(|known| known.with == holder.with) {
                return Err(format!("`{id}` has the token of somebody else"));
            }
            people.push(holder);
        }
        Ok(Self(people))
    }

    /// Whose token this is.
    pub fn find(&self, token: &str) -> Option<&Holder> {
        let wanted = hash(token);
        // Every entry is compared, whichever matches.
        self.0.iter().fold(None, |found, holder| if holder.with.ct_eq(&wanted).into() { Some(holder) } else { found })
    }

    /// Who has a role, in the order of the list.
    pub fn with_role(&self, role: Role) -> Vec<Person> {
        let having = self.0.iter().filter(|holder| holder.who.roles.contains(&role));
        having.map(|holder| holder.who.person.clone()).collect()
    }

    /// Whether somebody stands in the list unchanged: same token, same name, same roles.
    pub fn has(&self, holder: &Holder) -> bool {
        self.0.contains(holder)
    }
}

impl Entry {
    fn read(self) -> Result<Holder, String> {
        let Self { id, name, roles, token_sha256 } = self;
        check_id(&id)?;
        check_name(&name).map_err(|error| format!("`{id}`: {error}"))?;
        let roles = roles.iter().map(|role| role.parse::<Role>()).collect::<Result<Vec<_>, _>>();
        let mut roles = roles.map_err(|error| format!("`{id}`: {error}"))?;
        roles.sort();
        if roles.is_empty() || roles.windows(2).any(|two| two[0] == two[1]) {
            return Err(format!("`{id}` needs at least one role, and none twice"));
        }
        let mut with = [0; 32];
        let is_lower = !token_sha256.bytes().any(|byte| byte.is_ascii_uppercase());
        hex::decode_to_slice(&token_sha256, &mut with)
            .ok()
            .filter(|()| is_lower)
            .ok_or_else(|| format!("`{id}`: token_sha256 is the SHA-256 of a token, 64 digits of 0-9 and a-f"))?;
        Ok(Holder { who: Who { person: Person { id, name }, roles }, with })
    }
}

/// Refuses what cannot name a person for good.
///
/// # Errors
/// The rule.
pub fn check_id(id: &str) -> Result<(), String> {
    let shape = !id.is_empty()
        && id.len() <= LONGEST
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._@+-".contains(&byte));
    if !shape {
        return Err(format!("an id has 1 to {LONGEST} letters, digits and . _ @ + -"));
    }
    if TAKEN.contains(&id) {
        return Err(format!("`{id}` cannot be the id of a person: the record uses it already"));
    }
    Ok(())
}

/// Refuses what is no name.
///
/// # Errors
/// The rule.
pub fn check_name(name: &str) -> Result<(), String> {
    let shape = !name.trim().is_empty() && name.chars().count() <= LONGEST && !name.chars().any(char::is_control);
    if shape { Ok(()) } else { Err(format!("a name has 1 to {LONGEST} characters, all of them visible")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, token: &str) -> String {
        let hash = hex::encode(hash(token));
        format!("[[person]]\nid = \"{id}\"\nname = \"Ann Lee\"\nroles = [\"viewer\"]\ntoken_sha256 = \"{hash}\"\n")
    }

    #[test]
    fn a_token_finds_its_person_and_no_other_text_does() {
        let people = People::parse(&(entry("ann", "one") + &entry("bob", "two"))).unwrap();
        assert_eq!(people.find("two").unwrap().who.person.id, "bob");
        assert_eq!(people.find("one").unwrap().who.roles, [Role::Viewer]);
        for wrong in ["", "three", &hex::encode(hash("one"))] {
            assert!(people.find(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn who_has_another_token_or_other_roles_is_not_in_the_list_unchanged() {
        let list = entry("ann", "one");
        let ann = People::parse(&list).unwrap().find("one").unwrap().clone();
        assert!(People::parse(&list).unwrap().has(&ann));
        assert!(!People::parse(&entry("ann", "two")).unwrap().has(&ann));
        assert!(!People::parse(&list.replace("viewer", "admin")).unwrap().has(&ann));
    }

    #[test]
    fn a_wrong_list_says_what_is_wrong_in_one_line() {
        let good = entry("ann", "one");
        for (text, word) in [
            (String::new(), "person"),
            ("person = []".to_owned(), "no [[person]]"),
            (good.clone() + &entry("ann", "two"), "stands there twice"),
            (good.clone() + &entry("bob", "one"), "the token of somebody else"),
            (good.clone() + "rolls = []", "rolls"),
            (good.replace("viewer", "root"), "a role is viewer"),
            (good.replace("\"viewer\"", ""), "at least one role"),
            (good.replace("\"viewer\"", "\"viewer\", \"viewer\""), "none twice"),
            (good.replace("Ann Lee", " "), "a name has"),
            (good.replace("\"ann\"", "\"local\""), "already"),
            (good.replace("\"ann\"", "\"cli:ann\""), "an id has"),
            (good.replace("token_sha256 = \"", "token_sha256 = \"0"), "64 digits"),
        ] {
            let Err(error) = People::parse(&text) else { panic!("{text} was read") };
            assert!(error.contains(word) && !error.contains('\n'), "{text}: {error}");
        }
    }

    #[test]
    fn a_token_that_stands_there_by_mistake_is_not_repeated() {
        let secret = "pastedByMistake".to_owned();
        for text in [entry("ann", "one").replace("token_sha256 = \"", &format!("token_sha256 = \"{secret}")), secret] {
            assert!(!People::parse(&text).unwrap_err().contains("pastedByMistake"));
        }
    }
}
