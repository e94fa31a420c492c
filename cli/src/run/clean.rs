//! One input through the library.

use super::open::{Known, LayoutFile, is_digested};
use super::two_encodings;
use crate::cli::plan::Plan;
use crate::cli::settings::Setting;
use crate::digest::Digest;
use crate::failure::Failure;
use crate::input::file::{BLOCK, read_block};
use crate::input::origin::Origin;
use crate::messages::Action;
use qingyang::decode::Encoding;
use qingyang::{Cleaner, ErrorKind, Proof, Stream};
use std::io::{self, Read};

/// What is known of an input after its end.
pub struct Summary {
    /// Of a text.
    pub encoding: Option<Encoding>,
    pub is_layout: bool,
    /// Malformed byte sequences that were replaced.
    pub malformed: u64,
    /// Bytes, unpacked.
    pub bytes: u64,
    /// The digest of the bytes, if decisions are asked for or applied.
    pub sha256: Option<String>,
}

impl Summary {
    /// The encoding of the text that the proofs are of.
    pub fn text_encoding(&self) -> Option<Encoding> {
        if self.is_layout { Some(Encoding::Utf8) } else { self.encoding }
    }
}

/// Where the proofs of an input go, each with what its places are places of.
pub type Sink<'a> = &'a mut dyn FnMut(Proof, Origin<'_>) -> Result<(), Failure>;

/// One input: its name, its setting, and what is known of it.
pub struct Input<'a> {
    pub name: &'a str,
    pub setting: &'a Setting,
    pub known: Known,
}

/// Cleans an input. With `--apply` the first proof comes when the whole input is read and every decision is known to
/// fit it.
pub fn clean(plan: &Plan, input: Input<'_>, reader: &mut dyn Read, sink: Sink<'_>) -> Result<Summary, Failure> {
    let (name, setting) = (input.name, input.setting);
    let file = match input.known {
        Known::Nothing => return clean_text(plan, name, setting, reader, sink),
        Known::Page(page) => {
            let bytes = read_out(reader)?;
            sink(page.proof, Origin::text(Some(page.encoding)))?;
            return Ok(Summary {
                encoding: Some(page.encoding),
                is_layout: false,
                malformed: page.malformed,
                bytes,
                sha256: None,
            });
        }
        Known::Layout(file) => file,
    };
    read_out(reader)?;
    let proof = layout(plan, name, setting, &file)?;
    sink(proof, Origin::layout(&file.layout))?;
    Ok(Summary { encoding: None, is_layout: true, malformed: 0, bytes: file.bytes, sha256: file.sha256 })
}

/// Reads an input to its end, for those who look at what is read.
fn read_out(reader: &mut dyn Read) -> Result<u64, Failure> {
    io::copy(reader, &mut io::sink()).map_err(|e| Failure::io(Action::Read, &e))
}

/// Cleans a layout.
fn layout(plan: &Plan, name: &str, setting: &Setting, file: &LayoutFile) -> Result<Proof, Failure> {
    let mut cleaner = Cleaner::new(setting.options.clone());
    match (&plan.apply, &file.sha256) {
        (Some(lists), Some(sha256)) => {
            let proof = cleaner.layout_with(&file.layout, lists.of(name, sha256)?);
            proof.map_err(|e| lists.does_not_fit(e))
        }
        _ => Ok(cleaner.layout(&file.layout)),
    }
}

/// Cleans a text as it is read.
fn clean_text(
    plan: &Plan,
    name: &str,
    setting: &Setting,
    reader: &mut dyn Read,
    sink: Sink<'_>,
) -> Result<Summary, Failure> {
    let mut stream = Stream::new(setting.options.clone(), setting.encoding, setting.lossy);
    let mut digest = is_digested(plan).then(Digest::new);
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
            let origin = Origin::text(stream.encoding());
            // Proofs before the error are written.
            ready.drain(..).try_for_each(|proof| sink(proof, origin))?;
            // At the end the last piece is still there.
            last = if n == 0 { last } else { n };
            let (piece, start) = (&block[..last], bytes - last as u64);
            done.map_err(|e| two_encodings::of_error(&e, piece, start).unwrap_or_else(|| e.into()))?;
            // An encoding that was given is a decision; one that was found may be that of the beginning only.
            let found = setting.encoding.is_none() && stream.encoding() == Some(Encoding::Gb18030);
            if found && let Some(failure) = two_encodings::utf8_behind(piece, start) {
                return Err(failure);
            }
        }
        if n == 0 {
            break;
        }
    }
    let sha256 = digest.map(Digest::finish);
    if let Some(sha256) = &sha256 {
        apply(plan, name, sha256, &whole, &mut stream, sink)?;
    }
    Ok(Summary { encoding: stream.encoding(), is_layout: false, malformed: stream.malformed(), bytes, sha256 })
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
    let origin = Origin::text(stream.encoding());
    proofs.into_iter().try_for_each(|proof| sink(proof, origin))
}
