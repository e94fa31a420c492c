//! Where text goes to.

pub mod file;
pub mod report;
pub mod sidecars;
pub mod views;
