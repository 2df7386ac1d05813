//! Versioned, explainable influence scores: libinfluence for Rust.
//!
//! The simplest use scores plain counts:
//!
//! ```
//! use influence::{Counts, Engine};
//!
//! let engine = Engine::new("v1")?;
//! let score = engine.score_counts(&Counts::new().mentions(120).followers(2_400))?;
//! println!("{score:.1} points");
//! # Ok::<(), influence::Error>(())
//! ```
//!
//! A [`Profile`] has several accounts, and its score comes with an explanation:
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
//!     ..Profile::default()
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
//! **Units.** A quantity in a message is an integer count of millionths; [`count`]
//! makes one from whole units. A score is an integer count of millionths of a
//! point, 0 to 100 points; [`format_points`] writes one in decimal. Absent (`None`)
//! is unknown, which is not zero.
//!
//! **Determinism.** The same request and the same algorithm give the same bytes
//! on every machine and thread, and with every version of the library.
//!
//! **Around a score.** A [`Tally`] counts events into profiles, a [`Graph`]
//! computes the [`Standing`] of its nodes; [`compare`] explains why a score changed,
//! [`Engine::what_if`] computes what would change it, a [`Drift`] measures a change
//! of algorithm on a population; [`render`] makes pages of all of them.
//!
//! **Threads.** An [`Engine`] and a [`Standing`] are immutable, [`Send`] and
//! [`Sync`]: any number of threads may use one at once. A [`Tally`] and a
//! [`Graph`] belong to one thread at a time. The library starts threads only if
//! [`ColumnsOptions::threads`] or the like asks for them.
//!
//! **Memory.** Dropping a value releases what the library made for it. The library
//! keeps no pointer beyond a call, but for a [`Spill`], and for the columns and
//! streams of the feature `arrow`, which Arrow counts.
//!
//! **Features.** `arrow`: whole populations as record batches. `serde`: every
//! message can be serialized. `bundled`: links the static library, so that a
//! program needs nothing installed.

#[cfg(feature = "arrow")]
mod arrow;
mod bytes;
mod callback;
mod counts;
mod engine;
mod error;
mod insight;
mod owned;
mod spill;
mod standing;
mod tally;
mod version;

/// The messages of `proto/influence/abi1/influence.proto`, which defines each
/// field. prost made them: an enumeration is a number, with a method that returns
/// the enumeration.
// The comments are the schema's, which are no Markdown.
#[allow(missing_docs, clippy::doc_lazy_continuation)]
pub mod messages {
    include!("influence.abi1.rs");
}

#[cfg(feature = "arrow")]
pub use arrow::Batches;
pub use bytes::Bytes;
pub use counts::{Counts, Score, format_points};
pub use engine::{Engine, Options, Scored, algorithms};
pub use error::{Error, Status};
pub use insight::{Drift, compare, compare_bytes, render, render_bytes};
pub use messages::{
    Account, Algorithm, AlgorithmDescription, AlgorithmList, Band, ColumnsOptions, Factor, Ledger,
    Line, Profile, ScoreRequest, ScoreResponse, Signal,
};
pub use spill::Spill;
#[cfg(unix)]
pub use spill::temporary_file;
pub use standing::{Graph, Standing};
pub use tally::Tally;
pub use version::{Limit, VERSION, abi_version, kernel_name, library_version, limit};

/// The crate that encodes and decodes the messages: `prost::Message`.
pub use prost;

/// A known signal of `units`, in micros. A count too large for that stays too
/// large, and the profile is then refused.
///
/// ```
/// assert_eq!(influence::count(12), Some(12_000_000));
/// ```
#[must_use]
pub const fn count(units: i64) -> Option<i64> {
    Some(units.saturating_mul(1_000_000))
}
