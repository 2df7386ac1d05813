use std::ffi::CStr;
use std::fmt;

use influence_sys as sys;

/// Why a call or a profile failed; the numbers of `influence_status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// A bad option, or a column of a kind that is not taken.
    InvalidArgument,
    /// The bytes are not the message they should be.
    Malformed,
    /// Over a stated limit.
    TooLarge,
    /// No released algorithm has this id.
    UnknownAlgorithm,
    /// The request names another algorithm or fingerprint than the engine's.
    AlgorithmMismatch,
    /// A custom algorithm breaks a rule; the message names row and rule.
    InvalidAlgorithm,
    /// A number outside its stated range.
    OutOfRange,
    /// Text that is not UTF-8.
    InvalidUtf8,
    /// An allocation failed in the library.
    OutOfMemory,
    /// A defect of the library.
    Internal,
    /// The library is too old or too new for this crate; the message says both
    /// versions.
    Incompatible,
    /// One that a newer library has.
    Other(i32),
}

impl Status {
    /// The status of a number, which is not 0.
    pub fn from_code(code: i32) -> Status {
        match code {
            1 => Status::InvalidArgument,
            2 => Status::Malformed,
            3 => Status::TooLarge,
            4 => Status::UnknownAlgorithm,
            5 => Status::AlgorithmMismatch,
            6 => Status::InvalidAlgorithm,
            7 => Status::OutOfRange,
            8 => Status::InvalidUtf8,
            9 => Status::OutOfMemory,
            10 => Status::Internal,
            other => Status::Other(other),
        }
    }

    /// Its number; 0 for what is not the library's.
    pub fn code(self) -> i32 {
        match self {
            Status::InvalidArgument => 1,
            Status::Malformed => 2,
            Status::TooLarge => 3,
            Status::UnknownAlgorithm => 4,
            Status::AlgorithmMismatch => 5,
            Status::InvalidAlgorithm => 6,
            Status::OutOfRange => 7,
            Status::InvalidUtf8 => 8,
            Status::OutOfMemory => 9,
            Status::Internal => 10,
            Status::Incompatible => 0,
            Status::Other(code) => code,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Status::Incompatible {
            return f.write_str("INCOMPATIBLE");
        }
        // SAFETY: the library returns text that is static and ends in a NUL.
        let name = unsafe { CStr::from_ptr(sys::influence_status_name(self.code())) };
        f.write_str(&name.to_string_lossy())
    }
}

/// A failure, with words for a developer. The words may change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// Why, in a word.
    pub status: Status,
    /// The field of a profile that is at fault, such as
    /// `accounts[0].likes_micros`; or nothing.
    pub field: String,
    /// Why, in words.
    pub message: String,
}

impl Error {
    pub(crate) fn new(status: Status, message: impl Into<String>) -> Error {
        Error { status, field: String::new(), message: message.into() }
    }

    pub(crate) fn of_profile(error: crate::wire::Error) -> Error {
        // Whose place in a request is of no concern here.
        let field = match error.field.split_once("].") {
            Some((_, rest)) => rest.to_owned(),
            None => error.field,
        };
        Error { status: Status::from_code(error.code), field, message: error.message }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        for words in [&self.field, &self.message] {
            if !words.is_empty() {
                write!(f, ": {words}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
