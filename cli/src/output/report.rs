//! `--report`: what was done to a page, as one self-contained HTML file; for a folder, an index of such pages.

mod align;
mod collect;
mod html;
mod index;
mod marks;
mod page;
mod sides;

pub use collect::{Gather, Kept};
pub use index::{Index, refuse};
pub use page::{Pages, write_page};

/// Bytes of one report's inputs that are shown: some fifty newspaper pages, about as much as a browser lays out at
/// once without pause. The figures are of everything.
pub const SHOWN: usize = 1 << 20;
