//! One long text, shared by several workers.

use super::guard::guarded;
use super::pauses::Pauses;
use super::pool::{Pool, with_workers};
use super::steps::{Step, Steps, Summary};
use super::two_encodings;
use crate::cli::plan::Plan;
use crate::digest::Digest;
use crate::failure::Failure;
use crate::input::file::{BLOCK, read_block};
use crate::input::origin::Origin;
use qingyang::{CleanSection, Section, Sections};
use std::io::Read;

/// The rest of a text.
pub struct Shared<'a> {
    pub plan: &'a Plan,
    pub pauses: Pauses,
    pub workers: usize,
    /// Of the bytes before it, if there is one.
    pub digest: Option<Digest>,
    /// How many these are.
    pub bytes: u64,
    /// Whether the text was taken for GB18030 by its beginning.
    pub is_found_gb18030: bool,
}

type Workers = Pool<Section, Result<CleanSection, Failure>>;

impl Shared<'_> {
    /// Cleans it. The steps are those of one worker.
    pub fn clean(
        mut self,
        mut sections: Sections,
        reader: &mut dyn Read,
        steps: Steps<'_>,
    ) -> Result<Summary, Failure> {
        let template = sections.template();
        let worker = || {
            let mut cleaner = template.cleaner();
            move |section| guarded(|| Ok(cleaner.clean(section)))
        };
        with_workers(self.workers, worker, |pool| self.share(&mut sections, pool, reader, steps))?;
        Ok(Summary {
            encoding: Some(sections.encoding()),
            is_layout: false,
            malformed: sections.malformed(),
            bytes: self.bytes,
            sha256: self.digest.map(Digest::finish),
            without_place: Vec::new(),
            layout: None,
        })
    }

    fn share(
        &mut self,
        sections: &mut Sections,
        pool: &mut Workers,
        reader: &mut dyn Read,
        steps: Steps<'_>,
    ) -> Result<(), Failure> {
        let mut block = vec![0; BLOCK];
        let mut cut = Vec::new();
        let read = loop {
            let n = match read_block(reader, &mut block, &self.plan.signals) {
                Ok(n) => n,
                Err(failure) => break Err(failure),
            };
            self.bytes += n as u64;
            if let Some(digest) = &mut self.digest {
                digest.add(&block[..n]);
            }
            let pauses = n > 0 && self.pauses.after(n == block.len());
            let mut take = |section| cut.push(section);
            sections.push(&block[..n], &mut take);
            if pauses {
                sections.pause(&mut take);
            }
            // An encoding that was found may be that of the beginning only.
            let start = self.bytes - n as u64;
            let behind = self.is_found_gb18030.then(|| two_encodings::utf8_behind(&block[..n], start)).flatten();
            if behind.is_some() {
                sections.pause(&mut take);
            }
            if n == 0 {
                sections.finish(&mut take);
            }
            for section in cut.drain(..) {
                while pool.is_full() {
                    pool.next().map_or(Ok(()), |clean| join(sections, clean?, steps))?;
                }
                pool.submit(section);
            }
            while let Some(clean) = pool.next_ready() {
                join(sections, clean?, steps)?;
            }
            if n == 0 || behind.is_some() {
                break behind.map_or(Ok(()), Err);
            }
            if pauses {
                drain(sections, pool, steps)?;
                steps(Step::Pause)?;
            }
        };
        // Where the input breaks off, the pages before that place are written.
        drain(sections, pool, steps)?;
        read
    }
}

/// Takes all sections that are under way.
fn drain(sections: &mut Sections, pool: &mut Workers, steps: Steps<'_>) -> Result<(), Failure> {
    while let Some(clean) = pool.next() {
        join(sections, clean?, steps)?;
    }
    Ok(())
}

/// Hands on the proofs of a section.
fn join(sections: &mut Sections, clean: CleanSection, steps: Steps<'_>) -> Result<(), Failure> {
    let origin = Origin::text(Some(sections.encoding()));
    let mut handed = Ok(());
    // The bytes are needed only where they are in two encodings.
    let (start, bytes) = clean.input();
    let kept = clean.is_faulty().then(|| bytes.to_vec());
    let joined = sections.join(clean, &mut |proof| {
        if handed.is_ok() {
            handed = steps(Step::Proof(Box::new(proof), origin));
        }
    });
    handed?;
    joined.map_err(|e| {
        let two = kept.and_then(|bytes| two_encodings::of_error(&e, &bytes, start));
        two.unwrap_or_else(|| e.into())
    })
}
