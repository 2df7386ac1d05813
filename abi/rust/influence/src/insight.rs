//! Comparisons, what-ifs, drifts, and pages of them.

use influence_sys as sys;
use prost::Message;

use crate::bytes::Bytes;
use crate::engine::Engine;
use crate::error::Error;
#[cfg(doc)]
use crate::error::Status;
use crate::messages::{
    CompareRequest, CompareResponse, DriftOptions, DriftReport, RenderRequest, ScoreRequest,
    WhatIfRequest, WhatIfResponse,
};
use crate::owned::{Owned, ask, broken, decode, tell};
use crate::version;

/// Splits the change of a score exactly into what the input did and what the
/// formula did. The two engines may be one.
///
/// ```
/// use influence::messages::{CompareRequest, CompareSide};
/// use influence::{Account, Engine, Profile, count};
///
/// let side = CompareSide {
///     profile: Some(Profile {
///         accounts: vec![Account {
///             followers_micros: count(2_400),
///             ..Default::default()
///         }],
///         ..Default::default()
///     }),
///     ..Default::default()
/// };
/// let request = CompareRequest {
///     before: Some(side.clone()),
///     after: Some(side),
///     ..Default::default()
/// };
/// let (v1, v2) = (Engine::new("v1")?, Engine::new("v2")?);
/// let why = influence::compare(&v1, &v2, &request)?;
/// assert_eq!(why.input.unwrap().change_micropoints, 0); // the same facts
/// assert_eq!(why.formula.unwrap().change_micropoints, why.change_micropoints);
/// # Ok::<(), influence::Error>(())
/// ```
///
/// # Errors
/// As `influence_compare()`.
pub fn compare(
    before: &Engine,
    after: &Engine,
    request: &CompareRequest,
) -> Result<CompareResponse, Error> {
    decode(&compare_bytes(before, after, &request.encode_to_vec())?)
}

/// The same in serialized messages.
///
/// # Errors
/// As [`compare`].
pub fn compare_bytes(before: &Engine, after: &Engine, request: &[u8]) -> Result<Bytes, Error> {
    ask(|out, error| {
        // SAFETY: the engines live as long as their borrows, `request` is valid
        // for its length.
        unsafe {
            sys::influence_compare(
                before.as_ptr(),
                after.as_ptr(),
                request.as_ptr(),
                request.len(),
                out,
                error,
            )
        }
    })
}

impl Engine {
    /// Computes the score for other input, or the input for another score, by exact
    /// recomputation.
    ///
    /// # Errors
    /// As `influence_what_if()`.
    pub fn what_if(&self, request: &WhatIfRequest) -> Result<WhatIfResponse, Error> {
        decode(&self.what_if_bytes(&request.encode_to_vec())?)
    }

    /// The same in serialized messages.
    ///
    /// # Errors
    /// As [`Engine::what_if`].
    pub fn what_if_bytes(&self, request: &[u8]) -> Result<Bytes, Error> {
        ask(|out, error| {
            // SAFETY: the engine lives as long as `self`, `request` is valid for
            // its length.
            unsafe {
                sys::influence_what_if(self.as_ptr(), request.as_ptr(), request.len(), out, error)
            }
        })
    }
}

/// Renders a stored result, comparison, what-if or drift, an algorithm or its
/// model card as a page. The library computes a result again from the input inside
/// it and refuses one that differs ([`Status::NotVerified`]).
///
/// ```
/// use influence::messages::render_request::Subject;
/// use influence::messages::{RenderFormat, RenderRequest};
///
/// let request = RenderRequest {
///     format: RenderFormat::Markdown.into(),
///     subject: Some(Subject::Card("v1".into())),
///     ..Default::default()
/// };
/// assert!(influence::render(&request)?.contains("v1"));
/// # Ok::<(), influence::Error>(())
/// ```
///
/// # Errors
/// As `influence_render()`.
pub fn render(request: &RenderRequest) -> Result<String, Error> {
    let text = render_bytes(&request.encode_to_vec())?;
    String::from_utf8(text.to_vec()).map_err(|why| broken(&why.to_string()))
}

/// The same from a serialized [`RenderRequest`].
///
/// # Errors
/// As [`render`].
pub fn render_bytes(request: &[u8]) -> Result<Bytes, Error> {
    version::check()?;
    ask(|out, error| {
        // SAFETY: `request` is valid for its length; the others are ours.
        unsafe { sys::influence_render(request.as_ptr(), request.len(), out, error) }
    })
}

/// The effect of a change of algorithm on a population. You may add people in any
/// order, split them among drifts that you merge, save and load these: the same
/// people give the same bytes.
///
/// It is [`Send`] and [`Sync`]: adding takes `&mut self`, and any number of threads
/// may read it at once.
///
/// ```
/// use influence::messages::ScoreRequest;
/// use influence::{Account, Drift, Engine, Profile, count};
///
/// let people = (1..=9).map(|i| Profile {
///     accounts: vec![Account {
///         followers_micros: count(1 << i),
///         ..Default::default()
///     }],
///     ..Default::default()
/// });
/// let (v1, v2) = (Engine::new("v1")?, Engine::new("v2")?);
/// let mut drift = Drift::new(&v1, &v2, &Default::default())?;
/// drift.add(&ScoreRequest {
///     profiles: people.collect(),
///     ..Default::default()
/// })?;
/// assert_eq!(drift.report()?.all.unwrap().people, 9);
/// # Ok::<(), influence::Error>(())
/// ```
#[derive(Debug)]
pub struct Drift(Owned<sys::influence_drift>);

const _: () = {
    const fn is_for_all_threads<T: Send + Sync>() {}
    is_for_all_threads::<Drift>();
};

impl Drift {
    /// An empty drift, which may outlive both engines.
    ///
    /// # Errors
    /// As `influence_drift_new()`.
    pub fn new(before: &Engine, after: &Engine, options: &DriftOptions) -> Result<Self, Error> {
        let options = options.encode_to_vec();
        Owned::make(|drift, error| {
            // SAFETY: the engines live as long as their borrows, `options` is
            // valid for its length.
            unsafe {
                sys::influence_drift_new(
                    before.as_ptr(),
                    after.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    drift,
                    error,
                )
            }
        })
        .map(Self)
    }

    /// Reads a drift that was saved, for the same two algorithms. It trusts no
    /// byte.
    ///
    /// # Errors
    /// As `influence_drift_load()`.
    pub fn load(before: &Engine, after: &Engine, saved: &[u8]) -> Result<Self, Error> {
        Owned::make(|drift, error| {
            // SAFETY: the engines live as long as their borrows, `saved` is valid
            // for its length.
            unsafe {
                sys::influence_drift_load(
                    before.as_ptr(),
                    after.as_ptr(),
                    saved.as_ptr(),
                    saved.len(),
                    drift,
                    error,
                )
            }
        })
        .map(Self)
    }

    /// Adds the profiles of a request under both algorithms: all of them or, on
    /// failure, nobody.
    ///
    /// # Errors
    /// As `influence_drift_add()`.
    pub fn add(&mut self, people: &ScoreRequest) -> Result<(), Error> {
        self.add_bytes(&people.encode_to_vec())
    }

    /// The same from a serialized [`ScoreRequest`].
    ///
    /// # Errors
    /// As [`Drift::add`].
    pub fn add_bytes(&mut self, people: &[u8]) -> Result<(), Error> {
        self.told(|drift, error| {
            // SAFETY: `people` is valid for its length; the others are ours.
            unsafe { sys::influence_drift_add(drift, people.as_ptr(), people.len(), error) }
        })
    }

    /// Adds everybody of `other`.
    ///
    /// # Errors
    /// As `influence_drift_merge()`.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.told(|drift, error| {
            // SAFETY: both live as long as their borrows.
            unsafe { sys::influence_drift_merge(drift, other.0.as_ptr(), error) }
        })
    }

    /// The drift as bytes, whose form may change with the library's version.
    ///
    /// # Errors
    /// As `influence_drift_save()`.
    pub fn save(&self) -> Result<Bytes, Error> {
        ask(|out, error| {
            // SAFETY: the drift lives as long as `self`.
            unsafe { sys::influence_drift_save(self.0.as_ptr(), out, error) }
        })
    }

    /// The effect on everybody who was added so far; you may add more afterwards.
    ///
    /// # Errors
    /// As `influence_drift_report()`.
    pub fn report(&self) -> Result<DriftReport, Error> {
        decode(&self.report_bytes()?)
    }

    /// The same as a serialized [`DriftReport`].
    ///
    /// # Errors
    /// As [`Drift::report`].
    pub fn report_bytes(&self) -> Result<Bytes, Error> {
        ask(|out, error| {
            // SAFETY: the drift lives as long as `self`.
            unsafe { sys::influence_drift_report(self.0.as_ptr(), out, error) }
        })
    }

    pub(crate) fn using<T>(
        &mut self,
        call: impl FnOnce(*mut sys::influence_drift) -> Result<T, Error>,
    ) -> Result<T, Error> {
        call(self.0.as_mut_ptr())
    }

    fn told(
        &mut self,
        call: impl FnOnce(*mut sys::influence_drift, *mut *mut sys::influence_error) -> i32,
    ) -> Result<(), Error> {
        self.using(|drift| tell(|error| call(drift, error)))
    }
}
