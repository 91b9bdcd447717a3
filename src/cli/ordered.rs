//! Work on many threads with results in order and bounded memory.

use crate::cli::room::Room;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Puts every piece that `feed` hands over through `work` on `jobs` threads, and what comes out, in the order of the
/// pieces, into `sink` on this thread, until `sink` breaks, `stop` is set or the pieces end. While nothing comes out,
/// `sink` gets `None` now and then.
///
/// `feed` runs on a thread of its own; with one job, `work` runs on this one, piece by piece. Else pieces travel in
/// batches of about [`BATCH`] bytes as `weight` counts them. No more than [`UNDER_WAY`] bytes are under way, or one piece
/// where that has more, whatever the number of pieces. `feed` should end when a piece isn't wanted any more.
///
/// # Panics
/// When `feed` does.
pub fn ordered<P: Send + 'static, T: Send + 'static>(
    feed: impl FnOnce(&mut dyn FnMut(P) -> ControlFlow<()>) + Send + 'static,
    weight: impl Fn(&P) -> usize + Send + 'static,
    jobs: usize,
    stop: &AtomicBool,
    work: impl Fn(P) -> T + Sync,
    mut sink: impl FnMut(Option<T>) -> ControlFlow<()>,
) {
    let room = Arc::new(Room::new(UNDER_WAY));
    let (to_workers, tasks) = channel();
    let (to_sink, results) = channel();
    let batch = if jobs <= 1 { 0 } else { BATCH };
    let senders = Senders { to_workers, to_sink, room: Arc::clone(&room), batch };
    // Not a scoped thread: it may wait for standard input for ever when the sink has had enough.
    let reader = thread::spawn(move || read(feed, weight, &senders));
    let (tasks, done) = (Mutex::new(tasks), AtomicBool::new(false));
    let end = thread::scope(|scope| {
        let workers = if jobs <= 1 { 0 } else { jobs };
        for _ in 0..workers {
            scope.spawn(|| take_tasks(&tasks, &done, &work));
        }
        let own = (jobs <= 1).then_some((&tasks, &work));
        // Also when the sink falls over: the threads would wait for it for ever.
        let _close = Close { done: &done, room: &room };
        drain(&results, own, &room, stop, &mut sink)
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
/// Bytes of input that were read and whose results are not through the sink: the threads should have enough to do while
/// the sink writes what it has collected.
const UNDER_WAY: usize = 8 << 20;
/// What the smallest piece weighs: nothing is free to hold.
const LEAST: usize = 512;
/// How long a thread waits before it looks whether it should stop.
const PATIENCE: Duration = Duration::from_millis(50);

/// Tells reader and workers that nothing more is wanted.
struct Close<'a> {
    done: &'a AtomicBool,
    room: &'a Room,
}

impl Drop for Close<'_> {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        self.room.close();
    }
}

/// A batch, and where its results go.
struct Task<P, T> {
    batch: Vec<P>,
    results: SyncSender<Vec<T>>,
}

/// Where the results of a batch will come, and how much room it takes until then.
struct Slot<T> {
    results: Receiver<Vec<T>>,
    weight: usize,
}

/// What the reading thread hands batches over with.
struct Senders<P, T> {
    to_workers: Sender<Task<P, T>>,
    to_sink: Sender<Slot<T>>,
    room: Arc<Room>,
    /// Bytes from which a batch is sent.
    batch: usize,
}

impl<P, T> Senders<P, T> {
    fn send(&self, batch: Vec<P>, weight: usize) -> ControlFlow<()> {
        self.room.take(weight)?;
        let (results, receiver) = sync_channel(1);
        let slot = Slot { results: receiver, weight };
        let is_sent =
            self.to_sink.send(slot).is_ok() && self.to_workers.send(Task { batch, results }).is_ok();
        if is_sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

fn read<P, T>(
    feed: impl FnOnce(&mut dyn FnMut(P) -> ControlFlow<()>),
    weight: impl Fn(&P) -> usize,
    senders: &Senders<P, T>,
) {
    let (mut batch, mut load) = (Vec::new(), 0_usize);
    feed(&mut |piece| {
        load = load.saturating_add(weight(&piece).max(LEAST));
        batch.push(piece);
        if load < senders.batch {
            return ControlFlow::Continue(());
        }
        senders.send(std::mem::take(&mut batch), std::mem::take(&mut load))
    });
    if !batch.is_empty() {
        // Whether anyone wants it makes no difference any more.
        let _ = senders.send(batch, load);
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

/// The tasks and the work, where the sink's thread does them itself.
type Own<'a, P, T, W> = Option<(&'a Mutex<Receiver<Task<P, T>>>, &'a W)>;

fn drain<P, T, W: Fn(P) -> T>(
    results: &Receiver<Slot<T>>,
    own: Own<'_, P, T, W>,
    room: &Room,
    stop: &AtomicBool,
    sink: &mut impl FnMut(Option<T>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut pour = |result| {
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { sink(result) }
    };
    loop {
        let slot = match results.recv_timeout(PATIENCE) {
            Ok(slot) => slot,
            Err(RecvTimeoutError::Timeout) => {
                pour(None)?;
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return ControlFlow::Continue(()),
        };
        match own {
            Some((tasks, work)) => {
                let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
                task.into_iter().flat_map(|task| task.batch).try_for_each(|piece| pour(Some(work(piece))))?;
            }
            None => slot
                .results
                .recv()
                .unwrap_or_default()
                .into_iter()
                .try_for_each(|result| pour(Some(result)))?,
        }
        room.give(slot.weight);
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
        for jobs in [1, 2, 8] {
            let (endless, pieces) = sync_channel(100);
            (0..100).for_each(|piece| endless.send(piece).unwrap());
            let mut seen = 0;
            ordered(
                each(pieces),
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
        ordered(each(pieces), |_| 1, 2, &stop, |piece| piece, |_| ControlFlow::Continue(()));
        drop(endless);
    }

    #[test]
    fn with_one_job_a_piece_comes_out_before_there_is_another() {
        let (done, is_done) = sync_channel(10);
        let feed = move |feed: &mut dyn FnMut(u32) -> ControlFlow<()>| {
            for piece in 0..5 {
                let _ = feed(piece);
                assert_eq!(is_done.recv_timeout(Duration::from_secs(20)), Ok(piece));
            }
        };
        let sink = |piece: Option<u32>| {
            piece.into_iter().for_each(|piece| done.send(piece).unwrap());
            ControlFlow::Continue(())
        };
        ordered(feed, |_| 1, 1, &AtomicBool::new(false), |piece| piece, sink);
    }

    #[test]
    fn while_nothing_comes_the_sink_is_told() {
        let (keep, pieces) = sync_channel::<u64>(1);
        let sink = |piece: Option<u64>| {
            assert_eq!(piece, None);
            ControlFlow::Break(())
        };
        ordered(each(pieces), |_| 1, 2, &AtomicBool::new(false), |piece| piece, sink);
        drop(keep);
    }

    #[test]
    #[should_panic(expected = "the reader fell over")]
    fn a_reader_that_falls_over_is_no_end_of_input() {
        let feed = |feed: &mut dyn FnMut(u32) -> ControlFlow<()>| {
            let _ = feed(1);
            panic!("the reader fell over");
        };
        for jobs in [1, 2] {
            ordered(feed, |_| 1, jobs, &AtomicBool::new(false), |piece| piece, |_| ControlFlow::Continue(()));
        }
    }
}
