//! Where text comes from: files, plain or packed, standard input, folders, lists of decisions.

pub mod beginning;
mod counted;
pub mod decisions;
pub mod file;
mod gzip;
pub mod limited;
pub mod not_taken;
pub mod origin;
pub mod packing;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod picture;
pub mod recent;
pub mod stdin;
pub mod tee;
pub mod walk;
mod zstd;
