//! Ctrl-C and SIGTERM: the current file is finished or dropped, then the tool ends with status 130 or 143.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The signals of the process, or none.
#[derive(Debug, Clone, Default)]
pub struct Signals(Option<Arc<State>>);

#[derive(Debug, Default)]
struct State {
    listening: AtomicBool,
    /// The number of the signal that came; 0 for none.
    caught: Arc<AtomicUsize>,
}

impl Signals {
    /// No signals: for a caller that handles them itself.
    pub fn none() -> Signals {
        Signals(None)
    }

    /// The signals of this process. Nothing is registered before a run listens, so that a signal ends a
    /// plain pipe at once.
    pub fn of_process() -> Signals {
        Signals(Some(Arc::default()))
    }

    /// Starts to listen. A second signal ends the process at once.
    pub(crate) fn listen(&self) {
        let Some(state) = self.0.as_ref().filter(|s| !s.listening.swap(true, Ordering::Relaxed)) else { return };
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            // The shutdown is registered before the flag that arms it, so that it acts on the second signal.
            let armed = Arc::new(AtomicBool::new(false));
            let _ = signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&armed));
            let _ = signal_hook::flag::register(signal, armed);
            let _ = signal_hook::flag::register_usize(signal, Arc::clone(&state.caught), signal as usize);
        }
    }

    /// Whether signals are listened to.
    pub(crate) fn listening(&self) -> bool {
        self.0.as_ref().is_some_and(|s| s.listening.load(Ordering::Relaxed))
    }

    /// The signal that came.
    pub(crate) fn caught(&self) -> Option<u8> {
        self.0.as_ref().map(|s| s.caught.load(Ordering::Relaxed)).filter(|&n| n != 0).map(|n| n as u8)
    }
}
