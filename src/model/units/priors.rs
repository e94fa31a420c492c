//! What is set by hand and not fitted for the units' model.

/// Log-odds that a unit which is nothing but （下转第2版） is a jump line. It can be nothing else, and the training pages have
/// too few to learn that from.
pub(crate) const JUMP_LINE: f32 = 8.0;

/// Probability of furniture that an issue has on page after page. The training pages are no issues, so none was measured.
pub(crate) const REPEATED: f32 = 0.95;
