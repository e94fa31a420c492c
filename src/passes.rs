//! The passes, one file a damage. Each looks at the text that the pass before it left and proposes edits.
//!
//! | order | pass | why there |
//! |---|---|---|
//! | 1 | controls | lines must be lines before anything is measured |
//! | 2 | glyphs | copies of a headline may differ in width or radical only, so characters are settled before they are compared |
//! | 3 | doubled | a doubled line is too wide, and spaces between copies look like fields |
//! | – | roles | reads only: what every line is, from its width, marks and neighbours |
//! | 4 | spacing | a space between fields stays in a display line and goes in running text, so roles come first |
//! | 5 | rejoin | carries out what the roles say; one list of edits with spacing, since neither moves the other |
//! | 6 | punctuation | needs whole sentences: the mark at a line's end has its neighbour on the next line |
//! | – | units | reads only: what each line of the clean text is, and which make an article |
//! | 7 | sentences | only running text has them, so units come first; a unit keeps its lines together |
//! | 8 | order | whole units move, with the lines that their sentences have by now |

pub mod controls;
pub mod doubled;
pub mod glyphs;
pub(crate) mod order;
pub mod punctuation;
mod radicals;
pub mod sentences;
pub(crate) mod suspect_chars;
pub mod typeset;
