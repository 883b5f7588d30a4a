//! Numbers for people. Integers only: printing floating-point numbers would weigh several kB.

/// A number with its thousands apart, such as `1,204`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number and its noun, such as `1 version` or `3 versions`.
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number as u64))
}

/// Bytes in the largest decimal unit that leaves a whole part, such as `1.2 MB`.
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if number < 1000 {
        return count(number as usize, "byte");
    }
    let mut unit = 0;
    let mut tenths = number / 100;
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if whole >= 100 || tenth == 0 {
        format!("{} {}", grouped(whole), UNITS[unit])
    } else {
        format!("{whole}.{tenth} {}", UNITS[unit])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1204), "1,204");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }

    #[test]
    fn bytes_are_told_in_the_unit_that_fits() {
        assert_eq!(bytes(0), "0 bytes");
        assert_eq!(bytes(1), "1 byte");
        assert_eq!(bytes(1000), "1 kB");
        assert_eq!(bytes(1_230_000), "1.2 MB");
        assert_eq!(bytes(123_400_000), "123 MB");
    }

    proptest! {
        #[test]
        fn grouping_changes_no_digit(number: u64) {
            prop_assert_eq!(grouped(number).replace(',', ""), number.to_string());
        }

        #[test]
        fn no_unit_is_left_with_four_digits(number in 1000_u64..1_000_000_000_000_000) {
            let text = bytes(number);
            let whole = text.split(['.', ' ']).next().unwrap();
            prop_assert!(whole.len() <= 3, "{}", text);
        }
    }
}
