//! What is told beside the text: the ledger, the uncertain breaks, the list of decisions.

use crate::cli::args::Run;
use crate::cli::settings::Setting;
use crate::decisions::Places;
use crate::output::file as files;
use crate::output::file::Output;
use crate::run::issues::reason;
use crate::run::pipe::Read;
use anyhow::{Context, Result};
use qingyang::Followed;
use qingyang::Proof;
use std::fmt::Write as _;
use std::io::Write;

/// From which certainty on a break needs no second look, where --uncertain does not say so.
pub const CERTAIN: f32 = 0.9;

/// Where it is told.
pub struct Notes {
    ledger: Option<Output>,
    decisions: Option<Output>,
}

/// What one input tells, until it is written.
#[derive(Default)]
pub struct Told {
    input: String,
    ledger: Option<String>,
    places: Option<Places>,
    list: String,
    threshold: f32,
    /// Uncertain breaks for standard error.
    aloud: bool,
    said: String,
}

impl Notes {
    /// As the arguments ask.
    pub fn new(run: &Run) -> Result<Notes> {
        let open = |path: &Option<std::path::PathBuf>| -> Result<Option<Output>> {
            path.as_ref().map(|p| Output::named(p).with_context(|| p.display().to_string())).transpose()
        };
        Ok(Notes { ledger: open(&run.args.ledger)?, decisions: open(&run.args.decisions)? })
    }

    /// Writes what has been told so far.
    pub fn write(&mut self, told: &mut Told) -> Result<()> {
        if let (Some(out), Some(text)) = (&mut self.ledger, &mut told.ledger) {
            out.write_all(text.as_bytes()).map_err(files::unwritten).context("--ledger")?;
            text.clear();
        }
        if let Some(out) = &mut self.decisions {
            out.write_all(told.list.as_bytes()).map_err(files::unwritten).context("--decisions")?;
            told.list.clear();
        }
        for line in std::mem::take(&mut told.said).lines() {
            files::say(format_args!("{line}"));
        }
        Ok(())
    }

    /// Puts everything under its name.
    pub fn finish(self) -> Result<()> {
        for (out, option) in [(self.ledger, "--ledger"), (self.decisions, "--decisions")] {
            out.map_or(Ok(0), Output::commit).context(option)?;
        }
        Ok(())
    }
}

impl Told {
    /// Of this input.
    pub fn new(run: &Run, setting: &Setting, input: &str) -> Told {
        Told {
            input: input.to_string(),
            ledger: run.args.ledger.is_some().then(String::new),
            places: run.args.decisions.is_some().then(Places::default),
            threshold: setting.args.uncertain.unwrap_or(CERTAIN),
            aloud: setting.args.uncertain.is_some() && run.args.decisions.is_none(),
            ..Told::default()
        }
    }

    /// Takes what a proof says.
    pub fn take(&mut self, proof: &Proof) {
        if let (Some(out), Some(ledger)) = (&mut self.ledger, &proof.ledger) {
            for e in ledger {
                let record = serde_json::json!({
                    "input": self.input, "rule": e.rule.name(), "start": e.start, "end": e.end, "line": e.line,
                    "before": e.before, "after": e.after, "confidence": (f64::from(e.confidence) * 1000.0).round() / 1000.0,
                });
                let _ = writeln!(out, "{record}");
            }
        }
        if !self.aloud && self.places.is_none() {
            return;
        }
        if self.aloud {
            self.take_jumps(proof);
        }
        for b in &proof.breaks {
            let sure = b.probability.max(1.0 - b.probability);
            let uncertain = sure < self.threshold;
            let (before, after) = around(&proof.text, b.at);
            if let Some(places) = &mut self.places
                && (uncertain || b.decided)
            {
                places.add(b, &before, &after);
            }
            if self.aloud && uncertain && !b.decided {
                let what = if b.kept { "kept" } else { "joined" };
                let (line, at, sure) = (b.line, b.source, sure * 100.0);
                let _ = writeln!(self.said, "{}:{line}: byte {at}: {what}, {sure:.0} %: {before}⏎{after}", self.input);
            }
        }
    }

    /// Jump lines that were not followed.
    fn take_jumps(&mut self, proof: &Proof) {
        for jump in proof.jumps.iter().filter(|j| j.followed != Followed::Yes) {
            let (at, text, why) = (jump.source, &jump.text, reason(jump.followed));
            let _ = writeln!(self.said, "{}: byte {at}: {text} {why}", self.input);
        }
    }

    /// Ends the input.
    pub fn end(&mut self, read: &Read) {
        if let (Some(places), Some(sha256)) = (self.places.take(), &read.sha256) {
            self.list = places.finish(&self.input, read.bytes, sha256, self.threshold);
        }
    }
}

/// A few characters on both sides of a place.
pub fn around(text: &str, at: usize) -> (String, String) {
    let at = (0..=at.min(text.len())).rev().find(|&k| text.is_char_boundary(k)).unwrap_or(0);
    let before: Vec<char> = text[..at].chars().rev().take_while(|&c| c != '\n').take(8).collect();
    let after = text[at..].trim_start_matches(['\n', ' ']).chars().take_while(|&c| c != '\n').take(8).collect();
    (before.into_iter().rev().collect(), after)
}
