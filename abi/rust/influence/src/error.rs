//! Why a call failed, and why one profile has no score.

use std::fmt;

use influence_sys as sys;

use crate::bytes::Bytes;
use crate::wire;

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident = $number:ident, $text:literal;)*) => {
        /// What kind of failure it was. The numbers are the library's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Status {
            $($(#[$doc])* $name,)*
            /// The library is not one that this crate works with. The crate's
            /// own: the library has no number for it.
            Incompatible,
            /// A status of a library newer than this crate, by its number.
            Other(i32),
        }

        impl Status {
            /// The status of a number of the library's; of 0 as well, which is
            /// no failure and so [`Status::Other`].
            #[must_use]
            pub const fn from_code(code: i32) -> Self {
                match code {
                    $(sys::$number => Self::$name,)*
                    other => Self::Other(other),
                }
            }

            /// The library's number; -1 for [`Status::Incompatible`].
            #[must_use]
            pub const fn code(self) -> i32 {
                match self {
                    $(Self::$name => sys::$number,)*
                    Self::Incompatible => -1,
                    Self::Other(code) => code,
                }
            }

            /// The library's name for it, "MALFORMED".
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                    Self::Incompatible => "INCOMPATIBLE",
                    Self::Other(_) => "UNKNOWN",
                }
            }
        }
    };
}

statuses! {
    /// A bad option, or something missing that must be there.
    InvalidArgument = INFLUENCE_INVALID_ARGUMENT, "INVALID_ARGUMENT";
    /// The bytes are not the message they should be.
    Malformed = INFLUENCE_MALFORMED, "MALFORMED";
    /// Over a stated limit.
    TooLarge = INFLUENCE_TOO_LARGE, "TOO_LARGE";
    /// No released algorithm has this id.
    UnknownAlgorithm = INFLUENCE_UNKNOWN_ALGORITHM, "UNKNOWN_ALGORITHM";
    /// The request names another algorithm or fingerprint than the engine's.
    AlgorithmMismatch = INFLUENCE_ALGORITHM_MISMATCH, "ALGORITHM_MISMATCH";
    /// A custom algorithm breaks a rule; the message names row and rule.
    InvalidAlgorithm = INFLUENCE_INVALID_ALGORITHM, "INVALID_ALGORITHM";
    /// A number outside its stated range.
    OutOfRange = INFLUENCE_OUT_OF_RANGE, "OUT_OF_RANGE";
    /// Text that is not UTF-8.
    InvalidUtf8 = INFLUENCE_INVALID_UTF8, "INVALID_UTF8";
    /// An allocation failed. Nothing was lost but the call.
    OutOfMemory = INFLUENCE_OUT_OF_MEMORY, "OUT_OF_MEMORY";
    /// A defect of the library; please report it.
    Internal = INFLUENCE_INTERNAL, "INTERNAL";
    /// A function of the caller's asked to stop, or could not do its work.
    Cancelled = INFLUENCE_CANCELLED, "CANCELLED";
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(code) => write!(out, "status {code}"),
            known => out.write_str(known.name()),
        }
    }
}

/// A call that failed, as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// What kind of failure.
    pub status: Status,
    /// Which field, and why: for a developer. The wording may change.
    pub message: String,
}

impl Error {
    pub(crate) fn new(status: Status, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
        }
    }

    /// The outcome of a call into the library.
    pub(crate) fn check(status: sys::influence_status, message: &Bytes) -> Result<(), Self> {
        if status == sys::INFLUENCE_OK {
            return Ok(());
        }
        Err(Self::new(Status::from_code(status), message.to_text()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.status)?;
        if !self.message.is_empty() {
            write!(out, ": {}", self.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// Why one profile has no score. It spoils no other of its batch.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileError {
    /// What kind of failure.
    pub status: Status,
    /// The field at fault, within the profile: `accounts[0].likes_micros`.
    pub field: String,
    /// Why: for a developer. The wording may change.
    pub message: String,
}

impl ProfileError {
    /// `index` is the profile's in its request, whose fields the library names
    /// from the request's root.
    pub(crate) fn new(error: wire::Error, index: usize) -> Self {
        let within = error
            .field
            .strip_prefix(&format!("profiles[{index}]"))
            .unwrap_or(&error.field);
        Self {
            status: Status::from_code(error.code),
            field: within.strip_prefix('.').unwrap_or(within).to_owned(),
            message: error.message,
        }
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.status)?;
        for words in [&self.field, &self.message] {
            if !words.is_empty() {
                write!(out, ": {words}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ProfileError {}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use super::*;

    // Also OUT_OF_MEMORY and INTERNAL, which cannot be had from outside.
    #[test]
    fn numbers_and_names_are_the_librarys() {
        for code in 1..=11 {
            let status = Status::from_code(code);
            // SAFETY: static, NUL-terminated and never NULL.
            let name = unsafe { CStr::from_ptr(sys::influence_status_name(code)) };
            assert_eq!(name.to_str(), Ok(status.name()));
            assert_eq!(status.code(), code);
            assert!(!matches!(status, Status::Other(_)));
        }
        // SAFETY: as above.
        let name = unsafe { CStr::from_ptr(sys::influence_status_name(12)) };
        assert_eq!(
            name.to_str(),
            Ok("UNKNOWN"),
            "a new status: it wants a name here"
        );
    }

    #[test]
    fn a_status_of_tomorrow_is_a_failure_with_its_number() {
        let mut message = Bytes::empty();
        message.out();
        let why = Error::check(4711, &message).expect_err("4711 is not OK");
        assert_eq!(why.status, Status::Other(4711));
        assert_eq!(why.to_string(), "status 4711");
        assert_eq!(why.status.code(), 4711);
        assert_eq!(
            Error::check(-1, &message).map_err(|e| e.status),
            Err(Status::Other(-1))
        );
        assert_eq!(Error::check(0, &message), Ok(()));
    }

    #[test]
    fn a_field_is_named_within_its_profile() {
        let named = |field: &str| {
            let error = wire::Error {
                code: 7,
                field: field.into(),
                message: "no".into(),
            };
            ProfileError::new(error, 1).field
        };
        assert_eq!(
            named("profiles[1].accounts[0].network"),
            "accounts[0].network"
        );
        assert_eq!(named("profiles[1]"), "");
        assert_eq!(named("profiles[12].id"), "profiles[12].id");
    }
}
