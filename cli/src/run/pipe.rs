//! Standard input or files, in the order given, to standard output or one file.

use crate::cli::args::Run;
use crate::cli::settings::Setting;
use crate::decisions::Fingerprint;
use crate::output::file as files;
use crate::output::file::{BLOCK, Output};
use crate::output::report::{Kept, Pages};
use crate::output::sidecars::{Notes, Told};
use crate::output::views::View;
use crate::run::issues::{self, Cleaned};
use crate::{Failed, signals};
use anyhow::{Context, Result};
use qingyang::Stream;
use qingyang::decode::Encoding;
use qingyang::{ErrorKind, Proof};
use std::io::{self, Write};
use std::path::Path;

/// Cleans the inputs one behind the other.
pub fn run(run: &Run) -> Result<()> {
    let args = &run.args;
    if [&args.output, &args.report, &args.ledger, &args.decisions].into_iter().any(Option::is_some) {
        signals::listen();
    }
    let mut beside = Beside { report: Pages::new(run)?, notes: Notes::new(run)? };
    let mut failed = false;
    match &run.args.output {
        Some(target) => {
            let mut output = Output::named(target).with_context(|| target.display().to_string())?;
            clean_all(run, &mut output, &mut beside, &mut failed).with_context(|| target.display().to_string())?;
            if failed {
                output.give_up();
            } else if signals::caught().is_none() {
                output.commit().with_context(|| target.display().to_string())?;
            }
        }
        None => {
            let mut output = io::BufWriter::with_capacity(BLOCK, io::stdout().lock());
            let outcome = clean_all(run, &mut output, &mut beside, &mut failed)
                .and_then(|()| output.flush().map_err(files::unwritten));
            outcome.context("standard output")?;
        }
    }
    if signals::caught().is_none() {
        beside.notes.finish()?;
    }
    if let Some(report) = beside.report {
        report.finish()?;
    }
    if failed { Err(Failed::Said.into()) } else { Ok(()) }
}

/// Where things go beside the output.
struct Beside {
    notes: Notes,
    report: Option<Pages>,
}

fn clean_all(run: &Run, output: &mut dyn Write, beside: &mut Beside, failed: &mut bool) -> Result<()> {
    let mut view = View::new(run.args.format);
    for input in files::inputs(&run.args.inputs) {
        match clean_one(run, input, &mut view, output, beside) {
            Ok(()) => {}
            Err(error) if files::is_closed_pipe(&error) || files::is_output(&error) => return Err(error),
            Err(error) => {
                output.flush().map_err(files::unwritten)?;
                files::say(format_args!("qingyang: {}: {error:#}", files::name(input)));
                if let Some(report) = &mut beside.report {
                    report.fail(&files::name(input), &format!("{error:#}"));
                }
                *failed = true;
            }
        }
        if signals::caught().is_some() {
            break;
        }
    }
    view.end(*failed, output)
}

fn clean_one(
    run: &Run,
    input: Option<&Path>,
    view: &mut View,
    output: &mut dyn Write,
    Beside { notes, report }: &mut Beside,
) -> Result<()> {
    let setting = run.settings.of(input)?;
    let mut known = issues::take(run, input).transpose()?;
    let mut reader: Box<dyn io::Read> = match (&mut known, input) {
        (Some(page), _) => page.reader(),
        (None, Some(path)) => files::open(path)?,
        (None, None) => files::stdin(),
    };
    let name = files::name(input);
    let mut told = Told::new(run, &setting, &name);
    view.input(input.map(|_| name.as_str()));
    let (mut gather, room) = report.as_ref().map(|pages| pages.gather(&setting)).unzip();
    let mut kept = Kept::new(&mut *reader, room.unwrap_or(0));
    let read = clean_stream(run, &setting, (&name, known), &mut kept, &mut |proof, encoding| {
        told.take(&proof);
        if let Some(gather) = &mut gather {
            gather.take(&proof);
        }
        notes.write(&mut told)?;
        view.put(&proof, encoding, output)
    })?;
    if let (Some(report), Some(gather)) = (report, gather) {
        report.take(&name, gather, kept, &read);
    }
    told.end(&read);
    notes.write(&mut told)
}

/// What is known of an input after its end.
pub struct Read {
    pub encoding: Option<Encoding>,
    pub malformed: u64,
    /// Bytes, unpacked.
    pub bytes: u64,
    /// Their digest, where decisions are asked for or applied.
    pub sha256: Option<String>,
}

/// Streams a reader through the cleaner; every proof goes to `sink`, with the encoding that the input was read in. With
/// `--apply` only when the whole input is read and every decision is found to be one of it.
/// A page of an issue is `known`, clean already: its reader is only read out.
pub fn clean_stream(
    run: &Run,
    setting: &Setting,
    (name, known): (&str, Option<Cleaned>),
    reader: &mut dyn io::Read,
    sink: &mut dyn FnMut(Proof, Option<Encoding>) -> Result<()>,
) -> Result<Read> {
    if let Some(page) = known {
        let bytes = io::copy(reader, &mut io::sink()).map_err(|e| files::explain(e, "read"))?;
        sink(page.proof, Some(page.encoding))?;
        return Ok(Read { encoding: Some(page.encoding), malformed: page.malformed, bytes, sha256: None });
    }
    let mut stream = Stream::new(setting.options.clone(), setting.encoding, setting.args.lossy);
    let mut print = (run.args.decisions.is_some() || run.apply.is_some()).then(Fingerprint::new);
    let mut bytes = 0;
    let mut whole = Vec::new(); // with --apply only
    let mut ready = Vec::new();
    let mut block = vec![0; BLOCK];
    loop {
        let n = match reader.read(&mut block) {
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted && signals::caught().is_none() => continue,
            Err(e) => return Err(files::explain(e, "read")),
        };
        let piece = &block[..n];
        bytes += n as u64;
        if let Some(print) = &mut print {
            print.take(piece);
        }
        if signals::caught().is_some() {
            anyhow::bail!("interrupted");
        }
        if run.apply.is_some() {
            whole.extend_from_slice(piece);
        } else {
            let mut put = |proof: Proof| ready.push(proof);
            let done = if n == 0 { stream.finish(&mut put) } else { stream.push(piece, &mut put) };
            let encoding = stream.encoding();
            ready.drain(..).try_for_each(|proof| sink(proof, encoding))?;
            done?;
        }
        if n == 0 {
            break;
        }
    }
    let sha256 = print.map(Fingerprint::finish);
    if let (Some(lists), Some(sha256)) = (&run.apply, &sha256) {
        let refused = |e| lists.refused(e);
        stream.decide(lists.of(name, sha256)?).map_err(refused)?;
        let mut proofs = Vec::new();
        stream.push(&whole, &mut |p| proofs.push(p))?;
        stream.finish(&mut |p| proofs.push(p)).map_err(|e| match e.kind() {
            ErrorKind::NoBreak { .. } => refused(e),
            _ => e.into(),
        })?;
        let encoding = stream.encoding();
        proofs.into_iter().try_for_each(|proof| sink(proof, encoding))?;
    }
    Ok(Read { encoding: stream.encoding(), malformed: stream.malformed(), bytes, sha256 })
}

/// Prints a text as it is.
pub fn print(text: &[u8]) -> Result<()> {
    io::stdout().lock().write_all(text)?;
    Ok(())
}
