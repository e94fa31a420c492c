//! The weights of [`geometry`](super::geometry), in thousandths of log-odds. `tools/fit-geometry` made them.
//!
//! Fitted on the layouts of `../shared/bench-layout` (poppler, PyMuPDF, tesseract, RapidOCR) and on 48 pages of its generator
//! (seed 7, poppler and PyMuPDF), each in reading order and in the order found here; logistic, with the text's own log-odds
//! as an offset. Errors in folds by design are in `docs/fitting.md`.

#[rustfmt::skip]
pub(super) const WEIGHTS: [i16; 46] = [
    3809, -356, 1238, 119, -5279, -2211, -1166, -1818, 1077, 795,
    -1392, -530, 687, 324, 1386, -1027, -2961, 226, -432, -890,
    -494, -1237, -142, -49, -1414, -372, -712, 871, -298, -890,
    -665, 750, 76, -1567, -884, -125, 1130, -207, -477, -1067,
    -3523, -1656, -2138, -1991, -2182, 646,
];
