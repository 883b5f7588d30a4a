//! The record as comma-separated values that a spreadsheet can open without doing what a row says.

use super::{HistoryEntry, HistoryRow};

/// The names of the columns.
pub fn csv_header() -> String {
    let fields = HistoryEntry::default();
    let names: Vec<&str> = fields.fields().iter().map(|(name, _)| *name).collect();
    format!("seq,at,{},hash\r\n", names.join(","))
}

/// One row.
pub fn csv_row(row: &HistoryRow) -> String {
    let mut line = format!("{},{}", row.seq, row.entry.at);
    for (_, value) in row.entry.fields() {
        line.push(',');
        line.push_str(&cell(value.unwrap_or_default()));
    }
    format!("{line},{}\r\n", cell(&row.hash))
}

/// A cell as RFC 4180 has it. Spreadsheets run what begins like a formula, so such a text gets an apostrophe first
/// (OWASP, "CSV Injection"). Control characters, which could command a terminal, are written as `\u{1b}`.
fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 2);
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%']) {
        safe.push('\'');
    }
    for letter in text.chars() {
        match letter {
            '"' => safe.push_str("\"\""),
            letter if letter.is_control() => safe.extend(letter.escape_default()),
            letter => safe.push(letter),
        }
    }
    if safe.contains([',', '"', ';', '\'', ' ']) { format!("\"{safe}\"") } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_people_write_becomes_a_formula_or_a_command() {
        for (text, cell_text) in [
            ("plain", "plain"),
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\tx", "\"'\\tx\""),
            ("a,b", "\"a,b\""),
            ("a\nb", "a\\nb"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("", ""),
        ] {
            assert_eq!(cell(text), cell_text, "{text:?}");
        }
    }

    #[test]
    fn a_row_has_as_many_cells_as_the_header() {
        let row = HistoryRow { seq: 7, entry: HistoryEntry::default(), hash: "ab".to_owned() };
        assert_eq!(csv_row(&row).matches(',').count(), csv_header().matches(',').count());
    }
}
