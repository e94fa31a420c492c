//! Cleaners that are kept. A cleaner reuses its memory from text to text; a new one for each text takes a third more time.

use crate::options::Choices;
use qingyang::{Cleaner, Options};
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

/// Cleaners with the same options: as many as threads used them at once.
#[derive(Debug)]
pub struct Pool {
    options: Options,
    idle: Mutex<Vec<Cleaner>>,
}

impl Pool {
    /// A pool without cleaners.
    pub fn new(options: Options) -> Pool {
        Pool { options, idle: Mutex::default() }
    }

    /// A cleaner for this thread, which goes back when it is dropped.
    pub fn take(&self) -> Taken<'_> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let cleaner = idle.unwrap_or_else(|| Cleaner::new(self.options.clone()));
        Taken { pool: self, cleaner: Some(cleaner) }
    }
}

/// A cleaner in use.
pub struct Taken<'a> {
    pool: &'a Pool,
    /// There until it is dropped.
    cleaner: Option<Cleaner>,
}

impl Deref for Taken<'_> {
    type Target = Cleaner;

    fn deref(&self) -> &Cleaner {
        self.cleaner.as_ref().expect("it is in use")
    }
}

impl DerefMut for Taken<'_> {
    fn deref_mut(&mut self) -> &mut Cleaner {
        self.cleaner.as_mut().expect("it is in use")
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        // A cleaner that panicked is not used again.
        if let Some(cleaner) = self.cleaner.take().filter(|_| !std::thread::panicking()) {
            self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(cleaner);
        }
    }
}

/// The cleaners of one set of options: for the text alone, for its structure too, and for everything.
#[derive(Debug)]
pub struct Cleaners {
    choices: Choices,
    plain: Pool,
    structured: Pool,
    full: Pool,
}

impl Cleaners {
    /// Cleaners with these options.
    pub fn new(choices: Choices) -> Cleaners {
        let plain = choices.options.clone();
        let structured = plain.clone().with_units(true);
        let full = structured.clone().with_ledger(true).with_confidence(true);
        let [plain, structured, full] = [plain, structured, full].map(Pool::new);
        Cleaners { choices, plain, structured, full }
    }

    /// The options.
    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    /// For the text alone.
    pub fn plain(&self) -> &Pool {
        &self.plain
    }

    /// For text, units and articles.
    pub fn structured(&self) -> &Pool {
        &self.structured
    }

    /// For text, units, articles, ledger and breaks.
    pub fn full(&self) -> &Pool {
        &self.full
    }
}
