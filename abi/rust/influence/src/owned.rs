//! Handles of the library, and calls of its functions.

use std::fmt;
use std::ptr::{self, NonNull};

use influence_sys as sys;
use prost::Message;

use crate::bytes::Bytes;
use crate::callback;
use crate::error::{Error, Status};

/// A handle that the library frees.
pub(crate) trait Made {
    /// # Safety
    /// `this` is the library's, and nothing uses it any more.
    unsafe fn free(this: *mut Self);
}

/// A handle that any number of threads may use at once, through the functions
/// that take it as const.
///
/// # Safety
/// `influence.h` promises it.
pub(crate) unsafe trait Shared {}

macro_rules! made {
    ($($name:ident by $free:ident;)*) => {$(
        impl Made for sys::$name {
            unsafe fn free(this: *mut Self) {
                // SAFETY: the caller's.
                unsafe { sys::$free(this) }
            }
        }
    )*};
}

made! {
    influence_error by influence_error_free;
    influence_engine by influence_engine_free;
    influence_tally by influence_tally_free;
    influence_graph by influence_graph_free;
    influence_standing by influence_standing_free;
    influence_drift by influence_drift_free;
}

// SAFETY: "influence_engine, influence_standing: immutable; any number of threads"
unsafe impl Shared for sys::influence_engine {}
// SAFETY: as above.
unsafe impl Shared for sys::influence_standing {}
// SAFETY: "influence_drift: one thread at a time while it is added to or merged
// into, else any"
unsafe impl Shared for sys::influence_drift {}

/// Something that the library made, freed when dropped.
pub(crate) struct Owned<T: Made>(NonNull<T>);

// SAFETY: every function may be called from any thread, those that free included;
// a handle of one thread at a time may go from one thread to the next.
unsafe impl<T: Made> Send for Owned<T> {}
// SAFETY: by Shared; as_mut_ptr() takes `&mut self`.
unsafe impl<T: Made + Shared> Sync for Owned<T> {}

impl<T: Made> Owned<T> {
    /// Takes the handle that a call makes.
    pub(crate) fn make(
        call: impl FnOnce(*mut *mut T, *mut *mut sys::influence_error) -> i32,
    ) -> Result<Self, Error> {
        let mut made = ptr::null_mut();
        tell(|error| call(&raw mut made, error))?;
        Self::from_raw(made).ok_or_else(|| broken("a call made nothing"))
    }

    /// Takes a handle of the library's, which may be NULL.
    pub(crate) fn from_raw(made: *mut T) -> Option<Self> {
        NonNull::new(made).map(Self)
    }

    pub(crate) fn as_ptr(&self) -> *const T {
        self.0.as_ptr()
    }

    pub(crate) fn as_mut_ptr(&mut self) -> *mut T {
        self.0.as_ptr()
    }
}

impl<T: Made> fmt::Debug for Owned<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl<T: Made> Drop for Owned<T> {
    fn drop(&mut self) {
        // SAFETY: ours, and nothing borrows it any more.
        unsafe { T::free(self.0.as_ptr()) }
    }
}

/// A call that returns bytes.
pub(crate) fn ask(
    call: impl FnOnce(*mut sys::influence_bytes, *mut *mut sys::influence_error) -> i32,
) -> Result<Bytes, Error> {
    let mut out = Bytes::empty();
    tell(|error| call(out.out(), error))?;
    Ok(out)
}

/// A call that returns nothing but its status. If a function of the caller's made
/// it fail, the error has that function's words; if that function panicked, the
/// panic continues.
pub(crate) fn tell(call: impl FnOnce(*mut *mut sys::influence_error) -> i32) -> Result<(), Error> {
    let mut error = ptr::null_mut();
    let status = call(&raw mut error);
    callback::heard(Error::check(status, error))
}

/// Decodes a message that the library wrote.
pub(crate) fn decode<M: Message + Default>(bytes: &[u8]) -> Result<M, Error> {
    M::decode(bytes).map_err(|why| broken(&why.to_string()))
}

/// The library broke a promise.
pub(crate) fn broken(what: &str) -> Error {
    Error::new(
        Status::Internal,
        "",
        format!("the library's answer: {what}"),
    )
}
