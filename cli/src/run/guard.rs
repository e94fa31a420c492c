//! A panic in one input is a failure of that input: the others are done. None is known; decoders of packed files are the
//! likeliest place for one.

use crate::failure::Failure;
use crate::messages::FileFault;
use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// Whether this thread is guarded, and the words of the last panic with its place in the code.
    static GUARDED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps the words of a guarded panic for the message of its file; others are printed as always. For the process only:
/// the hook belongs to whoever owns the process.
pub fn keep_words() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let kept = GUARDED.with_borrow_mut(|words| match words {
            Some(words) => {
                let place = info.location().map(|l| format!(" at {}:{}", l.file(), l.line())).unwrap_or_default();
                *words = format!("{}{place}", words_of(info.payload()));
                true
            }
            None => false,
        });
        if !kept {
            print(info);
        }
    }));
}

/// Does the work on one input. What it was at is dropped after a panic.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let outer = GUARDED.replace(Some(String::new()));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    let words = GUARDED.replace(outer).unwrap_or_default();
    done.unwrap_or_else(|payload| {
        let what = if words.is_empty() { words_of(&*payload).to_string() } else { words };
        Err(Failure::input(FileFault::Panicked { what }))
    })
}

fn words_of(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("panic")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Kind;
    use crate::messages::Message;

    #[test]
    #[allow(clippy::panic)] // what the guard is for
    fn a_panic_is_a_failure_of_its_input_and_the_next_is_done() {
        let failure = guarded::<()>(|| panic!("渠水 {}", 7)).expect_err("it panics");
        assert_eq!(failure.kind, Kind::Input);
        assert!(
            matches!(&*failure.message, Message::File(FileFault::Panicked { what }) if what.contains("渠水 7")),
            "{failure:?}"
        );
        assert_eq!(guarded(|| Ok(7)).expect("no panic"), 7);
    }
}
