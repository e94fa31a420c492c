//! A clean page of an issue.

use crate::pages::across::Leaf;
use crate::proof::Jump;
use crate::vocabulary::jumps::Label;
use std::ops::{Deref, DerefMut};

/// A clean page of the issue, or a piece of a long one.
#[derive(Debug)]
pub(super) struct IssuePage {
    /// Number of its input.
    pub input: usize,
    /// Number of its page in the issue. A page longer than a window is cut into several sheets.
    pub leaf: usize,
    /// Its first byte in the input.
    pub at: usize,
    /// Its end in the input.
    pub end: usize,
    /// Line feeds of the input before it.
    pub lines: u64,
    /// Whether cleaning changed its text.
    pub changed: bool,
    /// Whether a form feed follows it.
    pub feed: bool,
    pub clean: Leaf,
    /// Lines that may print the number of the page.
    pub folios: Vec<String>,
    /// The number that the page prints.
    pub label: Option<Label>,
    /// The jump lines of the page.
    pub jumps: Vec<Jump>,
}

impl Deref for IssuePage {
    type Target = Leaf;

    fn deref(&self) -> &Leaf {
        &self.clean
    }
}

impl DerefMut for IssuePage {
    fn deref_mut(&mut self) -> &mut Leaf {
        &mut self.clean
    }
}

impl AsRef<Leaf> for IssuePage {
    fn as_ref(&self) -> &Leaf {
        &self.clean
    }
}

impl AsMut<Leaf> for IssuePage {
    fn as_mut(&mut self) -> &mut Leaf {
        &mut self.clean
    }
}
