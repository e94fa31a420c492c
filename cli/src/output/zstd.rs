//! Writes a zstd file as it comes: one frame with a checksum, since many readers stop after the first frame. The encoder
//! is pure Rust; the feature `libzstd` takes the C library.

#[cfg(feature = "libzstd")]
mod native;
#[cfg(not(feature = "libzstd"))]
mod pure;

#[cfg(feature = "libzstd")]
pub use native::ZstdWriter;
#[cfg(not(feature = "libzstd"))]
pub use pure::ZstdWriter;
