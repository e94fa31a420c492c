//! Where text comes from: files, plain or packed, standard input, folders, lists of decisions.

pub mod decisions;
pub mod file;
pub mod recent;
pub mod stdin;
pub mod tee;
pub mod walk;
pub mod zstd;
