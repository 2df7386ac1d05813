//! Tallies, graphs, standings and drifts: what fails, and what does not grow.

use std::error::Error;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use influence::wire::{
    DriftOptions, Edge, EdgeBatch, Event, EventBatch, GraphOptions, NodeRequest, RenderRequest,
    RunOptions, ScoreRequest, Seed, SeedList, SubjectRequest, TallyOptions,
};
use influence::{
    Account, Drift, Engine, Graph, Profile, Signal, Standing, Status, Tally, compare_bytes, count,
    render_bytes,
};

type Outcome = Result<(), Box<dyn Error>>;

const NOW: i64 = 1_700_000_000;

fn status<T>(outcome: Result<T, influence::Error>) -> Option<Status> {
    let why = outcome.err()?;
    assert!(!why.message.is_empty());
    Some(why.status)
}

fn events(many: i64) -> EventBatch {
    let event = |i: i64| Event {
        actor: format!("a{}", i % 7).into(),
        subject: format!("s{}", i % 3).into(),
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
        from: format!("n{i}").into(),
        to: format!("n{}", i * i % 17).into(),
        weight: Some(i.into()),
    };
    graph.add(&EdgeBatch {
        edges: (0..40).map(edge).collect(),
    })?;
    graph.seed(&SeedList {
        seeds: vec![Seed {
            id: b"n3".to_vec(),
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
fn what_is_refused() -> Outcome {
    let (v1, v2) = (Engine::new("v1")?, Engine::new("v2")?);
    let mut counted = tally(&v1)?;
    let invalid = Some(Status::InvalidArgument);
    let malformed = Some(Status::Malformed);
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
    assert_eq!(status(counted.subject(&SubjectRequest::default())), invalid);
    assert_eq!(status(Tally::load(&v1, &[7; 99][..])), malformed);

    let mut flow = graph(&v1)?;
    assert_eq!(status(flow.add_bytes(&[0xff])), malformed);
    assert_eq!(status(flow.seed_bytes(&[0xff])), malformed);
    let mut bare = Graph::new(&v1, &GraphOptions::default())?;
    assert_eq!(status(bare.run(&RunOptions::default())), invalid);
    let standing = flow.run(&RunOptions::default())?;
    assert_eq!(status(flow.add(&EdgeBatch::default())), invalid); // it was run
    assert_eq!(status(standing.explain(&NodeRequest::default())), invalid);
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
        format: 1,
        card: "v0".into(),
        ..RenderRequest::default()
    };
    assert_eq!(
        status(influence::render(&nowhere)),
        Some(Status::UnknownAlgorithm)
    );
    Ok(())
}

/// What was made outlives what it was made of.
#[test]
fn any_order_of_release() -> Outcome {
    let engine = Engine::new("v1")?;
    let mut counted = tally(&engine)?;
    let mut flow = Graph::new(&engine, &GraphOptions::default())?;
    let mut drift = Drift::new(&engine, &engine, &DriftOptions::default())?;
    drop(engine);
    counted.add(&events(9))?;
    flow.add_tally(&mut counted)?;
    drop(counted);
    flow.seed(&SeedList {
        kind: 1,
        ..SeedList::default()
    })?;
    let standing = flow.run(&RunOptions::default())?;
    drop(flow);
    assert_eq!(standing.report()?.graph_nodes, 10);
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
fn functions_of_the_callers_that_fail() -> Outcome {
    let engine = Engine::new("v1")?;
    let mut counted = tally(&engine)?;
    let before = saved(&mut counted)?;
    let why = counted.save(Broken).expect_err("no disk");
    assert_eq!(
        (why.status, why.message.as_str()),
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

#[test]
fn sixteen_threads() -> Outcome {
    let engine = Arc::new(Engine::new("v1")?);
    let standing: Arc<Standing> = Arc::new(graph(&engine)?.run(&RunOptions::default())?);
    let drift = Drift::new(&engine, &engine, &DriftOptions::default())?;
    let node = NodeRequest {
        id: b"n3".to_vec(),
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
fn nothing_grows() -> Outcome {
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
fn rounds() -> Outcome {
    let rounds: u32 = match std::env::var("INFLUENCE_ROUNDS") {
        Ok(words) => words.parse::<u32>()? / 50, // they are longer
        Err(_) => 500,
    };
    let engine = Engine::new("v1")?;
    let round = || -> Outcome {
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
