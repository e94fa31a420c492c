//! The library's options, as the command line and the settings file have them.

use super::args::{Args, FurnitureArg, OrderArg, RepairArg, SpaceArg, SplitArg, WidthArg, is_custom};
use crate::messages::{Message, SettingFault};
use crate::output::views::Format;
use qingyang::RuleSet;
use qingyang::decode::Encoding;
use qingyang::options::{CjkLatinSpace, Furniture, Order, Repair, Split, Width};
use qingyang::rules::CustomRules;
use qingyang::{Options, Rule};
use qingyang_tell::CERTAIN;

/// A value that cannot be used, and its key.
pub struct Unusable {
    pub key: &'static str,
    pub message: Message,
}

/// The encoding that is given.
pub fn encoding(args: &Args) -> Result<Option<Encoding>, Unusable> {
    let unusable = |e| Unusable { key: "encoding", message: Message::Library(e) };
    args.encoding.as_deref().map(Encoding::from_label).transpose().map_err(unusable)
}

/// The library's options, with the rules of the settings file.
pub fn options(args: &Args, rules: Option<&CustomRules>) -> Result<Options, Unusable> {
    if let Some(rule) = args.skip.iter().filter_map(|name| Rule::from_name(name)).find(|rule| rule.is_always_on()) {
        return Err(Unusable { key: "skip", message: SettingFault::AlwaysOn(rule).into() });
    }
    let mut options = Options::default();
    options.width = match args.width {
        WidthArg::Keep => Width::Keep,
        WidthArg::Half => Width::Half,
    };
    options.repair = match args.repair {
        RepairArg::Mojibake => Repair::Mojibake,
        RepairArg::None => Repair::None,
    };
    options.cjk_latin_space = match args.cjk_latin_space {
        SpaceArg::None => CjkLatinSpace::None,
        SpaceArg::One => CjkLatinSpace::One,
        SpaceArg::Keep => CjkLatinSpace::Keep,
    };
    options.furniture = match args.furniture {
        FurnitureArg::Drop => Furniture::Drop,
        FurnitureArg::Keep => Furniture::Keep,
    };
    options.order = match args.order {
        OrderArg::Reading => Order::Reading,
        OrderArg::Source => Order::Source,
        OrderArg::Auto => Order::Auto,
    };
    options.split = match args.split {
        SplitArg::Sentence => Split::Sentence,
        SplitArg::Unit => Split::Unit,
    };
    options.blank_lines = args.blank_lines;
    options.join_across = args.join_across;
    options.follow_jumps = args.follow_jumps;
    options.skip = skipped(args);
    options.rules = rules.map(|rules| custom_rules(args, rules)).filter(|rules| !rules.is_empty());
    let report = args.report.is_some();
    options.ledger = args.ledger.is_some() || args.explain || args.diff || report;
    options.units = args.format.of() != Format::Text || args.per.is_some() || report;
    options.confidence =
        args.uncertain.is_some() || args.summary.is_some() || args.decisions.is_some() || args.explain || report;
    let json = matches!(args.format.of(), Format::Json | Format::JsonLines);
    options.why = args.explain || report || json && args.uncertain.is_some();
    // No view tells the reasons of a certain break.
    options.why_below = options.why.then(|| args.uncertain.unwrap_or(CERTAIN));
    Ok(options)
}

/// The rules that are switched off.
fn skipped(args: &Args) -> RuleSet {
    let set = |names: &[String]| names.iter().filter_map(|n| Rule::from_name(n)).fold(RuleSet::NONE, RuleSet::with);
    if args.only.is_empty() {
        return set(&args.skip);
    }
    let only = Rule::all().filter(|rule| rule.is_always_on()).fold(set(&args.only), RuleSet::with);
    let custom = args.only.iter().any(|name| is_custom(name));
    if custom { only.with(Rule::Custom) } else { only }.complement()
}

/// The rules of the user that are not switched off.
fn custom_rules(args: &Args, rules: &CustomRules) -> CustomRules {
    let has = |names: &[String], name: &str| names.iter().any(|n| n == name);
    let all = args.only.is_empty() || has(&args.only, Rule::Custom.name());
    if all && args.skip.is_empty() {
        return rules.clone();
    }
    rules.filtered(|name| (all || has(&args.only, name)) && !has(&args.skip, name))
}

/// Fails if an option names a rule of the user that is not there.
pub fn check_custom_names(args: &Args, rules: Option<&CustomRules>) -> Result<(), Unusable> {
    let known: Vec<String> = rules.into_iter().flat_map(CustomRules::iter).map(|(name, _)| name.to_string()).collect();
    for (key, names) in [("skip", &args.skip), ("only", &args.only)] {
        if let Some(name) = names.iter().find(|name| is_custom(name) && !known.contains(name)) {
            let (value, known) = (name.clone(), known.clone());
            return Err(Unusable { key, message: SettingFault::UnknownCustomRule { value, known }.into() });
        }
    }
    Ok(())
}
