//! A protection as it is typed.

use leptos::prelude::*;
use shared::protection::{ChangeWindow, Pattern, Protection, Weekday};

use crate::parts::MARKED;

/// A protection as it is typed. Its signals belong to the form that shows it.
#[derive(Clone, Copy)]
pub struct Draft {
    pub pattern: RwSignal<String>,
    pub approvals: RwSignal<u8>,
    /// Ids of those who may approve; empty for everybody who has the role.
    pub approvers: RwSignal<Vec<String>>,
    pub sources: RwSignal<String>,
    /// Only at certain times.
    pub limited: RwSignal<bool>,
    pub days: RwSignal<Vec<Weekday>>,
    pub from: RwSignal<String>,
    pub to: RwSignal<String>,
    pub offset: RwSignal<String>,
}

impl Draft {
    /// Of one that is there, or of a new one.
    pub fn of(protection: Option<&Protection>) -> Self {
        let window = protection.and_then(|protection| protection.window.as_ref());
        let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
        let sources = protection.map(|protection| protection.sources.as_slice()).unwrap_or_default();
        let sources: Vec<_> = sources.iter().map(Pattern::as_str).collect();
        Self {
            pattern: RwSignal::new(protection.map(|protection| protection.pattern.to_string()).unwrap_or_default()),
            approvals: RwSignal::new(protection.map_or(1, |protection| protection.approvals)),
            approvers: RwSignal::new(protection.map(|protection| protection.approvers.clone()).unwrap_or_default()),
            sources: RwSignal::new(sources.join(", ")),
            limited: RwSignal::new(window.is_some()),
            days: RwSignal::new(window.map_or_else(|| Weekday::ALL[..5].to_vec(), |window| window.days().to_vec())),
            from: RwSignal::new(window.map_or_else(|| "09:00".to_owned(), |window| time(window.from()))),
            to: RwSignal::new(window.map_or_else(|| "17:00".to_owned(), |window| time(window.to()))),
            offset: RwSignal::new(window.map_or_else(|| "+00:00".to_owned(), |window| offset_text(window.offset()))),
        }
    }

    /// The protection, or why it is none. Tracked.
    pub fn typed(self) -> Result<Protection, String> {
        if self.pattern.read().trim().is_empty() {
            return Err("Say first which repositories.".to_owned());
        }
        let pattern = self.pattern.read().trim().parse().map_err(|_| MARKED.to_owned())?;
        let sources = patterns(&self.sources.read()).map_err(|_| MARKED.to_owned())?;
        let window = self.limited.get().then(|| self.window()).transpose()?;
        let (approvals, approvers) = (self.approvals.get(), self.approvers.get());
        // Who may approve says nothing where nobody must.
        let approvers = if approvals == 0 { Vec::new() } else { approvers };
        let protection = Protection { pattern, approvals, approvers, sources, window };
        protection.check().map(|()| protection).map_err(|error| error.to_string())
    }

    fn window(self) -> Result<ChangeWindow, String> {
        let time = |text: &str| minutes(text).ok_or_else(|| "Give both times, such as 09:00 and 17:00.".to_owned());
        let (from, to) = (time(&self.from.read())?, time(&self.to.read())?);
        // Midnight at the end is the end of the day.
        let to = if to == 0 { 24 * 60 } else { to };
        let offset = offset(&self.offset.read()).ok_or_else(|| MARKED.to_owned())?;
        ChangeWindow::new(self.days.get(), from, to, offset).map_err(|error| error.to_string())
    }

    /// Why the pattern is none; none while nothing is typed. Tracked.
    pub fn pattern_problem(self) -> Option<String> {
        let text = self.pattern.read();
        (!text.trim().is_empty()).then(|| text.trim().parse::<Pattern>().err().map(|error| error.to_string())).flatten()
    }

    /// Which source is no pattern. Tracked.
    pub fn sources_problem(self) -> Option<String> {
        patterns(&self.sources.read()).err()
    }

    /// Why the clock is none. Tracked.
    pub fn offset_problem(self) -> Option<String> {
        offset(&self.offset.read()).is_none().then(|| "A clock is written as +01:00 or -08:00.".to_owned())
    }
}

/// Patterns between commas or spaces.
fn patterns(text: &str) -> Result<Vec<Pattern>, String> {
    let words = text.split([',', ' ', '\n']).filter(|word| !word.is_empty());
    words.map(|word| word.parse().map_err(|error| format!("`{word}` is no pattern. {error}"))).collect()
}

/// Minutes of the day of `09:30`.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Minutes ahead of UTC of `+01:00`, `-08:00` or `UTC`.
fn offset(text: &str) -> Option<i16> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("utc") || text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix(['-', '−'])?),
    };
    let minutes = i16::try_from(minutes(rest)?).ok()?;
    (minutes <= 14 * 60).then_some(sign * minutes)
}

fn offset_text(offset: i16) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_protection_that_is_there_is_typed_as_it_is() {
        let owner = Owner::new();
        owner.set();
        for (from, to, offset) in [(540, 1020, 60), (0, 1440, 0), (1320, 120, -480)] {
            let window = ChangeWindow::new(vec![Weekday::Monday, Weekday::Sunday], from, to, offset).ok();
            let protection = Protection {
                pattern: "prod-*".parse().unwrap(),
                approvals: 2,
                approvers: vec!["ann".into(), "bob".into()],
                sources: vec!["staging".parse().unwrap(), "team-*".parse().unwrap()],
                window,
            };
            assert_eq!(Draft::of(Some(&protection)).typed(), Ok(protection));
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        let owner = Owner::new();
        owner.set();
        let draft = Draft::of(None);
        assert_eq!(draft.typed(), Err("Say first which repositories.".to_owned()));
        draft.pattern.set("prod/*".to_owned());
        assert!(draft.pattern_problem().is_some() && draft.typed().is_err());
        draft.pattern.set("prod*".to_owned());
        assert!(draft.typed().is_ok());
        draft.sources.set("staging, te/am".to_owned());
        assert!(draft.sources_problem().is_some_and(|problem| problem.starts_with("`te/am` is no pattern")));
        draft.sources.set(String::new());
        draft.approvals.set(0);
        assert!(draft.typed().is_err_and(|error| error.contains("asks for nothing")));
        draft.limited.set(true);
        draft.from.set(String::new());
        assert!(draft.typed().is_err_and(|error| error.contains("both times")));
    }

    #[test]
    fn a_clock_is_read_as_people_write_it() {
        for (text, minutes) in [("+01:00", Some(60)), ("-03:30", Some(-210)), ("−03:30", Some(-210)), ("utc", Some(0))]
        {
            assert_eq!(offset(text), minutes, "{text}");
        }
        for bad in ["1", "+15:00", "+1:99", "01:00"] {
            assert_eq!(offset(bad), None, "{bad}");
        }
    }
}
