//! Outcomes on their way to the thread that takes them. Waking a thread for each costs as much as cleaning a small page, so many
//! go in one message.

use super::progress::Outcome;
use crossbeam_channel::Sender;
use std::time::{Duration, Instant};

/// Outcomes of one message, each with the number of its file in the walk.
pub type Outcomes = Vec<(u64, Outcome)>;

/// Outcomes of one message, at most.
const MOST: usize = 32;

/// How long outcomes wait for others, at most, and for the file at hand. Who looks at the progress waits as long, and of a run that
/// is killed these files are done again.
const PATIENCE: Duration = Duration::from_millis(100);

/// The outcomes of a thread that were not sent yet.
pub struct Outbox<'a> {
    to: &'a Sender<Outcomes>,
    waiting: Outcomes,
    /// When the last message was sent.
    sent: Instant,
}

impl Outbox<'_> {
    /// None yet.
    pub fn new(to: &Sender<Outcomes>) -> Outbox<'_> {
        Outbox { to, waiting: Vec::new(), sent: Instant::now() }
    }

    /// Adds an outcome, and sends all if they are many, have waited for long, or end the run. Returns whether somebody listens.
    pub fn add(&mut self, number: u64, outcome: Outcome) -> bool {
        let is_hopeless = outcome.is_hopeless();
        self.waiting.push((number, outcome));
        let is_full = self.waiting.len() >= MOST;
        if is_full || is_hopeless || self.sent.elapsed() > PATIENCE { self.send() } else { true }
    }

    /// Sends what waits. Whoever is about to wait for others must do this first, because they may wait for these outcomes.
    pub fn send(&mut self) -> bool {
        self.sent = Instant::now();
        self.waiting.is_empty() || self.to.send(std::mem::take(&mut self.waiting)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn outcome() -> Outcome {
        Outcome::skipped(PathBuf::new())
    }

    #[test]
    fn outcomes_are_sent_when_they_are_many_or_are_asked_for() {
        let (to, sent) = crossbeam_channel::unbounded();
        let mut outbox = Outbox::new(&to);
        // Of a clock that stands still, so that only their number counts.
        let add = |outbox: &mut Outbox<'_>, number| {
            outbox.sent = Instant::now();
            outbox.add(number, outcome())
        };
        assert!((0..MOST as u64 + 3).all(|number| add(&mut outbox, number)));
        assert_eq!(sent.try_iter().map(|message| message.len()).collect::<Vec<_>>(), [MOST]);
        assert!(outbox.send() && outbox.send());
        assert_eq!(sent.try_iter().map(|message| message.len()).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn an_outcome_that_waited_for_long_is_sent() {
        let (to, sent) = crossbeam_channel::unbounded();
        let mut outbox = Outbox::new(&to);
        outbox.sent = Instant::now().checked_sub(2 * PATIENCE).unwrap_or_else(Instant::now);
        assert!(outbox.add(0, outcome()));
        assert_eq!(sent.try_iter().count(), 1);
    }

    #[test]
    fn nobody_who_listens_is_told() {
        let (to, sent) = crossbeam_channel::unbounded();
        drop(sent);
        let mut outbox = Outbox::new(&to);
        outbox.add(0, outcome());
        assert!(!outbox.send());
    }
}
