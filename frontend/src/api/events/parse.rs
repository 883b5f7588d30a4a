//! The wire form of server-sent events (HTML standard, 9.2.6), as far as our server writes it: lines end with `\n`, and
//! all that counts stands in `data`.

/// Puts events together out of the pieces in which they come.
#[derive(Debug, Default)]
pub struct Parser {
    /// The beginning of a line whose end has not come.
    line: Vec<u8>,
    /// The data of the event whose end has not come.
    data: Option<String>,
}

impl Parser {
    /// The data of the events that end in this piece.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut events = Vec::new();
        for byte in bytes {
            if *byte == b'\n' {
                let line = std::mem::take(&mut self.line);
                events.extend(self.end_line(&line));
            } else {
                self.line.push(*byte);
            }
        }
        events
    }

    /// Takes a line; an empty one ends an event. Comments and other fields say nothing to us.
    fn end_line(&mut self, line: &[u8]) -> Option<String> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return self.data.take();
        }
        let text = line.strip_prefix(b"data:")?;
        let text = String::from_utf8_lossy(text.strip_prefix(b" ").unwrap_or(text));
        match &mut self.data {
            Some(data) => {
                data.push('\n');
                data.push_str(&text);
            }
            None => self.data = Some(text.into_owned()),
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_stands_in_data_is_told() {
        let mut parser = Parser::default();
        let told =
            parser.feed(b": hello\n\nid: 7\nevent: change\ndata: {\"at\":7}\n\nretry: 3\n\ndata:a\r\ndata: b\r\n\r\n");
        assert_eq!(told, ["{\"at\":7}", "a\nb"]);
    }

    #[test]
    fn an_event_whose_end_has_not_come_is_not_told() {
        let mut parser = Parser::default();
        assert!(parser.feed(b"data: half\n").is_empty());
        assert_eq!(parser.feed(b"\n"), ["half"]);
    }

    proptest! {
        #[test]
        fn it_does_not_matter_where_the_pieces_are_cut(
            texts in proptest::collection::vec("[a-zäß{}\": ]{1,20}", 1..6),
            cuts in proptest::collection::vec(0_usize..200, 0..6),
        ) {
            let wire: String = texts.iter().map(|text| format!("id: 1\ndata: {text}\n\n")).collect();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut % wire.len()).collect();
            cuts.extend([0, wire.len()]);
            cuts.sort_unstable();
            let mut parser = Parser::default();
            let told: Vec<String> =
                cuts.windows(2).flat_map(|pair| parser.feed(&wire.as_bytes()[pair[0]..pair[1]])).collect();
            prop_assert_eq!(told, texts);
        }
    }
}
