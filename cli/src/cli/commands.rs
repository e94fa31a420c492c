//! Commands: the first word of the command line, if it asks for a text of the tool itself.

use super::help::unwrapped;
use crate::catalogue::help;
use crate::failure::Failure;
use crate::messages::Usage;
use clap::{Command, ValueEnum};
use qingyang_tell::Language;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::Path;

/// The command that prints the settings of inputs; it takes the options of a run.
pub const CONFIG: &str = "config";

/// The command that lists the rules.
pub const RULES: &str = "rules";

/// The command that prints the help.
pub const HELP: &str = "help";

/// All commands.
const ALL: [&str; 5] = [RULES, CONFIG, "completions", "man", HELP];

/// How alike a word and a command must be (Jaro–Winkler): `rule`, `completion` and `confg` are, `page` is not.
const ALIKE: f64 = 0.9;

/// The command that a first word was meant to be: it is nearly one, and no file has that name.
pub fn nearest(word: &str) -> Option<&'static str> {
    let is_word = word.bytes().all(|b| b.is_ascii_lowercase()) && !ALL.contains(&word) && !Path::new(word).exists();
    ALL.into_iter().filter(|_| is_word).find(|command| strsim::jaro_winkler(word, command) >= ALIKE)
}

/// The text that the command prints; `None` if the first word is no command, or if help is asked for.
///
/// # Errors
/// Words that the command does not take.
pub fn text(first: &OsStr, second: Option<&OsStr>, language: Language) -> Result<Option<Vec<u8>>, Failure> {
    let Some(command) = first.to_str().filter(|w| matches!(*w, "rules" | "man" | "completions")) else {
        return Ok(None);
    };
    if second.is_some_and(|word| word == "--help" || word == "-h") {
        return Ok(None);
    }
    if command == "completions" {
        let shell = second.and_then(OsStr::to_str).and_then(|s| clap_complete::Shell::from_str(s, true).ok());
        let shell = shell.ok_or_else(|| Failure::usage(Usage::CompletionsNeedShell))?;
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut with_commands(unwrapped(language)), "qingyang", &mut script);
        return Ok(Some(script));
    }
    if let Some(word) = second {
        let (command, word) = (command.to_string(), word.to_string_lossy().into_owned());
        return Err(Failure::usage(Usage::CommandTakesNothing { command, word }));
    }
    // The list of rules needs settings.
    Ok(if command == RULES { None } else { Some(man(language).unwrap_or_default()) })
}

/// The command line with the commands, for completions.
fn with_commands(command: Command) -> Command {
    command.disable_help_subcommand(true).subcommands(ALL.map(Command::new))
}

/// The manual, in roff. The examples keep their lines, which `clap_mangen` would fill.
fn man(language: Language) -> io::Result<Vec<u8>> {
    let words = help(language);
    let page = clap_mangen::Man::new(unwrapped(language));
    let mut out = Vec::new();
    page.render_title(&mut out)?;
    page.render_name_section(&mut out)?;
    page.render_synopsis_section(&mut out)?;
    page.render_description_section(&mut out)?;
    page.render_options_section(&mut out)?;
    let plain = |text: &str| text.replace('\\', "\\e").replace('-', "\\-");
    let heading = |text: &str| text.trim_end_matches([':', '：', ',', ' ']).to_uppercase();
    for (title, text, fill) in [
        (words.examples.0, words.examples.1, false),
        (words.exit_status.0, words.exit_status.1, true),
        (words.commands.0, words.commands.1, true),
    ] {
        let (before, after) = if fill { ("", "") } else { (".nf\n", "\n.fi") };
        writeln!(out, ".SH \"{}\"\n{before}{}{after}", heading(title), plain(text))?;
    }
    page.render_version_section(&mut out)?;
    Ok(translated(out, language))
}

/// The headings that `clap_mangen` writes, in the language.
fn translated(page: Vec<u8>, language: Language) -> Vec<u8> {
    if language == Language::English {
        return page;
    }
    let page = String::from_utf8_lossy(&page);
    let headings = help(Language::English).manual.into_iter().zip(help(language).manual);
    let page = headings.fold(page.into_owned(), |page, (english, other)| {
        page.replace(&format!(".SH {english}\n"), &format!(".SH {other}\n"))
    });
    page.into_bytes()
}
