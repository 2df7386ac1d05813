//! What the library made, and how it is asked.

use std::fmt;
use std::ptr::{self, NonNull};

use influence_sys as sys;
use prost::Message;

use crate::bytes::Bytes;
use crate::error::{Error, Status};

/// What the library frees.
pub(crate) trait Made {
    /// # Safety
    /// `this` is the library's, and nobody uses it any more.
    unsafe fn free(this: *mut Self);
}

/// What any number of threads may use at once, but for the functions that take
/// it as not const.
///
/// # Safety
/// It is the library's promise, in `influence.h`.
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
    influence_engine by influence_engine_free;
    influence_tally by influence_tally_free;
    influence_graph by influence_graph_free;
    influence_standing by influence_standing_free;
    influence_drift by influence_drift_free;
}

// SAFETY: "An engine is immutable: any number of threads may use one at once."
unsafe impl Shared for sys::influence_engine {}
// SAFETY: "A standing is immutable: any number of threads may use one at once."
unsafe impl Shared for sys::influence_standing {}
// SAFETY: "functions that take it as const may be called from any number of
// threads at once."
unsafe impl Shared for sys::influence_drift {}

/// Something that the library made, freed when dropped.
pub(crate) struct Owned<T: Made>(NonNull<T>);

// SAFETY: every function may be called from any thread, and so may those that
// free; what belongs to one thread at a time may go from one to the next.
unsafe impl<T: Made> Send for Owned<T> {}
// SAFETY: by Shared; what is not const takes `&mut self`.
unsafe impl<T: Made + Shared> Sync for Owned<T> {}

impl<T: Made> Owned<T> {
    /// Takes what a call makes.
    pub(crate) fn make(
        call: impl FnOnce(*mut *mut T, *mut sys::influence_bytes) -> i32,
    ) -> Result<Self, Error> {
        let mut made = ptr::null_mut();
        tell(|message| call(&raw mut made, message))?;
        NonNull::new(made)
            .map(Self)
            .ok_or_else(|| broken("nothing was made"))
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
        // SAFETY: ours, and nobody borrows it any more.
        unsafe { T::free(self.0.as_ptr()) }
    }
}

/// A call that gives bytes.
pub(crate) fn ask(
    call: impl FnOnce(*mut sys::influence_bytes, *mut sys::influence_bytes) -> i32,
) -> Result<Bytes, Error> {
    let mut out = Bytes::empty();
    tell(|message| call(out.out(), message))?;
    Ok(out)
}

/// A call that gives nothing but its status.
pub(crate) fn tell(call: impl FnOnce(*mut sys::influence_bytes) -> i32) -> Result<(), Error> {
    let mut message = Bytes::empty();
    let status = call(message.out());
    Error::check(status, &message)
}

/// A message of the library's.
pub(crate) fn decode<M: Message + Default>(bytes: &[u8]) -> Result<M, Error> {
    M::decode(bytes).map_err(|why| broken(&why.to_string()))
}

/// What the library promises and did not keep.
pub(crate) fn broken(what: &str) -> Error {
    Error::new(Status::Internal, format!("the library's answer: {what}"))
}
