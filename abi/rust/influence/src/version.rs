//! The library that was loaded, and whether this crate can use it.

use std::ffi::CStr;
use std::sync::OnceLock;

use influence_sys as sys;

use crate::error::{Error, Status};

/// The version of this crate, and the oldest library that it works with.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The ABI of the library that was loaded.
#[must_use]
pub fn abi_version() -> u32 {
    // SAFETY: takes nothing and may be called at any time.
    unsafe { sys::influence_abi_version() }
}

/// The version of the library that was loaded, "0.1.0".
#[must_use]
pub fn library_version() -> &'static str {
    // SAFETY: static, NUL-terminated and never NULL, by contract.
    let text = unsafe { CStr::from_ptr(sys::influence_library_version()) };
    text.to_str().unwrap_or("")
}

/// The code that scores columns on this processor: "integer", "sse2", "avx2",
/// "avx512" or "neon". They differ in speed alone.
#[must_use]
pub fn kernel_name() -> &'static str {
    // SAFETY: static, NUL-terminated and never NULL, by contract.
    let text = unsafe { CStr::from_ptr(sys::influence_kernel_name()) };
    text.to_str().unwrap_or("")
}

/// A limit of the library. Exceeding one is [`Status::TooLarge`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// The bytes of a request.
    RequestBytes = sys::INFLUENCE_LIMIT_REQUEST_BYTES as isize,
    /// The bytes of a response.
    ResponseBytes = sys::INFLUENCE_LIMIT_RESPONSE_BYTES as isize,
    /// The bytes of a custom algorithm.
    AlgorithmBytes = sys::INFLUENCE_LIMIT_ALGORITHM_BYTES as isize,
    /// The profiles of a request.
    Profiles = sys::INFLUENCE_LIMIT_PROFILES as isize,
    /// The accounts of a profile.
    Accounts = sys::INFLUENCE_LIMIT_ACCOUNTS as isize,
    /// The bytes of an id.
    IdBytes = sys::INFLUENCE_LIMIT_ID_BYTES as isize,
    /// The bytes of a network's name.
    NetworkBytes = sys::INFLUENCE_LIMIT_NETWORK_BYTES as isize,
    /// The bytes of a topic.
    TopicBytes = sys::INFLUENCE_LIMIT_TOPIC_BYTES as isize,
    /// The reactions that one event can be.
    EventCount = sys::INFLUENCE_LIMIT_EVENT_COUNT as isize,
    /// The threads of a call.
    Threads = sys::INFLUENCE_LIMIT_THREADS as isize,
}

/// A limit of the library that was loaded. A later library may raise a limit and
/// never lowers one.
#[must_use]
pub fn limit(limit: Limit) -> u64 {
    // SAFETY: takes a number and may be called at any time.
    unsafe { sys::influence_limit(limit as i32) }
}

/// Refuses a library that this crate was not made for. It looks once.
pub(crate) fn check() -> Result<(), Error> {
    static CHECKED: OnceLock<Result<(), Error>> = OnceLock::new();
    CHECKED
        .get_or_init(|| serves(abi_version(), library_version()))
        .clone()
}

fn serves(abi: u32, library: &str) -> Result<(), Error> {
    let is_new_enough = match (numbers(library), numbers(VERSION)) {
        (Some(library), Some(ours)) => library >= ours,
        _ => false,
    };
    if abi == sys::INFLUENCE_ABI_VERSION && is_new_enough {
        return Ok(());
    }
    Err(Error::new(
        Status::Incompatible,
        "",
        format!(
            "influence {VERSION} for Rust needs a libinfluence of ABI {} that is not older; \
             the one loaded is {library:?} of ABI {abi}",
            sys::INFLUENCE_ABI_VERSION
        ),
    ))
}

/// "1.2.3-rc.1" as (1, 2, 3).
fn numbers(version: &str) -> Option<(u64, u64, u64)> {
    let release = version.split(['-', '+']).next()?;
    let mut parts = release.split('.').map(str::parse::<u64>);
    let mut next = || parts.next()?.ok();
    let found = (next()?, next()?, next()?);
    parts.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_libraries_serve() {
        for library in ["0.1.0", "0.1.1", "0.2.0", "0.10.0", "1.0.0", "0.2.0-rc.1+5"] {
            assert_eq!(serves(1, library), Ok(()), "{library}");
        }
    }

    #[test]
    fn others_are_refused_with_both_versions() {
        for (abi, library) in [
            (2, "3.1.4"),
            (0, "0.1.0"),
            (1, "0.0.9"),
            (1, "words"),
            (1, "0.1"),
        ] {
            let why = serves(abi, library).expect_err(library);
            assert_eq!(why.status(), Status::Incompatible);
            for word in [VERSION, library, &format!("ABI {abi}"), "ABI 1"] {
                assert!(why.text().contains(word), "{why} does not say {word}");
            }
        }
    }
}
