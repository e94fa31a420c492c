//! Bytes and characters: decoding, where decoded text stood in the input, and scans. Knows nothing of newspapers.

pub mod decode;
pub(crate) mod encode;
pub(crate) mod ends;
pub(crate) mod han_set;
pub(crate) mod latin;
pub(crate) mod misread;
pub(crate) mod scan;
pub mod width;
