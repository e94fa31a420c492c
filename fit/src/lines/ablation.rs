//! What each kind of evidence and each template is worth: the folds without it.

use crate::lines::judge::{by_channel, cross_validate, mean, surprise};
use crate::lines::sample::Sample;
use crate::lines::train::Off;
use crate::options::Options;
use qingyang::internals::model::lines::templates::{BREAK_TEMPLATES, Evidence, LINE_TEMPLATES};

/// F1 of units and breaks with one kind of evidence only, and with all others.
pub fn by_evidence(samples: &[Sample], options: &Options) {
    let run = |off: &Off| mean(&by_channel(&cross_validate(samples, off, options, false)));
    println!("| evidence | alone: unit F1 | alone: break F1 | left out: unit F1 | left out: break F1 |");
    println!("|---|---|---|---|---|");
    let (units, breaks) = run(&Off::when(|_| false));
    println!("| all | {units:.3} | {breaks:.4} | | |");
    for kind in Evidence::ALL {
        let alone = run(&Off::when(|t| t.kind != kind && t.kind != Evidence::Base));
        let without = run(&Off::when(|t| t.kind == kind));
        println!("| {kind:?} | {:.3} | {:.4} | {:.3} | {:.4} |", alone.0, alone.1, without.0, without.1);
    }
}

/// How much more surprising the breaks are without each template.
pub fn by_template(samples: &[Sample], options: &Options) {
    let without = |name: &str| {
        let off = Off::when(|t| t.name == name || options.leaves_out(t.name, ""));
        surprise(&cross_validate(samples, &off, options, false))
    };
    let all = without("");
    println!("{all:.3} with all");
    for (kind, templates) in [("line", LINE_TEMPLATES), ("break", BREAK_TEMPLATES)] {
        for t in templates {
            println!("{:+.3} without {kind} {:?}", without(t.name) - all, t.name);
        }
    }
}
