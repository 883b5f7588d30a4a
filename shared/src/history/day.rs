//! A day of the calendar, in universal time.

use serde::{Deserialize, Serialize};

use crate::names::{NameError, name};

name!(
    /// A day, in universal time.
    Day,
    "A day",
    "is such as 2026-01-31",
    |text| seconds(text).is_some()
);

/// The seconds of a day.
const LENGTH: f64 = 86_400.0;

impl Day {
    /// Its first moment, epoch seconds.
    pub fn begins(&self) -> f64 {
        // A day has been checked when it was made.
        seconds(self.as_str()).unwrap_or_default()
    }

    /// The first moment of the next day, epoch seconds.
    pub fn ends(&self) -> f64 {
        self.begins() + LENGTH
    }

    /// The rule that a text breaks; none if it is a day.
    pub fn problem(text: &str) -> Option<NameError> {
        text.parse::<Self>().err()
    }
}

/// The first moment of a day that is written as `2026-01-31`; none for anything else.
fn seconds(text: &str) -> Option<f64> {
    let parts: Vec<i64> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [year @ 1970..=9999, month @ 1..=12, day @ 1..=31] => {
            // Days since 1970: http://howardhinnant.github.io/date_algorithms.html#days_from_civil
            let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
            let of_era = (year % 400) * 365 + (year % 400) / 4 - (year % 400) / 100 + (153 * month + 2) / 5 + day - 1;
            let days = i32::try_from(year / 400 * 146_097 + of_era - 719_468).ok()?;
            Some(f64::from(days) * LENGTH)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (text, seconds) in [
            ("1970-01-01", 0.0),
            ("2000-02-29", 951_782_400.0),
            ("2026-01-31", 1_769_817_600.0),
            ("2100-03-01", 4_107_542_400.0),
        ] {
            let day: Day = text.parse().unwrap();
            assert_eq!((day.begins(), day.ends()), (seconds, seconds + 86_400.0), "{text}");
        }
        for bad in ["", "2026", "2026-13-01", "2026-01-32", "yesterday", "1969-01-01", "2026-01-01-01"] {
            assert!(Day::problem(bad).is_some(), "{bad}");
        }
    }
}
