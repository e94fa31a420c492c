//! One record: where the field's string stands in the line, and what comes in its place. Depends on nothing else of the
//! tool, so that `fuzz/` takes it as it is.

use anyhow::{Context, Result};
use qingyang::Cleaner;
use serde::de::IgnoredAny;

/// Where the field's value stands and what comes in its place; `None` where it is clean already.
pub fn clean_record(line: &[u8], field: &Field, cleaner: &mut Cleaner) -> Result<Option<(usize, usize, String)>> {
    let text =
        std::str::from_utf8(line).map_err(|e| anyhow::anyhow!("not UTF-8 at byte {} of the line", e.valid_up_to()))?;
    serde_json::from_str::<IgnoredAny>(text).map_err(|e| {
        let said = e.to_string();
        // serde counts from 1, and the line is always the first.
        let why = said.rfind(" at line ").map_or(said.as_str(), |cut| &said[..cut]);
        anyhow::anyhow!("not JSON at byte {} of the line: {why}", e.column().saturating_sub(1))
    })?;
    let (start, end) = field.find(text).with_context(|| format!("no field {}", field.shown))?;
    let kind = match text.as_bytes().get(start) {
        Some(b'"') => "",
        Some(b'n') => "null",
        Some(b't' | b'f') => "true or false",
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        _ => "a number",
    };
    anyhow::ensure!(kind.is_empty(), "field {} is {kind}, not a string", field.shown);
    let value: String = serde_json::from_str(&text[start..end])
        .map_err(|e| anyhow::anyhow!("field {} is no string of Unicode: {e}", field.shown))?;
    let mut clean = cleaner.page(&value).text;
    if clean.ends_with('\n') {
        clean.pop();
    }
    if clean == value {
        return Ok(None);
    }
    Ok(Some((start, end, serde_json::to_string(&clean)?)))
}

/// A key, or a JSON Pointer.
pub struct Field {
    path: Vec<String>,
    shown: String,
}

impl Field {
    /// From `--field`.
    pub fn parse(name: &str) -> Field {
        let path = match name.strip_prefix('/') {
            Some(pointer) => pointer.split('/').map(|s| s.replace("~1", "/").replace("~0", "~")).collect(),
            None => vec![name.to_string()],
        };
        Field { path, shown: name.to_string() }
    }

    /// The byte range of the value in a text that is JSON. Of equal keys the last counts, as in most parsers.
    fn find(&self, text: &str) -> Option<(usize, usize)> {
        let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
        scan.space();
        for step in &self.path {
            scan.enter(text, step)?;
        }
        let start = scan.at;
        scan.value();
        Some((start, scan.at))
    }
}

/// Walks over text that is known to be JSON.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
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

    fn value(&mut self) {
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

    /// Moves to the value of `key` in the object here, or to that item of the array.
    fn enter(&mut self, text: &str, key: &str) -> Option<()> {
        let object = match self.peek() {
            b'{' => true,
            b'[' => false,
            _ => return None,
        };
        self.at += 1;
        let mut found = None;
        let mut index = 0usize;
        // As in RFC 6901: no sign, no zeros in front.
        let wanted: Option<usize> = key.parse().ok().filter(|n: &usize| n.to_string() == key);
        loop {
            self.space();
            if matches!(self.peek(), b'}' | b']' | 0) {
                break;
            }
            let mut fits = !object && wanted == Some(index);
            if object {
                let start = self.at;
                self.string();
                fits = serde_json::from_str::<String>(&text[start..self.at]).is_ok_and(|k| k == key);
                self.space();
                self.at += 1; // the colon
                self.space();
            }
            if fits {
                found = Some(self.at);
            }
            self.value();
            self.space();
            if self.peek() == b',' {
                self.at += 1;
            }
            index += 1;
        }
        self.at = found?;
        Some(())
    }
}
