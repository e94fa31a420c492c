//! What is set by hand and not fitted for the units' model.

/// Log-odds that a unit which is nothing but （下转第2版） is a jump line. It can be nothing else, and the training pages have
/// too few to learn that from.
pub(crate) const JUMP_LINE: f32 = 8.0;

/// Log-odds against a subhead above a text with a dateline of its own. Such a text is a report, and a report has a headline.
pub(crate) const SUBHEAD_OF_REPORT: f32 = -3.0;

/// Log-odds against a notice that opens as a report does, with a dateline. Without it a report of one line became a notice, as the
/// small advertisements of the training pages are.
pub(crate) const NOTICE_OF_REPORT: f32 = -4.0;

/// Log-odds for a headline right above a line that says from which page its text goes on: such a text has its headline again. The
/// training pages have too few to learn that from.
pub(crate) const HEADLINE_OF_REST: f32 = 3.0;

/// Log-odds for a headline that stands behind its report, as some layers order a page: a display line at the end of a report that has
/// none above it, with another report or nothing below.
pub(crate) const HEADLINE_BEHIND: f32 = 3.0;

/// Probability of furniture that an issue has on page after page. The training pages are no issues, so none was measured.
pub(crate) const REPEATED: f32 = 0.95;

/// Probability of noise: the share of the lines taken for it that show no text of the page, on 120 pages of tesseract.
pub(crate) const NOISE: f32 = 0.79;
