//! Scores profiles from 0 to 100 points with libinfluence: pinned to an
//! algorithm version, reproducible to the last bit, explained to the last
//! millionth of a point.
//!
//! ```
//! use influence::{count, Account, Engine, Profile};
//!
//! let engine = Engine::new("v1")?;
//! let ada = Profile {
//!     id: "ada".into(),
//!     accounts: vec![Account { followers_micros: count(2400), ..Default::default() }],
//! };
//! let scored = engine.score(&[ada])?;
//! let ledger = scored[0].ledger.as_ref().map_err(Clone::clone)?;
//! assert_eq!(ledger.score_micropoints, 8_692_437);
//! # Ok::<(), influence::Error>(())
//! ```
//!
//! The messages are those of proto/influence.proto, in [`wire`]. A signal that
//! is `None` is unknown, which is not zero.
//!
//! An [`Engine`] is immutable, `Send` and `Sync`: share it by reference or in
//! an `Arc`. It cannot be used after it is gone:
//!
//! ```compile_fail
//! let engine = influence::Engine::new("v1").unwrap();
//! drop(engine);
//! engine.algorithm();
//! ```
//!
//! Nor can what the library returned outlive its memory:
//!
//! ```compile_fail
//! let engine = influence::Engine::new("v1").unwrap();
//! let view: &[u8] = { let bytes = engine.score_bytes(b"").unwrap(); &bytes };
//! println!("{view:?}");
//! ```
//!
//! # Features
//!
//! - `bundled`: links the static library of the CMake preset `bundled`;
//! - `arrow`: whole populations as record batches, without a copy;
//! - `serde`: the messages serialize.

#[cfg(feature = "arrow")]
mod columns;
mod engine;
mod error;

/// The messages of proto/influence.proto.
#[allow(missing_docs)]
pub mod wire {
    include!("influence.wire.rs");
}

#[cfg(feature = "arrow")]
pub use columns::ColumnsOptions;
pub use engine::{abi_version, algorithms, library_version, Bytes, Engine, Options, Scored};
pub use error::{Error, Status};
pub use wire::{Account, Algorithm, AlgorithmDescription, Ledger, Profile, Reason};

/// This crate's version; it needs a library of ABI 1 that is not older.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A whole number of anything, for a signal's field: in millionths. `None`,
/// which is unknown, if there are too many to write down.
pub fn count(units: i64) -> Option<i64> {
    units.checked_mul(1_000_000)
}
