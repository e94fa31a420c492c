//! From words and settings to a checked plan. Nothing outside this folder sees the argument parser.

mod args;
mod commands;
mod conflicts;
mod help;
mod options;
mod parser_errors;
pub mod plan;
pub mod settings;
pub mod words;

use crate::catalogue::Say;
use crate::environment::{Environment, Streams};
use crate::failure::{At, Failure, Kind};
use crate::input::decisions::Lists;
use crate::input::file;
use crate::input::limited::MAX_UNPACKED;
use crate::messages::{Conflict, Note, Place, Usage};
use args::{Args, FormatArg, Way};
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use plan::Plan;
use qingyang::Rule;
use qingyang_tell::Language;
use settings::Settings;
use std::ffi::OsString;
use std::path::Path;

/// What the user asks for.
pub enum Request {
    /// Clean inputs.
    Clean(Box<Plan>),
    /// Print a text.
    Print(Vec<u8>),
}

/// Reads the words of the command line, without the name of the program.
///
/// # Errors
/// Wrong usage, or settings that cannot be used.
pub fn request(
    mut words: Vec<OsString>,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Request, Failure> {
    if words.is_empty() && environment.stdin_is_terminal {
        return Err(Failure::usage(Usage::NothingGiven));
    }
    if let Some(first) = words.first_mut().filter(|first| *first == commands::HELP) {
        *first = OsString::from("--help");
    }
    if let Some(first) = words.first().and_then(|first| first.to_str())
        && let Some(nearest) = commands::nearest(first)
    {
        return Err(Failure::usage(Usage::UnknownCommand { word: first.to_string(), nearest: nearest.to_string() }));
    }
    if let Some(first) = words.first()
        && let Some(text) = commands::text(first, words.get(1).map(OsString::as_os_str), environment.language)?
    {
        return Ok(Request::Print(text));
    }
    if let [rules] = &words[..]
        && rules == commands::RULES
    {
        return list_of_rules(environment.language).map(|text| Request::Print(text.into_bytes()));
    }
    let config = words.first().is_some_and(|w| w == commands::CONFIG);
    if config {
        words.remove(0);
    }
    words::part_uncertain(&mut words);
    let (matches, args) = match parsed(words, environment) {
        Ok(parsed) => parsed,
        Err(error) if !error.use_stderr() => return Ok(Request::Print(rendered(&error, environment).into_bytes())),
        Err(error) => return Err(Failure::usage(parser_errors::message(&error))),
    };
    if config {
        return effective_settings(&matches, &args, environment.language).map(|text| Request::Print(text.into_bytes()));
    }
    plan(&matches, args, environment, streams)
}

/// The parsed words. If the name of the output asks for a format and no option does, it is given.
fn parsed(mut words: Vec<OsString>, environment: &Environment) -> Result<(ArgMatches, Args), clap::Error> {
    let parse_by = |command: clap::Command, words: &[OsString]| -> Result<(ArgMatches, Args), clap::Error> {
        let matches = command.try_get_matches_from(std::iter::once(&OsString::from("qingyang")).chain(words))?;
        let args = Args::from_arg_matches(&matches)?;
        Ok((matches, args))
    };
    // To wrap the texts of the help takes as long as to clean a page, so it is done for who asks for them.
    let parse = |words: &[OsString]| match parse_by(help::unwrapped(environment.language), words) {
        Err(error) if !error.use_stderr() => parse_by(help::command(environment.language, environment.columns), words),
        parsed => parsed,
    };
    let (matches, args) = parse(&words)?;
    let asked = matches.value_source("format") == Some(ValueSource::CommandLine);
    let implied = args.output.as_deref().filter(|_| !asked && args.way() == Way::Pipe).and_then(words::implied_format);
    let Some(format) = implied else { return Ok((matches, args)) };
    words.insert(0, format!("--format={}", FormatArg::from(format).name()).into());
    parse(&words)
}

/// The text of `--help` or `--version`.
fn rendered(error: &clap::Error, environment: &Environment) -> String {
    let text = error.render();
    let color = environment.stdout_is_terminal && !environment.no_color;
    let text = if color { text.ansi().to_string() } else { text.to_string() };
    help::typeset(text, environment.language)
}

/// `qingyang rules`: the rules, and the user's own in the settings of the working folder.
fn list_of_rules(language: Language) -> Result<String, Failure> {
    let matches = Args::command().try_get_matches_from(["qingyang"]);
    let matches = matches.map_err(|e| Failure::usage(parser_errors::message(&e)))?;
    let args = Args::from_arg_matches(&matches).map_err(|e| Failure::usage(parser_errors::message(&e)))?;
    let setting = Settings::new(&matches, &args).of(None)?;
    let rules = Rule::all().map(Note::RuleEntry);
    let custom = setting.custom_rules().map(|(name, rule, (path, line))| Note::CustomEntry {
        name: name.to_string(),
        rule: Box::new(rule.clone()),
        path: path.clone(),
        line,
    });
    Ok(rules.chain(custom).map(|note| format!("{}\n", note.said(language))).collect())
}

/// `qingyang config`: the settings of each input.
fn effective_settings(matches: &ArgMatches, args: &Args, language: Language) -> Result<String, Failure> {
    let settings = Settings::new(matches, args);
    let sections = file::inputs(&args.inputs).into_iter().map(|input| {
        let setting = settings.of_input(input)?;
        Ok(setting.show(&file::name(input), language))
    });
    sections.collect::<Result<Vec<_>, _>>().map(|sections| sections.join("\n"))
}

fn plan(
    matches: &ArgMatches,
    mut args: Args,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Request, Failure> {
    if let Some(list) = args.files_from.take() {
        add_names(&mut args, &list, environment, streams)?;
        if args.inputs.is_empty() {
            if !args.quiet {
                streams.say(Note::NoNames { list });
            }
            return Ok(Request::Print(Vec::new()));
        }
    }
    args.issue |= args.follow_jumps;
    let way = args.way();
    conflicts::check(&args, way)?;
    args.output = args.output.filter(|o| o.as_os_str() != "-");
    let settings = Settings::new(matches, &args);
    for input in file::inputs(&args.inputs) {
        settings.of_input(input)?;
    }
    let apply = args.apply.as_deref().map(Lists::read).transpose()?;
    Ok(Request::Clean(Box::new(Plan::new(args, way, settings, apply, environment)?)))
}

/// Adds the names of `--files-from`.
fn add_names(
    args: &mut Args,
    list: &Path,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let path = (list.as_os_str() != "-").then_some(list);
    if path.is_none() && args.inputs.iter().any(|i| i.as_os_str() == "-") {
        return Err(Failure::usage(Conflict::ListIsStandardInput));
    }
    let names =
        file::read_all(path, streams.stdin, MAX_UNPACKED, &environment.signals).and_then(|bytes| file::names(&bytes));
    let names = names.at(|| Place::OptionPath("--files-from", list.to_path_buf()));
    args.inputs.extend(names.map_err(|f| Failure { kind: Kind::Usage, ..f })?);
    Ok(())
}
