//! Views that explain what qingyang (清样) did to a page: a unified [`diff`], sentences ([`explain`]) and an HTML
//! [`report`].
//!
//! The crate takes proofs, ledgers and decoded text, and writes text. It opens no file, prints nothing, reads no clock
//! and starts no thread, so it builds for `wasm32-unknown-unknown` and for front ends that have no file system. Its
//! words stand in one file for each [`Language`]; the other files only decide what to say.
//!
//! ```
//! use qingyang::{Cleaner, Options};
//! use qingyang_tell::explain::Explanation;
//!
//! let mut options = Options::default();
//! options.ledger = true;
//! options.confidence = true;
//! let (mut page, mut text) = (Explanation::default(), Vec::new());
//! page.add(&Cleaner::new(options).page("渠 水 流 过 桥 头 镇。\n"), 0.9, &mut text).unwrap();
//! assert_eq!(page.head("page.txt"), "page.txt: 6 changes");
//! assert!(String::from_utf8(text).unwrap().contains("line 1: 6 gaps closed up"));
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![warn(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, clippy::panic)]

mod catalogue;
mod certainty;
pub mod chars;
mod custom;
pub mod decisions;
pub mod diff;
mod en;
pub mod explain;
mod facts;
mod language;
mod numbers;
pub mod report;
mod script;
mod why;
mod words;
mod zh;

pub use certainty::{CERTAIN, certainty, rounded};
pub use custom::is_uncertain;
pub use language::Language;
pub use script::script;
pub use words::{custom_rule, followed, reason, rule, suspicion};
