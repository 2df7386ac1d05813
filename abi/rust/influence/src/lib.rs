//! Versioned, explainable influence scores: libinfluence for Rust.
//!
//! ```
//! use influence::{Account, Engine, Profile, count};
//!
//! let engine = Engine::new("v1")?;
//! let ada = Profile {
//!     id: "ada".into(),
//!     accounts: vec![Account {
//!         mentions_micros: count(120),
//!         followers_micros: count(2_400),
//!         ..Account::default()
//!     }],
//! };
//! for person in engine.score(&[ada])? {
//!     match person.outcome {
//!         Ok(ledger) => println!("{}: {}", person.id, ledger.score_micropoints),
//!         Err(why) => println!("{}: {why}", person.id),
//!     }
//! }
//! # Ok::<(), influence::Error>(())
//! ```
//!
//! **Units.** A quantity is an integer count of millionths, [`count`] makes one
//! of whole units; a score is an integer count of millionths of a point, 0 to
//! 100 points. Absent (`None`) is unknown, which is not zero.
//!
//! **Determinism.** The same request and the same algorithm give the same bytes
//! on every machine and thread, and with every version of the library.
//!
//! **Around a score.** A [`Tally`] makes profiles of events, a [`Graph`] the
//! [`Standing`] of everybody in it; [`compare`] says why a score changed,
//! [`Engine::what_if`] what would change it, a [`Drift`] what a change of
//! algorithm does to a population; [`render`] puts each on a page.
//!
//! **Threads.** An [`Engine`] and a [`Standing`] are immutable, [`Send`] and
//! [`Sync`]: any number of threads may use one at once. A [`Tally`] and a
//! [`Graph`] are one thread's at a time. The library starts none unless
//! [`ColumnsOptions::threads`] and the like ask for it.
//!
//! **Memory.** What the library returns is freed when its owner is dropped, or
//! before the call returns. It keeps no pointer beyond a call, but for the
//! columns and streams of the feature `arrow`, which Arrow counts.
//!
//! **Features.** `arrow`: whole populations as record batches. `serde`: every
//! message can be serialized. `bundled`: links the static library, so that a
//! program needs nothing installed.

#[cfg(feature = "arrow")]
mod arrow;
mod bytes;
mod callback;
mod engine;
mod error;
mod insight;
mod owned;
mod standing;
mod tally;
mod version;

/// The messages of `influence.proto`, which says what each field means. Made by
/// prost: enumerations are numbers, with a method that gives the enumeration.
// Its words are the schema's, which are no Markdown.
#[allow(missing_docs, clippy::doc_lazy_continuation)]
pub mod wire {
    include!("influence.wire.rs");
}

#[cfg(feature = "arrow")]
pub use arrow::Profiles;
pub use bytes::Bytes;
pub use engine::{Engine, Options, Scored, algorithms};
pub use error::{Error, ProfileError, Status};
pub use insight::{Drift, compare, compare_bytes, render, render_bytes};
pub use standing::{Graph, Standing};
pub use tally::Tally;
pub use version::{VERSION, abi_version, library_version};
pub use wire::{
    Account, Algorithm, AlgorithmDescription, AlgorithmList, Band, ColumnsOptions, Factor, Ledger,
    Line, Profile, ScoreRequest, ScoreResponse, Signal,
};

/// What encodes and decodes the messages: `prost::Message`.
pub use prost;

/// `units` as the micros of a signal that is known. A count too large for that
/// stays too large, and the profile is then refused.
///
/// ```
/// assert_eq!(influence::count(12), Some(12_000_000));
/// ```
#[must_use]
pub const fn count(units: i64) -> Option<i64> {
    Some(units.saturating_mul(1_000_000))
}
