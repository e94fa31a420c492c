//! Several pages of one text: form feeds, windows of a stream, and proofs put together.

pub(crate) mod assembly;
mod cleaner;
pub(crate) mod decisions;
pub(crate) mod origin;
pub mod stream;

pub use cleaner::{Cleaner, clean};
pub use stream::Stream;
