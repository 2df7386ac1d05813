//! Standing: influence that flows through the graph of reactions.

use std::ops::ControlFlow;

use influence_sys as sys;
use prost::Message;

use crate::bytes::Bytes;
use crate::callback;
use crate::engine::Engine;
use crate::error::Error;
use crate::messages::{
    EdgeBatch, GraphOptions, NodeReport, NodeRequest, RunOptions, SeedList, StandingReport,
};
use crate::owned::{Owned, ask, decode, tell};
use crate::spill::Spill;
use crate::tally::Tally;

/// The graph of reactions: `source` reacts to `target`. The same edges and seeds
/// give the same bytes, in any order, in any number of batches and on any number of
/// threads.
///
/// A graph belongs to one thread at a time: it is [`Send`], and not [`Sync`].
///
/// ```
/// use influence::messages::{Edge, EdgeBatch, Seed, SeedList};
/// use influence::{Engine, Graph};
///
/// let edge = |source: &str, target: &str| Edge {
///     source: source.into(),
///     target: target.into(),
///     weight: None,
/// };
/// let mut graph = Graph::new(&Engine::new("v1")?, &Default::default())?;
/// graph.add(&EdgeBatch {
///     edges: vec![edge("bob", "ada"), edge("ada", "cleo")],
/// })?;
/// let seed = Seed {
///     id: "bob".into(),
///     weight: None,
/// };
/// graph.seed(&SeedList {
///     seeds: vec![seed],
///     ..Default::default()
/// })?;
/// let standing = graph.run(&Default::default())?;
/// assert_eq!(standing.report()?.graph.unwrap_or_default().nodes, 3);
/// # Ok::<(), influence::Error>(())
/// ```
///
/// ```compile_fail,E0277
/// fn for_all_threads<T: Sync>() {}
/// for_all_threads::<influence::Graph>();
/// ```
#[derive(Debug)]
pub struct Graph(Owned<sys::influence_graph>);

/// The standing of every node of a graph. Immutable: any number of threads may use
/// one at once.
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
        Owned::make(|graph, error| {
            // SAFETY: the engine lives as long as its borrow, `options` is valid
            // for its length, the others are ours.
            unsafe {
                sys::influence_graph_new(
                    engine.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    graph,
                    error,
                )
            }
        })
        .map(Self)
    }

    /// Lets a new graph keep about `memory_bytes` of edges, at least 64 MiB, in
    /// memory and put the rest into `spill`. The ranks are the same. Whatever this
    /// returns, `spill` is dropped when nothing uses it any more.
    ///
    /// # Errors
    /// As `influence_graph_spill()`. After a failure of `spill`, release the graph.
    pub fn spill<S: Spill + 'static>(&mut self, memory_bytes: u64, spill: S) -> Result<(), Error> {
        let context = callback::spill_context(spill);
        self.told(|graph, error| {
            // SAFETY: `context` is that of `S`; the library releases it once, also
            // if it refuses.
            unsafe {
                sys::influence_graph_spill(
                    graph,
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

    /// Adds edges: all of them or, on failure, none. Edges of one pair add up.
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
        self.told(|graph, error| {
            // SAFETY: `edges` is valid for its length; the others are ours.
            unsafe { sys::influence_graph_add(graph, edges.as_ptr(), edges.len(), error) }
        })
    }

    /// Adds an edge from each actor to each subject of a tally, which does not
    /// change.
    ///
    /// # Errors
    /// As `influence_graph_add_tally()`.
    pub fn add_tally(&mut self, tally: &mut Tally) -> Result<(), Error> {
        let graph = self.0.as_mut_ptr();
        tally.told(|tally, error| {
            // SAFETY: both live as long as their borrows.
            unsafe { sys::influence_graph_add_tally(graph, tally, error) }
        })
    }

    /// Adds the seeds from which influence flows. They may change between runs.
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
        self.told(|graph, error| {
            // SAFETY: `seeds` is valid for its length; the others are ours.
            unsafe { sys::influence_graph_seed(graph, seeds.as_ptr(), seeds.len(), error) }
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

    /// The same. The library calls `progress` before each step and at the end, with
    /// how many of all steps are done; it can stop the run.
    ///
    /// ```
    /// # use influence::{Engine, Graph, Status};
    /// # use influence::messages::{Edge, EdgeBatch, SeedKind, SeedList};
    /// use std::ops::ControlFlow;
    /// # let mut graph = Graph::new(&Engine::new("v1")?, &Default::default())?;
    /// # let edge = Edge { source: "a".into(), target: "b".into(), weight: None };
    /// # graph.add(&EdgeBatch { edges: vec![edge] })?;
    /// # graph.seed(&SeedList { kind: SeedKind::Uniform.into(), ..Default::default() })?;
    /// let stopped = graph.run_with(&Default::default(), |done, _all| match done {
    ///     3.. => ControlFlow::Break(()),
    ///     _ => ControlFlow::Continue(()),
    /// });
    /// assert_eq!(stopped.unwrap_err().status(), Status::Cancelled);
    /// assert!(graph.run(&Default::default()).is_ok()); // and run again
    /// # Ok::<(), influence::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Status::Cancelled`](crate::Status::Cancelled) if `progress` stopped it;
    /// as [`Graph::run`].
    pub fn run_with<F: FnMut(u32, u32) -> ControlFlow<()>>(
        &mut self,
        options: &RunOptions,
        mut progress: F,
    ) -> Result<Standing, Error> {
        let options = options.encode_to_vec();
        let graph = self.0.as_mut_ptr();
        let context = callback::context(&mut progress);
        Owned::make(|standing, error| {
            // SAFETY: `options` is valid for its length; `context` is that of `F`,
            // and lives until C has returned.
            unsafe {
                sys::influence_graph_run(
                    graph,
                    options.as_ptr(),
                    options.len(),
                    Some(callback::progress::<F>),
                    context,
                    standing,
                    error,
                )
            }
        })
        .map(Standing)
    }

    pub(crate) fn using<T>(
        &mut self,
        call: impl FnOnce(*mut sys::influence_graph) -> Result<T, Error>,
    ) -> Result<T, Error> {
        call(self.0.as_mut_ptr())
    }

    fn told(
        &mut self,
        call: impl FnOnce(*mut sys::influence_graph, *mut *mut sys::influence_error) -> i32,
    ) -> Result<(), Error> {
        self.using(|graph| tell(|error| call(graph, error)))
    }
}

impl Standing {
    /// The graph, the seeds and the rule that were run.
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
        ask(|out, error| {
            // SAFETY: the standing lives as long as `self`.
            unsafe { sys::influence_standing_report(self.as_ptr(), out, error) }
        })
    }

    /// The parts of one node's rank, which sum to it exactly.
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
        ask(|out, error| {
            // SAFETY: the standing lives as long as `self`, `request` is valid
            // for its length.
            unsafe {
                sys::influence_standing_explain(
                    self.as_ptr(),
                    request.as_ptr(),
                    request.len(),
                    out,
                    error,
                )
            }
        })
    }

    pub(crate) fn as_ptr(&self) -> *const sys::influence_standing {
        self.0.as_ptr()
    }
}
