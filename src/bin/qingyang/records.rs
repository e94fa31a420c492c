//! JSON Lines: one string of each record is cleaned, everything else stays byte for byte.

use crate::args::{OnError, Run};
use crate::files::{self, BLOCK, Output};
use crate::{Failed, signals};
use anyhow::{Context, Result};
use qingyang::Cleaner;
use serde::de::IgnoredAny;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

/// Cleans the records of all inputs.
pub fn run(run: &Run) -> Result<()> {
    if run.args.output.is_some() {
        signals::listen();
    }
    let mut seen = Seen::default();
    match &run.args.output {
        Some(target) => {
            let mut output = Output::named(target).with_context(|| target.display().to_string())?;
            all(run, &mut output, &mut seen).with_context(|| target.display().to_string())?;
            // Bad records are in the output as they came; an input that broke off is not.
            if !seen.broken && signals::caught().is_none() {
                output.commit().with_context(|| target.display().to_string())?;
            }
        }
        None => {
            let mut output = io::BufWriter::with_capacity(BLOCK, io::stdout().lock());
            let outcome = all(run, &mut output, &mut seen);
            if !outcome.as_ref().is_err_and(files::is_output) {
                output.flush().map_err(files::unwritten).context("standard output")?;
            }
            outcome.context("standard output")?;
        }
    }
    if seen.bad || seen.broken { Err(Failed::Said.into()) } else { Ok(()) }
}

/// What went wrong on the way.
#[derive(Default)]
struct Seen {
    /// Records that could not be cleaned.
    bad: bool,
    /// Inputs that could not be read to their end.
    broken: bool,
}

fn all(run: &Run, output: &mut dyn Write, seen: &mut Seen) -> Result<()> {
    let mut cleaner = Cleaner::new(run.options.clone());
    for input in files::inputs(&run.args.inputs) {
        match one(run, input, &mut cleaner, output) {
            Ok(bad) => seen.bad |= bad > 0,
            Err(error) if files::is_closed_pipe(&error) || files::is_output(&error) || error.is::<Failed>() => {
                return Err(error);
            }
            Err(error) => {
                files::say(format_args!("qingyang: {}: {error:#}", files::name(input)));
                seen.broken = true;
            }
        }
    }
    Ok(())
}

fn one(run: &Run, input: Option<&Path>, cleaner: &mut Cleaner, output: &mut dyn Write) -> Result<u64> {
    let field = Field::parse(run.args.field.as_deref().unwrap_or_default());
    let mut reader: Box<dyn BufRead> = match input {
        Some(path) => Box::new(BufReader::with_capacity(BLOCK, files::open(path)?)),
        None => Box::new(BufReader::with_capacity(BLOCK, io::stdin().lock())),
    };
    let (mut line, mut number, mut bad) = (Vec::new(), 0u64, 0u64);
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line).map_err(|e| files::explain(e, "read"))? == 0 {
            return Ok(bad);
        }
        if signals::caught().is_some() {
            return Ok(bad);
        }
        number += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            output.write_all(&line).map_err(files::unwritten)?;
            continue;
        }
        match clean_record(&line, &field, cleaner) {
            Ok(Some((start, end, value))) => {
                output.write_all(&line[..start]).map_err(files::unwritten)?;
                output.write_all(value.as_bytes()).map_err(files::unwritten)?;
                output.write_all(&line[end..]).map_err(files::unwritten)?;
            }
            Ok(None) => output.write_all(&line).map_err(files::unwritten)?,
            Err(error) => {
                bad += 1;
                files::say(format_args!("qingyang: {}: line {number}: {error:#}", files::name(input)));
                match run.args.on_error {
                    OnError::Keep => output.write_all(&line).map_err(files::unwritten)?,
                    OnError::Skip => {}
                    OnError::Stop => return Err(Failed::Said.into()),
                }
            }
        }
    }
}

/// Where the field's value stands and what comes in its place; `None` where it is clean already.
fn clean_record(line: &[u8], field: &Field, cleaner: &mut Cleaner) -> Result<Option<(usize, usize, String)>> {
    let text =
        std::str::from_utf8(line).map_err(|e| anyhow::anyhow!("not UTF-8 at byte {} of the line", e.valid_up_to()))?;
    serde_json::from_str::<IgnoredAny>(text).context("not JSON")?;
    let (start, end) = field.find(text).with_context(|| format!("no field {}", field.shown))?;
    let value: String =
        serde_json::from_str(&text[start..end]).with_context(|| format!("field {} is no string", field.shown))?;
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
struct Field {
    path: Vec<String>,
    shown: String,
}

impl Field {
    fn parse(name: &str) -> Field {
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
        loop {
            self.space();
            if matches!(self.peek(), b'}' | b']' | 0) {
                break;
            }
            let mut fits = !object && key.parse() == Ok(index);
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
