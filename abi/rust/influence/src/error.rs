//! Why a call failed, or why one profile has no score.

use std::ffi::{CStr, c_char};
use std::fmt;

use influence_sys as sys;

use crate::messages;
use crate::owned::Owned;

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident = $number:ident, $text:literal;)*) => {
        /// The kind of a failure. The numbers are the library's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Status {
            $($(#[$doc])* $name,)*
            /// This crate does not work with the library that was loaded. The
            /// status is the crate's own; the library has no number for it.
            Incompatible,
            /// A status of a library that is newer than this crate, by its number.
            Other(i32),
        }

        impl Status {
            /// The status of one of the library's numbers. 0 is no failure; it
            /// becomes [`Status::Other`].
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

            /// The library's name of the status: "MALFORMED".
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
    /// An argument is not allowed: an unknown option, a field that must be set, a
    /// column of a name or type that is not accepted.
    InvalidArgument = INFLUENCE_INVALID_ARGUMENT, "INVALID_ARGUMENT";
    /// The bytes are not the message or the saved state that they should be.
    Malformed = INFLUENCE_MALFORMED, "MALFORMED";
    /// Something is over a stated limit.
    TooLarge = INFLUENCE_TOO_LARGE, "TOO_LARGE";
    /// No released algorithm has this id.
    UnknownAlgorithm = INFLUENCE_UNKNOWN_ALGORITHM, "UNKNOWN_ALGORITHM";
    /// The input names another algorithm, fingerprint or standing rule than the
    /// engine's.
    AlgorithmMismatch = INFLUENCE_ALGORITHM_MISMATCH, "ALGORITHM_MISMATCH";
    /// A custom algorithm breaks a rule; the error names row and rule.
    InvalidAlgorithm = INFLUENCE_INVALID_ALGORITHM, "INVALID_ALGORITHM";
    /// A number is outside its stated range.
    OutOfRange = INFLUENCE_OUT_OF_RANGE, "OUT_OF_RANGE";
    /// Text is not UTF-8.
    InvalidUtf8 = INFLUENCE_INVALID_UTF8, "INVALID_UTF8";
    /// An allocation failed. Nothing was lost but the call.
    OutOfMemory = INFLUENCE_OUT_OF_MEMORY, "OUT_OF_MEMORY";
    /// A defect of the library; please report it.
    Internal = INFLUENCE_INTERNAL, "INTERNAL";
    /// A function, a reader or a writer of yours failed, or asked to stop.
    Cancelled = INFLUENCE_CANCELLED, "CANCELLED";
    /// There is no person, node or seed of this id.
    NotFound = INFLUENCE_NOT_FOUND, "NOT_FOUND";
    /// The object is not in a state for this call: a tally whose stream is open,
    /// a graph that has been run.
    FailedPrecondition = INFLUENCE_FAILED_PRECONDITION, "FAILED_PRECONDITION";
    /// A stored result is not what its inputs give.
    NotVerified = INFLUENCE_NOT_VERIFIED, "NOT_VERIFIED";
    /// The person does not want to be scored.
    OptedOut = INFLUENCE_OPTED_OUT, "OPTED_OUT";
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(code) => write!(out, "status {code}"),
            known => out.write_str(known.name()),
        }
    }
}

/// Why a call failed, or why one profile has no score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    status: Status,
    field: String,
    row: Option<u64>,
    text: String,
}

impl Error {
    pub(crate) fn new(status: Status, field: &str, text: impl Into<String>) -> Self {
        Self {
            status,
            field: field.to_owned(),
            row: None,
            text: text.into(),
        }
    }

    /// The kind of the failure.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.status
    }

    /// The field at fault: a path such as `accounts[0].likes_micros`, or the name
    /// of a column; empty if no field is.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The row of a table, or the place in a batch, counted from 0, if the
    /// failure is about one.
    #[must_use]
    pub const fn row(&self) -> Option<u64> {
        self.row
    }

    /// What is wrong, in English, for a developer. The words may change with any
    /// release; a program reads the status.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn set_text(&mut self, text: String) {
        self.text = text;
    }

    /// The outcome of a call into the library that returned `status`; takes
    /// `error`, which is NULL if the library had no memory for it.
    pub(crate) fn check(
        status: sys::influence_status,
        error: *mut sys::influence_error,
    ) -> Result<(), Self> {
        let told = Self::take(error);
        match status {
            sys::INFLUENCE_OK => Ok(()),
            _ => Err(told.unwrap_or_else(|| Self::new(Status::from_code(status), "", ""))),
        }
    }

    /// Copies and releases an error of the library's, which may be NULL.
    pub(crate) fn take(error: *mut sys::influence_error) -> Option<Self> {
        let error = Owned::from_raw(error)?;
        let told = error.as_ptr();
        // SAFETY: the error and its texts live to the end of this function.
        unsafe {
            Some(Self {
                status: Status::from_code(sys::influence_error_status(told)),
                field: copied(sys::influence_error_field(told)),
                row: u64::try_from(sys::influence_error_row(told)).ok(),
                text: copied(sys::influence_error_text(told)),
            })
        }
    }

    /// Why the profile that was the request's `index`th, and is the caller's
    /// `row`th, has no score. The library names fields from the request's root;
    /// this names them within the profile.
    pub(crate) fn of_profile(error: messages::Error, index: usize, row: usize) -> Self {
        let within = error
            .field
            .strip_prefix(&format!("profiles[{index}]"))
            .unwrap_or(&error.field);
        Self {
            status: Status::from_code(error.code),
            field: within.strip_prefix('.').unwrap_or(within).to_owned(),
            row: Some(row as u64),
            text: error.message,
        }
    }
}

/// # Safety
/// `text` is that of an error that lives: NUL-terminated and not NULL.
unsafe fn copied(text: *const c_char) -> String {
    // SAFETY: the caller's.
    unsafe { CStr::from_ptr(text) }
        .to_string_lossy()
        .into_owned()
}

impl fmt::Display for Error {
    /// `OUT_OF_RANGE: row 7: accounts[0].likes_micros: -3 is negative`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.status)?;
        if let Some(row) = self.row {
            write!(out, ": row {row}")?;
        }
        for words in [&self.field, &self.text] {
            if !words.is_empty() {
                write!(out, ": {words}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    // Also OUT_OF_MEMORY and INTERNAL, which no test can provoke from outside.
    #[test]
    fn numbers_and_names_are_the_librarys() {
        let name = |code| {
            // SAFETY: static, NUL-terminated and never NULL.
            unsafe { CStr::from_ptr(sys::influence_status_name(code)) }.to_str()
        };
        for code in 1..=15 {
            let status = Status::from_code(code);
            assert_eq!(name(code), Ok(status.name()));
            assert_eq!(status.code(), code);
            assert!(!matches!(status, Status::Other(_)));
        }
        assert_eq!(name(16), Ok("UNKNOWN"), "a new status needs a name here");
    }

    #[test]
    fn an_unknown_status_is_a_failure_with_its_number() {
        for code in [4711, -1] {
            let why = Error::check(code, std::ptr::null_mut()).expect_err("a failure");
            assert_eq!(why.status(), Status::Other(code));
            assert_eq!(why.status().code(), code);
            assert_eq!((why.field(), why.row(), why.text()), ("", None, ""));
            assert_eq!(why.to_string(), format!("status {code}"));
        }
        assert_eq!(Error::check(0, std::ptr::null_mut()), Ok(()));
    }

    #[test]
    fn a_field_is_named_within_its_profile() {
        let of = |field: &str| {
            let error = messages::Error {
                code: 7,
                field: field.into(),
                message: "no".into(),
                row: Some(1),
            };
            Error::of_profile(error, 1, 1_025)
        };
        let why = of("profiles[1].accounts[0].network");
        assert_eq!(why.field(), "accounts[0].network");
        assert_eq!(why.row(), Some(1_025));
        assert_eq!(
            why.to_string(),
            "OUT_OF_RANGE: row 1025: accounts[0].network: no"
        );
        assert_eq!(of("profiles[1]").field(), "");
        assert_eq!(of("profiles[12].id").field(), "profiles[12].id");
    }
}
