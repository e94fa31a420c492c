//! stub until the tables are in
#![allow(missing_docs)]
pub struct Spanning { pub longest: u8, pub class: u8 }
pub fn spanning(_l: &[char], _r: &[char]) -> Spanning { Spanning { longest: 0, class: 0 } }
pub fn is_word(_w: &[char]) -> bool { false }
pub fn surname(w: &[char]) -> bool { !w.is_empty() }
