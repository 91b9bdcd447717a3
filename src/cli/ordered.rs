//! Work on many threads with results in order and bounded memory.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Puts every piece that `feed` hands over through `work` on `jobs` threads, and what comes out, in the order of the
/// pieces, into `sink` on this thread, until `sink` breaks, `stop` is set or the pieces end.
///
/// With one job everything happens on this thread. Else `feed` runs on a thread of its own, and pieces travel in batches
/// of about [`BATCH`] bytes as `weight` counts them; no more than two batches a thread wait at either end, whatever the
/// number of pieces. `feed` should end when a piece isn't wanted any more.
///
/// # Panics
/// When `feed` does.
pub fn ordered<P: Send + 'static, T: Send + 'static>(
    feed: impl FnOnce(&mut dyn FnMut(P) -> ControlFlow<()>) + Send + 'static,
    weight: impl Fn(&P) -> usize + Send + 'static,
    jobs: usize,
    stop: &AtomicBool,
    work: impl Fn(P) -> T + Sync,
    mut sink: impl FnMut(T) -> ControlFlow<()>,
) {
    if jobs <= 1 {
        feed(&mut |piece| {
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { sink(work(piece)) }
        });
        return;
    }
    let (to_workers, tasks) = sync_channel::<Task<P, T>>(2 * jobs);
    let (to_sink, results) = sync_channel(2 * jobs);
    // Not a scoped thread: it may wait for standard input for ever when the sink has had enough.
    let reader = thread::spawn(move || read(feed, weight, &to_workers, &to_sink));
    let (tasks, done) = (Mutex::new(tasks), AtomicBool::new(false));
    let end = thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| take_tasks(&tasks, &done, &work));
        }
        let end = drain(&results, stop, &mut sink);
        done.store(true, Ordering::Relaxed);
        drop(results);
        end
    });
    // Pieces that ended because the reader fell over must not pass for all of them.
    if let (ControlFlow::Continue(()), Err(panic)) =
        (end, if end.is_continue() { reader.join() } else { Ok(()) })
    {
        std::panic::resume_unwind(panic);
    }
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
    feed: impl FnOnce(&mut dyn FnMut(P) -> ControlFlow<()>),
    weight: impl Fn(&P) -> usize,
    to_workers: &SyncSender<Task<P, T>>,
    to_sink: &SyncSender<Receiver<Vec<T>>>,
) {
    let (mut batch, mut load) = (Vec::new(), 0_usize);
    let send = |batch: Vec<P>| {
        let (results, receiver) = sync_channel(1);
        to_sink.send(receiver).is_ok() && to_workers.send(Task { batch, results }).is_ok()
    };
    feed(&mut |piece| {
        load = load.saturating_add(weight(&piece));
        batch.push(piece);
        if load < BATCH {
            return ControlFlow::Continue(());
        }
        load = 0;
        if send(std::mem::take(&mut batch)) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if !batch.is_empty() {
        send(batch);
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
    sink: &mut impl FnMut(T) -> ControlFlow<()>,
) -> ControlFlow<()> {
    loop {
        let batch = match results.recv_timeout(PATIENCE) {
            Ok(receiver) => receiver.recv().unwrap_or_default(),
            Err(RecvTimeoutError::Timeout) => Vec::new(),
            Err(RecvTimeoutError::Disconnected) => return ControlFlow::Continue(()),
        };
        for result in batch {
            if stop.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            sink(result)?;
        }
        if stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
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

    fn each<P>(pieces: impl IntoIterator<Item = P>) -> impl FnOnce(&mut dyn FnMut(P) -> ControlFlow<()>) {
        |feed| {
            let _ = pieces.into_iter().try_for_each(feed);
        }
    }

    fn squares(jobs: usize, upto: u64) -> Vec<u64> {
        let mut seen = Vec::new();
        // Early pieces take longer, so that later ones overtake them.
        let work = |piece: u64| {
            thread::sleep(Duration::from_micros(if piece.is_multiple_of(7) { 300 } else { 0 }));
            piece * piece
        };
        ordered(
            each(0..upto),
            |_| 20_000,
            jobs,
            &AtomicBool::new(false),
            work,
            |square| {
                seen.push(square);
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
                each(pieces),
                |_| usize::MAX / 2,
                jobs,
                &AtomicBool::new(false),
                |piece: u64| piece,
                |_| {
                    seen += 1;
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
        ordered(each(pieces), |_| 1, 2, &stop, |piece| piece, |_| ControlFlow::Continue(()));
        drop(endless);
    }

    #[test]
    fn with_one_job_a_piece_is_done_before_the_next_is_read() {
        use std::cell::RefCell;
        use std::sync::{Arc, Mutex};
        let log = Arc::new(Mutex::new(Vec::new()));
        let (read, done) = (log.clone(), RefCell::new(log.clone()));
        let feed = move |feed: &mut dyn FnMut(u32) -> ControlFlow<()>| {
            for piece in 0..9 {
                read.lock().unwrap().push(format!("read {piece}"));
                if feed(piece).is_break() {
                    return;
                }
            }
        };
        let sink = |piece| {
            done.borrow().lock().unwrap().push(format!("done {piece}"));
            if piece == 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        ordered(feed, |_| 1, 1, &AtomicBool::new(false), |piece| piece, sink);
        assert_eq!(*log.lock().unwrap(), ["read 0", "done 0", "read 1", "done 1"]);
    }

    #[test]
    #[should_panic(expected = "the reader fell over")]
    fn a_reader_that_falls_over_is_no_end_of_input() {
        let feed = |feed: &mut dyn FnMut(u32) -> ControlFlow<()>| {
            let _ = feed(1);
            panic!("the reader fell over");
        };
        ordered(feed, |_| 1, 2, &AtomicBool::new(false), |piece| piece, |_| ControlFlow::Continue(()));
    }
}
