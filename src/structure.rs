//! What the clean text is: units and their roles, parts, articles, furniture, what a page prints of itself.

pub(crate) mod articles;
pub mod furniture;
pub mod imprint;
mod parts;
pub(crate) mod repeated;
pub mod units;
