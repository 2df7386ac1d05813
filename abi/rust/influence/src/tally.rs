//! Tallies: events, counted into profiles.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use influence_sys as sys;
use prost::Message;

use crate::bytes::Bytes;
use crate::callback;
use crate::engine::Engine;
use crate::error::Error;
use crate::messages::{EventBatch, SubjectReport, SubjectRequest, TallyOptions, TallyReport};
use crate::owned::{Owned, ask, decode, tell};
use crate::spill::Spill;
use crate::version;

/// Counts events into profiles. You may add events in any order, split them among
/// tallies that you merge, save and load these: the same events give the same
/// bytes.
///
/// A tally belongs to one thread at a time: it is [`Send`], and not [`Sync`].
///
/// ```
/// use influence::messages::{Event, EventBatch, SubjectRequest, TallyOptions};
/// use influence::{Engine, Signal, Tally};
///
/// let options = TallyOptions {
///     as_of_seconds: Some(1_700_000_000),
///     ..Default::default()
/// };
/// let mut tally = Tally::new(&Engine::new("v1")?, &options)?;
/// tally.add(&EventBatch {
///     events: vec![Event {
///         actor: "bob".into(),
///         subject: "ada".into(),
///         kind: Signal::Mentions.into(),
///         time_seconds: 1_699_990_000,
///         ..Default::default()
///     }],
/// })?;
/// assert_eq!(tally.report()?.counted, 1);
/// let ada = tally.subject(&SubjectRequest {
///     id: "ada".into(),
///     ..Default::default()
/// })?;
/// assert_eq!(ada.sources[0].top[0].actor, "bob");
/// # Ok::<(), influence::Error>(())
/// ```
///
/// ```compile_fail,E0277
/// fn for_all_threads<T: Sync>() {}
/// for_all_threads::<influence::Tally>();
/// ```
#[derive(Debug)]
pub struct Tally {
    handle: Owned<sys::influence_tally>,
    /// Held by the tally, or by a stream of its profiles, while it calls C.
    turn: Turn,
}

pub(crate) type Turn = Arc<Mutex<()>>;

pub(crate) fn taken(turn: &Turn) -> MutexGuard<'_, ()> {
    turn.lock().unwrap_or_else(PoisonError::into_inner)
}

const _: () = {
    const fn may_move<T: Send>() {}
    may_move::<Tally>();
};

impl Tally {
    fn of(handle: Owned<sys::influence_tally>) -> Self {
        Self {
            handle,
            turn: Turn::default(),
        }
    }

    /// An empty tally; `as_of_seconds` is required. It may outlive the engine.
    ///
    /// # Errors
    /// As `influence_tally_new()`.
    pub fn new(engine: &Engine, options: &TallyOptions) -> Result<Self, Error> {
        let options = options.encode_to_vec();
        Owned::make(|tally, error| {
            // SAFETY: the engine lives as long as its borrow, `options` is valid
            // for its length, the others are ours.
            unsafe {
                sys::influence_tally_new(
                    engine.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    tally,
                    error,
                )
            }
        })
        .map(Self::of)
    }

    /// Reads a tally that was saved, for the same algorithm, and no byte after it.
    /// The library trusts none of the bytes.
    ///
    /// # Errors
    /// [`Status::Cancelled`](crate::Status::Cancelled) with the words of
    /// `from`, if that fails; as `influence_tally_load()`.
    pub fn load<R: Read>(engine: &Engine, mut from: R) -> Result<Self, Error> {
        version::check()?;
        let context = callback::context(&mut from);
        Owned::make(|tally, error| {
            // SAFETY: as in new(); `context` is that of `R`, and lives until C has
            // returned.
            unsafe {
                sys::influence_tally_load(
                    engine.as_ptr(),
                    Some(callback::read::<R>),
                    context,
                    tally,
                    error,
                )
            }
        })
        .map(Self::of)
    }

    /// Lets a new tally keep about `memory_bytes`, at least 64 MiB, in memory and put
    /// the rest into `spill`. Its profiles are the same; it cannot be saved, or be
    /// the other of a merge. Whatever this returns, `spill` is dropped when nothing
    /// uses it any more.
    ///
    /// ```
    /// # use influence::{Engine, Tally, messages::TallyOptions};
    /// # let options = TallyOptions { as_of_seconds: Some(0), ..Default::default() };
    /// # let mut tally = Tally::new(&Engine::new("v1")?, &options)?;
    /// let room = influence::temporary_file(std::env::temp_dir())?;
    /// tally.spill(1 << 30, room)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As `influence_tally_spill()`. After a failure of `spill`, release the tally.
    pub fn spill<S: Spill + 'static>(&mut self, memory_bytes: u64, spill: S) -> Result<(), Error> {
        let context = callback::spill_context(spill);
        self.told(|tally, error| {
            // SAFETY: `context` is that of `S`; the library releases it once, also
            // if it refuses.
            unsafe {
                sys::influence_tally_spill(
                    tally,
                    memory_bytes,
                    Some(callback::append::<S>),
                    Some(callback::read_at::<S>),
                    Some(callback::release_spill::<S>),
                    context,
                    error,
                )
            }
        })
    }

    /// Adds events: all of them or, on failure, none. The tally counts an event
    /// that the rule ignores by its reason, see [`Tally::report`].
    ///
    /// # Errors
    /// As `influence_tally_add()`.
    pub fn add(&mut self, events: &EventBatch) -> Result<(), Error> {
        self.add_bytes(&events.encode_to_vec())
    }

    /// The same from a serialized [`EventBatch`].
    ///
    /// # Errors
    /// As [`Tally::add`].
    pub fn add_bytes(&mut self, events: &[u8]) -> Result<(), Error> {
        self.told(|tally, error| {
            // SAFETY: `events` is valid for its length; the others are ours.
            unsafe { sys::influence_tally_add(tally, events.as_ptr(), events.len(), error) }
        })
    }

    /// Adds all events of `other`.
    ///
    /// # Errors
    /// As `influence_tally_merge()`.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        // The other cannot be waiting for this one's turn, which is borrowed.
        let _turn = taken(&other.turn);
        let other = other.handle.as_ptr();
        self.told(|tally, error| {
            // SAFETY: both live as long as their borrows.
            unsafe { sys::influence_tally_merge(tally, other, error) }
        })
    }

    /// Writes the tally, in pieces. The same events give the same bytes.
    ///
    /// # Errors
    /// [`Status::Cancelled`](crate::Status::Cancelled) with the words of `to`,
    /// if that fails; as `influence_tally_save()`.
    pub fn save<W: Write>(&mut self, mut to: W) -> Result<(), Error> {
        let context = callback::context(&mut to);
        self.told(|tally, error| {
            // SAFETY: `context` is that of `W`, and lives until C has returned.
            unsafe { sys::influence_tally_save(tally, Some(callback::write::<W>), context, error) }
        })
    }

    /// How many events were counted, and how many were ignored for each reason.
    ///
    /// # Errors
    /// As `influence_tally_report()`.
    pub fn report(&mut self) -> Result<TallyReport, Error> {
        decode(&self.report_bytes()?)
    }

    /// The same as a serialized [`TallyReport`].
    ///
    /// # Errors
    /// As [`Tally::report`].
    pub fn report_bytes(&mut self) -> Result<Bytes, Error> {
        self.asked(|tally, out, error| {
            // SAFETY: all are ours.
            unsafe { sys::influence_tally_report(tally, out, error) }
        })
    }

    /// One person's profile, score, and the sources of each factor's points.
    ///
    /// # Errors
    /// As `influence_tally_subject()`.
    pub fn subject(&mut self, request: &SubjectRequest) -> Result<SubjectReport, Error> {
        decode(&self.subject_bytes(&request.encode_to_vec())?)
    }

    /// The same in serialized messages.
    ///
    /// # Errors
    /// As [`Tally::subject`].
    pub fn subject_bytes(&mut self, request: &[u8]) -> Result<Bytes, Error> {
        self.asked(|tally, out, error| {
            // SAFETY: `request` is valid for its length; the others are ours.
            unsafe {
                sys::influence_tally_subject(tally, request.as_ptr(), request.len(), out, error)
            }
        })
    }

    #[cfg(feature = "arrow")]
    pub(crate) fn turn(&self) -> &Turn {
        &self.turn
    }

    /// Calls when it is the tally's turn.
    pub(crate) fn using<T>(
        &mut self,
        call: impl FnOnce(*mut sys::influence_tally) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let _turn = taken(&self.turn);
        call(self.handle.as_mut_ptr())
    }

    pub(crate) fn told(
        &mut self,
        call: impl FnOnce(*mut sys::influence_tally, *mut *mut sys::influence_error) -> i32,
    ) -> Result<(), Error> {
        self.using(|tally| tell(|error| call(tally, error)))
    }

    fn asked(
        &mut self,
        call: impl FnOnce(
            *mut sys::influence_tally,
            *mut sys::influence_bytes,
            *mut *mut sys::influence_error,
        ) -> i32,
    ) -> Result<Bytes, Error> {
        self.using(|tally| ask(|out, error| call(tally, out, error)))
    }
}
