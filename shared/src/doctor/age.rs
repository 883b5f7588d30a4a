//! When a token's time is over, where a text says so: the answer of `get-authorization-token`, the words of `login`.

/// A moment of a text by which a token was good.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expiry {
    /// Epoch seconds.
    pub(super) at: f64,
    /// As the text spells it.
    pub(super) spelled: String,
}

/// A local time without its zone may be this many seconds off.
const ZONES: f64 = 14.0 * 3600.0;

/// The moment that a line tells as the end of a token.
pub(super) fn expiry(line: &str) -> Option<Expiry> {
    let (after, local) = match (line.find("\"expiration\""), line.find("Login expires in ")) {
        (Some(at), _) => (&line[at + "\"expiration\"".len()..], false),
        (None, Some(at)) => (&line[at..], true),
        (None, None) => return None,
    };
    let digits = after.find(|c: char| c.is_ascii_digit())?;
    let after = match local {
        true => after.split_once(" at ")?.1,
        false => &after[digits..],
    };
    let spelled: String = after.chars().take_while(|c| c.is_ascii_digit() || "-:.T+ Z".contains(*c)).take(40).collect();
    let spelled = spelled.trim().to_owned();
    let at = match spelled.parse::<f64>() {
        Ok(seconds) => seconds,
        Err(_) => date(&spelled)? + if local { ZONES } else { 0.0 },
    };
    Some(Expiry { at, spelled })
}

/// Epoch seconds of `2026-01-31T12:00:00+02:00` and the like. Without a zone it is taken as UTC.
fn date(text: &str) -> Option<f64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Days since 1970 by the civil calendar, with years that begin in March.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let era_days = year.div_euclid(400) * 146_097;
    let of_era = year.rem_euclid(400);
    let days = era_days + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468;
    let zone = text.get(19..).and_then(|zone| zone.find(['+', '-']).map(|at| &zone[at..])).and_then(|zone| {
        let sign = if zone.starts_with('-') { -1 } else { 1 };
        Some(sign * (zone.get(1..3)?.parse::<i64>().ok()? * 60 + zone.get(4..6)?.parse::<i64>().ok()?) * 60)
    });
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - zone.unwrap_or(0);
    // Exact: seconds of four-digit years have at most 12 digits.
    Some(seconds as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_moment_is_read() {
        for (line, seconds) in [
            ("    \"expiration\": \"2026-01-01T02:00:00+02:00\"", 1_767_225_600.0),
            ("    \"expiration\": \"2026-01-01T00:00:00.123000+00:00\"", 1_767_225_600.0),
            ("\"expiration\": 1767225600.5", 1_767_225_600.5),
            ("Login expires in 12 hours at 2026-01-01 00:00:00", 1_767_225_600.0 + ZONES),
        ] {
            assert_eq!(expiry(line).map(|expiry| expiry.at), Some(seconds), "{line}");
        }
        for line in
            ["expiration", "\"expiration\": \"soon\"", "\"expiration\": \"2026-99-01T00:00:00Z\"", "Login expires in 1"]
        {
            assert_eq!(expiry(line), None, "{line}");
        }
    }
}
