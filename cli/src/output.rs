//! Where text goes to: files that are whole or not there, views, and what is written beside the text.

pub mod article_files;
mod attributes;
pub mod backup;
pub mod decisions;
pub mod file;
pub mod ledger;
pub mod lock;
pub mod names;
pub mod report;
pub mod sidecars;
pub mod spool;
pub mod sync;
pub mod temporary;
pub mod views;
pub mod waiting;
mod zstd;
