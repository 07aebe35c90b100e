//! Work on several threads, in the same order as on one.
//!
//! The calling thread always takes part: allocators give memory to the first thread of a program more quickly than to others.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// As many threads as the machine has.
pub(crate) fn available() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Does two things, at the same time if there may be several threads; the first of them, which is to be the greater, in the
/// calling one.
pub(crate) fn both<A: Send, B: Send>(
    threads: usize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if threads <= 1 {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        match other.join() {
            Ok(other) => (one, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Applies a function to every item on up to so many threads; the results are in the order of the items.
pub(crate) fn map<'a, T: Sync, R: Send>(
    threads: usize,
    items: &'a [T],
    work: impl Fn(&'a T) -> R + Sync,
) -> Vec<R> {
    // Threads take items in small runs: large enough that taking one costs nothing, small enough to share evenly.
    map_in_runs(threads, 16, items, work)
}

/// The same for items each of which is a lot of work.
pub(crate) fn map_each<'a, T: Sync, R: Send>(
    threads: usize,
    items: &'a [T],
    work: impl Fn(&'a T) -> R + Sync,
) -> Vec<R> {
    map_in_runs(threads, 1, items, work)
}

fn map_in_runs<'a, T: Sync, R: Send>(
    threads: usize,
    run: usize,
    items: &'a [T],
    work: impl Fn(&'a T) -> R + Sync,
) -> Vec<R> {
    let threads = threads.clamp(1, items.len().div_ceil(run).max(1));
    if threads == 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Vec<R>)>> = Mutex::new(Vec::new());
    let take_part = || {
        loop {
            let start = next.fetch_add(run, Ordering::Relaxed);
            let Some(taken) = items
                .get(start..items.len().min(start + run))
                .filter(|taken| !taken.is_empty())
            else {
                break;
            };
            let results = taken.iter().map(&work).collect();
            done.lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .push((start, results));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(take_part);
        }
        take_part();
    });
    let mut done = done
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(start, _)| *start);
    let mut all = Vec::with_capacity(items.len());
    all.extend(done.into_iter().flat_map(|(_, results)| results));
    all
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [0, 1, 2, 7] {
            assert_eq!(
                map(threads, &items, |item| item * 2),
                items.iter().map(|item| item * 2).collect::<Vec<_>>()
            );
        }
    }
}
