//! What the places in a proof are places of.

use qingyang::decode::Encoding;
use qingyang::layout::Layout;

/// A text in an encoding, or the text of a layout in its own order.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    pub encoding: Option<Encoding>,
    pub layout: Option<&'a Layout>,
}

impl<'a> Origin<'a> {
    /// A text.
    pub fn text(encoding: Option<Encoding>) -> Origin<'a> {
        Origin { encoding, layout: None }
    }

    /// A layout. Its text is a string, so it is in UTF-8.
    pub fn layout(layout: &'a Layout) -> Origin<'a> {
        Origin { encoding: Some(Encoding::Utf8), layout: Some(layout) }
    }
}
