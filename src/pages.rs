//! Several pages of one text: form feeds, windows of a stream, and proofs put together.

pub(crate) mod assembly;
pub(crate) mod decisions;
pub mod stream;
