//! Influence that flows through the graph of who reacts to whom.

use std::ops::ControlFlow;

use influence_sys as sys;
use prost::Message;

use crate::bytes::Bytes;
use crate::callback::{self, Callback};
use crate::engine::Engine;
use crate::error::Error;
use crate::owned::{Owned, ask, decode, tell};
use crate::tally::Tally;
use crate::wire::{
    EdgeBatch, GraphOptions, NodeReport, NodeRequest, RunOptions, SeedList, StandingReport,
};

/// Who reacts to whom. The same graph and seeds give the same bytes, in whatever
/// order and however many batches they are added, on however many threads.
///
/// A graph is one thread's at a time: [`Send`], and not [`Sync`].
///
/// ```
/// use influence::wire::{Edge, EdgeBatch, Seed, SeedList};
/// use influence::{Engine, Graph};
///
/// let edge = |from: &str, to: &str| Edge {
///     from: from.into(),
///     to: to.into(),
///     weight: None,
/// };
/// let mut graph = Graph::new(&Engine::new("v1")?, &Default::default())?;
/// graph.add(&EdgeBatch {
///     edges: vec![edge("bob", "ada"), edge("ada", "cleo")],
/// })?;
/// let seed = Seed {
///     id: b"bob".to_vec(),
///     weight: None,
/// };
/// graph.seed(&SeedList {
///     seeds: vec![seed],
///     ..Default::default()
/// })?;
/// let standing = graph.run(&Default::default())?;
/// assert_eq!(standing.report()?.graph_nodes, 3);
/// # Ok::<(), influence::Error>(())
/// ```
///
/// ```compile_fail,E0277
/// fn for_all_threads<T: Sync>() {}
/// for_all_threads::<influence::Graph>();
/// ```
#[derive(Debug)]
pub struct Graph(Owned<sys::influence_graph>);

/// What everybody has of the influence that flowed. Immutable: any number of
/// threads may use one at once.
#[derive(Debug)]
pub struct Standing(Owned<sys::influence_standing>);

const _: () = {
    const fn may_move<T: Send>() {}
    const fn is_for_all_threads<T: Send + Sync>() {}
    may_move::<Graph>();
    is_for_all_threads::<Standing>();
};

impl Graph {
    /// A graph without nodes, for the engine's algorithm. It may outlive the
    /// engine.
    ///
    /// # Errors
    /// As `influence_graph_new()`.
    pub fn new(engine: &Engine, options: &GraphOptions) -> Result<Self, Error> {
        let options = options.encode_to_vec();
        Owned::make(|graph, message| {
            // SAFETY: the engine lives as long as its borrow, `options` is valid
            // for its length, the others are ours.
            unsafe {
                sys::influence_graph_new(
                    engine.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    graph,
                    message,
                )
            }
        })
        .map(Self)
    }

    /// Adds edges: all of them or, on failure, none. Those of one pair add up.
    ///
    /// # Errors
    /// As `influence_graph_add()`.
    pub fn add(&mut self, edges: &EdgeBatch) -> Result<(), Error> {
        self.add_bytes(&edges.encode_to_vec())
    }

    /// The same from a serialized [`EdgeBatch`].
    ///
    /// # Errors
    /// As [`Graph::add`].
    pub fn add_bytes(&mut self, edges: &[u8]) -> Result<(), Error> {
        self.told(|graph, message| {
            // SAFETY: `edges` is valid for its length; the others are ours.
            unsafe { sys::influence_graph_add(graph, edges.as_ptr(), edges.len(), message) }
        })
    }

    /// Adds an edge from each actor to each subject of a tally, which does not
    /// change.
    ///
    /// # Errors
    /// As `influence_graph_add_tally()`.
    pub fn add_tally(&mut self, tally: &mut Tally) -> Result<(), Error> {
        let graph = self.0.as_mut_ptr();
        tally.told(|tally, message| {
            // SAFETY: both live as long as their borrows.
            unsafe { sys::influence_graph_add_tally(graph, tally, message) }
        })
    }

    /// Says whose influence it is that flows. Seeds may change between runs.
    ///
    /// # Errors
    /// As `influence_graph_seed()`.
    pub fn seed(&mut self, seeds: &SeedList) -> Result<(), Error> {
        self.seed_bytes(&seeds.encode_to_vec())
    }

    /// The same from a serialized [`SeedList`].
    ///
    /// # Errors
    /// As [`Graph::seed`].
    pub fn seed_bytes(&mut self, seeds: &[u8]) -> Result<(), Error> {
        self.told(|graph, message| {
            // SAFETY: `seeds` is valid for its length; the others are ours.
            unsafe { sys::influence_graph_seed(graph, seeds.as_ptr(), seeds.len(), message) }
        })
    }

    /// Lets influence flow. After the first run the graph cannot grow; it can be
    /// run again. The standing may outlive it.
    ///
    /// # Errors
    /// As `influence_graph_run()`.
    pub fn run(&mut self, options: &RunOptions) -> Result<Standing, Error> {
        self.run_with(options, |_, _| ControlFlow::Continue(()))
    }

    /// The same; `progress` is told before each step, and at the end, how many
    /// of all steps are done, and can break off.
    ///
    /// ```
    /// # use influence::{Engine, Graph, Status, wire::{Edge, EdgeBatch, SeedList}};
    /// use std::ops::ControlFlow;
    /// # let mut graph = Graph::new(&Engine::new("v1")?, &Default::default())?;
    /// # let edge = Edge { from: b"a".to_vec(), to: b"b".to_vec(), weight: None };
    /// # graph.add(&EdgeBatch { edges: vec![edge] })?;
    /// # graph.seed(&SeedList { kind: 1, ..Default::default() })?;
    /// let stopped = graph.run_with(&Default::default(), |done, _all| match done {
    ///     3.. => ControlFlow::Break(()),
    ///     _ => ControlFlow::Continue(()),
    /// });
    /// assert_eq!(stopped.unwrap_err().status, Status::Cancelled);
    /// assert!(graph.run(&Default::default()).is_ok()); // and run again
    /// # Ok::<(), influence::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Status::Cancelled`](crate::Status::Cancelled) if `progress` broke off;
    /// as [`Graph::run`].
    pub fn run_with<F: FnMut(u32, u32) -> ControlFlow<()>>(
        &mut self,
        options: &RunOptions,
        progress: F,
    ) -> Result<Standing, Error> {
        let options = options.encode_to_vec();
        let graph = self.0.as_mut_ptr();
        let mut told = Callback::new(progress);
        let standing = Owned::make(|standing, message| {
            // SAFETY: `options` is valid for its length; `told` is what the
            // function takes it for, and lives until C has returned.
            unsafe {
                sys::influence_graph_run(
                    graph,
                    options.as_ptr(),
                    options.len(),
                    Some(callback::progress::<F>),
                    told.context(),
                    standing,
                    message,
                )
            }
        });
        told.end(standing).map(Standing)
    }

    pub(crate) fn using<T>(
        &mut self,
        call: impl FnOnce(*mut sys::influence_graph) -> Result<T, Error>,
    ) -> Result<T, Error> {
        call(self.0.as_mut_ptr())
    }

    fn told(
        &mut self,
        call: impl FnOnce(*mut sys::influence_graph, *mut sys::influence_bytes) -> i32,
    ) -> Result<(), Error> {
        self.using(|graph| tell(|message| call(graph, message)))
    }
}

impl Standing {
    /// What was run on what.
    ///
    /// # Errors
    /// As `influence_standing_report()`.
    pub fn report(&self) -> Result<StandingReport, Error> {
        decode(&self.report_bytes()?)
    }

    /// The same as a serialized [`StandingReport`].
    ///
    /// # Errors
    /// As [`Standing::report`].
    pub fn report_bytes(&self) -> Result<Bytes, Error> {
        ask(|out, message| {
            // SAFETY: the standing lives as long as `self`.
            unsafe { sys::influence_standing_report(self.as_ptr(), out, message) }
        })
    }

    /// One node, opened: the parts sum to its rank exactly.
    ///
    /// # Errors
    /// As `influence_standing_explain()`.
    pub fn explain(&self, request: &NodeRequest) -> Result<NodeReport, Error> {
        decode(&self.explain_bytes(&request.encode_to_vec())?)
    }

    /// The same in serialized messages.
    ///
    /// # Errors
    /// As [`Standing::explain`].
    pub fn explain_bytes(&self, request: &[u8]) -> Result<Bytes, Error> {
        ask(|out, message| {
            // SAFETY: the standing lives as long as `self`, `request` is valid
            // for its length.
            unsafe {
                sys::influence_standing_explain(
                    self.as_ptr(),
                    request.as_ptr(),
                    request.len(),
                    out,
                    message,
                )
            }
        })
    }

    pub(crate) fn as_ptr(&self) -> *const sys::influence_standing {
        self.0.as_ptr()
    }
}
