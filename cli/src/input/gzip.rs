//! Gzip files: any number of members one after the other. NUL bytes after a member are the padding of a tape or of a
//! block device, and end the file, as for `gzip`.

use super::counted::Counted;
use crate::messages::Packed;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

/// Reads all members of a source.
pub struct Members<R> {
    state: State<R>,
    /// Whether there was a member.
    began: bool,
}

enum State<R> {
    /// Between two members.
    Between(Counted<R>),
    Inside(Box<GzDecoder<Counted<R>>>),
    End,
}

impl<R: BufRead> Members<R> {
    /// Of a source from its beginning.
    pub fn new(source: R) -> Members<R> {
        Members { state: State::Between(Counted::new(source)), began: false }
    }

    /// Begins the next member, or ends the file.
    fn next(&self, mut source: Counted<R>) -> io::Result<State<R>> {
        let padded = self.began && skip_padding(&mut source)?;
        match source.fill_buf() {
            Err(_) => Err(source.fault(|byte| Packed::DamagedGzip { byte })),
            Ok([]) if self.began => Ok(State::End),
            Ok([]) => Err(source.fault(|_| Packed::NotGzip)),
            Ok(_) if padded => Err(source.fault(|byte| Packed::NotGzipAfterMember { byte })),
            Ok([first, ..]) if *first != MAGIC => {
                Err(source.fault(|byte| if byte == 0 { Packed::NotGzip } else { Packed::NotGzipAfterMember { byte } }))
            }
            Ok(_) => Ok(State::Inside(Box::new(GzDecoder::new(source)))),
        }
    }
}

/// The first byte of a member.
const MAGIC: u8 = 0x1F;

/// Skips NUL bytes; whether there were any.
fn skip_padding<R: BufRead>(source: &mut Counted<R>) -> io::Result<bool> {
    let mut any = false;
    loop {
        let nuls = match source.fill_buf() {
            Ok(bytes) => bytes.iter().take_while(|&&b| b == 0).count(),
            Err(_) => return Err(source.fault(|byte| Packed::DamagedGzip { byte })),
        };
        if nuls == 0 {
            return Ok(any);
        }
        any = true;
        source.consume(nuls);
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::End) {
                State::End => return Ok(0),
                State::Between(source) => self.state = self.next(source)?,
                State::Inside(mut member) => match member.read(buffer) {
                    Ok(0) => (self.began, self.state) = (true, State::Between(member.into_inner())),
                    Ok(n) => {
                        self.state = State::Inside(member);
                        return Ok(n);
                    }
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => {
                        self.state = State::Inside(member);
                        return Err(e);
                    }
                    Err(_) => return Err(member.get_mut().fault(|byte| Packed::DamagedGzip { byte })),
                },
            }
        }
    }
}
