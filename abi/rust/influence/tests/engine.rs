//! Profiles in, results out; errors, threads, lifetimes.

use std::sync::Arc;

use influence::{
    algorithms, count, library_version, wire, Account, Algorithm, Engine, Error, Options, Profile,
    Status,
};
use prost::Message;
use rayon::prelude::*;

/// Ada, whose score is worked out by hand in the algorithm's specification.
fn ada() -> Profile {
    Profile {
        id: "ada".into(),
        accounts: vec![Account {
            mentions_micros: count(120),
            replies_micros: count(40),
            saves_micros: count(16),
            likes_micros: count(300),
            reshares_micros: count(85),
            quotes_micros: count(12),
            listings_micros: count(31),
            followers_micros: count(2400),
            ..Default::default()
        }],
    }
}

const ADA_SCORE: i64 = 36_901_409;

fn v1() -> Engine {
    Engine::new("v1").unwrap()
}

fn people(n: i64) -> Vec<Profile> {
    (0..n)
        .map(|i| Profile {
            id: format!("p{i}"),
            accounts: vec![Account { likes_micros: count(i), ..Default::default() }],
        })
        .collect()
}

#[test]
fn score_is_the_specifications() {
    let scored = &v1().score(&[ada()]).unwrap()[0];
    let ledger = scored.ledger.as_ref().unwrap();
    assert_eq!(ledger.score_micropoints, ADA_SCORE);
    assert_eq!(ledger.lines.iter().map(|line| line.points_micropoints).sum::<i64>(), ADA_SCORE);
}

#[test]
fn options() {
    let engine = v1();
    let score_only = Options { score_only: true, ..Default::default() };
    let scored = &engine.score_with(&[ada()], &score_only).unwrap()[0];
    assert!(scored.ledger.as_ref().unwrap().lines.is_empty());
    let text = Options { text: true, ..Default::default() };
    assert!(engine.score_with(&[ada()], &text).unwrap()[0].text.contains("13.369371"));
    let fingerprint = engine.describe().unwrap().fingerprint;
    let pinned = Options { fingerprint, ..Default::default() };
    assert!(engine.score_with(&[], &pinned).is_ok());
    let other = Options { fingerprint: "0".repeat(64), ..Default::default() };
    // Also without anybody to score.
    let error = engine.score_with(&[], &other).unwrap_err();
    assert_eq!(error.status, Status::AlgorithmMismatch);
}

#[test]
fn many_profiles_keep_their_order() {
    let wide = Profile {
        id: "wide".into(),
        accounts: vec![Account { network: "x".repeat(64), ..Default::default() }; 64],
    };
    let mut profiles = people(10_001);
    for profile in profiles.iter_mut().step_by(3) {
        *profile = wide.clone();
    }
    let scored = v1().score(&profiles).unwrap();
    assert_eq!(scored.len(), profiles.len());
    assert!(scored.iter().zip(&profiles).all(|(a, b)| a.id == b.id));
}

#[test]
fn a_bad_profile_spoils_no_other() {
    let bad = Profile {
        id: "bad".into(),
        accounts: vec![Account { likes_micros: Some(-1), ..Default::default() }],
    };
    let scored = v1().score(&[ada(), bad, ada()]).unwrap();
    let error = scored[1].ledger.as_ref().unwrap_err();
    assert_eq!(error.status, Status::OutOfRange);
    assert_eq!(error.field, "accounts[0].likes_micros");
    assert_eq!(scored[0].ledger, scored[2].ledger);
}

// OUT_OF_MEMORY and INTERNAL cannot be had from outside; the mapping has them.
#[test]
fn every_status() {
    let engine = v1();
    let request = |change: &dyn Fn(&mut wire::ScoreRequest)| {
        let mut request = wire::ScoreRequest {
            algorithm: "v1".into(),
            profiles: vec![ada()],
            ..Default::default()
        };
        change(&mut request);
        engine.score_request(&request).map(|_| ())
    };
    let of_profile = |bytes: &[u8]| -> Result<(), Error> {
        let response = wire::ScoreResponse::decode(&*engine.score_bytes(bytes)?).unwrap();
        match response.results[0].outcome.clone().unwrap() {
            wire::result::Outcome::Error(error) => {
                assert_eq!(Status::from_code(error.code).code(), error.code);
                assert_eq!(error.code, wire::Code::InvalidUtf8 as i32);
                Ok(())
            }
            outcome => panic!("{outcome:?}"),
        }
    };
    of_profile(b"\x0a\x02v1\x1a\x03\x0a\x01\xff").unwrap();
    let out_of_range = |profile: Profile| engine.score(&[profile]).unwrap().remove(0).ledger;
    let mut too_many = ada();
    too_many.accounts[0].likes_micros = Some(i64::MAX);
    for (status, result) in [
        (Status::InvalidArgument, request(&|r| r.detail = 99)),
        (Status::Malformed, engine.score_bytes(b"\xff").map(|_| ())),
        (Status::TooLarge, engine.score_bytes(&vec![0; (16 << 20) + 1]).map(|_| ())),
        (Status::UnknownAlgorithm, Engine::new("v0").map(|_| ())),
        (Status::AlgorithmMismatch, request(&|r| r.algorithm = "v2".into())),
        (
            Status::InvalidAlgorithm,
            Engine::custom(&Algorithm { id: "acme/v1".into(), rows: vec![] }).map(|_| ()),
        ),
        (Status::OutOfRange, out_of_range(too_many).map(|_| ())),
        (Status::InvalidUtf8, Engine::custom_bytes(b"\x0a\x02a\xff").map(|_| ())),
    ] {
        let error = result.unwrap_err();
        assert_eq!(error.status, status, "{error}");
        assert!(error.to_string().starts_with(&status.to_string()));
    }
    for code in 1..=10 {
        let status = Status::from_code(code);
        assert_eq!(status.code(), code);
        assert!(!matches!(status, Status::Other(_)));
        assert_ne!(status.to_string(), "UNKNOWN");
    }
    assert_eq!(Status::from_code(11), Status::Other(11));
    assert_eq!(Status::Other(11).to_string(), "UNKNOWN"); // or it wants a name
}

#[test]
fn custom_algorithm() {
    let table = Algorithm {
        id: "acme/v1".into(),
        rows: vec![wire::Row {
            factor: wire::Factor::Audience.into(),
            weight_micropoints: 100_000_000,
            full_marks_micros: 1_000_000_000,
            half_life_days: 0,
            counts: vec![wire::SignalValue {
                signal: wire::Signal::Followers.into(),
                value_micros: 1_000_000,
            }],
        }],
    };
    let engine = Engine::custom(&table).unwrap();
    assert_eq!(engine.algorithm(), "acme/v1");
    let full = Profile {
        id: String::new(),
        accounts: vec![Account { followers_micros: count(1000), ..Default::default() }],
    };
    let scored = engine.score(&[full]).unwrap();
    assert_eq!(scored[0].ledger.as_ref().unwrap().score_micropoints, 100_000_000);
}

#[test]
fn the_library() {
    let list = algorithms().unwrap();
    assert_eq!(list.library_version, library_version());
    assert_eq!(list.algorithms[0].algorithm.as_ref().unwrap().id, "v1");
    assert_eq!(count(i64::MAX), None);
}

#[test]
fn engines_are_shared_and_moved() {
    fn both<T: Send + Sync + 'static>(_: &T) {}
    let engine = Arc::new(v1());
    both(&*engine);
    both(&engine.score_bytes(b"\x0a\x02v1").unwrap());
    let profiles = people(500);
    let wanted = engine.score(&profiles).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(16).build().unwrap();
    pool.install(|| {
        (0..80).into_par_iter().for_each(|_| {
            assert_eq!(engine.score(&profiles).unwrap(), wanted);
        });
    });
    std::thread::spawn(move || drop(engine)).join().unwrap();
}

#[cfg(target_os = "linux")]
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap();
    status.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

/// A million rounds with INFLUENCE_ROUNDS=1000000.
#[cfg(target_os = "linux")]
#[test]
fn nothing_grows() {
    let rounds = std::env::var("INFLUENCE_ROUNDS").map_or(20_000, |n| n.parse().unwrap());
    let profiles = [ada()];
    let round = || {
        let engine = v1();
        engine.score(&profiles).unwrap();
        engine.score_bytes(b"\xff").unwrap_err();
    };
    (0..rounds / 4).for_each(|_| round());
    let before = resident();
    (0..rounds).for_each(|_| round());
    let after = resident();
    println!("{rounds} rounds: {before} bytes before, {after} after");
    assert!(after < before + (8 << 20));
}

/// The README shows the example, and what it prints.
#[test]
fn readme() {
    let here = env!("CARGO_MANIFEST_DIR");
    let readme = std::fs::read_to_string(format!("{here}/../README.md")).unwrap();
    let program = std::fs::read_to_string(format!("{here}/examples/score.rs")).unwrap();
    assert!(readme.contains(&format!("```rust\n{program}```\n")));
    let printed = std::process::Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--example", "score", "../../../examples/people.csv"])
        .current_dir(here)
        .output()
        .unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(readme.contains(&format!("```text\n{printed}```\n")), "{printed}");
}

#[cfg(feature = "serde")]
#[test]
fn messages_serialize() {
    let text = serde_json::to_string(&ada()).unwrap();
    assert_eq!(serde_json::from_str::<Profile>(&text).unwrap(), ada());
    let ledger = v1().score(&[ada()]).unwrap().remove(0).ledger.unwrap();
    let text = serde_json::to_string(&ledger).unwrap();
    assert_eq!(serde_json::from_str::<wire::Ledger>(&text).unwrap(), ledger);
}
