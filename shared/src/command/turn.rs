//! Several commands as one text.

use super::NOTE;

/// Commands one after the other, to be pasted at once: none runs after one that failed. The remarks before each stand
/// once, at the top; a text of nothing but remarks stays where it is.
pub fn in_turn(commands: impl IntoIterator<Item = String>) -> String {
    let (mut notes, mut bodies) = (Vec::new(), Vec::new());
    for command in commands {
        let is_remark = command.lines().all(|line| line.starts_with(NOTE));
        let mut body = command.as_str();
        while let Some((note, rest)) = body.split_once('\n').filter(|(line, _)| line.starts_with(NOTE) && !is_remark) {
            if !notes.iter().any(|known| known == note) {
                notes.push(note.to_owned());
            }
            body = rest;
        }
        bodies.push((body.to_owned(), is_remark));
    }
    let last = bodies.iter().rposition(|(_, is_remark)| !is_remark);
    notes.extend(
        bodies.into_iter().enumerate().map(
            |(place, (body, is_remark))| {
                if is_remark || Some(place) == last { body } else { followed(&body) }
            },
        ),
    );
    notes.join("\n")
}

/// The command, with what lets another one follow only where it succeeds. A here-document ends with a line of its own:
/// there it stands where the document begins.
fn followed(command: &str) -> String {
    const AND: &str = " &&";
    match command.rfind("<<'").and_then(|at| command[at..].find('\n').map(|end| at + end)) {
        Some(end) => format!("{}{AND}{}", &command[..end], &command[end..]),
        None => command.to_owned() + AND,
    }
}

#[cfg(test)]
mod tests {
    use super::in_turn;

    fn joined(commands: &[&str]) -> String {
        in_turn(commands.iter().map(|command| (*command).to_owned()))
    }

    #[test]
    fn none_runs_after_one_that_failed() {
        assert_eq!(joined(&["one \\\n  --more", "two", "three"]), "one \\\n  --more &&\ntwo &&\nthree");
        assert_eq!(joined(&["one"]), "one");
        assert_eq!(joined(&[]), "");
    }

    #[test]
    fn remarks_stand_once_at_the_top_and_those_alone_where_they_are() {
        assert_eq!(joined(&["# As you.\none", "# As you.\ntwo"]), "# As you.\none &&\ntwo");
        assert_eq!(joined(&["one", "two", "# Then, by hand:\n# three"]), "one &&\ntwo\n# Then, by hand:\n# three");
    }

    #[test]
    fn what_follows_a_here_document_hangs_on_its_beginning() {
        let write = "cat > a.json <<'END'\n{\"a\": \"&&\"}\nEND";
        assert_eq!(joined(&[write, "two"]), "cat > a.json <<'END' &&\n{\"a\": \"&&\"}\nEND\ntwo");
    }
}
