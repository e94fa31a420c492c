//! A walk over JSON that finds values without building them.

use std::ops::Range;

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Text,
    Null,
    Boolean,
    Object,
    List,
    Number,
}

impl Found {
    /// The type of the value at this place.
    pub fn at(text: &str, at: usize) -> Found {
        match Scan::at(text, at).peek() {
            b'"' => Found::Text,
            b'n' => Found::Null,
            b't' | b'f' => Found::Boolean,
            b'{' => Found::Object,
            b'[' => Found::List,
            _ => Found::Number,
        }
    }
}

/// The item of a list that a step names. As in RFC 6901: no sign, no leading zeros.
pub fn index(step: &str) -> Option<usize> {
    step.parse().ok().filter(|n: &usize| n.to_string() == step)
}

/// Whether a key as it is written, with its quotes, is this one.
pub fn is_key(written: &str, key: &str) -> bool {
    match written.contains('\\') {
        true => serde_json::from_str::<String>(written).is_ok_and(|k| k == key),
        false => written.len() >= 2 && &written[1..written.len() - 1] == key,
    }
}

/// Walks over a text that is known to be JSON.
pub struct Scan<'a> {
    bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Scan<'a> {
    pub fn at(text: &'a str, at: usize) -> Scan<'a> {
        Scan { bytes: text.as_bytes(), at }
    }

    pub fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    pub fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn string(&mut self) {
        self.at += 1;
        loop {
            match self.peek() {
                b'"' => break,
                b'\\' => self.at += 2,
                _ if self.at >= self.bytes.len() => return,
                _ => self.at += 1,
            }
        }
        self.at += 1;
    }

    pub fn value(&mut self) {
        match self.peek() {
            b'"' => self.string(),
            b'{' | b'[' => {
                let mut depth = 0usize;
                loop {
                    match self.peek() {
                        b'"' => {
                            self.string();
                            continue;
                        }
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth -= 1,
                        _ if self.at >= self.bytes.len() => return,
                        _ => {}
                    }
                    self.at += 1;
                    if depth == 0 {
                        return;
                    }
                }
            }
            _ => {
                while !matches!(self.peek(), b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r' | 0) {
                    self.at += 1;
                }
            }
        }
    }

    /// Gives each member of the object or the list here: its key as it is written, its number and its value.
    pub fn members(&mut self, mut take: impl FnMut(Option<Range<usize>>, usize, Range<usize>)) {
        let object = match self.peek() {
            b'{' => true,
            b'[' => false,
            _ => return,
        };
        self.at += 1;
        let mut index = 0usize;
        loop {
            self.space();
            if matches!(self.peek(), b'}' | b']' | 0) {
                break;
            }
            let mut key = None;
            if object {
                let start = self.at;
                self.string();
                key = Some(start..self.at);
                self.space();
                self.at += 1; // the colon
                self.space();
            }
            let start = self.at;
            self.value();
            take(key, index, start..self.at);
            self.space();
            if self.peek() == b',' {
                self.at += 1;
            }
            index += 1;
        }
    }

    /// The value of `key` in the object here, or that item of the list.
    pub fn member(&mut self, text: &str, key: &str) -> Option<Range<usize>> {
        let wanted = index(key);
        let mut found = None;
        self.members(|written, index, value| {
            if written.map_or(wanted == Some(index), |range| is_key(&text[range], key)) {
                found = Some(value);
            }
        });
        found
    }
}
