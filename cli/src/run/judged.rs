//! Why an input is suspicious, from what was read and what was written.

use super::clean::Summary;
use qingyang::decode::decode;
use qingyang::suspicion::{Judge, Suspicion};

/// Ends the judgement of an input; `head` has its first bytes.
pub fn suspicions(mut judge: Judge, head: &[u8], summary: &Summary) -> Vec<Suspicion> {
    let head = &head[..head.len().min(Judge::SOURCE_BYTES)];
    // The lines of a layout are parted by their places.
    if let Some(encoding) = summary.encoding
        && let Ok(source) = decode(head, Some(encoding), true)
    {
        judge.source(&source.text);
    }
    judge.end()
}
