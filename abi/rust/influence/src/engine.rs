use std::ffi::CStr;
use std::ops::Deref;
use std::ptr::{self, NonNull};
use std::sync::OnceLock;

use influence_sys as sys;
use prost::Message;

use crate::wire::{self, Algorithm, AlgorithmDescription, AlgorithmList, Ledger, Profile};
use crate::{Error, Status, VERSION};

/// What the library returned: its memory, freed when this is dropped.
#[derive(Debug)]
pub struct Bytes(sys::influence_bytes);

// SAFETY: it is memory that nothing else refers to.
unsafe impl Send for Bytes {}
// SAFETY: by reference it can only be read.
unsafe impl Sync for Bytes {}

impl Bytes {
    fn empty() -> Bytes {
        Bytes(sys::influence_bytes { data: ptr::null_mut(), size: 0 })
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        if self.0.data.is_null() {
            return &[];
        }
        // SAFETY: the library gave `size` bytes at `data`, which stay until
        // they are freed.
        unsafe { std::slice::from_raw_parts(self.0.data, self.0.size) }
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        // SAFETY: what the library returned, or zeros; freed once.
        unsafe { sys::influence_bytes_free(&mut self.0) }
    }
}

/// The library's version, "0.1.0"; it never moves a released score.
pub fn library_version() -> &'static str {
    // SAFETY: the library returns text that is static and ends in a NUL.
    let version = unsafe { CStr::from_ptr(sys::influence_library_version()) };
    version.to_str().unwrap_or_default()
}

/// The library's ABI.
pub fn abi_version() -> u32 {
    // SAFETY: it has no requirement.
    unsafe { sys::influence_abi_version() }
}

fn numbers(version: &str) -> Option<Vec<u64>> {
    version.split('.').map(|word| word.parse().ok()).collect()
}

pub(crate) fn check_version(abi: u32, library: &str) -> Result<(), Error> {
    if abi != sys::INFLUENCE_ABI_VERSION {
        return Err(Error::new(
            Status::Incompatible,
            format!(
                "this crate ({VERSION}) needs ABI {}, the library ({library}) has ABI {abi}",
                sys::INFLUENCE_ABI_VERSION
            ),
        ));
    }
    match numbers(library) {
        Some(found) if Some(&found) >= numbers(VERSION).as_ref() => Ok(()),
        _ => Err(Error::new(
            Status::Incompatible,
            format!("this crate needs version {VERSION}, the library is {library}"),
        )),
    }
}

fn loaded() -> Result<(), Error> {
    static CHECKED: OnceLock<Result<(), Error>> = OnceLock::new();
    CHECKED.get_or_init(|| check_version(abi_version(), library_version())).clone()
}

/// Turns a status, and what was said with it, into a result.
pub(crate) fn check(status: sys::influence_status, message: &Bytes) -> Result<(), Error> {
    match status {
        0 => Ok(()),
        code => Err(Error::new(Status::from_code(code), String::from_utf8_lossy(message))),
    }
}

pub(crate) fn message() -> Bytes {
    Bytes::empty()
}

pub(crate) fn message_out(message: &mut Bytes) -> *mut sys::influence_bytes {
    &mut message.0
}

/// What the library wrote should be readable; if it is not, it is at fault.
fn decode<M: Message + Default>(bytes: &[u8]) -> Result<M, Error> {
    M::decode(bytes).map_err(|error| Error::new(Status::Internal, error.to_string()))
}

/// All released algorithms, oldest first.
pub fn algorithms() -> Result<AlgorithmList, Error> {
    loaded()?;
    let mut out = Bytes::empty();
    // SAFETY: `out` is to be overwritten.
    let status = unsafe { sys::influence_algorithm_list(&mut out.0) };
    check(status, &Bytes::empty())?;
    decode(&out)
}

/// What comes back for each profile; none of it moves a score.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Leaves out the lines of the ledger: score, bounds, coverage and band
    /// alone.
    pub score_only: bool,
    /// Adds each explanation in words.
    pub text: bool,
    /// Refuses to score, with [`Status::AlgorithmMismatch`], if the algorithm's
    /// table has another fingerprint than this.
    pub fingerprint: String,
}

/// One person's score with every line, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// As in the profile.
    pub id: String,
    /// The score and where it comes from.
    pub ledger: Result<Ledger, Error>,
    /// The explanation in words, if it was asked for.
    pub text: String,
}

/// One algorithm, ready to score. Immutable.
#[derive(Debug)]
pub struct Engine {
    handle: NonNull<sys::influence_engine>,
    algorithm: String,
}

// SAFETY: the header says that an engine is immutable, and that any number of
// threads may use one at once; its release needs no particular thread.
unsafe impl Send for Engine {}
// SAFETY: as above.
unsafe impl Sync for Engine {}

impl Drop for Engine {
    fn drop(&mut self) {
        // SAFETY: a handle of the library, released once, after its last use.
        unsafe { sys::influence_engine_free(self.handle.as_ptr()) }
    }
}

impl Engine {
    /// An engine for a released algorithm, "v1". There is no default and no
    /// "latest".
    pub fn new(algorithm: &str) -> Result<Engine, Error> {
        Engine::open(|engine, message| {
            // SAFETY: the id is as long as it says; the others are to be
            // overwritten.
            unsafe {
                sys::influence_engine_new(
                    algorithm.as_ptr().cast(),
                    algorithm.len(),
                    engine,
                    message,
                )
            }
        })
    }

    /// An engine for a table of one's own, named by its owner: "acme/v1".
    pub fn custom(algorithm: &Algorithm) -> Result<Engine, Error> {
        Engine::custom_bytes(&algorithm.encode_to_vec())
    }

    /// The same from a serialized `Algorithm`.
    pub fn custom_bytes(algorithm: &[u8]) -> Result<Engine, Error> {
        Engine::open(|engine, message| {
            // SAFETY: as above.
            unsafe {
                sys::influence_engine_new_custom(
                    algorithm.as_ptr(),
                    algorithm.len(),
                    engine,
                    message,
                )
            }
        })
    }

    fn open(
        make: impl FnOnce(*mut *mut sys::influence_engine, *mut sys::influence_bytes) -> i32,
    ) -> Result<Engine, Error> {
        loaded()?;
        let mut handle = ptr::null_mut();
        let mut message = message();
        check(make(&mut handle, message_out(&mut message)), &message)?;
        let Some(handle) = NonNull::new(handle) else {
            return Err(Error::new(Status::Internal, "no engine"));
        };
        let mut engine = Engine { handle, algorithm: String::new() };
        engine.algorithm = engine.describe()?.algorithm.unwrap_or_default().id;
        Ok(engine)
    }

    #[cfg(feature = "arrow")]
    pub(crate) fn handle(&self) -> *const sys::influence_engine {
        self.handle.as_ptr()
    }

    /// The id of the engine's algorithm.
    pub fn algorithm(&self) -> &str {
        &self.algorithm
    }

    /// The algorithm's whole table, its fingerprint, and what each factor can
    /// do to a score at most.
    pub fn describe(&self) -> Result<AlgorithmDescription, Error> {
        let mut out = Bytes::empty();
        // SAFETY: the handle lives as long as `self`.
        let status = unsafe { sys::influence_engine_describe(self.handle.as_ptr(), &mut out.0) };
        check(status, &Bytes::empty())?;
        decode(&out)
    }

    /// Scores a serialized `ScoreRequest`; the serialized `ScoreResponse` has
    /// the same bytes on every machine and in every language.
    pub fn score_bytes(&self, request: &[u8]) -> Result<Bytes, Error> {
        let mut out = Bytes::empty();
        let mut message = message();
        // SAFETY: the handle lives as long as `self`, the request is as long as
        // it says, the others are to be overwritten.
        let status = unsafe {
            sys::influence_score(
                self.handle.as_ptr(),
                request.as_ptr(),
                request.len(),
                &mut out.0,
                message_out(&mut message),
            )
        };
        check(status, &message)?;
        Ok(out)
    }

    /// Scores a request as it is. It must name the engine's algorithm.
    pub fn score_request(
        &self,
        request: &wire::ScoreRequest,
    ) -> Result<wire::ScoreResponse, Error> {
        decode(&self.score_bytes(&request.encode_to_vec())?)
    }

    /// Scores any number of profiles: one result for each, in the same order.
    /// A profile that is refused spoils no other.
    pub fn score(&self, profiles: &[Profile]) -> Result<Vec<Scored>, Error> {
        self.score_with(profiles, &Options::default())
    }

    /// The same, with options.
    pub fn score_with(
        &self,
        profiles: &[Profile],
        options: &Options,
    ) -> Result<Vec<Scored>, Error> {
        const PROFILES_FIELD: u32 = 3;
        let head = wire::ScoreRequest {
            algorithm: self.algorithm.clone(),
            detail: if options.score_only { wire::Detail::Score } else { wire::Detail::Ledger }
                .into(),
            fingerprint: options.fingerprint.clone(),
            rendering: if options.text { wire::Rendering::Text } else { wire::Rendering::None }
                .into(),
            ..Default::default()
        };
        let mut results = Vec::with_capacity(profiles.len());
        let mut rest = profiles;
        loop {
            let (batch, after) = rest.split_at(batch_of(rest));
            // The profiles are written where they are, not copied first.
            let mut request = head.encode_to_vec();
            for profile in batch {
                prost::encoding::message::encode(PROFILES_FIELD, profile, &mut request);
            }
            let response: wire::ScoreResponse = decode(&self.score_bytes(&request)?)?;
            results.extend(response.results.into_iter().map(scored));
            rest = after;
            if rest.is_empty() {
                return Ok(results);
            }
        }
    }
}

/// How many of the profiles fit a request; at least one, if there is one: it is
/// for the library to refuse it.
fn batch_of(profiles: &[Profile]) -> usize {
    const MOST: usize = 4096;
    const OVERHEAD: usize = 8;
    let mut bytes = 1024;
    for (i, profile) in profiles.iter().enumerate().take(MOST) {
        bytes += profile.encoded_len() + OVERHEAD;
        if bytes > sys::INFLUENCE_MAX_REQUEST_BYTES as usize && i > 0 {
            return i;
        }
    }
    profiles.len().min(MOST)
}

fn scored(result: wire::Result) -> Scored {
    use wire::result::Outcome;
    let ledger = match result.outcome {
        Some(Outcome::Ledger(ledger)) => Ok(ledger),
        Some(Outcome::Error(error)) => Err(Error::of_profile(error)),
        None => Err(Error::new(Status::Internal, "the result is empty")),
    };
    Scored { id: result.id, ledger, text: result.text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for library in ["0.1.0", "0.1.1", "0.10.0", "1.0.0"] {
            assert_eq!(check_version(1, library), Ok(()));
        }
        for (abi, library, says) in [
            (2, "3.1.4", &[VERSION, "3.1.4", "ABI 1", "ABI 2"][..]),
            (0, "0.1.0", &["ABI 0"]),
            (1, "0.0.9", &[VERSION, "0.0.9"]),
            (1, "junk", &["junk"]),
        ] {
            let error = check_version(abi, library).unwrap_err();
            assert_eq!(error.status, Status::Incompatible);
            for word in says {
                assert!(error.to_string().contains(word), "{error} does not say {word}");
            }
        }
    }

    #[test]
    fn batches_hold_at_least_one() {
        let wide = Profile { id: "x".repeat(20 << 20), accounts: vec![] };
        assert_eq!(batch_of(&[wide.clone(), wide]), 1);
        assert_eq!(batch_of(&[]), 0);
        assert_eq!(batch_of(&vec![Profile::default(); 5000]), 4096);
    }
}
