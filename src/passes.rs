//! The passes, one file for each kind of damage. Each reads the text that the pass before it left and proposes edits.
//!
//! | order | pass | why there |
//! |---|---|---|
//! | 1 | mojibake | only on request: controls and characters of a wrong reading are no controls and characters of the page |
//! | 2 | controls | lines must be lines before anything is measured |
//! | 3 | glyphs | copies of a headline may differ in width or radical only, so characters are settled before they are compared |
//! | 4 | custom | replacements of the user need normalized characters, and all later passes see their results; they run again after 9, because a joined line may match |
//! | 5 | doubled | a doubled line is too wide, and spaces between copies look like fields |
//! | 6 | roles | edits nothing: the role of every line, from its width, marks and neighbours |
//! | 7 | spacing | a space between fields stays in a display line and is removed in running text, so roles come first |
//! | 8 | rejoin | carries out the roles; shares one list of edits with spacing, since neither moves the other's places |
//! | 9 | punctuation | needs whole sentences: a mark at the end of a line has its neighbour on the next line |
//! | 10 | units | edits nothing: the role of each line of the clean text, and the articles |
//! | 11 | sentences | only running text is split, so the roles of units must be known; a unit keeps its lines together |
//! | 12 | order | moves whole units, with all lines that their sentences now have |

pub mod controls;
#[cfg(feature = "rules")]
pub(crate) mod custom;
pub mod doubled;
pub mod glyphs;
pub(crate) mod mojibake;
pub(crate) mod order;
pub mod punctuation;
mod radicals;
pub mod sentences;
pub(crate) mod suspect_chars;
pub mod typeset;
