//! Ctrl-C and SIGTERM: the file at hand is finished or dropped, then the tool ends with 130 or 143.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

static CAUGHT: OnceLock<Arc<AtomicUsize>> = OnceLock::new();

/// Starts to listen. A second signal ends the process at once.
pub fn listen() {
    let flag = CAUGHT.get_or_init(|| Arc::new(AtomicUsize::new(0)));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // Registered first, so that it acts on the second signal only.
        let armed = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let _ = signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&armed));
        let _ = signal_hook::flag::register(signal, armed);
        let _ = signal_hook::flag::register_usize(signal, Arc::clone(flag), signal as usize);
    }
}

/// Whether signals are listened to.
pub fn listened() -> bool {
    CAUGHT.get().is_some()
}

/// The signal that came, if one did.
pub fn caught() -> Option<u8> {
    CAUGHT.get().map(|f| f.load(Ordering::Relaxed)).filter(|&s| s != 0).map(|s| s as u8)
}
