//! The weights of [`geometry`](super::geometry), in thousandths of log-odds. `tools/fit-geometry` made them.
//!
//! Fitted on the layouts of `../shared/bench-layout` (poppler, PyMuPDF, tesseract, RapidOCR) and on 48 pages of its generator
//! (seed 7, poppler and PyMuPDF), each in reading order and in the order found here; logistic, with the text's own log-odds
//! as an offset. Errors in folds by design are in `docs/fitting.md`.

#[rustfmt::skip]
pub(super) const WEIGHTS: [i16; 46] = [
    4270, -299, 1225, -44, -5499, -2357, -1116, -1864, 902, 725,
    -1254, -648, 1030, 614, 1287, -570, -2940, 341, -370, -624,
    -569, -1223, -57, -171, -1431, -386, -709, 900, -311, -949,
    -763, 745, -136, -1588, -983, -500, 1182, -62, -250, -904,
    -3393, -2379, -2267, -1856, -2033, 472,
];
