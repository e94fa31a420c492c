//! The fields that are asked for, and where their clean texts go. Names that contradict each other are errors before anything
//! is read.

use super::field::Field;
use super::record::Target;
use super::scan::index;
use crate::cli::plan::Records;
use crate::failure::Failure;
use crate::messages::{RecordConflict, Usage};

/// The fields of the options.
///
/// # Errors
/// If a name is no JSON Pointer, or two names contradict each other.
pub fn targets(asked: &Records) -> Result<Vec<Target>, Failure> {
    let mut targets = Vec::new();
    for (n, name) in asked.fields.iter().enumerate() {
        let to = asked.to.get(n).map(|to| parse("--to-field", to)).transpose()?;
        targets.push(Target { field: parse("--field", name)?, to });
    }
    for (n, Target { field, to }) in targets.iter().enumerate() {
        let Some(to) = to.as_ref().filter(|to| to.is_pointer) else { continue };
        let names = || (asked.fields[n].clone(), asked.to[n].clone());
        if asked.table && to.path.len() > 1 {
            return Err(Failure::usage(RecordConflict::ToColumnOfColumn { to: names().1 }));
        }
        if stars(to) != stars(field) {
            let (field, to) = names();
            return Err(Failure::usage(RecordConflict::ToFieldStars { field, to }));
        }
    }
    apart(asked, &targets)?;
    Ok(targets)
}

fn parse(option: &'static str, name: &str) -> Result<Field, Failure> {
    Field::parse(name).ok_or_else(|| Failure::usage(Usage::BadPointer { option, pointer: name.to_string() }))
}

/// How many steps stand for every item of a list.
fn stars(field: &Field) -> usize {
    field.path.iter().filter(|step| field.is_star(step)).count()
}

/// What the keys of additions begin with, one for each field: where there are several, their last keys.
pub fn prefixes(targets: &[Target]) -> Vec<String> {
    let last = |target: &Target| target.field.path.last().cloned().unwrap_or_default();
    match targets {
        [_] => vec![String::new()],
        _ => targets.iter().map(|target| format!("{}_", last(target))).collect(),
    }
}

/// A place that is written or read, with its name for messages.
struct Named {
    name: String,
    path: Vec<String>,
}

/// Fails if something is written to a place that is a field or that is written already, or inside one, or around one.
fn apart(asked: &Records, targets: &[Target]) -> Result<(), Failure> {
    let mut places: Vec<Named> = Vec::new();
    let fields = targets.iter().zip(&asked.fields);
    places.extend(
        fields.map(|(Target { field, .. }, name)| Named { name: format!("--field {name}"), path: field.path.clone() }),
    );
    let add = [("quality", asked.add.quality), ("units", asked.add.units)];
    for (n, (Target { field, to }, prefix)) in targets.iter().zip(prefixes(targets)).enumerate() {
        let beside = |key: String| {
            let mut path = field.path.clone();
            path.pop();
            path.push(key);
            path
        };
        let to = to.as_ref().map(|to| Named {
            name: format!("--to-field {}", asked.to[n]),
            path: if to.is_pointer { to.path.clone() } else { beside(to.path.concat()) },
        });
        let added = add
            .iter()
            .filter(|(_, asked)| *asked)
            .map(|(what, _)| Named { name: format!("--add {what}"), path: beside(format!("{prefix}{what}")) });
        for written in to.into_iter().chain(added) {
            if let Some(other) = places.iter().find(|place| meet(&place.path, &written.path)) {
                let (written, other) = (written.name, other.name.clone());
                return Err(Failure::usage(RecordConflict::OnePlace { written, other }));
            }
            places.push(written);
        }
    }
    Ok(())
}

/// Whether two paths lead to one place, or one of them into the place of the other.
fn meet(a: &[String], b: &[String]) -> bool {
    let is_item_of = |star: &str, item: &str| star == "*" && index(item).is_some();
    a.iter().zip(b).all(|(a, b)| a == b || is_item_of(a, b) || is_item_of(b, a))
}
