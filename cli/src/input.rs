//! Where text comes from.

pub mod stdin;
pub mod walk;
pub mod zstd;
