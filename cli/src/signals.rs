//! Ctrl-C, SIGTERM and SIGHUP: the current file is finished or dropped, then the tool ends with status 130, 143 or 129.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// How often a signal is looked for while nothing else comes.
pub const POLL: Duration = Duration::from_millis(50);

/// How long a run may take to end after a signal.
const PATIENCE: Duration = Duration::from_secs(1);

/// Bytes of stack for the thread that waits for a signal.
const STACK: usize = 64 << 10;

/// The signals that end a run.
#[cfg(target_os = "linux")]
const HEARD: &[i32] = &[signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP];
/// The signals that end a run. Elsewhere nobody says whether `nohup` has the tool ignore SIGHUP.
#[cfg(not(target_os = "linux"))]
const HEARD: &[i32] = &[signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];

/// The signals that the process was started to ignore: bit 0 is signal 1.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Sets `armed` some time after a signal came.
#[cfg(unix)]
fn arm(heard: impl Iterator<Item = i32>, armed: Arc<AtomicBool>, _: &Arc<AtomicUsize>) {
    if let Ok(mut signals) = signal_hook::iterator::Signals::new(heard) {
        let arm = move || {
            if signals.forever().next().is_some() {
                std::thread::sleep(PATIENCE);
                armed.store(true, Ordering::Relaxed);
            }
        };
        let _ = std::thread::Builder::new().stack_size(STACK).spawn(arm);
    }
}

/// Sets `armed` some time after a signal came. Here a thread can only look for it now and then.
#[cfg(not(unix))]
fn arm(_: impl Iterator<Item = i32>, armed: Arc<AtomicBool>, caught: &Arc<AtomicUsize>) {
    let caught = Arc::clone(caught);
    let arm = move || {
        while caught.load(Ordering::Relaxed) == 0 {
            std::thread::sleep(POLL);
        }
        std::thread::sleep(PATIENCE);
        armed.store(true, Ordering::Relaxed);
    };
    let _ = std::thread::Builder::new().stack_size(STACK).spawn(arm);
}

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

    /// Starts to listen. A signal that comes [`PATIENCE`] after the first ends the process at once; `timeout` and a shell
    /// that hangs up send two at the same time.
    pub(crate) fn listen(&self) {
        let Some(state) = self.0.as_ref().filter(|s| !s.listening.swap(true, Ordering::Relaxed)) else { return };
        let armed = Arc::new(AtomicBool::new(false));
        let ignored = ignored();
        // A run below `nohup`, or in the background of a script, goes on.
        let heard = HEARD.iter().copied().filter(|signal| ignored & 1 << (signal - 1) == 0);
        for signal in heard.clone() {
            let _ = signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&armed));
            let _ = signal_hook::flag::register_usize(signal, Arc::clone(&state.caught), signal as usize);
        }
        arm(heard, armed, &state.caught);
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
