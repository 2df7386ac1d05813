//! From events to profiles.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use influence_sys as sys;
use prost::Message;

use crate::bytes::Bytes;
use crate::callback::{self, Callback};
use crate::engine::Engine;
use crate::error::Error;
use crate::owned::{Owned, ask, decode, tell};
use crate::version;
use crate::wire::{EventBatch, SubjectReport, SubjectRequest, TallyOptions, TallyReport};

/// Makes profiles of events: who reacted to whom, when, how. In whatever order
/// events are added, however they are split among tallies that are then merged,
/// however often these are saved and loaded: the same events give the same
/// bytes.
///
/// A tally is one thread's at a time: [`Send`], and not [`Sync`].
///
/// ```
/// use influence::wire::{Event, EventBatch, SubjectRequest, TallyOptions};
/// use influence::{Engine, Signal, Tally};
///
/// let options = TallyOptions {
///     as_of_seconds: Some(1_700_000_000),
///     ..Default::default()
/// };
/// let mut tally = Tally::new(&Engine::new("v1")?, &options)?;
/// tally.add(&EventBatch {
///     events: vec![Event {
///         actor: b"bob".to_vec(),
///         subject: b"ada".to_vec(),
///         kind: Signal::Mentions.into(),
///         time_seconds: 1_699_990_000,
///         ..Default::default()
///     }],
/// })?;
/// assert_eq!(tally.report()?.counted, 1);
/// let ada = tally.subject(&SubjectRequest {
///     id: b"ada".to_vec(),
///     ..Default::default()
/// })?;
/// assert_eq!(ada.sources[0].top[0].actor, b"bob");
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
    /// Whose turn it is: the tally's, or that of a stream of its profiles.
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
        Owned::make(|tally, message| {
            // SAFETY: the engine lives as long as its borrow, `options` is valid
            // for its length, the others are ours.
            unsafe {
                sys::influence_tally_new(
                    engine.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    tally,
                    message,
                )
            }
        })
        .map(Self::of)
    }

    /// Reads a tally that was saved, for the same algorithm, and no further. It
    /// trusts no byte.
    ///
    /// # Errors
    /// [`Status::Cancelled`](crate::Status::Cancelled) with the words of
    /// `from`, if that fails; as `influence_tally_load()`.
    pub fn load<R: Read>(engine: &Engine, from: R) -> Result<Self, Error> {
        version::check()?;
        let mut reader = Callback::new(from);
        let loaded = Owned::make(|tally, message| {
            // SAFETY: as in new(); `reader` is what the function takes it for,
            // and lives until C has returned.
            unsafe {
                sys::influence_tally_load(
                    engine.as_ptr(),
                    Some(callback::read::<R>),
                    reader.context(),
                    tally,
                    message,
                )
            }
        });
        reader.end(loaded).map(Self::of)
    }

    /// Adds events: all of them or, on failure, none. One that the rule ignores
    /// is counted by its reason, see [`Tally::report`].
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
        self.told(|tally, message| {
            // SAFETY: `events` is valid for its length; the others are ours.
            unsafe { sys::influence_tally_add(tally, events.as_ptr(), events.len(), message) }
        })
    }

    /// Adds all that `other` has.
    ///
    /// # Errors
    /// As `influence_tally_merge()`.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        // The other cannot be waiting for this one's turn, which is borrowed.
        let _turn = taken(&other.turn);
        let other = other.handle.as_ptr();
        self.told(|tally, message| {
            // SAFETY: both live as long as their borrows.
            unsafe { sys::influence_tally_merge(tally, other, message) }
        })
    }

    /// Writes the tally, in pieces. The same events give the same bytes.
    ///
    /// # Errors
    /// [`Status::Cancelled`](crate::Status::Cancelled) with the words of `to`,
    /// if that fails; as `influence_tally_save()`.
    pub fn save<W: Write>(&mut self, to: W) -> Result<(), Error> {
        let mut writer = Callback::new(to);
        let context = writer.context();
        let saved = self.told(|tally, message| {
            // SAFETY: `writer` is what the function takes it for, and lives
            // until C has returned.
            unsafe {
                sys::influence_tally_save(tally, Some(callback::write::<W>), context, message)
            }
        });
        writer.end(saved)
    }

    /// What was counted, and what was ignored and why.
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
        self.asked(|tally, out, message| {
            // SAFETY: all are ours.
            unsafe { sys::influence_tally_report(tally, out, message) }
        })
    }

    /// One person, opened: profile, score, and where each factor's points came
    /// from.
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
        self.asked(|tally, out, message| {
            // SAFETY: `request` is valid for its length; the others are ours.
            unsafe {
                sys::influence_tally_subject(tally, request.as_ptr(), request.len(), out, message)
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
        call: impl FnOnce(*mut sys::influence_tally, *mut sys::influence_bytes) -> i32,
    ) -> Result<(), Error> {
        self.using(|tally| tell(|message| call(tally, message)))
    }

    fn asked(
        &mut self,
        call: impl FnOnce(
            *mut sys::influence_tally,
            *mut sys::influence_bytes,
            *mut sys::influence_bytes,
        ) -> i32,
    ) -> Result<Bytes, Error> {
        self.using(|tally| ask(|out, message| call(tally, out, message)))
    }
}
