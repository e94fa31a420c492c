//! Cleaners that are kept. A cleaner reuses its memory from text to text; a new one for each text takes a third more time.

use crate::options::Choices;
use qingyang::{Cleaner, Stream};
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

/// Cleaners or streams with the same options: as many as threads used them at once.
pub struct Pool<T> {
    make: Box<dyn Fn() -> T + Send + Sync>,
    idle: Mutex<Vec<T>>,
}

impl<T> Pool<T> {
    /// An empty pool, and how it is filled.
    pub fn new(make: impl Fn() -> T + Send + Sync + 'static) -> Pool<T> {
        Pool { make: Box::new(make), idle: Mutex::default() }
    }

    /// One for this thread, which goes back when it is dropped.
    pub fn take(&self) -> Taken<'_, T> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Taken { pool: self, taken: Some(idle.unwrap_or_else(|| (self.make)())) }
    }
}

/// A cleaner or a stream in use.
pub struct Taken<'a, T> {
    pool: &'a Pool<T>,
    /// There until it is dropped.
    taken: Option<T>,
}

impl<T> Deref for Taken<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.taken.as_ref().expect("it is in use")
    }
}

impl<T> DerefMut for Taken<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.taken.as_mut().expect("it is in use")
    }
}

impl<T> Drop for Taken<'_, T> {
    fn drop(&mut self) {
        // What panicked is not used again.
        if let Some(taken) = self.taken.take().filter(|_| !std::thread::panicking()) {
            self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(taken);
        }
    }
}

/// The cleaners of one set of options: for the text alone, for its structure too, and for everything. Texts have cleaners,
/// bytes have streams.
pub struct Cleaners {
    choices: Choices,
    plain: Pool<Cleaner>,
    structured: Pool<Cleaner>,
    full: Pool<Cleaner>,
    plain_bytes: Pool<Stream>,
    full_bytes: Pool<Stream>,
}

impl Cleaners {
    /// Cleaners with these options.
    pub fn new(choices: Choices) -> Cleaners {
        let plain = choices.options.clone();
        let structured = plain.clone().with_units(true);
        let full = structured.clone().with_ledger(true).with_confidence(true);
        let (encoding, lossy) = (choices.encoding, choices.lossy);
        let [plain_bytes, full_bytes] = [&plain, &full]
            .map(Clone::clone)
            .map(|options| Pool::new(move || Stream::new(options.clone(), encoding, lossy)));
        let [plain, structured, full] =
            [plain, structured, full].map(|options| Pool::new(move || Cleaner::new(options.clone())));
        Cleaners { choices, plain, structured, full, plain_bytes, full_bytes }
    }

    /// The options.
    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    /// For the text alone.
    pub fn plain(&self) -> &Pool<Cleaner> {
        &self.plain
    }

    /// For text, units and articles.
    pub fn structured(&self) -> &Pool<Cleaner> {
        &self.structured
    }

    /// For text, units, articles, ledger and breaks.
    pub fn full(&self) -> &Pool<Cleaner> {
        &self.full
    }

    /// For bytes in the encoding of the options: the text alone.
    pub fn plain_bytes(&self) -> &Pool<Stream> {
        &self.plain_bytes
    }

    /// For bytes in the encoding of the options: everything.
    pub fn full_bytes(&self) -> &Pool<Stream> {
        &self.full_bytes
    }
}
