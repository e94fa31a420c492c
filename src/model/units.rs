//! The model of units, the lines of a clean text: facts, feature templates, and the weights of a CRF in which any kind of
//! unit may follow any.

pub(crate) mod decoder;
pub mod facts;
pub mod geometry;
mod geometry_weights;
pub(crate) mod priors;
pub mod templates;
mod weights;

pub use facts::Row;
pub use weights::Weights;
