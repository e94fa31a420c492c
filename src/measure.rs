//! A page's text as a layout: what each line measures, and what the page's own habits are. Decides nothing.

mod bound;
mod class;
mod columns;
mod cue;
pub(crate) mod folio;
pub(crate) mod furniture;
mod habits;
mod layout;
mod line;
mod measures;
mod non_han_index;
mod opening;
mod openings;
mod place;
mod printed_rows;
mod running_heads;
mod walk;
mod width_counts;

pub use crate::vocabulary::cues::{CUES, Cue, TAILS, Tail};
pub use class::{CLASSES, Class, class_of};
pub(crate) use class::{OPENS, breaks_off};
pub(crate) use columns::{is_cut, may_be_cut};
pub use cue::{cue_of, tail_of};
pub use habits::{Habits, NOISE};
pub use layout::Layout;
pub(crate) use line::MAX_COUNT;
pub use line::{Line, RECURRENCES, Recurrence};
pub use opening::{OPENINGS, Opening};
pub(crate) use openings::ends_contents_row;
pub use place::Place;
pub use printed_rows::{ROW_PLACES, ends_unit, is_inside_row, row_kind};
