//! What the lines of a clean text are: templates, weights, and the chain that decides.

pub mod decoder;
pub mod facts;
pub(crate) mod weights;
