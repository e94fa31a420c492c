//! From words and settings to what is to be run.

pub mod args;
mod commands;
mod conflicts;
pub mod settings;
