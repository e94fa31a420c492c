//! Standard input or files, in the order given, to standard output or one file.

use crate::args::Run;
use crate::files::{self, BLOCK, Output};
use crate::{Failed, issues, signals};
use anyhow::{Context, Result};
use qingyang::Proof;
use qingyang::issue::Followed;
use qingyang::stream::Stream;
use std::io::{self, Read, Write};
use std::path::Path;

/// Cleans the inputs one behind the other.
pub fn run(run: &Run) -> Result<()> {
    if run.args.output.is_some() {
        signals::listen();
    }
    let mut notes = Notes::new(run)?;
    let mut failed = false;
    match &run.args.output {
        Some(target) => {
            for input in files::inputs(&run.args.inputs).into_iter().flatten() {
                if same_file(input, target) {
                    return Err(Failed::Usage(format!("{} is the input: use --in-place", target.display())).into());
                }
            }
            let mut output = Output::named(target).with_context(|| target.display().to_string())?;
            clean_all(run, &mut output, &mut notes, &mut failed).with_context(|| target.display().to_string())?;
            if !failed && signals::caught().is_none() {
                output.commit().with_context(|| target.display().to_string())?;
            }
        }
        None => {
            let mut output = io::BufWriter::with_capacity(BLOCK, io::stdout().lock());
            let outcome = clean_all(run, &mut output, &mut notes, &mut failed)
                .and_then(|()| output.flush().map_err(files::unwritten));
            outcome.context("standard output")?;
        }
    }
    notes.finish()?;
    if failed { Err(Failed::Said.into()) } else { Ok(()) }
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn clean_all(run: &Run, output: &mut dyn Write, notes: &mut Notes, failed: &mut bool) -> Result<()> {
    for input in files::inputs(&run.args.inputs) {
        match clean_one(run, input, output, notes) {
            Ok(()) => {}
            Err(error) if files::is_closed_pipe(&error) || files::is_output(&error) => return Err(error),
            Err(error) => {
                output.flush().map_err(files::unwritten)?;
                files::say(format_args!("qingyang: {}: {error:#}", files::name(input)));
                *failed = true;
            }
        }
        if signals::caught().is_some() {
            break;
        }
    }
    Ok(())
}

fn clean_one(run: &Run, input: Option<&Path>, output: &mut dyn Write, notes: &mut Notes) -> Result<()> {
    if let Some(cleaned) = issues::take(run, input) {
        let proof = cleaned?.proof;
        notes.take(&files::name(input), &proof)?;
        return output.write_all(proof.text.as_bytes()).map_err(files::unwritten);
    }
    let mut reader: Box<dyn Read> = match input {
        Some(path) => files::open(path)?,
        None => Box::new(io::stdin().lock()),
    };
    let name = files::name(input);
    clean_stream(run, &mut *reader, &mut |proof| {
        notes.take(&name, &proof)?;
        output.write_all(proof.text.as_bytes()).map_err(files::unwritten)
    })?;
    Ok(())
}

/// Streams a reader through the cleaner; every proof goes to `sink`. Returns the stream, for its figures.
pub fn clean_stream(run: &Run, reader: &mut dyn Read, sink: &mut dyn FnMut(Proof) -> Result<()>) -> Result<Stream> {
    let mut stream = Stream::new(run.options.clone(), run.encoding, run.args.lossy);
    let mut block = vec![0; BLOCK];
    let mut outcome = Ok(());
    loop {
        let n = match reader.read(&mut block) {
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted && signals::caught().is_none() => continue,
            Err(e) => return Err(files::explain(e, "read")),
        };
        let mut put = |proof: Proof| {
            if outcome.is_ok() {
                outcome = sink(proof);
            }
        };
        let done = if n == 0 { stream.finish(&mut put) } else { stream.push(&block[..n], &mut put) };
        outcome?;
        done?;
        outcome = Ok(());
        if n == 0 {
            return Ok(stream);
        }
        if signals::caught().is_some() {
            anyhow::bail!("interrupted");
        }
    }
}

/// What is told beside the text: the ledger and the uncertain breaks.
pub struct Notes {
    ledger: Option<Output>,
    threshold: Option<f32>,
}

impl Notes {
    /// As the arguments ask.
    pub fn new(run: &Run) -> Result<Notes> {
        let ledger = match &run.args.ledger {
            Some(path) => Some(Output::named(path).with_context(|| path.display().to_string())?),
            None => None,
        };
        Ok(Notes { ledger, threshold: run.args.uncertain })
    }

    /// Takes what a proof says.
    pub fn take(&mut self, input: &str, proof: &Proof) -> Result<()> {
        if let (Some(out), Some(ledger)) = (&mut self.ledger, &proof.ledger) {
            for e in ledger {
                let record = serde_json::json!({
                    "input": input, "rule": e.rule.name(), "start": e.start, "end": e.end, "line": e.line,
                    "before": e.before, "after": e.after, "confidence": (f64::from(e.confidence) * 1000.0).round() / 1000.0,
                });
                writeln!(out, "{record}").map_err(files::unwritten).context("--ledger")?;
            }
        }
        if let Some(threshold) = self.threshold {
            for b in &proof.breaks {
                let sure = b.probability.max(1.0 - b.probability);
                if sure < threshold {
                    let (before, after) = around(&proof.text, b.at);
                    let what = if b.kept { "kept" } else { "joined" };
                    let place = b.source;
                    files::say(format_args!("{input}: byte {place}: {what}, {:.0} %: {before}⏎{after}", sure * 100.0));
                }
            }
            for jump in proof.jumps.iter().filter(|j| j.followed != Followed::Yes) {
                let (place, text, why) = (jump.source, &jump.text, issues::reason(jump.followed));
                files::say(format_args!("{input}: byte {place}: {text} {why}"));
            }
        }
        Ok(())
    }

    /// Puts the ledger under its name.
    pub fn finish(self) -> Result<()> {
        if let Some(out) = self.ledger {
            out.commit()?;
        }
        Ok(())
    }
}

/// A few characters on both sides of a place.
fn around(text: &str, at: usize) -> (String, String) {
    let at = (0..=at.min(text.len())).rev().find(|&k| text.is_char_boundary(k)).unwrap_or(0);
    let before: Vec<char> = text[..at].chars().rev().take_while(|&c| c != '\n').take(8).collect();
    let after = text[at..].trim_start_matches(['\n', ' ']).chars().take_while(|&c| c != '\n').take(8).collect();
    (before.into_iter().rev().collect(), after)
}

/// Prints a text as it is.
pub fn print(text: &[u8]) -> Result<()> {
    io::stdout().lock().write_all(text)?;
    Ok(())
}
