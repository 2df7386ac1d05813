//! Which library was loaded, and whether it is one that this crate can use.

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

/// Refuses a library that this crate was not made for; asked once.
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
            assert_eq!(why.status, Status::Incompatible);
            for word in [VERSION, library, &format!("ABI {abi}"), "ABI 1"] {
                assert!(why.message.contains(word), "{why} does not say {word}");
            }
        }
    }
}
