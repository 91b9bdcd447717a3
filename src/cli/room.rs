//! A limit on what is under way between threads.

use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// So much may be under way at once.
// Invariant: `taken` is what was taken and not given back.
pub struct Room {
    size: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    taken: usize,
    closed: bool,
}

impl Room {
    pub fn new(size: usize) -> Self {
        Self { size, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until there is room for `weight`, or until nothing else is under way; breaks when closed.
    pub fn take(&self, weight: usize) -> ControlFlow<()> {
        let mut state = self.lock();
        while !state.closed && state.taken > 0 && state.taken.saturating_add(weight) > self.size {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return ControlFlow::Break(());
        }
        state.taken = state.taken.saturating_add(weight);
        ControlFlow::Continue(())
    }

    /// Gives back what was taken.
    pub fn give(&self, weight: usize) {
        let mut state = self.lock();
        state.taken = state.taken.saturating_sub(weight);
        self.changed.notify_all();
    }

    /// Lets nobody in any more, nor wait.
    pub fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Room;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn who_finds_no_room_waits_and_one_alone_always_finds_some() {
        let room = Room::new(10);
        assert!(room.take(25).is_continue(), "alone");
        thread::scope(|scope| {
            let waiting = scope.spawn(|| room.take(1));
            thread::sleep(Duration::from_millis(30));
            assert!(!waiting.is_finished());
            room.give(25);
            assert!(waiting.join().unwrap().is_continue());
        });
        assert!(room.take(9).is_continue());
        thread::scope(|scope| {
            let waiting = scope.spawn(|| room.take(1));
            room.close();
            assert!(waiting.join().unwrap().is_break());
        });
    }
}
