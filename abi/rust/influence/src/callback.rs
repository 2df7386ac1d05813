//! Functions of the caller's that C calls during a call: none of them may panic
//! through C, so a panic waits until C has returned.

use std::any::Any;
use std::ffi::c_void;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::error::{Error, Status};

/// What C is given as context.
pub(crate) struct Callback<F> {
    body: F,
    why: Option<String>,
    panic: Option<Box<dyn Any + Send>>,
}

impl<F> Callback<F> {
    pub(crate) fn new(body: F) -> Self {
        Self {
            body,
            why: None,
            panic: None,
        }
    }

    pub(crate) fn context(&mut self) -> *mut c_void {
        (&raw mut *self).cast()
    }

    /// The outcome of the call, with the words of the function that ended it.
    pub(crate) fn end<T>(self, outcome: Result<T, Error>) -> Result<T, Error> {
        if let Some(panic) = self.panic {
            resume_unwind(panic);
        }
        outcome.map_err(|mut error| {
            if let (Status::Cancelled, Some(why)) = (error.status, self.why) {
                error.message = why;
            }
            error
        })
    }

    fn run(&mut self, call: impl FnOnce(&mut F) -> Result<(), String>) -> i32 {
        match catch_unwind(AssertUnwindSafe(|| call(&mut self.body))) {
            Ok(Ok(())) => return 0,
            Ok(Err(why)) => self.why = Some(why),
            Err(panic) => self.panic = Some(panic),
        }
        1
    }
}

/// # Safety
/// `context` is a `Callback<W>`'s, `data` has `size` bytes.
pub(crate) unsafe extern "C" fn write<W: Write>(
    context: *mut c_void,
    data: *const u8,
    size: usize,
) -> i32 {
    if size == 0 {
        return 0;
    }
    // SAFETY: the caller's.
    let (callback, bytes) = unsafe {
        (
            &mut *context.cast::<Callback<W>>(),
            std::slice::from_raw_parts(data, size),
        )
    };
    callback.run(|to| to.write_all(bytes).map_err(|why| why.to_string()))
}

/// # Safety
/// `context` is a `Callback<R>`'s, `data` has room for `size` bytes.
pub(crate) unsafe extern "C" fn read<R: Read>(
    context: *mut c_void,
    data: *mut u8,
    size: usize,
) -> i32 {
    if size == 0 {
        return 0;
    }
    // SAFETY: the caller's; the bytes are set, so that no reader sees others.
    let (callback, bytes) = unsafe {
        data.write_bytes(0, size);
        (
            &mut *context.cast::<Callback<R>>(),
            std::slice::from_raw_parts_mut(data, size),
        )
    };
    callback.run(|from| from.read_exact(bytes).map_err(|why| why.to_string()))
}

/// # Safety
/// `context` is a `Callback<F>`'s.
pub(crate) unsafe extern "C" fn progress<F: FnMut(u32, u32) -> ControlFlow<()>>(
    context: *mut c_void,
    done: u32,
    all: u32,
) -> i32 {
    // SAFETY: the caller's.
    let callback = unsafe { &mut *context.cast::<Callback<F>>() };
    callback.run(|told| match told(done, all) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(format!("stopped after step {done} of {all}")),
    })
}
