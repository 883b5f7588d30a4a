//! A pasted text made readable: without colours and control characters, not too long, secrets hidden.

use super::mask::{Masked, mask};

/// More bytes of a text are not read: of a longer one, the lines at its beginning and at its end.
pub const MOST_TEXT: usize = 1_000_000;

/// Cleans a text and hides its secrets. Nothing else should ever see what was pasted.
pub fn take(pasted: &str) -> Masked {
    mask(&clipped(&plain(pasted)))
}

/// Without escape sequences and control characters: a colour in the middle of a secret would hide it from the scans.
/// UTF-16 read as UTF-8 becomes readable, since its zero bytes go.
fn plain(pasted: &str) -> String {
    let mut text = String::with_capacity(pasted.len().min(4 * MOST_TEXT));
    let mut chars = pasted.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\r' if chars.peek() == Some(&'\n') => {}
            // A progress bar draws its line anew.
            '\r' => text.push('\n'),
            '\n' | '\t' => text.push(c),
            c if c.is_control()
                || matches!(c, '\u{feff}' | '\u{fffd}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}') => {}
            c => text.push(c),
        }
    }
    text
}

/// `ESC [ … letter`, `ESC ] … BEL`, or one more character.
fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.next_if(|c| matches!(c, '[' | ']')) {
        Some('[') => {
            while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
            chars.next_if(|c| matches!(c, '@'..='~'));
        }
        Some(_) => while chars.next_if(|c| !matches!(c, '\u{7}' | '\u{1b}' | '\n')).is_some() {},
        None => {}
    }
}

/// The beginning and the end of a long text, in whole lines: half a line could hold half a secret.
fn clipped(text: &str) -> String {
    if text.len() <= MOST_TEXT {
        return text.to_owned();
    }
    let half = MOST_TEXT / 2;
    let (mut head, mut tail) = (half, text.len() - half);
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    let head = text[..head].rfind('\n').map_or("", |end| &text[..end]);
    let tail = text[tail..].find('\n').map_or("", |start| &text[tail + start + 1..]);
    format!("{head}\n… the middle of the text was left out …\n{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_controls_go_and_lines_stay() {
        assert_eq!(take("\u{1b}[31mnpm error\u{1b}[39m code\u{0} E401\r\nnext\u{7}").text, "npm error code E401\nnext");
        assert_eq!(take("\u{1b}]8;;https://x\u{7}link\u{1b}]8;;\u{7}\nrest").text, "link\nrest");
    }

    #[test]
    fn a_colour_inside_a_secret_hides_nothing_from_the_mask() {
        let masked = take("pass\u{1b}[0mword=one\u{1b}[31mtwo\u{1b}[0mthree");
        assert_eq!(masked.text, "password=‹hidden-password›");
    }

    #[test]
    fn a_long_text_keeps_its_beginning_and_its_end() {
        let long = format!("first\n{}last", "a line of a log\n".repeat(200_000));
        let text = take(&long).text;
        assert!(text.len() < MOST_TEXT + 100 && text.starts_with("first\n") && text.ends_with("last"));
        assert!(take(&"x".repeat(3 * MOST_TEXT)).text.len() < 100);
    }
}
