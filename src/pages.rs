//! Texts of several pages: form feeds, windows of a stream, and the assembly of one proof.

pub(crate) mod across;
pub(crate) mod arrangement;
pub(crate) mod assembly;
mod cleaner;
pub(crate) mod cut;
pub(crate) mod decisions;
mod edit_decisions;
#[cfg(feature = "layout")]
mod layout;
pub(crate) mod origin;
mod reader;
mod replay;
mod seams;
mod sections;
mod sink;
pub mod stream;
#[cfg(feature = "layout")]
mod unit_boxes;
mod windows;

pub use cleaner::{Cleaner, clean, clean_bytes};
pub use edit_decisions::EditDecisions;
#[cfg(feature = "layout")]
pub use layout::{CleanLayoutPage, LayoutPage, Ordered};
pub use reader::{Pages, clean_to};
pub use sections::{CleanSection, Section, SectionCleaner, SectionTemplate, Sections};
pub use sink::Outcome;
pub use stream::Stream;
