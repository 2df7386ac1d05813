//! Tallies, graphs, standings and drifts: what fails, and what does not grow.

use std::error::Error;
use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use influence::messages::render_request::Subject;
use influence::messages::result::Outcome;
use influence::messages::{
    DriftOptions, Edge, EdgeBatch, Event, EventBatch, GraphOptions, NodeRequest, RenderFormat,
    RenderRequest, RunOptions, ScoreRequest, ScoreResponse, Seed, SeedKind, SeedList,
    SubjectRequest, TallyOptions,
};
use influence::prost::Message;
use influence::{
    Account, Drift, Engine, Graph, Profile, Signal, Spill, Standing, Status, Tally, compare_bytes,
    count, render_bytes, temporary_file,
};

type Tested = Result<(), Box<dyn Error>>;

const NOW: i64 = 1_700_000_000;

fn status<T>(outcome: Result<T, influence::Error>) -> Option<Status> {
    let why = outcome.err()?;
    assert!(!why.text().is_empty());
    Some(why.status())
}

fn events(many: i64) -> EventBatch {
    let event = |i: i64| Event {
        actor: format!("a{}", i % 7),
        subject: format!("s{}", i % 3),
        kind: Signal::Likes.into(),
        time_seconds: NOW - i * 3_600,
        ..Event::default()
    };
    EventBatch {
        events: (0..many).map(event).collect(),
    }
}

fn options() -> TallyOptions {
    TallyOptions {
        as_of_seconds: Some(NOW),
        ..TallyOptions::default()
    }
}

fn tally(engine: &Engine) -> Result<Tally, influence::Error> {
    let mut tally = Tally::new(engine, &options())?;
    tally.add(&events(50))?;
    Ok(tally)
}

fn graph(engine: &Engine) -> Result<Graph, influence::Error> {
    let mut graph = Graph::new(engine, &GraphOptions::default())?;
    let edge = |i: u32| Edge {
        source: format!("n{i}"),
        target: format!("n{}", i * i % 17),
        weight: Some(i.into()),
    };
    graph.add(&EdgeBatch {
        edges: (0..40).map(edge).collect(),
    })?;
    graph.seed(&SeedList {
        seeds: vec![Seed {
            id: "n3".into(),
            weight: None,
        }],
        ..SeedList::default()
    })?;
    Ok(graph)
}

fn people(many: i64) -> ScoreRequest {
    let person = |i: i64| Profile {
        id: format!("p{i}"),
        accounts: vec![Account {
            followers_micros: count(i * i),
            ..Account::default()
        }],
        ..Profile::default()
    };
    ScoreRequest {
        profiles: (0..many).map(person).collect(),
        ..ScoreRequest::default()
    }
}

fn saved(tally: &mut Tally) -> Result<Vec<u8>, influence::Error> {
    let mut bytes = Vec::new();
    tally.save(&mut bytes)?;
    Ok(bytes)
}

#[test]
fn what_is_refused() -> Tested {
    let (v1, v2) = (Engine::new("v1")?, Engine::new("v2")?);
    let mut counted = tally(&v1)?;
    let invalid = Some(Status::InvalidArgument);
    let malformed = Some(Status::Malformed);
    let not_found = Some(Status::NotFound);
    let no_state = Some(Status::FailedPrecondition);
    assert_eq!(status(Tally::new(&v1, &Default::default())), invalid);
    assert_eq!(status(counted.add_bytes(&[0xff])), malformed);
    let mut future = events(1);
    future.events[0].time_seconds = NOW + 1;
    assert_eq!(status(counted.add(&future)), Some(Status::OutOfRange));
    let other = Tally::new(&v2, &options())?;
    assert_eq!(
        status(counted.merge(&other)),
        Some(Status::AlgorithmMismatch)
    );
    let nobody = SubjectRequest {
        id: "nobody".into(),
        ..SubjectRequest::default()
    };
    assert_eq!(status(counted.subject(&nobody)), not_found);
    assert_eq!(status(Tally::load(&v1, &[7; 99][..])), malformed);

    let mut flow = graph(&v1)?;
    assert_eq!(status(flow.add_bytes(&[0xff])), malformed);
    assert_eq!(status(flow.seed_bytes(&[0xff])), malformed);
    let mut bare = Graph::new(&v1, &GraphOptions::default())?;
    assert_eq!(status(bare.run(&RunOptions::default())), no_state); // no seed
    let standing = flow.run(&RunOptions::default())?;
    let again = flow.add(&EdgeBatch::default());
    assert_eq!(status(again), no_state); // it was run
    let nobody = NodeRequest {
        id: "nobody".into(),
        top: 0,
    };
    assert_eq!(status(standing.explain(&nobody)), not_found);
    let unknown = GraphOptions {
        algorithm: "v2".into(),
        ..GraphOptions::default()
    };
    assert_eq!(
        status(Graph::new(&v1, &unknown)),
        Some(Status::AlgorithmMismatch)
    );

    let mut drift = Drift::new(&v1, &v2, &DriftOptions::default())?;
    assert_eq!(status(drift.add_bytes(&[0xff])), malformed);
    let back = Drift::new(&v2, &v1, &DriftOptions::default())?;
    assert_eq!(status(drift.merge(&back)), Some(Status::AlgorithmMismatch));
    assert_eq!(status(Drift::load(&v1, &v2, b"no drift")), malformed);
    assert_eq!(status(compare_bytes(&v1, &v2, &[0xff])), malformed);
    assert_eq!(status(v1.what_if_bytes(&[0xff])), malformed);
    assert_eq!(status(render_bytes(&[])), invalid);
    let nowhere = RenderRequest {
        format: RenderFormat::Text.into(),
        subject: Some(Subject::Card("v0".into())),
        ..RenderRequest::default()
    };
    assert_eq!(
        status(influence::render(&nowhere)),
        Some(Status::UnknownAlgorithm)
    );
    let mut result = v1.score_request(&ScoreRequest {
        algorithm: "v1".into(),
        ..people(1)
    })?;
    let page = |result: &ScoreResponse| {
        influence::render(&RenderRequest {
            format: RenderFormat::Text.into(),
            subject: Some(Subject::Result(result.clone())),
            ..RenderRequest::default()
        })
    };
    assert_eq!(status(page(&result)), None);
    match &mut result.results[0].outcome {
        Some(Outcome::Ledger(ledger)) => ledger.accounts[0].followers_micros = count(1_000),
        other => panic!("{other:?}"),
    }
    assert_eq!(status(page(&result)), Some(Status::NotVerified));
    Ok(())
}

/// What was made outlives what it was made of.
#[test]
fn any_order_of_release() -> Tested {
    let engine = Engine::new("v1")?;
    let mut counted = tally(&engine)?;
    let mut flow = Graph::new(&engine, &GraphOptions::default())?;
    let mut drift = Drift::new(&engine, &engine, &DriftOptions::default())?;
    drop(engine);
    counted.add(&events(9))?;
    flow.add_tally(&mut counted)?;
    drop(counted);
    flow.seed(&SeedList {
        kind: SeedKind::Uniform.into(),
        ..SeedList::default()
    })?;
    let standing = flow.run(&RunOptions::default())?;
    drop(flow);
    assert_eq!(standing.report()?.graph.ok_or("no graph")?.nodes, 10);
    drift.add(&people(3))?;
    assert_eq!(drift.report()?.all.ok_or("no summary")?.people, 3);
    Ok(())
}

struct Broken;

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is full"))
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Panics;

impl Write for Panics {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        panic!("no disk")
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Panics {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("no disk")
    }
}

fn panics<T>(call: impl FnOnce() -> T) -> bool {
    catch_unwind(AssertUnwindSafe(call)).is_err()
}

#[test]
fn functions_of_the_callers_that_fail() -> Tested {
    let engine = Engine::new("v1")?;
    let mut counted = tally(&engine)?;
    let before = saved(&mut counted)?;
    let why = counted.save(Broken).expect_err("no disk");
    assert_eq!(
        (why.status(), why.text()),
        (Status::Cancelled, "the disk is full")
    );
    assert!(panics(|| counted.save(Panics)));
    assert!(panics(|| Tally::load(&engine, Panics)));
    assert_eq!(
        status(Tally::load(&engine, &before[..before.len() - 1])),
        Some(Status::Cancelled)
    );
    assert_eq!(saved(&mut counted)?, before); // as if nothing had been

    let mut flow = graph(&engine)?;
    let mut last = 0;
    let stopped = flow.run_with(&RunOptions::default(), |done, all| {
        assert!(done < all);
        last = done;
        match done {
            3 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    });
    assert_eq!(status(stopped), Some(Status::Cancelled));
    assert_eq!(last, 3);
    assert!(panics(
        || flow.run_with(&RunOptions::default(), |_, _| panic!("enough"))
    ));
    let again = flow.run(&RunOptions::default())?.report()?;
    let other = graph(&engine)?.run(&RunOptions::default())?.report()?;
    assert_eq!(again.ranks_digest, other.ranks_digest);
    Ok(())
}

/// A temporary file that fails, panics and counts how many of its kind there are.
struct Room {
    file: File,
    trouble: Trouble,
    alive: Arc<AtomicUsize>,
    appended: Arc<AtomicUsize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Trouble {
    None,
    AppendFails,
    AppendPanics,
    ReadFails,
    ReadPanics,
    DropPanics,
}

impl Room {
    fn new(trouble: Trouble, alive: &Arc<AtomicUsize>) -> io::Result<Self> {
        alive.fetch_add(1, Ordering::SeqCst);
        Ok(Self {
            file: temporary_file(std::env::temp_dir())?,
            trouble,
            alive: alive.clone(),
            appended: Arc::default(),
        })
    }
}

impl Spill for Room {
    fn append(&self, data: &[u8]) -> io::Result<()> {
        match self.trouble {
            Trouble::AppendFails => return Err(io::Error::other("the disk is full")),
            Trouble::AppendPanics => panic!("no disk"),
            _ => {}
        }
        self.appended.fetch_add(data.len(), Ordering::SeqCst);
        Spill::append(&self.file, data)
    }

    fn read_at(&self, offset: u64, data: &mut [u8]) -> io::Result<()> {
        match self.trouble {
            Trouble::ReadFails => return Err(io::Error::other("the disk is gone")),
            Trouble::ReadPanics => panic!("no disk"),
            _ => {}
        }
        Spill::read_at(&self.file, offset, data)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.alive.fetch_sub(1, Ordering::SeqCst);
        assert!(self.trouble != Trouble::DropPanics, "no disk");
    }
}

const LEAST_MEMORY: u64 = 64 << 20;

/// More edges than fit into the quarter of the least memory that collects them.
fn many_edges() -> &'static [Vec<u8>] {
    static BATCHES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        let edge = |i: u32| Edge {
            source: format!("n{}", i % 9_973),
            target: format!("n{}", u64::from(i) * u64::from(i) % 9_967),
            weight: None,
        };
        let batch = |n: u32| EdgeBatch {
            edges: (n * 500_000..(n + 1) * 500_000).map(edge).collect(),
        };
        (0..3).map(|n| batch(n).encode_to_vec()).collect()
    });
    &BATCHES
}

fn many(graph: &mut Graph) -> Result<Standing, influence::Error> {
    for batch in many_edges() {
        graph.add_bytes(batch)?;
    }
    graph.seed(&SeedList {
        kind: SeedKind::Uniform.into(),
        ..SeedList::default()
    })?;
    graph.run(&RunOptions::default())
}

#[test]
fn the_largest_graph_spills() -> Tested {
    let engine = Engine::new("v1")?;
    let want = many(&mut Graph::new(&engine, &GraphOptions::default())?)?;
    let alive = Arc::default();
    let room = Room::new(Trouble::None, &alive)?;
    let appended = room.appended.clone();
    let mut graph = Graph::new(&engine, &GraphOptions::default())?;
    graph.spill(LEAST_MEMORY, room)?;
    let standing = Arc::new(many(&mut graph)?);
    assert!(appended.load(Ordering::SeqCst) > 16 << 20);
    drop(graph);
    assert_eq!(standing.report()?.ranks_digest, want.report()?.ranks_digest);
    let node = NodeRequest {
        id: "n7".into(),
        top: 3,
    };
    let want = want.explain(&node)?;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(standing.explain(&node).as_ref(), Ok(&want)));
        }
    });
    assert_eq!(alive.load(Ordering::SeqCst), 1);
    drop(standing);
    assert_eq!(alive.load(Ordering::SeqCst), 0);
    Ok(())
}

#[test]
fn the_largest_graph_fails_with_its_room() -> Tested {
    let engine = Engine::new("v1")?;
    let alive = Arc::default();
    for (trouble, words) in [
        (Trouble::AppendFails, Some("the disk is full")),
        (Trouble::AppendPanics, None),
        (Trouble::ReadFails, Some("the disk is gone")),
        (Trouble::ReadPanics, None),
    ] {
        let mut graph = Graph::new(&engine, &GraphOptions::default())?;
        graph.spill(LEAST_MEMORY, Room::new(trouble, &alive)?)?;
        match words {
            Some(words) => {
                let why = many(&mut graph).expect_err(words);
                assert_eq!((why.status(), why.text()), (Status::Cancelled, words));
            }
            None => assert!(panics(|| many(&mut graph))),
        }
        let later = graph.add_bytes(&many_edges()[0]);
        assert_eq!(status(later), Some(Status::FailedPrecondition));
        drop(graph);
        assert_eq!(alive.load(Ordering::SeqCst), 0);
    }
    Ok(())
}

#[test]
fn a_room_is_dropped_once_whatever_happens() -> Tested {
    let engine = Engine::new("v1")?;
    let alive = Arc::default();
    let room = |trouble| Room::new(trouble, &alive);
    let mut empty = Tally::new(&engine, &options())?;
    let little = empty.spill(LEAST_MEMORY - 1, room(Trouble::None)?);
    assert_eq!(status(little), Some(Status::OutOfRange));
    assert_eq!(alive.load(Ordering::SeqCst), 0);
    let mut full = tally(&engine)?;
    let late = full.spill(LEAST_MEMORY, room(Trouble::None)?);
    assert_eq!(status(late), Some(Status::FailedPrecondition));
    let mut full = graph(&engine)?;
    let late = full.spill(LEAST_MEMORY, room(Trouble::None)?);
    assert_eq!(status(late), Some(Status::FailedPrecondition));
    assert_eq!(alive.load(Ordering::SeqCst), 0);

    empty.spill(LEAST_MEMORY, room(Trouble::None)?)?;
    empty.add(&events(50))?;
    assert_eq!(empty.report()?.counted, 50);
    assert!(saved(&mut empty).is_err()); // a tally that spills cannot be saved
    assert_eq!(alive.load(Ordering::SeqCst), 1);
    drop(empty);
    assert_eq!(alive.load(Ordering::SeqCst), 0);

    let mut empty = Tally::new(&engine, &options())?;
    empty.spill(LEAST_MEMORY, room(Trouble::DropPanics)?)?;
    drop(empty); // where C would be in the way of the panic
    assert_eq!(alive.load(Ordering::SeqCst), 0);
    Ok(())
}

#[test]
fn sixteen_threads() -> Tested {
    let engine = Arc::new(Engine::new("v1")?);
    let standing: Arc<Standing> = Arc::new(graph(&engine)?.run(&RunOptions::default())?);
    let drift = Drift::new(&engine, &engine, &DriftOptions::default())?;
    let node = NodeRequest {
        id: "n3".into(),
        top: 0,
    };
    let want = standing.explain(&node)?;
    let parts: Vec<Result<(Tally, Drift), influence::Error>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    for _ in 0..5 {
                        assert_eq!(standing.explain(&node).as_ref(), Ok(&want));
                        drift.report()?;
                    }
                    let mut own = Drift::new(&engine, &engine, &DriftOptions::default())?;
                    own.add(&people(10))?;
                    Ok((tally(&engine)?, own))
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    let (mut all, mut drifted) = (Tally::new(&engine, &options())?, drift);
    for part in parts {
        let (counted, own) = part?;
        all.merge(&counted)?;
        drifted.merge(&own)?;
    }
    assert_eq!(all.report()?.events, 16 * 50);
    assert_eq!(drifted.report()?.all.ok_or("no summary")?.people, 160);
    Ok(())
}

fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// In a process of its own: the other tests of this one would be measured too.
#[test]
fn nothing_grows() -> Tested {
    let program = std::env::current_exe()?;
    let arguments = ["--exact", "rounds", "--ignored", "--nocapture"];
    let output = std::process::Command::new(program)
        .args(arguments)
        .output()?;
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

#[test]
#[ignore = "run by nothing_grows"]
fn rounds() -> Tested {
    let rounds: u32 = match std::env::var("INFLUENCE_ROUNDS") {
        Ok(words) => words.parse::<u32>()? / 50, // they are longer
        Err(_) => 500,
    };
    let engine = Engine::new("v1")?;
    let round = || -> Tested {
        let mut counted = tally(&engine)?;
        let bytes = saved(&mut counted)?;
        let mut loaded = Tally::load(&engine, &bytes[..])?;
        assert!(Tally::load(&engine, &bytes[1..]).is_err());
        assert!(loaded.add_bytes(&[0xff]).is_err());
        let mut flow = graph(&engine)?;
        flow.add_tally(&mut loaded)?;
        let standing = flow.run(&RunOptions::default())?;
        standing.report()?;
        let stop = |_, _| ControlFlow::Break(());
        assert!(flow.run_with(&RunOptions::default(), stop).is_err());
        let mut drift = Drift::new(&engine, &engine, &DriftOptions::default())?;
        drift.add(&people(9))?;
        drift.merge(&Drift::load(&engine, &engine, &drift.save()?)?)?;
        drift.report()?;
        Ok(())
    };
    for _ in 0..rounds / 4 {
        round()?;
    }
    let before = resident_kib().ok_or("no /proc")?;
    for _ in 0..rounds {
        round()?;
    }
    let after = resident_kib().ok_or("no /proc")?;
    println!("{rounds} rounds: {before} KiB before, {after} after");
    assert!(
        after <= before + 2_048,
        "{before} KiB before, {after} after"
    );
    Ok(())
}
