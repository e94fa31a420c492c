//! The four ways through.

pub mod batch;
pub mod diff;
pub mod explain;
pub mod issues;
pub mod pipe;
pub mod preview;
pub mod records;
