//! Whether a condition holds. (IAM user guide, *Condition operators*, *Conditions with multiple context keys or values*,
//! and *Single-valued vs. multivalued context keys*.)

use std::net::IpAddr;

use super::context::{Context, parts};
use crate::policy::condition::{Set, Test};
use crate::policy::statement::Condition;
use crate::policy::wildcard::{Piece, fits};

/// Whether a condition holds for a request.
pub(super) fn holds(condition: &Condition, context: &Context, has_variables: bool) -> bool {
    let operator = condition.operator;
    let given = context.get(&condition.key.text);
    if operator.test == Test::Null {
        let wants_none = condition.values.iter().any(|value| value.text.eq_ignore_ascii_case("true"));
        return wants_none == given.is_none_or(<[String]>::is_empty);
    }
    let Some(given) = given.filter(|given| !given.is_empty()) else {
        return match operator.set {
            _ if operator.if_exists => true,
            Some(Set::All) => true,
            Some(Set::Any) => false,
            None => operator.test.is_negated(),
        };
    };
    let negated = operator.test.is_negated();
    let one_holds = |value: &String| {
        let matched =
            condition.values.iter().any(|wanted| same(operator.test, &wanted.text, value, context, has_variables));
        matched != negated
    };
    match operator.set {
        Some(Set::Any) => given.iter().any(one_holds),
        Some(Set::All) => given.iter().all(one_holds),
        // For a key with one value the three say the same.
        None if negated => given.iter().all(one_holds),
        None => given.iter().any(one_holds),
    }
}

/// Whether one value of a condition matches one value of the request, negation aside.
fn same(test: Test, wanted: &str, given: &str, context: &Context, has_variables: bool) -> bool {
    use Test::*;
    match test {
        StringEquals | StringNotEquals => plain(wanted, context, has_variables).is_some_and(|wanted| wanted == given),
        StringEqualsIgnoreCase | StringNotEqualsIgnoreCase => {
            plain(wanted, context, has_variables).is_some_and(|wanted| wanted.to_lowercase() == given.to_lowercase())
        }
        StringLike | StringNotLike => context.fill(wanted, has_variables).is_some_and(|wanted| fits(&wanted, given)),
        ArnEquals | ArnLike | ArnNotEquals | ArnNotLike => arn(wanted, given, context, has_variables),
        Bool => plain(wanted, context, has_variables).is_some_and(|wanted| wanted.eq_ignore_ascii_case(given)),
        BinaryEquals => wanted == given,
        IpAddress | NotIpAddress => ip(wanted, given),
        NumericEquals | NumericNotEquals => number(wanted, given, |wanted, given| given == wanted),
        NumericLessThan => number(wanted, given, |wanted, given| given < wanted),
        NumericLessThanEquals => number(wanted, given, |wanted, given| given <= wanted),
        NumericGreaterThan => number(wanted, given, |wanted, given| given > wanted),
        NumericGreaterThanEquals => number(wanted, given, |wanted, given| given >= wanted),
        DateEquals | DateNotEquals => date(wanted, given, |wanted, given| given == wanted),
        DateLessThan => date(wanted, given, |wanted, given| given < wanted),
        DateLessThanEquals => date(wanted, given, |wanted, given| given <= wanted),
        DateGreaterThan => date(wanted, given, |wanted, given| given > wanted),
        DateGreaterThanEquals => date(wanted, given, |wanted, given| given >= wanted),
        // Answered before: it does not compare values.
        Null => false,
    }
}

/// A text with its variables filled in, `*` and `?` taken as they are.
fn plain(wanted: &str, context: &Context, has_variables: bool) -> Option<String> {
    let pieces = context.fill(wanted, has_variables)?;
    let character = |piece: Piece| match piece {
        Piece::Any => '*',
        Piece::One => '?',
        Piece::Same(c) => c,
    };
    Some(pieces.into_iter().map(character).collect())
}

/// ARNs are compared part by part: a wildcard does not go over a colon, except in the last part.
pub(super) fn arn(wanted: &str, given: &str, context: &Context, has_variables: bool) -> bool {
    if wanted == "*" {
        return true;
    }
    let (wanted, given): (Vec<&str>, Vec<&str>) = (parts(wanted), given.splitn(6, ':').collect());
    wanted.len() == 6
        && given.len() == 6
        && wanted
            .iter()
            .zip(&given)
            .all(|(wanted, given)| context.fill(wanted, has_variables).is_some_and(|wanted| fits(&wanted, given)))
}

fn number(wanted: &str, given: &str, holds: fn(f64, f64) -> bool) -> bool {
    matches!((wanted.parse(), given.parse()), (Ok(wanted), Ok(given)) if holds(wanted, given))
}

fn date(wanted: &str, given: &str, holds: fn(i64, i64) -> bool) -> bool {
    matches!((seconds(wanted), seconds(given)), (Some(wanted), Some(given)) if holds(wanted, given))
}

/// Seconds since 1970, of an ISO 8601 date or time, or of that number itself. Fractions are dropped.
fn seconds(text: &str) -> Option<i64> {
    if text.len() > 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
    let mut fields = day.split('-').map(|field| field.parse::<i64>().ok());
    let year = fields.next()??;
    let month = fields.next().unwrap_or(Some(1))?;
    let day = fields.next().unwrap_or(Some(1))?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || fields.next().is_some() {
        return None;
    }
    let time = time.map_or(Some(0), clock)?;
    Some(days(year, month, day) * 86_400 + time)
}

/// Seconds of `12:30:45Z` or `12:30+02:00`.
fn clock(text: &str) -> Option<i64> {
    let zone_at = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone_at);
    let hms = |text: &str| -> Option<i64> {
        let mut fields = text.split(':');
        let mut field = || fields.next().map_or(Some(0), |field| field.split('.').next()?.parse::<i64>().ok());
        Some(field()? * 3600 + field()? * 60 + field()?)
    };
    let shift = match zone.split_at_checked(1) {
        Some(("+", zone)) => hms(zone)?,
        Some(("-", zone)) => -hms(zone)?,
        _ => 0,
    };
    Some(hms(clock)? - shift)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar: years begin in March, so that leap days come last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Whether an address lies in a range such as `203.0.113.0/24`.
fn ip(range: &str, address: &str) -> bool {
    let (network, length) = range.split_once('/').map_or((range, None), |(network, length)| (network, Some(length)));
    let (Ok(network), Ok(address)) = (network.parse::<IpAddr>(), address.parse::<IpAddr>()) else { return false };
    let (network, address, size) = match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            (u128::from(network.to_bits()), u128::from(address.to_bits()), 32)
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => (network.to_bits(), address.to_bits(), 128),
        _ => return false,
    };
    let length = length.map_or(Some(size), |length| length.parse::<u32>().ok()).filter(|length| *length <= size);
    length.is_some_and(|length| {
        let shift = size - length;
        shift >= 128 || network >> shift == address >> shift
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_of_iso_8601() {
        assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(seconds("2000-03-01"), Some(951_868_800));
        assert_eq!(seconds("2024-02-29T12:30:45.5Z"), Some(1_709_209_845));
        assert_eq!(seconds("2024-02-29T14:30:45+02:00"), Some(1_709_209_845));
        assert_eq!(seconds("2024"), seconds("2024-01-01"));
        assert_eq!(seconds("1709209845"), Some(1_709_209_845));
        assert_eq!((seconds("soon"), seconds("2024-13-01")), (None, None));
    }

    #[test]
    fn addresses_lie_in_ranges_of_their_own_kind() {
        assert!(ip("203.0.113.0/24", "203.0.113.9") && ip("0.0.0.0/0", "1.2.3.4") && ip("1.2.3.4", "1.2.3.4"));
        assert!(ip("2001:db8::/32", "2001:db8:1::1") && ip("::/0", "::1"));
        assert!(
            !ip("203.0.113.0/24", "203.0.114.9") && !ip("0.0.0.0/0", "::1") && !ip("203.0.113.0/33", "203.0.113.0")
        );
    }
}
