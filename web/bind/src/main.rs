//! Writes the script that a browser loads the library with, and the WebAssembly that belongs to it: `MODULE.wasm FOLDER`.

use anyhow::Context;
use std::env::args_os;
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let mut args = args_os().skip(1).map(PathBuf::from);
    let (module, folder) = args.next().zip(args.next()).context("usage: qingyang-web-bind MODULE.wasm FOLDER")?;
    Bindgen::new().input_path(module).no_modules(true)?.typescript(false).remove_name_section(true).generate(folder)
}
