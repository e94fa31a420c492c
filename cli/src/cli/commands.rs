//! Commands that print something of the tool itself: the first word, and nothing behind it that is not theirs.

use crate::cli::args::{Args, COMMANDS, EXAMPLES, STATUS};
use clap::error::ErrorKind;
use clap::{CommandFactory, ValueEnum};
use qingyang::Rule;
use std::ffi::OsStr;
use std::io::Write;

/// What the command prints, if the first word is one. Ends the process with 2 on wrong usage.
pub fn asked(first: &OsStr, second: Option<&OsStr>) -> Option<Vec<u8>> {
    if second.is_some_and(|word| word == "--help" || word == "-h") {
        return None;
    }
    let wrong = |kind, said: String| Args::command().error(kind, said).exit();
    let alone = |word: &str| {
        if let Some(more) = second {
            let said = format!("{word} stands alone, not with {more:?}; a file of that name is ./{word}");
            wrong(ErrorKind::UnknownArgument, said);
        }
    };
    match first.to_str()? {
        word @ "rules" => {
            alone(word);
            Some(rules().into_bytes())
        }
        word @ "man" => {
            alone(word);
            Some(man().unwrap_or_default())
        }
        "completions" => {
            let shell = second.and_then(OsStr::to_str).and_then(|s| clap_complete::Shell::from_str(s, true).ok());
            let mut script = Vec::new();
            match shell {
                Some(shell) => clap_complete::generate(shell, &mut Args::command(), "qingyang", &mut script),
                None => {
                    let said = "completions wants one of: bash, elvish, fish, powershell, zsh";
                    wrong(ErrorKind::InvalidValue, said.into())
                }
            }
            Some(script)
        }
        _ => None,
    }
}

/// The manual, in roff. The examples keep their lines, which `clap_mangen` would fill.
fn man() -> std::io::Result<Vec<u8>> {
    let page = clap_mangen::Man::new(Args::command());
    let mut out = Vec::new();
    page.render_title(&mut out)?;
    page.render_name_section(&mut out)?;
    page.render_synopsis_section(&mut out)?;
    page.render_description_section(&mut out)?;
    page.render_options_section(&mut out)?;
    let plain = |text: &str| text.replace('\\', "\\e").replace('-', "\\-");
    writeln!(out, ".SH EXAMPLES\n.nf\n{}\n.fi", plain(EXAMPLES))?;
    writeln!(out, ".SH \"EXIT STATUS\"\n{}", plain(STATUS))?;
    writeln!(out, ".SH COMMANDS\n{}", plain(COMMANDS))?;
    page.render_version_section(&mut out)?;
    Ok(out)
}

/// The list of rules, as text: name, default, what it does and why.
fn rules() -> String {
    let mut out = String::new();
    for rule in Rule::ALL {
        out.push_str(&format!(
            "{}\n    {}\n    for example: {}\n    {}\n",
            rule.name(),
            rule.reason(),
            rule.example(),
            rule.switch()
        ));
    }
    out
}
