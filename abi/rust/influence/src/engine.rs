//! An algorithm that is ready to score.

use std::ffi::CString;

use influence_sys as sys;
use prost::Message;

use crate::bytes::Bytes;
use crate::error::{Error, Status};
use crate::messages::{
    Algorithm, AlgorithmDescription, AlgorithmList, Detail, Ledger, Profile, Rendering,
    ScoreRequest, ScoreResponse, result,
};
use crate::owned::{Owned, ask, broken, decode};
use crate::version;

/// Profiles in one call of the library: so many that the call costs nothing, so
/// few that request and response stay in the processor's caches.
const BATCH_PROFILES: usize = 1_024;
/// A call takes a quarter of what the library allows, unless one profile alone
/// is larger.
const BATCH_BYTES: usize = sys::INFLUENCE_MAX_REQUEST_BYTES as usize / 4;

/// One algorithm, ready to score. Immutable: any number of threads may use it
/// at once, by reference or in an [`Arc`](std::sync::Arc).
///
/// Dropping it releases it; [`Engine::close`] says so in words. Use after that
/// does not compile:
///
/// ```compile_fail,E0382
/// let engine = influence::Engine::new("v1")?;
/// engine.close();
/// engine.score(&[])?;
/// # Ok::<(), influence::Error>(())
/// ```
///
/// ```compile_fail,E0382
/// let engine = influence::Engine::new("v1")?;
/// drop(engine);
/// engine.description();
/// # Ok::<(), influence::Error>(())
/// ```
///
/// nor does releasing it while a thread still scores:
///
/// ```compile_fail,E0505
/// let engine = influence::Engine::new("v1")?;
/// std::thread::scope(|scope| {
///     scope.spawn(|| engine.score(&[]));
///     drop(engine);
/// });
/// # Ok::<(), influence::Error>(())
/// ```
#[derive(Debug)]
pub struct Engine {
    handle: Owned<sys::influence_engine>,
    description: AlgorithmDescription,
}

const _: () = {
    const fn is_for_all_threads<T: Send + Sync>() {}
    is_for_all_threads::<Engine>();
    is_for_all_threads::<Bytes>();
    is_for_all_threads::<Error>();
};

/// One person's outcome.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Scored {
    /// The profile's id.
    pub id: String,
    /// The score and its parts, or the reason why there is none. The error's row
    /// is the profile's place among those that were scored, its field a path
    /// within the profile.
    pub outcome: Result<Ledger, Error>,
    /// The explanation in words, if [`Options::text`] or [`Options::markdown`]
    /// asked for it.
    pub text: String,
}

/// Options of [`Engine::score_with`]. The default returns the whole ledger without
/// words, and checks no fingerprint.
#[derive(Clone, Debug, Default)]
pub struct Options {
    as_of_days: Option<i32>,
    detail: Detail,
    fingerprint: String,
    rendering: Rendering,
}

impl Options {
    /// The default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The day of the counts, in days since 1970-01-01 UTC.
    #[must_use]
    pub fn as_of_days(mut self, days: i32) -> Self {
        self.as_of_days = Some(days);
        self
    }

    /// Returns score, low, high, coverage and band alone, which is faster.
    #[must_use]
    pub fn score_only(mut self) -> Self {
        self.detail = Detail::Score;
        self
    }

    /// Refuses to score ([`Status::AlgorithmMismatch`]) by another table than
    /// the one of this fingerprint.
    #[must_use]
    pub fn fingerprint(mut self, fingerprint: impl Into<String>) -> Self {
        self.fingerprint = fingerprint.into();
        self
    }

    /// Returns the explanation as plain text, too.
    #[must_use]
    pub fn text(mut self) -> Self {
        self.rendering = Rendering::Text;
        self
    }

    /// Returns the explanation as Markdown, too.
    #[must_use]
    pub fn markdown(mut self) -> Self {
        self.rendering = Rendering::Markdown;
        self
    }
}

impl Engine {
    /// An engine for the released algorithm `id`, such as "v1". There is no
    /// default and no "latest".
    ///
    /// # Errors
    /// [`Status::UnknownAlgorithm`], [`Status::OutOfMemory`];
    /// [`Status::InvalidArgument`] for an id with a NUL;
    /// [`Status::Incompatible`] if this crate does not work with the library.
    pub fn new(id: &str) -> Result<Self, Error> {
        let id = CString::new(id)
            .map_err(|_| Error::new(Status::InvalidArgument, "id", "it contains a NUL"))?;
        Self::make(|engine, error| {
            // SAFETY: `id` is NUL-terminated; the others are ours.
            unsafe { sys::influence_engine_open(id.as_ptr(), engine, error) }
        })
    }

    /// An engine for your own table.
    ///
    /// # Errors
    /// [`Status::InvalidAlgorithm`] names row and rule; [`Status::TooLarge`],
    /// [`Status::OutOfMemory`]; [`Status::Incompatible`] as for [`Engine::new`].
    pub fn custom(algorithm: &Algorithm) -> Result<Self, Error> {
        Self::custom_bytes(&algorithm.encode_to_vec())
    }

    /// The same from a serialized [`Algorithm`].
    ///
    /// # Errors
    /// As [`Engine::custom`], and [`Status::Malformed`].
    pub fn custom_bytes(algorithm: &[u8]) -> Result<Self, Error> {
        Self::make(|engine, error| {
            // SAFETY: `algorithm` is valid for its length; the others are ours.
            unsafe {
                sys::influence_engine_open_custom(
                    algorithm.as_ptr(),
                    algorithm.len(),
                    engine,
                    error,
                )
            }
        })
    }

    fn make(
        call: impl FnOnce(*mut *mut sys::influence_engine, *mut *mut sys::influence_error) -> i32,
    ) -> Result<Self, Error> {
        version::check()?;
        let handle = Owned::make(call)?;
        let description = ask(|out, error| {
            // SAFETY: the engine was just made.
            unsafe { sys::influence_engine_describe(handle.as_ptr(), out, error) }
        })?;
        Ok(Self {
            description: decode(&description)?,
            handle,
        })
    }

    /// Releases the engine, as dropping it does.
    pub fn close(self) {}

    /// The engine's table, fingerprint and price list.
    #[must_use]
    pub fn description(&self) -> &AlgorithmDescription {
        &self.description
    }

    /// The algorithm's id, "v1".
    #[must_use]
    pub fn algorithm(&self) -> &str {
        self.description
            .algorithm
            .as_ref()
            .map_or("", |algorithm| &algorithm.id)
    }

    /// The SHA-256 of the algorithm's table.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.description.fingerprint
    }

    /// Scores profiles, any number of them; one outcome each, in their order.
    ///
    /// # Errors
    /// A profile that cannot be scored has the reason in its outcome and affects no
    /// other profile. The call fails with [`Status::OutOfMemory`], or
    /// [`Status::TooLarge`] for a profile of more than 16 MiB.
    pub fn score(&self, profiles: &[Profile]) -> Result<Vec<Scored>, Error> {
        self.score_with(profiles, &Options::new())
    }

    /// The same, with options.
    ///
    /// # Errors
    /// As [`Engine::score`]; [`Status::AlgorithmMismatch`] for another
    /// fingerprint, [`Status::OutOfRange`] for the day,
    /// [`Status::InvalidArgument`] for words about a score alone.
    pub fn score_with(
        &self,
        profiles: &[Profile],
        options: &Options,
    ) -> Result<Vec<Scored>, Error> {
        // The request is written field by field, since a ScoreRequest would
        // have to own the profiles. It is the same bytes.
        let head = ScoreRequest {
            algorithm: self.algorithm().to_owned(),
            as_of_days: options.as_of_days,
            ..ScoreRequest::default()
        }
        .encode_to_vec();
        let tail = ScoreRequest {
            detail: options.detail.into(),
            fingerprint: options.fingerprint.clone(),
            rendering: options.rendering.into(),
            ..ScoreRequest::default()
        }
        .encode_to_vec();

        let mut scored = Vec::with_capacity(profiles.len());
        let mut request = Vec::new();
        let mut rest = profiles;
        loop {
            request.clear();
            request.extend_from_slice(&head);
            let mut taken = 0;
            for profile in rest.iter().take(BATCH_PROFILES) {
                if taken > 0 && request.len() + profile.encoded_len() > BATCH_BYTES {
                    break;
                }
                append_profile(&mut request, profile);
                taken += 1;
            }
            request.extend_from_slice(&tail);
            let response: ScoreResponse = decode(&self.score_bytes(&request)?)?;
            if response.results.len() != taken {
                return Err(broken("one result for each profile"));
            }
            let done = scored.len();
            for (index, result) in response.results.into_iter().enumerate() {
                scored.push(Scored {
                    outcome: match result.outcome {
                        Some(result::Outcome::Ledger(ledger)) => Ok(ledger),
                        Some(result::Outcome::Error(error)) => {
                            Err(Error::of_profile(error, index, done + index))
                        }
                        None => return Err(broken("a ledger or an error")),
                    },
                    id: result.id,
                    text: result.text,
                });
            }
            rest = &rest[taken..];
            // Also without profiles there is one call, which checks the options.
            if rest.is_empty() {
                return Ok(scored);
            }
        }
    }

    /// Scores a request, for callers who keep requests and responses.
    ///
    /// # Errors
    /// As `influence_score()`: the request must name this engine's algorithm,
    /// and has at most 65,536 profiles and 16 MiB.
    pub fn score_request(&self, request: &ScoreRequest) -> Result<ScoreResponse, Error> {
        decode(&self.score_bytes(&request.encode_to_vec())?)
    }

    /// Scores a serialized [`ScoreRequest`]; the result is a serialized
    /// [`ScoreResponse`], where the library wrote it.
    ///
    /// # Errors
    /// As [`Engine::score_request`], and [`Status::Malformed`].
    pub fn score_bytes(&self, request: &[u8]) -> Result<Bytes, Error> {
        ask(|response, error| {
            // SAFETY: the engine lives as long as `self`; `request` is valid for
            // its length; the others are ours.
            unsafe {
                sys::influence_score(
                    self.as_ptr(),
                    request.as_ptr(),
                    request.len(),
                    response,
                    error,
                )
            }
        })
    }

    pub(crate) fn as_ptr(&self) -> *const sys::influence_engine {
        self.handle.as_ptr()
    }
}

/// All released algorithms, oldest first, and the version of the library.
///
/// # Errors
/// [`Status::OutOfMemory`]; [`Status::Incompatible`] as for [`Engine::new`].
pub fn algorithms() -> Result<AlgorithmList, Error> {
    version::check()?;
    let list = ask(|out, error| {
        // SAFETY: both are ours.
        unsafe { sys::influence_algorithm_list(out, error) }
    })?;
    decode(&list)
}

/// Field 3 of ScoreRequest.
fn append_profile(request: &mut Vec<u8>, profile: &Profile) {
    const FIELD_3_WITH_LENGTH: u8 = 3 << 3 | 2;
    request.push(FIELD_3_WITH_LENGTH);
    profile
        .encode_length_delimited(request)
        .expect("a Vec has room for everything");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Account, count};

    #[test]
    fn a_request_in_pieces_is_the_same_bytes() {
        let profiles: Vec<_> = (0..5)
            .map(|i| Profile {
                id: "x".repeat(i * 60),
                accounts: vec![
                    Account {
                        likes_micros: count(3),
                        ..Account::default()
                    };
                    i
                ],
                ..Profile::default()
            })
            .collect();
        let mut pieces = Vec::new();
        for profile in &profiles {
            append_profile(&mut pieces, profile);
        }
        let whole = ScoreRequest {
            profiles,
            ..ScoreRequest::default()
        };
        assert_eq!(pieces, whole.encode_to_vec());
    }
}
