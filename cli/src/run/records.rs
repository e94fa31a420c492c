//! JSON Lines: one string of each record is cleaned, everything else stays byte for byte.

mod record;

use crate::cli::args::{OnError, Run};
use crate::output::file as files;
use crate::output::file::{BLOCK, Output};
use crate::{Failed, signals};
use anyhow::{Context, Result};
use qingyang::Cleaner;
use record::{Field, clean_record};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

/// A byte order mark.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

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
            if seen.broken {
                output.give_up();
            } else if signals::caught().is_none() {
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
    for input in files::inputs(&run.args.inputs) {
        match one(run, input, output) {
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

fn one(run: &Run, input: Option<&Path>, output: &mut dyn Write) -> Result<u64> {
    let mut cleaner = Cleaner::new(run.settings.of(input)?.options.clone());
    let field = Field::parse(run.args.field.as_deref().unwrap_or_default());
    let mut reader: Box<dyn BufRead> = match input {
        Some(path) => Box::new(BufReader::with_capacity(BLOCK, files::open(path)?)),
        None => Box::new(BufReader::with_capacity(BLOCK, files::stdin())),
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
        // A mark in front of the first record stays, as all that is not the field does.
        let mark = if number == 1 && line.starts_with(MARK) { MARK.len() } else { 0 };
        match clean_record(&line[mark..], &field, &mut cleaner) {
            Ok(Some((start, end, value))) => {
                output.write_all(&line[..mark + start]).map_err(files::unwritten)?;
                output.write_all(value.as_bytes()).map_err(files::unwritten)?;
                output.write_all(&line[mark + end..]).map_err(files::unwritten)?;
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
