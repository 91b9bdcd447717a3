//! Work on many threads with results in order and bounded memory.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Puts every piece through `work` on `jobs` threads, and what comes out, in the order of the
/// pieces, into `sink` on this thread, until `sink` breaks, `stop` is set or the pieces end.
///
/// With one job everything happens on this thread. Else pieces are read on a thread of their own
/// and travel in batches of about [`BATCH`] bytes as `weight` counts them; no more than two
/// batches a thread wait at either end, whatever the number of pieces.
pub fn ordered<P: Send + 'static, T: Send + 'static>(
    pieces: impl Iterator<Item = P> + Send + 'static,
    weight: impl Fn(&P) -> usize + Send + 'static,
    jobs: usize,
    stop: &AtomicBool,
    work: impl Fn(P) -> T + Sync,
    mut sink: impl FnMut(Option<T>) -> ControlFlow<()>,
) {
    if jobs <= 1 {
        for piece in pieces {
            if stop.load(Ordering::Relaxed) || sink(Some(work(piece))).is_break() {
                return;
            }
        }
        return;
    }
    let (to_workers, tasks) = sync_channel::<Task<P, T>>(2 * jobs);
    let (to_sink, results) = sync_channel(2 * jobs);
    // Not a scoped thread: it may wait for standard input for ever when the sink has had enough.
    thread::spawn(move || read(pieces, weight, &to_workers, &to_sink));
    let (tasks, done) = (Mutex::new(tasks), AtomicBool::new(false));
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| take_tasks(&tasks, &done, &work));
        }
        drain(&results, stop, &mut sink);
        done.store(true, Ordering::Relaxed);
        drop(results);
    });
}

/// Bytes of input in one batch: enough that the handing over costs nothing beside the work.
const BATCH: usize = 64 << 10;
/// How long a thread waits before it looks whether it should stop.
const PATIENCE: Duration = Duration::from_millis(50);

/// A batch, and where its results go.
struct Task<P, T> {
    batch: Vec<P>,
    results: SyncSender<Vec<T>>,
}

fn read<P, T>(
    pieces: impl Iterator<Item = P>,
    weight: impl Fn(&P) -> usize,
    to_workers: &SyncSender<Task<P, T>>,
    to_sink: &SyncSender<Receiver<Vec<T>>>,
) {
    let mut pieces = pieces.peekable();
    while pieces.peek().is_some() {
        let mut load = 0;
        let batch = std::iter::from_fn(|| {
            let piece = if load < BATCH { pieces.next() } else { None };
            load += piece.as_ref().map_or(0, &weight);
            piece
        });
        let batch = batch.collect();
        let (results, receiver) = sync_channel(1);
        let is_sent = to_sink.send(receiver).is_ok() && to_workers.send(Task { batch, results }).is_ok();
        if !is_sent {
            return;
        }
    }
}

fn take_tasks<P, T>(tasks: &Mutex<Receiver<Task<P, T>>>, done: &AtomicBool, work: impl Fn(P) -> T) {
    while !done.load(Ordering::Relaxed) {
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(PATIENCE);
        match task {
            // The sink is gone when nobody wants the results any more.
            Ok(task) => drop(task.results.send(task.batch.into_iter().map(&work).collect())),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn drain<T>(
    results: &Receiver<Receiver<Vec<T>>>,
    stop: &AtomicBool,
    sink: &mut impl FnMut(Option<T>) -> ControlFlow<()>,
) {
    loop {
        let batch = match results.recv_timeout(PATIENCE) {
            Ok(receiver) => receiver.recv().unwrap_or_default(),
            Err(RecvTimeoutError::Timeout) if sink(None).is_break() => return,
            Err(RecvTimeoutError::Timeout) => Vec::new(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        for result in batch {
            if stop.load(Ordering::Relaxed) || sink(Some(result)).is_break() {
                return;
            }
        }
        if stop.load(Ordering::Relaxed) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ordered;
    use std::ops::ControlFlow;
    use std::sync::atomic::AtomicBool;
    use std::sync::mpsc::sync_channel;
    use std::thread;
    use std::time::Duration;

    fn squares(jobs: usize, upto: u64) -> Vec<u64> {
        let mut seen = Vec::new();
        // Early pieces take longer, so that later ones overtake them.
        let work = |piece: u64| {
            thread::sleep(Duration::from_micros(if piece.is_multiple_of(7) { 300 } else { 0 }));
            piece * piece
        };
        ordered(
            0..upto,
            |_| 20_000,
            jobs,
            &AtomicBool::new(false),
            work,
            |square| {
                seen.extend(square);
                ControlFlow::Continue(())
            },
        );
        seen
    }

    #[test]
    fn results_keep_the_order_of_pieces() {
        let expected: Vec<u64> = (0..500).map(|piece| piece * piece).collect();
        assert_eq!(squares(1, 500), expected);
        assert_eq!(squares(2, 500), expected);
        assert_eq!(squares(8, 500), expected);
        assert!(squares(8, 0).is_empty());
    }

    #[test]
    fn a_sink_that_had_enough_ends_the_work_though_more_input_may_come() {
        for jobs in [2, 8] {
            let (endless, pieces) = sync_channel(100);
            (0..100).for_each(|piece| endless.send(piece).unwrap());
            let mut seen = 0;
            ordered(
                pieces.into_iter(),
                |_| usize::MAX / 2,
                jobs,
                &AtomicBool::new(false),
                |piece: u64| piece,
                |piece| {
                    seen += u64::from(piece.is_some());
                    if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                },
            );
            assert_eq!(seen, 3);
            drop(endless);
        }
    }

    #[test]
    fn a_stop_is_seen_while_input_is_waited_for() {
        let (endless, pieces) = sync_channel::<u64>(1);
        let stop = AtomicBool::new(true);
        ordered(pieces.into_iter(), |_| 1, 2, &stop, |piece| piece, |_| ControlFlow::Continue(()));
        drop(endless);
    }
}
