//! One input through the library.

use super::applied::Applied;
use super::guard::guarded;
use super::memory::Memory;
use super::open::{Known, LayoutFile, is_digested};
use super::pauses::Pauses;
use super::pool::{SHARED_FROM, share_all};
use super::shared::Shared;
use super::steps::Steps;
pub use super::steps::{Coming, Step, Summary};
use super::two_encodings;
use crate::cli::plan::Plan;
use crate::cli::settings::Setting;
use crate::digest::Digest;
use crate::failure::Failure;
use crate::input::file::read_block;
use crate::input::origin::Origin;
use crate::messages::Action;
use crate::output::ledger::options_of_text;
use qingyang::decode::Encoding;
use qingyang::layout::Layout;
use qingyang::suspicion::Suspicion;
use qingyang::{Cleaner, LayoutPage, Options, Proof, Sections, Stream};
use qingyang_tell::report::{Again, Collected, Picture, Source};
use std::io::{self, Read};

/// Where the proofs of an input go, each with what its places are places of.
pub type Sink<'a> = &'a mut dyn FnMut(Proof, Origin<'_>) -> Result<(), Failure>;

/// One input: its name, its setting, and what is known of it.
pub struct Input<'a> {
    pub name: &'a str,
    pub setting: &'a Setting,
    pub known: Known,
    pub memory: &'a mut Memory,
}

/// Cleans an input in this thread. With `--apply` the first proof comes when the whole input is read and every decision is
/// known to fit it.
pub fn clean(plan: &Plan, input: Input<'_>, reader: &mut dyn Read, sink: Sink<'_>) -> Result<Summary, Failure> {
    clean_as_it_comes(plan, input, Coming { pauses: Pauses::NEVER, workers: 1 }, reader, &mut |step| match step {
        Step::Proof(proof, origin) => sink(*proof, origin),
        Step::Pause => Ok(()),
    })
}

/// The same by several workers, if the input is long and nothing binds its pages together.
pub fn clean_as_it_comes(
    plan: &Plan,
    input: Input<'_>,
    coming: Coming,
    reader: &mut dyn Read,
    steps: Steps<'_>,
) -> Result<Summary, Failure> {
    let (name, setting) = (input.name, input.setting);
    let mut sink = |proof: Proof, origin: Origin<'_>| steps(Step::Proof(Box::new(proof), origin));
    let file = match input.known {
        Known::Nothing => return clean_text(plan, (name, setting, input.memory), coming, reader, steps),
        Known::Page(page) => {
            let bytes = read_out(reader)?;
            sink(page.proof, Origin::text(Some(page.encoding)))?;
            return Ok(Summary {
                encoding: Some(page.encoding),
                is_layout: false,
                malformed: page.malformed,
                bytes,
                sha256: None,
                without_place: Vec::new(),
                layout: None,
            });
        }
        Known::Layout(file) => file,
    };
    read_out(reader)?;
    let (proof, without_place) = layout(plan, name, setting, &file, coming.workers)?;
    sink(proof, Origin::layout(&file.layout))?;
    let (bytes, sha256, layout) = (file.bytes, file.sha256, plan.report.is_some().then_some(file.layout));
    Ok(Summary { encoding: None, is_layout: true, malformed: 0, bytes, sha256, without_place, layout })
}

/// Shows where the lines of a layout stand, over the pictures of its first pages.
pub fn lay_out(summary: &Summary, pictures: Vec<Option<Picture>>, page: &mut Collected) {
    if let Some(layout) = &summary.layout {
        page.lay_out(layout, pictures);
    }
}

/// Ends what the page of an input says: why the text is suspicious, and how it was cleaned.
pub fn tell(plan: &Plan, setting: &Setting, suspicions: &[Suspicion], page: &mut Collected) {
    let said = suspicions.iter().map(|s| qingyang_tell::suspicion(*s, plan.language)).collect();
    page.tell(said, changed(&setting.options));
}

/// The options of the text that are not the default, as JSON.
fn changed(options: &Options) -> String {
    let default = options_of_text(&Options::default());
    let serde_json::Value::Object(mut all) = options_of_text(options) else { return String::new() };
    all.retain(|key, value| default.get(key) != Some(value));
    if all.is_empty() { String::new() } else { serde_json::Value::Object(all).to_string() }
}

/// Lets a person decide on the page of an input, whose text these are the bytes of. Pages of an issue depend on each other and
/// cannot be decided.
pub fn offer(plan: &Plan, name: &str, setting: &Setting, summary: &Summary, (bytes, page): (&[u8], &mut Collected)) {
    let Some(sha256) = &summary.sha256 else { return };
    let source = match &summary.layout {
        Some(layout) => Source::Layout(layout, std::str::from_utf8(bytes).unwrap_or_default()),
        None => Source::Text(bytes, summary.encoding.unwrap_or(Encoding::Utf8)),
    };
    let mut again = Again::new(source, &setting.options, setting.lossy);
    if let Some(decided) = plan.apply.as_ref().and_then(|lists| lists.of(name, sha256).ok()) {
        let breaks = decided.breaks.iter().filter(|b| !summary.has_no_place(b.source));
        again.decided(breaks.copied().collect(), decided.edits.clone());
    }
    page.may_be_decided(name, sha256, &mut again);
}

/// Reads an input to its end, for those who look at what is read.
fn read_out(reader: &mut dyn Read) -> Result<u64, Failure> {
    io::copy(reader, &mut io::sink()).map_err(|e| Failure::io(Action::Read, &e))
}

/// Cleans a layout.
fn layout(
    plan: &Plan,
    name: &str,
    setting: &Setting,
    file: &LayoutFile,
    workers: usize,
) -> Result<(Proof, Vec<u64>), Failure> {
    let (Some(lists), Some(sha256)) = (&plan.apply, &file.sha256) else {
        return Ok((pages_of_layout(setting, &file.layout, workers)?, Vec::new()));
    };
    let mut applied = Applied::new(lists, lists.of(name, sha256)?);
    let mut cleaner = Cleaner::new(applied.options(setting));
    let proof = applied.retry(|breaks| cleaner.layout_with(&file.layout, breaks).map_err(Failure::from))?;
    let mut proofs = [proof];
    applied.carry_out(&mut proofs, Encoding::Utf8)?;
    let [proof] = proofs;
    Ok((proof, applied.without_place))
}

/// Cleans the pages of a layout by several workers, if there are several pages.
fn pages_of_layout<'a>(setting: &Setting, layout: &'a Layout, workers: usize) -> Result<Proof, Failure> {
    let workers = workers.min(layout.pages.len());
    let mut cleaner = Cleaner::new(setting.options.clone());
    if workers <= 1 {
        return Ok(cleaner.layout(layout));
    }
    let worker = || {
        let mut cleaner = Cleaner::new(setting.options.clone());
        move |page: LayoutPage<'a>| guarded(|| Ok(cleaner.layout_page(page)))
    };
    let mut clean = Vec::with_capacity(layout.pages.len());
    share_all(workers, worker, LayoutPage::all(layout).map(Ok), &mut |page| clean.push(page))?;
    Ok(cleaner.join_layout(clean))
}

/// Cleans a text as it is read.
fn clean_text(
    plan: &Plan,
    (name, setting, memory): (&str, &Setting, &mut Memory),
    coming: Coming,
    reader: &mut dyn Read,
    steps: Steps<'_>,
) -> Result<Summary, Failure> {
    let Coming { pauses, mut workers } = coming;
    let (stream, digest) = (memory.stream(setting), is_digested(plan).then(Digest::new));
    let mut text = Text { setting, stream, digest, bytes: 0, last: 0, ready: Vec::new() };
    let mut whole = Vec::new(); // with --apply only
    let mut block = memory.block();
    loop {
        let n = read_block(reader, &mut block, &plan.signals)?;
        text.count(&block[..n]);
        if plan.apply.is_some() {
            whole.extend_from_slice(&block[..n]);
        } else {
            text.take_block(&block, n, steps)?;
        }
        if n == 0 {
            break;
        }
        if plan.apply.is_some() {
            continue;
        }
        if pauses.after(n == block.len()) {
            text.pause(steps)?;
        }
        if workers > 1 && text.bytes >= SHARED_FROM {
            match Sections::of(text.stream) {
                Ok(sections) => {
                    let is_found_gb18030 = setting.encoding.is_none() && sections.encoding() == Encoding::Gb18030;
                    let (digest, bytes) = (text.digest, text.bytes);
                    let shared = Shared { plan, pauses, workers, digest, bytes, is_found_gb18030 };
                    return shared.clean(sections, reader, steps);
                }
                Err(back) => (text.stream, workers) = (*back, 1),
            }
        }
    }
    let Text { mut stream, digest, bytes, .. } = text;
    let sha256 = digest.map(Digest::finish);
    let mut without_place = Vec::new();
    if let (Some(lists), Some(sha256)) = (&plan.apply, &sha256) {
        let applied = Applied::new(lists, lists.of(name, sha256)?);
        (stream, without_place) = apply_list(applied, setting, &whole, steps)?;
    }
    let (encoding, malformed) = (stream.encoding(), stream.malformed());
    if plan.apply.is_none() {
        memory.keep(setting, stream);
    }
    memory.keep_block(block);
    Ok(Summary { encoding, is_layout: false, malformed, bytes, sha256, without_place, layout: None })
}

/// A text that is cleaned as it is read.
struct Text<'a> {
    setting: &'a Setting,
    stream: Stream,
    digest: Option<Digest>,
    /// Bytes that were read.
    bytes: u64,
    /// Bytes of the last piece that was not empty.
    last: usize,
    /// Proofs that were not handed over.
    ready: Vec<Proof>,
}

impl Text<'_> {
    /// Counts a piece that was read.
    fn count(&mut self, piece: &[u8]) {
        self.bytes += piece.len() as u64;
        if let Some(digest) = &mut self.digest {
            digest.add(piece);
        }
    }

    /// Cleans the `n` bytes that were read last; none are the end of the text. `block` has the last piece then.
    fn take_block(&mut self, block: &[u8], n: usize, steps: Steps<'_>) -> Result<(), Failure> {
        let Text { stream, ready, .. } = self;
        let mut put = |proof: Proof| ready.push(proof);
        let done = if n == 0 { stream.finish(&mut put) } else { stream.push(&block[..n], &mut put) };
        // Proofs before the error are written.
        self.hand_over(steps)?;
        // At the end the last piece is still there.
        self.last = if n == 0 { self.last } else { n };
        let (piece, start) = (&block[..self.last], self.bytes - self.last as u64);
        done.map_err(|e| two_encodings::of_error(&e, piece, start).unwrap_or_else(|| e.into()))?;
        // An encoding that was given is a decision; one that was found may be that of the beginning only.
        let found = self.setting.encoding.is_none() && self.stream.encoding() == Some(Encoding::Gb18030);
        found.then(|| two_encodings::utf8_behind(piece, start)).flatten().map_or(Ok(()), Err)
    }

    /// Hands over what is clean, because the input pauses.
    fn pause(&mut self, steps: Steps<'_>) -> Result<(), Failure> {
        let Text { stream, ready, .. } = self;
        stream.pause(&mut |proof| ready.push(proof))?;
        self.hand_over(steps)?;
        steps(Step::Pause)
    }

    /// Hands the proofs over.
    fn hand_over(&mut self, steps: Steps<'_>) -> Result<(), Failure> {
        let origin = Origin::text(self.stream.encoding());
        self.ready.drain(..).try_for_each(|proof| steps(Step::Proof(Box::new(proof), origin)))
    }
}

/// Cleans a whole input as a list of decisions says. Returns the stream at its end, and the decisions without a place.
fn apply_list(
    mut applied: Applied<'_>,
    setting: &Setting,
    whole: &[u8],
    steps: Steps<'_>,
) -> Result<(Stream, Vec<u64>), Failure> {
    let options = applied.options(setting);
    let (stream, mut proofs) = applied.retry(|breaks| {
        let mut stream = Stream::new(options.clone(), setting.encoding, setting.lossy);
        stream.decide(breaks)?;
        let mut proofs = Vec::new();
        stream.push(whole, &mut |p| proofs.push(p))?;
        stream.finish(&mut |p| proofs.push(p))?;
        Ok((stream, proofs))
    })?;
    applied.carry_out(&mut proofs, stream.encoding().unwrap_or(Encoding::Utf8))?;
    let origin = Origin::text(stream.encoding());
    proofs.into_iter().try_for_each(|proof| steps(Step::Proof(Box::new(proof), origin)))?;
    Ok((stream, applied.without_place))
}
