//! What a stream hands its pages to.

use crate::error::Error;
use crate::proof::Proof;

/// Return type of a sink: `()` if it cannot fail, or a `Result`.
///
/// ```
/// use qingyang::{Options, Stream};
/// use std::io::Write;
/// let mut stream = Stream::new(Options::default(), None, false);
/// let mut out = Vec::new();
/// let mut sink = |page: qingyang::Proof| out.write_all(page.text.as_bytes()).map_err(Failed::Write);
/// stream.push("渠 水 流 过 桥 头 镇\n".as_bytes(), &mut sink)?;
/// stream.finish(&mut sink)?;
/// assert_eq!(out, "渠水流过桥头镇\n".as_bytes());
///
/// #[derive(Debug)]
/// enum Failed {
///     Write(std::io::Error),
///     Clean(qingyang::Error),
/// }
/// impl From<qingyang::Error> for Failed {
///     fn from(error: qingyang::Error) -> Failed {
///         Failed::Clean(error)
///     }
/// }
/// # Ok::<(), Failed>(())
/// ```
pub trait Outcome {
    /// The error of the sink. It also carries the errors of the stream.
    type Error: From<Error>;

    /// Converts the outcome to a result.
    ///
    /// # Errors
    /// If the sink failed.
    fn into_result(self) -> Result<(), Self::Error>;
}

impl Outcome for () {
    type Error = Error;

    fn into_result(self) -> Result<(), Error> {
        Ok(())
    }
}

impl<E: From<Error>> Outcome for Result<(), E> {
    type Error = E;

    fn into_result(self) -> Result<(), E> {
        self
    }
}

/// Receives clean pages.
pub(super) type Sink<'a, E> = &'a mut dyn FnMut(Proof) -> Result<(), E>;
