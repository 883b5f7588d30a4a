//! Change windows: when promotions into a repository may start.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

const MINUTE: f64 = 60.0;
const DAY: u16 = 24 * 60;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// In the order of a week.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// As people write it in short.
    pub fn short(self) -> &'static str {
        match self {
            Self::Monday => "Mon",
            Self::Tuesday => "Tue",
            Self::Wednesday => "Wed",
            Self::Thursday => "Thu",
            Self::Friday => "Fri",
            Self::Saturday => "Sat",
            Self::Sunday => "Sun",
        }
    }
}

/// Times of the week, by a clock that is a fixed time away from UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Fields", into = "Fields")]
pub struct ChangeWindow {
    days: Vec<Weekday>,
    from: u16,
    to: u16,
    offset: i16,
}

/// A window as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    days: Vec<Weekday>,
    from: u16,
    to: u16,
    offset: i16,
}

/// Why it is no window.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// It never opens.
    #[error("A change window needs at least one day.")]
    NoDay,
    /// Not a time of day, or both are the same.
    #[error("A change window begins and ends at two different times of the day, such as 09:00 and 17:00.")]
    Times,
    /// Further from UTC than any clock.
    #[error("A clock is at most 14 hours away from UTC.")]
    Offset,
}

impl ChangeWindow {
    /// Opens on `days` at minute `from` of the day and closes at minute `to`, on the next day if that is not later, by a
    /// clock that is `offset` minutes ahead of UTC.
    ///
    /// # Errors
    /// Which of them cannot be.
    pub fn new(mut days: Vec<Weekday>, from: u16, to: u16, offset: i16) -> Result<Self, WindowError> {
        days.sort_unstable();
        days.dedup();
        if days.is_empty() {
            Err(WindowError::NoDay)
        } else if from >= DAY || to > DAY || from == to {
            Err(WindowError::Times)
        } else if offset.abs() > 14 * 60 {
            Err(WindowError::Offset)
        } else {
            Ok(Self { days, from, to, offset })
        }
    }

    /// On which days it opens, in the order of the week.
    pub fn days(&self) -> &[Weekday] {
        &self.days
    }

    /// When it opens, in minutes of the day.
    pub fn from(&self) -> u16 {
        self.from
    }

    /// When it closes, in minutes of the day.
    pub fn to(&self) -> u16 {
        self.to
    }

    /// How many minutes its clock is ahead of UTC.
    pub fn offset(&self) -> i16 {
        self.offset
    }

    /// Whether it is open, at epoch seconds.
    pub fn is_open(&self, now: f64) -> bool {
        let today = self.day(now);
        // One that began yesterday may last over midnight.
        [today - 1, today].iter().any(|day| self.on(*day).is_some_and(|(from, to)| from <= now && now < to))
    }

    /// When it opens next, epoch seconds; `now` itself if it is open.
    pub fn opens_at(&self, now: f64) -> f64 {
        if self.is_open(now) {
            return now;
        }
        let today = self.day(now);
        let next = (today..=today + 7).filter_map(|day| self.on(day)).find(|(from, _)| *from >= now);
        // A week from today has every weekday, and so one on which it opens.
        next.map_or(now, |(from, _)| from)
    }

    /// Days since 1 January 1970, by the window's clock.
    fn day(&self, now: f64) -> i64 {
        // A time in this or the next million years fits.
        #[allow(clippy::cast_possible_truncation, reason = "whole days are far below what it holds")]
        let day = ((now + f64::from(self.offset) * MINUTE) / (f64::from(DAY) * MINUTE)).floor() as i64;
        day
    }

    /// From when to when it is open that began on a day; nothing on other days.
    fn on(&self, day: i64) -> Option<(f64, f64)> {
        // 1 January 1970 was a Thursday.
        let weekday = usize::try_from((day + 3).rem_euclid(7)).ok()?;
        if !self.days.contains(Weekday::ALL.get(weekday)?) {
            return None;
        }
        #[allow(clippy::cast_precision_loss, reason = "whole days are far below what it holds")]
        let midnight = day as f64 * f64::from(DAY) * MINUTE - f64::from(self.offset) * MINUTE;
        let ends = if self.to > self.from { self.to } else { self.to + DAY };
        Some((midnight + f64::from(self.from) * MINUTE, midnight + f64::from(ends) * MINUTE))
    }
}

impl TryFrom<Fields> for ChangeWindow {
    type Error = WindowError;

    fn try_from(Fields { days, from, to, offset }: Fields) -> Result<Self, WindowError> {
        Self::new(days, from, to, offset)
    }
}

impl From<ChangeWindow> for Fields {
    fn from(ChangeWindow { days, from, to, offset }: ChangeWindow) -> Self {
        Self { days, from, to, offset }
    }
}

/// `Mon–Fri 09:00–17:00 UTC+01:00`.
impl std::fmt::Display for ChangeWindow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&days(&self.days))?;
        let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        write!(f, " {}–{} UTC", time(self.from), time(self.to))?;
        match self.offset {
            0 => Ok(()),
            offset => {
                write!(f, "{}{}", if offset < 0 { '−' } else { '+' }, time(offset.unsigned_abs()))
            }
        }
    }
}

/// Three or more days in a row as `Mon–Fri`.
fn days(days: &[Weekday]) -> String {
    let mut text = String::new();
    let mut rest = days;
    while let Some(first) = rest.first() {
        let run = rest.iter().zip(*first as usize..).take_while(|(day, place)| **day as usize == *place).count();
        let (row, others) = rest.split_at(run);
        rest = others;
        let separator = if text.is_empty() { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = match row {
            [first, .., last] if row.len() > 2 => write!(text, "{separator}{}–{}", first.short(), last.short()),
            row => {
                let names: Vec<_> = row.iter().map(|day| day.short()).collect();
                write!(text, "{separator}{}", names.join(", "))
            }
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Monday, 2 November 2026, 00:00 UTC.
    const MONDAY: f64 = 1_793_577_600.0;
    const HOUR: f64 = 3600.0;

    fn window(days: &[Weekday], from: u16, to: u16, offset: i16) -> ChangeWindow {
        ChangeWindow::new(days.to_vec(), from * 60, to * 60, offset * 60).unwrap()
    }

    #[test]
    fn it_is_open_from_its_first_minute_to_before_its_last() {
        let window = window(&Weekday::ALL[..5], 9, 17, 0);
        for (hours, open) in [(8.99, false), (9.0, true), (16.99, true), (17.0, false), (5.0 * 24.0 + 10.0, false)] {
            assert_eq!(window.is_open(MONDAY + hours * HOUR), open, "{hours}");
        }
        assert_eq!(window.opens_at(MONDAY), MONDAY + 9.0 * HOUR);
        assert_eq!(window.opens_at(MONDAY + 10.0 * HOUR), MONDAY + 10.0 * HOUR);
        // On Friday evening: not before Monday.
        assert_eq!(window.opens_at(MONDAY + 4.0 * 24.0 * HOUR + 18.0 * HOUR), MONDAY + (7.0 * 24.0 + 9.0) * HOUR);
    }

    #[test]
    fn it_may_last_over_midnight_and_over_the_end_of_a_week() {
        let window = window(&[Weekday::Sunday], 22, 2, 0);
        assert!(window.is_open(MONDAY - 1.0 * HOUR));
        assert!(window.is_open(MONDAY + 1.0 * HOUR));
        assert!(!window.is_open(MONDAY + 2.0 * HOUR));
        assert!(!window.is_open(MONDAY + 23.0 * HOUR));
    }

    #[test]
    fn its_clock_may_be_ahead_of_utc_or_behind() {
        // 08:00 in Auckland on Monday is Sunday evening in UTC.
        assert!(window(&[Weekday::Monday], 8, 9, 13).is_open(MONDAY - 5.0 * HOUR));
        assert!(window(&[Weekday::Monday], 8, 9, -8).is_open(MONDAY + 16.0 * HOUR));
        assert!(!window(&[Weekday::Monday], 8, 9, -8).is_open(MONDAY + 8.0 * HOUR));
    }

    #[test]
    fn it_is_told_as_people_write_it() {
        assert_eq!(window(&Weekday::ALL[..5], 9, 17, 1).to_string(), "Mon–Fri 09:00–17:00 UTC+01:00");
        assert_eq!(
            window(&[Weekday::Sunday, Weekday::Monday], 22, 2, -3).to_string(),
            "Mon, Sun 22:00–02:00 UTC−03:00"
        );
        assert_eq!(window(&Weekday::ALL, 0, 24, 0).to_string(), "Mon–Sun 00:00–24:00 UTC");
    }

    #[test]
    fn what_never_opens_is_no_window() {
        assert_eq!(ChangeWindow::new(vec![], 0, 60, 0), Err(WindowError::NoDay));
        for (from, to) in [(60, 60), (1440, 60), (0, 1441)] {
            assert_eq!(ChangeWindow::new(vec![Weekday::Monday], from, to, 0), Err(WindowError::Times));
        }
        assert_eq!(ChangeWindow::new(vec![Weekday::Monday], 0, 60, 841), Err(WindowError::Offset));
        assert!(serde_json::from_str::<ChangeWindow>(r#"{"days":[],"from":0,"to":60,"offset":0}"#).is_err());
    }

    proptest! {
        #[test]
        fn it_is_open_when_it_opens_and_closed_until_then(
            bits in 1_u8..128, from in 0_u16..1440, to in 0_u16..=1440, offset in -840_i16..=840, after in 0_u32..1_000_000,
        ) {
            prop_assume!(from != to);
            let days = Weekday::ALL.iter().enumerate().filter(|(bit, _)| bits & (1 << bit) != 0).map(|(_, day)| *day);
            let window = ChangeWindow::new(days.collect(), from, to, offset).unwrap();
            let now = MONDAY + f64::from(after);
            let opens = window.opens_at(now);
            prop_assert!(window.is_open(opens));
            prop_assert!(opens - now <= 8.0 * 24.0 * HOUR);
            prop_assert!(opens == now || (!window.is_open(now) && !window.is_open(opens - 1.0)));
        }
    }
}
