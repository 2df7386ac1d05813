//! What a change did, what one would do, and all of it on a page.

use influence_sys as sys;
use prost::Message;

use crate::bytes::Bytes;
use crate::engine::Engine;
use crate::error::{Error, Status};
use crate::owned::{Owned, ask, decode, tell};
use crate::version;
use crate::wire::{
    CompareRequest, CompareResponse, DriftOptions, DriftReport, RenderRequest, ScoreRequest,
    WhatIfRequest, WhatIfResponse,
};

/// Why a score changed: what the facts did and what the formula did, which is
/// exactly the change. The engines may be one.
///
/// ```
/// use influence::wire::{CompareRequest, CompareSide};
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
    ask(|out, message| {
        // SAFETY: the engines live as long as their borrows, `request` is valid
        // for its length.
        unsafe {
            sys::influence_compare(
                before.as_ptr(),
                after.as_ptr(),
                request.as_ptr(),
                request.len(),
                out,
                message,
            )
        }
    })
}

impl Engine {
    /// What the formula would give for other facts, or what facts it would need,
    /// by exact recomputation.
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
        ask(|out, message| {
            // SAFETY: the engine lives as long as `self`, `request` is valid for
            // its length.
            unsafe {
                sys::influence_what_if(self.as_ptr(), request.as_ptr(), request.len(), out, message)
            }
        })
    }
}

/// A stored result, comparison, what-if or drift, an algorithm or its model card
/// on a page, in words. A result is computed anew from the facts inside it, and
/// refused if it is anything else.
///
/// ```
/// use influence::wire::{RenderFormat, RenderRequest};
///
/// let request = RenderRequest {
///     format: RenderFormat::Markdown.into(),
///     card: "v1".into(),
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
    String::from_utf8(text.to_vec())
        .map_err(|why| Error::new(Status::Internal, format!("the library's page: {why}")))
}

/// The same from a serialized [`RenderRequest`].
///
/// # Errors
/// As [`render`].
pub fn render_bytes(request: &[u8]) -> Result<Bytes, Error> {
    version::check()?;
    ask(|out, message| {
        // SAFETY: `request` is valid for its length; the others are ours.
        unsafe { sys::influence_render(request.as_ptr(), request.len(), out, message) }
    })
}

/// What a change of algorithm does to a population. In whatever order people are
/// added, however they are split among drifts that are then merged, however
/// often these are saved and loaded: the same people give the same bytes.
///
/// It is [`Send`] and [`Sync`]: to be added to it takes `&mut self`, and any
/// number of threads may ask it at once.
///
/// ```
/// use influence::wire::ScoreRequest;
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
        Owned::make(|drift, message| {
            // SAFETY: the engines live as long as their borrows, `options` is
            // valid for its length.
            unsafe {
                sys::influence_drift_new(
                    before.as_ptr(),
                    after.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    drift,
                    message,
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
        Owned::make(|drift, message| {
            // SAFETY: the engines live as long as their borrows, `saved` is valid
            // for its length.
            unsafe {
                sys::influence_drift_load(
                    before.as_ptr(),
                    after.as_ptr(),
                    saved.as_ptr(),
                    saved.len(),
                    drift,
                    message,
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
        self.told(|drift, message| {
            // SAFETY: `people` is valid for its length; the others are ours.
            unsafe { sys::influence_drift_add(drift, people.as_ptr(), people.len(), message) }
        })
    }

    /// Adds all that `other` has.
    ///
    /// # Errors
    /// As `influence_drift_merge()`.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.told(|drift, message| {
            // SAFETY: both live as long as their borrows.
            unsafe { sys::influence_drift_merge(drift, other.0.as_ptr(), message) }
        })
    }

    /// The drift as bytes, whose form may change with the library's version.
    ///
    /// # Errors
    /// As `influence_drift_save()`.
    pub fn save(&self) -> Result<Bytes, Error> {
        ask(|out, message| {
            // SAFETY: the drift lives as long as `self`.
            unsafe { sys::influence_drift_save(self.0.as_ptr(), out, message) }
        })
    }

    /// What was found so far; more people may be added afterwards.
    ///
    /// # Errors
    /// As `influence_drift_finish()`.
    pub fn report(&self) -> Result<DriftReport, Error> {
        decode(&self.report_bytes()?)
    }

    /// The same as a serialized [`DriftReport`].
    ///
    /// # Errors
    /// As [`Drift::report`].
    pub fn report_bytes(&self) -> Result<Bytes, Error> {
        ask(|out, message| {
            // SAFETY: the drift lives as long as `self`.
            unsafe { sys::influence_drift_finish(self.0.as_ptr(), out, message) }
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
        call: impl FnOnce(*mut sys::influence_drift, *mut sys::influence_bytes) -> i32,
    ) -> Result<(), Error> {
        self.using(|drift| tell(|message| call(drift, message)))
    }
}
