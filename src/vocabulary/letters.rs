//! Latin abbreviations.

/// Latin abbreviations that do not end a sentence.
pub(super) const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "mt", "gen", "col", "capt", "lt", "sen", "rep", "gov", "jr", "sr", "vs",
    "vol", "fig", "eq", "sec", "ch", "pp", "ed", "eds", "inc", "ltd", "co", "corp", "dept", "est", "etc", "approx",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "al", "cf", "ca",
];
