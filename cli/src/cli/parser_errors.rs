//! Errors of the argument parser as messages of the tool.

use crate::messages::Usage;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;

/// What the parser reports, as a message.
pub fn message(error: &clap::Error) -> Usage {
    let text = |kind| error.get(kind).map(ContextValue::to_string).unwrap_or_default();
    let list = |kind| match error.get(kind) {
        Some(ContextValue::Strings(all)) => all.clone(),
        Some(ContextValue::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    };
    let option = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => {
            Usage::UnknownOption { option, nearest: list(ContextKind::SuggestedArg).into_iter().next() }
        }
        ErrorKind::InvalidValue if value.is_empty() => Usage::ValueMissing { option },
        ErrorKind::InvalidValue => Usage::UnknownValue {
            option,
            value,
            nearest: list(ContextKind::SuggestedValue).into_iter().next(),
            known: list(ContextKind::ValidValue),
        },
        ErrorKind::ValueValidation => match error.source().and_then(|e| e.downcast_ref::<Usage>()) {
            Some(reason) => Usage::BadValue { option, value, reason: Box::new(reason.clone()) },
            None => parser(error),
        },
        ErrorKind::TooManyValues => Usage::UnexpectedValue { option, value },
        ErrorKind::NoEquals => Usage::EqualSignMissing { option },
        ErrorKind::MissingRequiredArgument => Usage::OptionsMissing { options: list(ContextKind::InvalidArg) },
        ErrorKind::ArgumentConflict => {
            let others = list(ContextKind::PriorArg);
            match others.as_slice() {
                [] => Usage::GivenTwice { option },
                [other] if *other == option => Usage::GivenTwice { option },
                _ => Usage::Exclusive { option, others },
            }
        }
        _ => parser(error),
    }
}

/// The first line of the parser's own text.
fn parser(error: &clap::Error) -> Usage {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    Usage::Parser(line.strip_prefix("error: ").unwrap_or(line).to_string())
}
