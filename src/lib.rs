//! qingyang (清样) turns the messy text of a Chinese newspaper page into its clean proof.
//!
//! ```text
//! bytes ─decode─▶ text ─page─▶ lines ─passes───────────────────────────────────────────────▶ text ─render─▶ views
//!     controls → glyphs → doubled → [roles] → spacing + rejoin → punctuation → [units] → sentences → order
//! ───────────────────────── ledger: every edit, in bytes of the input ─────────────────────────▶
//! ```
//!
//! The library reads no files, prints nothing and never panics: text goes in, a [`Proof`] comes out.
//!
//! ```
//! let raw = "渠水流过桥头镇，沿岸的稻\n\n田渐渐泛黄，农户忙着修整\n\n晒场。\n";
//! assert_eq!(qingyang::clean(raw), "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n");
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![warn(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, clippy::panic)]

pub mod document;
pub mod error;
pub mod issue;
pub mod lexicon;
pub mod measure;
pub mod model;
pub mod options;
pub mod pages;
pub mod passes;
pub mod pipeline;
pub mod plan;
pub mod proof;
pub mod render;
pub mod rule;
pub mod structure;
pub mod text;

pub use error::{Error, ErrorKind};
pub use issue::Issue;
pub use options::Options;
pub use pages::{Cleaner, Stream, clean};
#[doc(hidden)]
pub use pipeline::fitting::{finish_with_breaks, fitted, measured_units, prepare_for_roles};
pub use proof::{Article, Break, Counts, Decision, Entry, Followed, Jump, Ledger, Part, Proof, Role, Unit};
pub use rule::Rule;
pub use text::decode;
