//! The evidence of the model in English.

use crate::facts::FULL_LINE;
use crate::why::Why;
use qingyang::Reason;

pub(super) fn said(reason: &Reason) -> String {
    match *reason {
        Reason::Width { width, column } if width >= FULL_LINE * column => {
            format!("the line above fills its column of {column} em")
        }
        Reason::Width { width, column } => format!("the line above has {width} of {column} em"),
        Reason::Ending { last, is_stop: true } => format!("it ends in a stop: {last}"),
        Reason::Ending { last, is_stop: false } => format!("no stop at its end: {last}"),
        Reason::Beginning { first } => format!("how the line below begins: {first}"),
        Reason::Word { above, below, bond: 3.. } => format!("{above}|{below} is inside a word"),
        Reason::Word { above, below, bond: 2 } => format!("{above}|{below} may be inside a word"),
        Reason::Word { above, below, bond: 1 } => format!("no word has {above}|{below}"),
        Reason::Word { above, below, .. } => format!("the characters at the break: {above}|{below}"),
        Reason::Open { is_open: true } => "a quotation or bracket is open".into(),
        Reason::Open { is_open: false } => "no quotation or bracket is open".into(),
        Reason::Blank { lines: 0 } => "no blank line stands there".into(),
        Reason::Blank { lines: 1 } => "a blank line stands there".into(),
        Reason::Blank { lines } => format!("{lines} blank lines stand there"),
        Reason::Indent { above, below } if below > above => format!("the line below is indented by {below} em"),
        Reason::Indent { .. } => "the line below is not indented".into(),
        Reason::Spacing => "letter-spacing of the lines".into(),
        Reason::Shape => "the shapes of the two lines and of their neighbours".into(),
        Reason::Habit => "the habits of the page".into(),
        Reason::Rule => "a rule of typesetting".into(),
        Reason::Place => "the places of the two lines on the page".into(),
        Reason::SecondLook => "what six lines say together".into(),
        Reason::PrintedElsewhere => "the page prints the word at the break whole elsewhere".into(),
        _ => String::new(),
    }
}

pub(super) fn why(why: &Why) -> Vec<String> {
    let list = |reasons: &[Reason]| reasons.iter().map(said).collect::<Vec<_>>().join("; ");
    [("for it", &why.reasons), ("against it", &why.against)]
        .into_iter()
        .filter(|(_, reasons)| !reasons.is_empty())
        .map(|(side, reasons)| format!("{side}: {}", list(reasons)))
        .collect()
}
