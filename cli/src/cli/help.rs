//! The command line in a language: the help of `cli/args.rs` as it stands, or with the texts of another language. The ids
//! and the values of the options are the same in every language.

use super::args::Args;
use crate::catalogue::help;
use crate::zh::options as zh;
use clap::builder::{PossibleValue, Str};
use clap::{Arg, ArgAction, Command, CommandFactory};
use qingyang_tell::Language;
use textwrap::{Options, WordSeparator, WrapAlgorithm};

/// Columns of the help where the width of the terminal is not known.
const COLUMNS: usize = 100;
/// No line of the help is longer: a reader's eye finds no way back from longer ones.
const MAX_COLUMNS: usize = 110;
/// The argument parser puts texts on lines of their own at this column.
const INDENT: usize = 10;

/// The command line in a language, for a terminal with so many columns.
pub fn command(language: Language, columns: Option<usize>) -> Command {
    let columns = columns.unwrap_or(COLUMNS).min(MAX_COLUMNS);
    with_texts(language, Some(columns.saturating_sub(INDENT).max(INDENT))).term_width(columns)
}

/// The command line in a language with texts of one line each, for completions and the manual.
pub fn unwrapped(language: Language) -> Command {
    with_texts(language, None)
}

/// The help as its language sets it: the parser ends each heading with a half-width colon.
pub fn typeset(text: String, language: Language) -> String {
    if language != Language::Chinese {
        return text;
    }
    let command = Args::command();
    let english = command.get_arguments().filter_map(Arg::get_help_heading);
    let headings = english.filter_map(zh::heading).chain([help(language).general]);
    headings.fold(text, |text, heading| text.replace(&format!("{heading}:"), &format!("{heading}：")))
}

/// The command line with the texts of a language. The parser wraps at spaces only, so the texts are wrapped here.
fn with_texts(language: Language, columns: Option<usize>) -> Command {
    let words = help(language);
    let flag = |id: &'static str, short, action| Arg::new(id).short(short).long(id).action(action);
    let command = Args::command()
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help).help(help(Language::English).flags[0]))
        .arg(flag("version", 'V', ArgAction::Version).help(help(Language::English).flags[1]))
        .about(words.about)
        .override_usage(words.usage)
        .help_template(format!("{{about}}\n\n{}{{usage}}\n\n{{all-args}}{{after-help}}", words.usage_heading));
    let [examples, exit_status, commands] = [words.examples, words.exit_status, words.commands];
    let commands = format!("{}{}", commands.0, commands.1);
    let below = format!("{}\n{}\n\n{}{}\n\n{commands}", examples.0, examples.1, exit_status.0, exit_status.1);
    command
        .mut_args(|arg| texts(arg, language, columns))
        .after_help(format!("{}\n\n{commands}", words.more))
        .after_long_help(below)
}

/// An option with the texts of a language.
fn texts(mut arg: Arg, language: Language, columns: Option<usize>) -> Arg {
    let words = help(language);
    let text = match language {
        Language::English => arg.get_help().map(ToString::to_string).unwrap_or_default(),
        Language::Chinese => zh::option(arg.get_id().as_str()).unwrap_or_default().to_string(),
    };
    let short = text.split(['；', ';']).next().unwrap_or_default().to_string();
    let long = format!("{text}{}", values(&arg, language));
    let long = columns.map_or(long.clone(), |columns| wrapped(&long, columns));
    if arg.get_action().takes_values() {
        arg = arg.hide_default_value(true).hide_possible_values(true);
    }
    let heading = match arg.get_help_heading() {
        Some(english) => (words.heading)(english),
        None => Some(words.general),
    };
    let names = arg.get_value_names().unwrap_or_default().to_vec();
    if language == Language::Chinese && !names.is_empty() {
        arg = arg.value_names(names.iter().map(|name| zh::value_name(name).map_or_else(|| name.clone(), Str::from)));
    }
    if let Some(heading) = heading {
        arg = arg.help_heading(heading);
    }
    arg.help(short).long_help(long)
}

/// The values that an option takes, with their meanings, and its default.
fn values(arg: &Arg, language: Language) -> String {
    let words = help(language);
    let mut all = Vec::new();
    if !arg.is_hide_possible_values_set() && arg.get_action().takes_values() {
        let values = arg.get_possible_values();
        let values: Vec<String> = values.iter().map(|value| named(arg, value, language)).collect();
        if !values.is_empty() {
            all.push((words.values)(&values));
        }
    }
    if !arg.is_hide_default_value_set() {
        all.extend(arg.get_default_values().first().map(|value| (words.default)(&value.to_string_lossy())));
    }
    if all.is_empty() { String::new() } else { (words.aside)(&all) }
}

/// A value, with what it stands for.
fn named(arg: &Arg, value: &PossibleValue, language: Language) -> String {
    let name = value.get_name();
    match language {
        Language::English => value.get_help().map_or(name.to_string(), |meaning| format!("{name} ({meaning})")),
        Language::Chinese => {
            zh::value(arg.get_id().as_str(), name).map_or(name.to_string(), |meaning| format!("{name}（{meaning}）"))
        }
    }
}

/// Lines that keep the rules of Chinese line breaks (禁则).
fn wrapped(text: &str, columns: usize) -> String {
    let options = Options::new(columns)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::fill(text, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_every_group_and_every_value_name_has_a_chinese_text() {
        for arg in Args::command().get_arguments() {
            let id = arg.get_id().as_str();
            assert!(zh::option(id).is_some(), "{id}");
            assert!(arg.get_help_heading().is_none_or(|heading| zh::heading(heading).is_some()), "{id}");
            let names = arg.get_value_names().unwrap_or_default().iter().filter(|_| arg.get_action().takes_values());
            names.for_each(|name| assert!(zh::value_name(name).is_some(), "{id}: {name}"));
            for value in arg.get_possible_values().iter().filter(|value| value.get_help().is_some()) {
                assert!(zh::value(id, value.get_name()).is_some(), "{id}: {}", value.get_name());
            }
        }
    }

    #[test]
    fn the_command_lines_of_all_languages_are_sound() {
        Language::ALL.into_iter().for_each(|language| command(language, Some(80)).debug_assert());
    }

    /// The short help fits two screens of 24 lines, and no line of it is cut or begins with a mark.
    #[test]
    fn the_short_help_fits_two_screens() {
        for language in Language::ALL {
            let text = command(language, Some(100)).render_help().to_string();
            assert!(text.lines().count() <= 48, "{}:\n{text}", text.lines().count());
        }
    }

    #[test]
    fn no_line_of_the_chinese_help_is_too_long_or_begins_with_a_mark() {
        let text = command(Language::Chinese, Some(80)).render_long_help().to_string();
        for line in text.lines().filter(|line| line.starts_with(&" ".repeat(INDENT))) {
            assert!(textwrap::core::display_width(line) <= 80, "{line}");
            assert!(!line.trim_start().starts_with(['，', '。', '、', '；', '：', '）', '］', '？']), "{line}");
        }
    }
}
