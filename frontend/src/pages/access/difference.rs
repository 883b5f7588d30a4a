//! Two texts compared line by line.

use leptos::prelude::*;
use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// How many unchanged lines are shown around a change.
const AROUND: usize = 3;

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Same(String),
    Removed(String),
    Added(String),
    /// Unchanged lines that are not shown.
    Gap(usize),
}

/// The lines that differ, with a few around them.
fn compare(before: &str, after: &str) -> Vec<Line> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let groups = group_diff_ops(capture_diff_slices(Algorithm::Myers, &before, &after), AROUND);
    let mut lines = Vec::new();
    let mut told = 0; // Lines of `before` that are accounted for.
    for op in groups.into_iter().flatten() {
        let (old, new) = (op.old_range(), op.new_range());
        if old.start > told {
            lines.push(Line::Gap(old.start - told));
        }
        told = old.end;
        if let DiffOp::Equal { .. } = op {
            lines.extend(before[old].iter().map(|&line| Line::Same(line.to_owned())));
        } else {
            lines.extend(before[old].iter().map(|&line| Line::Removed(line.to_owned())));
            lines.extend(after[new].iter().map(|&line| Line::Added(line.to_owned())));
        }
    }
    if !lines.is_empty() && before.len() > told {
        lines.push(Line::Gap(before.len() - told));
    }
    lines
}

/// What differs between two texts: `−` before what goes, `+` before what comes.
#[component]
pub fn Difference(
    before: String,
    after: String,
    /// What is compared, for who listens.
    label: &'static str,
) -> impl IntoView {
    let lines = compare(&before, &after);
    if lines.is_empty() {
        return view! { <p class="muted">"No difference."</p> }.into_any();
    }
    view! {
        // Long lines scroll sideways, so the keyboard has to reach it.
        <div class="difference" role="group" tabindex="0" aria-label=label>
            {lines.into_iter().map(row).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

fn row(line: Line) -> AnyView {
    // The signs are words for who listens, and can be left out when lines are copied.
    let sign = |sign: &'static str, word: &'static str| {
        view! { <span class="difference__sign" aria-hidden="true">{sign}</span><span class="visually-hidden">{word}</span> }
    };
    match line {
        Line::Same(text) => view! { <div class="difference__line">{sign(" ", "")}{text}</div> }.into_any(),
        Line::Removed(text) => {
            view! { <del class="difference__line difference__line--removed">{sign("−", "Removed: ")}{text}</del> }
                .into_any()
        }
        Line::Added(text) => {
            view! { <ins class="difference__line difference__line--added">{sign("+", "Added: ")}{text}</ins> }
                .into_any()
        }
        Line::Gap(1) => view! { <div class="difference__gap">"1 line is the same"</div> }.into_any(),
        Line::Gap(number) => {
            view! { <div class="difference__gap">{format!("{number} lines are the same")}</div> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_differs_is_shown_with_three_lines_around() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9";
        let after = "1\n2\n3\n4\nfive\n6\n7\n8\n9";
        let same = |text: &str| Line::Same(text.into());
        assert_eq!(
            compare(before, after),
            [
                Line::Gap(1),
                same("2"),
                same("3"),
                same("4"),
                Line::Removed("5".into()),
                Line::Added("five".into()),
                same("6"),
                same("7"),
                same("8"),
                Line::Gap(1),
            ]
        );
        assert_eq!(compare(before, before), []);
        assert_eq!(compare("", "a"), [Line::Added("a".into())]);
    }

    proptest! {
        #[test]
        fn every_line_of_both_texts_is_accounted_for(before in "[abc\n]{0,40}", after in "[abc\n]{0,40}") {
            let lines = compare(&before, &after);
            let count = |of: fn(&Line) -> usize| lines.iter().map(of).sum::<usize>();
            let gaps = count(|line| if let Line::Gap(number) = line { *number } else { 0 });
            let same = count(|line| usize::from(matches!(line, Line::Same(_))));
            let removed = count(|line| usize::from(matches!(line, Line::Removed(_))));
            let added = count(|line| usize::from(matches!(line, Line::Added(_))));
            if !lines.is_empty() {
                prop_assert_eq!(gaps + same + removed, before.lines().count());
                prop_assert_eq!(gaps + same + added, after.lines().count());
            } else {
                prop_assert!(before.lines().eq(after.lines()));
            }
        }
    }
}
