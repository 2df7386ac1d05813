//! Bytes that the library made.

use std::fmt;
use std::ops::Deref;

use influence_sys as sys;

/// Bytes that the library made, read where they are and freed when dropped.
pub struct Bytes(sys::influence_bytes);

// SAFETY: owned by this value alone, and never changed after the call that
// made it; the library frees from any thread.
unsafe impl Send for Bytes {}
// SAFETY: as above.
unsafe impl Sync for Bytes {}

impl Bytes {
    pub(crate) const fn empty() -> Self {
        Self(sys::influence_bytes {
            data: std::ptr::null_mut(),
            size: 0,
        })
    }

    /// The place for the library to write to, which it does without reading: for
    /// a value that is empty, and for one call.
    pub(crate) fn out(&mut self) -> *mut sys::influence_bytes {
        debug_assert!(self.0.data.is_null());
        &raw mut self.0
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        if self.0.data.is_null() {
            return &[];
        }
        // SAFETY: the library gave `size` bytes at `data`, and they are ours
        // until drop.
        unsafe { std::slice::from_raw_parts(self.0.data, self.0.size) }
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Bytes({} bytes)", self.len())
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        // SAFETY: made by the library, or zeroed.
        unsafe { sys::influence_bytes_free(&raw mut self.0) }
    }
}
