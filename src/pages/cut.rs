//! Where a text without form feeds is cut: windows that count as pages.

use crate::passes::sentences;

/// Bytes of decoded text that count as a page if no form feed comes: about a dozen newspaper pages. A larger window and
/// the measurements of its lines would not fit a processor's cache.
pub const WINDOW: usize = 1 << 18;

/// For text with one sentence a line: the end of the last sentence that ends in the last quarter of the window.
pub(super) fn sentence_place(window: &str) -> Option<usize> {
    let tail = floor(window, window.len() - window.len() / 4);
    let mut gaps = Vec::new();
    sentences::find(&window[tail..], &mut gaps);
    gaps.last().map(|gap| tail + gap.end)
}

/// The last boundary of a character at or before `at`.
pub(crate) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where a window is cut. The candidates in the last quarter of the window are, from the best to the worst: after an empty
/// line that follows a stop, after a line that ends in a stop, after any line. If there is none, the cut is at the end of
/// the window.
pub(crate) fn cut_place(window: &str) -> usize {
    let tail = floor(window, window.len() - window.len() / 4);
    let bytes = window.as_bytes();
    // Where the text before a place ends, and whether it ends in a stop. All places down to that end share the answer, so
    // that a long run of empty lines is scanned only once.
    let mut known = (usize::MAX, false);
    let mut stops = |at: usize| {
        if at < known.0 {
            let before = window[..at].trim_end_matches([' ', '\r', '\n']);
            let stop = before.ends_with(['。', '！', '？']) || before.ends_with("。”") || before.ends_with("！”");
            known = (before.len(), stop);
        }
        known.1
    };
    let (mut stopped, mut any) = (None, None);
    for at in memchr::memrchr_iter(b'\n', &bytes[tail..]).map(|n| tail + n) {
        any = any.or(Some(at + 1));
        if bytes.get(at + 1) == Some(&b'\n') && stops(at) {
            return at + 1;
        }
        if stopped.is_none() && stops(at) {
            stopped = Some(at + 1);
        }
    }
    stopped.or(any).unwrap_or(window.len())
}
