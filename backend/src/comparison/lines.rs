//! Two texts compared line by line, within bounds of time and size.

use std::time::Instant;

use shared::comparison::DiffLine;
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline, group_diff_ops};

/// How many unchanged lines are shown around a change.
const AROUND: usize = 3;

/// How many lines of one file are shown. What follows is counted as a gap.
pub const MOST: usize = 4_000;

/// How many characters of a line are shown: packed programs stand in one line.
const LONGEST_LINE: usize = 1_000;

/// The lines that differ, with a few around them. What is not compared by the deadline is told as removed and added.
pub fn compare(before: &str, after: &str, deadline: Instant) -> Vec<DiffLine> {
    let (before, after): (Vec<&str>, Vec<&str>) = (lines(before), lines(after));
    let found = capture_diff_slices_deadline(Algorithm::Myers, &before, &after, Some(deadline));
    let mut lines = Vec::new();
    let mut told = 0; // Lines of `before` that are accounted for.
    for op in group_diff_ops(found, AROUND).into_iter().flatten() {
        let (old, new) = (op.old_range(), op.new_range());
        if old.start > told {
            lines.push(DiffLine::Gap(old.start - told));
        }
        told = old.end;
        if let DiffOp::Equal { .. } = op {
            lines.extend(before[old].iter().map(|line| DiffLine::Same(cut(line))));
        } else {
            lines.extend(before[old].iter().map(|line| DiffLine::Removed(cut(line))));
            lines.extend(after[new].iter().map(|line| DiffLine::Added(cut(line))));
        }
        if lines.len() > MOST {
            let more = lines.len() - MOST;
            lines.truncate(MOST);
            lines.push(DiffLine::Gap(more));
            return lines;
        }
    }
    if !lines.is_empty() && before.len() > told {
        lines.push(DiffLine::Gap(before.len() - told));
    }
    lines
}

/// Lines without their line feed; a carriage return stays, since it may be all that differs.
fn lines(text: &str) -> Vec<&str> {
    text.strip_suffix('\n').unwrap_or(text).split('\n').filter(|_| !text.is_empty()).collect()
}

fn cut(line: &str) -> String {
    match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}… ({} more bytes)", &line[..end], line.len() - end),
        None => line.to_owned(),
    }
}

/// About how many bytes of an answer a line takes.
pub fn size(line: &DiffLine) -> usize {
    const AROUND_IT: usize = 16;
    match line {
        DiffLine::Same(text) | DiffLine::Removed(text) | DiffLine::Added(text) => text.len() + AROUND_IT,
        DiffLine::Gap(_) => AROUND_IT,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(10)
    }

    #[test]
    fn a_long_line_is_cut() {
        let lines = compare("", &"ü".repeat(2_000), soon());
        let [DiffLine::Added(line)] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(line.ends_with("… (2000 more bytes)") && line.chars().count() < 1_100, "{line}");
    }

    #[test]
    fn texts_that_have_nothing_in_common_are_compared_in_bounded_time() {
        let text = |salt: u32| (0..60_000).map(|n| format!("{}\n", n * 2 + salt)).collect::<String>();
        let begin = Instant::now();
        let lines = compare(&text(0), &text(1), begin + Duration::from_millis(100));
        assert!(matches!(lines[0], DiffLine::Removed(_)) && lines.len() == MOST + 1);
        // Far more than it takes, and far less than it would take without the deadline.
        assert!(begin.elapsed() < Duration::from_secs(20));
    }

    proptest! {
        #[test]
        fn every_line_of_both_texts_is_accounted_for(before in "[ab\r\n]{0,40}", after in "[ab\r\n]{0,40}") {
            let found = compare(&before, &after, soon());
            let count = |of: fn(&DiffLine) -> usize| found.iter().map(of).sum::<usize>();
            let gaps = count(|line| if let DiffLine::Gap(number) = line { *number } else { 0 });
            let same = count(|line| usize::from(matches!(line, DiffLine::Same(_))));
            let removed = count(|line| usize::from(matches!(line, DiffLine::Removed(_))));
            let added = count(|line| usize::from(matches!(line, DiffLine::Added(_))));
            if found.is_empty() {
                prop_assert_eq!(lines(&before), lines(&after));
            } else {
                prop_assert_eq!(gaps + same + removed, lines(&before).len());
                prop_assert_eq!(gaps + same + added, lines(&after).len());
            }
        }
    }
}
