//! Reads the structure of the clean text: units with their roles and parts, articles, furniture, the imprint of a page.

pub(crate) mod articles;
pub mod furniture;
pub mod imprint;
mod parts;
pub(crate) mod repeated;
pub mod units;
