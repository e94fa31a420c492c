//! One input through the library.

use super::issues::Cleaned;
use crate::cli::plan::{Mode, Plan, Preview, Target};
use crate::cli::settings::Setting;
use crate::digest::Digest;
use crate::failure::Failure;
use crate::input::beginning::{self, Source};
use crate::input::file::{BLOCK, Hold, read_block};
use crate::messages::{Action, FileFault};
use qingyang::decode::{Encoding, decode};
use qingyang::reading;
use qingyang::{Cleaner, ErrorKind, Proof, Stream};
use std::io::{self, Read};

/// Fewer characters are too few to tell an encoding.
const MIN_JUDGED: usize = 8;

/// What is known of an input after its end.
pub struct Summary {
    pub encoding: Option<Encoding>,
    /// Malformed byte sequences that were replaced.
    pub malformed: u64,
    /// Bytes, unpacked.
    pub bytes: u64,
    /// The digest of the bytes, if decisions are asked for or applied.
    pub sha256: Option<String>,
}

/// Where the proofs of an input go, each with the encoding of the input.
pub type Sink<'a> = &'a mut dyn FnMut(Proof, Option<Encoding>) -> Result<(), Failure>;

/// One input: its name, its setting, and its proof if it is a page of an issue.
pub struct Input<'a> {
    pub name: &'a str,
    pub setting: &'a Setting,
    /// A page of an issue has been cleaned already; its bytes are only read to the end.
    pub cleaned: Option<Cleaned>,
}

/// How much of an input cleaning holds.
pub fn hold(plan: &Plan) -> Hold {
    if plan.apply.is_some() { Hold::ONE } else { Hold::Pieces }
}

/// Cleans an input. With `--apply` the first proof comes when the whole input is read and every decision is known to
/// fit it.
pub fn clean(plan: &Plan, input: Input<'_>, reader: &mut dyn Read, sink: Sink<'_>) -> Result<Summary, Failure> {
    if let Some(page) = input.cleaned {
        let bytes = io::copy(reader, &mut io::sink()).map_err(|e| Failure::io(Action::Read, &e))?;
        sink(page.proof, Some(page.encoding))?;
        return Ok(Summary { encoding: Some(page.encoding), malformed: page.malformed, bytes, sha256: None });
    }
    let head = match plan.source {
        Source::Text => Vec::new(),
        Source::Content | Source::Layout(_) => {
            let (head, content) = beginning::read(reader, &plan.signals)?;
            if beginning::to_read(plan.source, content)? {
                return layout(plan, input.setting, head, reader, sink);
            }
            head
        }
    };
    let mut reader = head.as_slice().chain(reader);
    let reader = &mut reader;
    let mut stream = Stream::new(input.setting.options.clone(), input.setting.encoding, input.setting.lossy);
    let mut digest = (plan.sidecars.decisions.is_some() || plan.apply.is_some()).then(Digest::new);
    let mut bytes = 0;
    let mut whole = Vec::new(); // with --apply only
    let mut ready = Vec::new();
    let mut block = vec![0; BLOCK];
    let mut last = 0;
    loop {
        let n = read_block(reader, &mut block, &plan.signals)?;
        let piece = &block[..n];
        bytes += n as u64;
        if let Some(digest) = &mut digest {
            digest.add(piece);
        }
        if plan.apply.is_some() {
            whole.extend_from_slice(piece);
        } else {
            let mut put = |proof: Proof| ready.push(proof);
            let done = if n == 0 { stream.finish(&mut put) } else { stream.push(piece, &mut put) };
            let encoding = stream.encoding();
            // Proofs before the error are written.
            ready.drain(..).try_for_each(|proof| sink(proof, encoding))?;
            // At the end the last piece is still there.
            last = if n == 0 { last } else { n };
            done.map_err(|e| two_encodings(&e, &block[..last], bytes - last as u64).unwrap_or_else(|| e.into()))?;
        }
        if n == 0 {
            break;
        }
    }
    let sha256 = digest.map(Digest::finish);
    if let Some(sha256) = &sha256 {
        apply(plan, input.name, sha256, &whole, &mut stream, sink)?;
    }
    Ok(Summary { encoding: stream.encoding(), malformed: stream.malformed(), bytes, sha256 })
}

/// The error of a file that is UTF-8 at first and GB18030 behind that: two texts that were put together. `piece` begins at
/// byte `start` of the input.
fn two_encodings(error: &qingyang::Error, piece: &[u8], start: u64) -> Option<Failure> {
    let (encoding, offset) = match error.kind() {
        ErrorKind::Malformed { encoding, offset, .. } => (encoding, offset),
        ErrorKind::Undetected { likeliest, offset } => (likeliest, offset),
        _ => return None,
    };
    let rest = piece.get(usize::try_from(offset.checked_sub(start)?).ok()?..)?;
    // The last character of the piece may be cut.
    let read = decode(rest, Some(Encoding::Gb18030), true).ok()?;
    if read.text.matches(char::REPLACEMENT_CHARACTER).count() > 1 {
        return None;
    }
    let (han, all) = read
        .text
        .chars()
        .fold((0, 0), |(han, all), c| (han + usize::from(qingyang::is_han(c)), all + usize::from(!c.is_whitespace())));
    let is_chinese = all >= MIN_JUDGED && han * 2 > all;
    (*encoding == Encoding::Utf8.name() && is_chinese)
        .then(|| Failure::input(FileFault::TwoEncodings { offset: *offset }))
}

/// Reads the rest of a layout and cleans it.
fn layout(
    plan: &Plan,
    setting: &Setting,
    mut bytes: Vec<u8>,
    reader: &mut dyn Read,
    sink: Sink<'_>,
) -> Result<Summary, Failure> {
    if let Some(option) = text_only(plan) {
        return Err(Failure::input(FileFault::LayoutWith { option }));
    }
    let mut block = vec![0; BLOCK];
    // What is longer than a layout may be is an error of the library.
    while bytes.len() <= reading::MAX_BYTES {
        match read_block(reader, &mut block, &plan.signals)? {
            0 => break,
            n => bytes.extend_from_slice(&block[..n]),
        }
    }
    let format = if let Source::Layout(format) = plan.source { Some(format) } else { None };
    let layout = reading::read(&bytes, format)?;
    sink(Cleaner::new(setting.options.clone()).layout(&layout), None)?;
    Ok(Summary { encoding: None, malformed: 0, bytes: bytes.len() as u64, sha256: None })
}

/// An option that works on places in a text. A layout has no text with places: its lines are put together first.
fn text_only(plan: &Plan) -> Option<&'static str> {
    let mode = match &plan.mode {
        Mode::Preview(Preview::Check) => Some("--check"),
        Mode::Preview(Preview::Diff { .. }) => Some("--diff"),
        Mode::Preview(Preview::Explain) => Some("--explain"),
        Mode::Batch(batch) if matches!(batch.target, Target::InPlace { .. }) => Some("--in-place"),
        _ => None,
    };
    let given = [
        (plan.apply.is_some(), "--apply"),
        (plan.sidecars.decisions.is_some(), "--decisions"),
        (plan.sidecars.ledger.is_some(), "--ledger"),
        (plan.report.is_some(), "--report"),
    ];
    mode.or_else(|| given.iter().find(|(given, _)| *given).map(|(_, option)| *option))
}

/// Cleans a whole input as a list of decisions says.
fn apply(
    plan: &Plan,
    name: &str,
    sha256: &str,
    whole: &[u8],
    stream: &mut Stream,
    sink: Sink<'_>,
) -> Result<(), Failure> {
    let Some(lists) = &plan.apply else { return Ok(()) };
    stream.decide(lists.of(name, sha256)?).map_err(|e| lists.does_not_fit(e))?;
    let mut proofs = Vec::new();
    stream.push(whole, &mut |p| proofs.push(p))?;
    stream.finish(&mut |p| proofs.push(p)).map_err(|e| match e.kind() {
        ErrorKind::NoBreak { .. } => lists.does_not_fit(e),
        _ => e.into(),
    })?;
    let encoding = stream.encoding();
    proofs.into_iter().try_for_each(|proof| sink(proof, encoding))
}
