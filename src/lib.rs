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

pub mod decisions;
pub mod decode;
pub mod edit;
pub mod error;
pub mod imprint;
pub mod issue;
pub mod ledger;
pub mod options;
pub mod page;
pub mod passes;
pub mod render;
pub mod roles;
pub mod rule;
pub mod stream;
pub mod units;
pub mod width;
pub mod words;

mod articles;
mod assembly;
mod cleaner;
mod ends;
mod han_set;
mod lanes;
mod moving;

pub use cleaner::{Break, Cleaner, Proof, clean};
#[doc(hidden)]
pub use cleaner::{finish_with_breaks, fitted, measured_units, prepare_for_roles};
pub use decisions::Decision;
pub use error::{Error, ErrorKind};
pub use issue::Issue;
pub use ledger::{Entry, Ledger};
pub use options::Options;
pub use rule::Rule;
pub use units::{Article, Role, Unit};
