//! Functions of the caller's that C calls. None of them may panic through C, so a
//! panic, or the words of a failure, waits on its thread until C has returned: the
//! library calls them on the thread that called the library.

use std::any::Any;
use std::cell::RefCell;
use std::ffi::c_void;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::error::{Error, Status};
use crate::spill::Spill;

enum Trouble {
    Words(String),
    Panic(Box<dyn Any + Send>),
}

thread_local! {
    static TROUBLE: RefCell<Option<Trouble>> = const { RefCell::new(None) };
}

/// The outcome of a call that has returned, with the words of the function that
/// ended it. Continues that function's panic.
pub(crate) fn heard<T>(outcome: Result<T, Error>) -> Result<T, Error> {
    // A thread that is ending has no more trouble to tell.
    let trouble = TROUBLE.try_with(RefCell::take).ok().flatten();
    match (outcome, trouble) {
        (_, Some(Trouble::Panic(panic))) => resume_unwind(panic),
        (Err(mut error), Some(Trouble::Words(words))) if error.status() == Status::Cancelled => {
            error.set_text(words);
            Err(error)
        }
        (outcome, _) => outcome,
    }
}

/// The context of a function that C calls during one call.
pub(crate) fn context<F>(function: &mut F) -> *mut c_void {
    (&raw mut *function).cast()
}

/// Runs a function of the caller's. 0 tells C that it did its work.
fn run(function: impl FnOnce() -> Result<(), String>) -> i32 {
    let trouble = match catch_unwind(AssertUnwindSafe(function)) {
        Ok(Ok(())) => return 0,
        Ok(Err(words)) => Trouble::Words(words),
        Err(panic) => Trouble::Panic(panic),
    };
    let kept = TROUBLE.try_with(|kept| kept.replace(Some(trouble)));
    drop(kept);
    1
}

/// # Safety
/// `data` has `size` bytes, or `size` is 0.
unsafe fn bytes<'a>(data: *const u8, size: usize) -> &'a [u8] {
    if size == 0 {
        return &[];
    }
    // SAFETY: the caller's.
    unsafe { std::slice::from_raw_parts(data, size) }
}

/// The bytes are zeroed, so that no reader sees others.
///
/// # Safety
/// `data` has room for `size` bytes, or `size` is 0.
unsafe fn room<'a>(data: *mut u8, size: usize) -> &'a mut [u8] {
    if size == 0 {
        return &mut [];
    }
    // SAFETY: the caller's.
    unsafe {
        data.write_bytes(0, size);
        std::slice::from_raw_parts_mut(data, size)
    }
}

/// # Safety
/// `to` is the context of a `W`, `data` has `size` bytes.
pub(crate) unsafe extern "C" fn write<W: Write>(
    to: *mut c_void,
    data: *const u8,
    size: usize,
) -> i32 {
    // SAFETY: the caller's.
    let (to, data) = unsafe { (&mut *to.cast::<W>(), bytes(data, size)) };
    run(|| to.write_all(data).map_err(|why| why.to_string()))
}

/// # Safety
/// `from` is the context of an `R`, `data` has room for `size` bytes.
pub(crate) unsafe extern "C" fn read<R: Read>(
    from: *mut c_void,
    data: *mut u8,
    size: usize,
) -> i32 {
    // SAFETY: the caller's.
    let (from, data) = unsafe { (&mut *from.cast::<R>(), room(data, size)) };
    run(|| from.read_exact(data).map_err(|why| why.to_string()))
}

/// # Safety
/// `progress` is the context of an `F`.
pub(crate) unsafe extern "C" fn progress<F: FnMut(u32, u32) -> ControlFlow<()>>(
    progress: *mut c_void,
    done: u32,
    all: u32,
) -> i32 {
    // SAFETY: the caller's.
    let progress = unsafe { &mut *progress.cast::<F>() };
    run(|| match progress(done, all) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(format!("stopped after step {done} of {all}")),
    })
}

/// Gives `spill` to C, which returns it to release_spill().
pub(crate) fn spill_context<S: Spill>(spill: S) -> *mut c_void {
    Box::into_raw(Box::new(spill)).cast()
}

/// # Safety
/// `spill` is of spill_context() and not released, `data` has `size` bytes.
pub(crate) unsafe extern "C" fn append<S: Spill>(
    spill: *mut c_void,
    data: *const u8,
    size: usize,
) -> i32 {
    // SAFETY: the caller's. Other threads may read at the same time.
    let (spill, data) = unsafe { (&*spill.cast::<S>(), bytes(data, size)) };
    run(|| spill.append(data).map_err(|why| why.to_string()))
}

/// # Safety
/// `spill` is of spill_context() and not released, `data` has room for `size`
/// bytes.
pub(crate) unsafe extern "C" fn read_at<S: Spill>(
    spill: *mut c_void,
    offset: u64,
    data: *mut u8,
    size: usize,
) -> i32 {
    // SAFETY: the caller's. Other threads may read at the same time.
    let (spill, data) = unsafe { (&*spill.cast::<S>(), room(data, size)) };
    run(|| spill.read_at(offset, data).map_err(|why| why.to_string()))
}

/// # Safety
/// `spill` is of spill_context(), and C does not use it any more.
pub(crate) unsafe extern "C" fn release_spill<S: Spill>(spill: *mut c_void) {
    // SAFETY: the caller's.
    let spill = unsafe { Box::from_raw(spill.cast::<S>()) };
    // C releases it whenever the last of its users goes, where nobody hears a
    // panic.
    let _ = catch_unwind(AssertUnwindSafe(|| drop(spill)));
}
