//! Whether the clean text has the bytes of the input.

/// The comparison of one input with its proofs, in the making.
#[derive(Default)]
pub struct Comparison {
    differs: bool,
}

impl Comparison {
    /// Compares the next clean text with the next bytes; returns how many bytes are done.
    pub fn add(&mut self, clean: &[u8], edited: bool, bytes: &[u8]) -> usize {
        // A proof without an edit has the bytes of its piece of the input, all of which has been read. With an edit it
        // differs, and no more bytes are kept: a gigabyte of spaces has an empty proof.
        self.differs |= edited || !bytes.starts_with(clean);
        if self.differs { bytes.len() } else { clean.len() }
    }

    /// Whether they differ; `rest` has the bytes behind the last proof.
    pub fn end(self, rest: &[u8]) -> bool {
        self.differs || !rest.is_empty()
    }
}
