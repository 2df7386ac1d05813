//! Engines, scores, failures, threads and memory, by the public interface.

use std::error::Error;
use std::sync::Arc;

use influence::messages::{Rendering, Row, SignalValue, result};
use influence::prost::Message;
use influence::{
    Account, Algorithm, Counts, Engine, Factor, Limit, Options, Profile, ScoreRequest,
    ScoreResponse, Signal, Status, count, format_points, kernel_name, limit,
};

type Outcome = Result<(), Box<dyn Error>>;

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
            followers_micros: count(2_400),
            ..Account::default()
        }],
        ..Profile::default()
    }
}

const ADA_SCORE: i64 = 36_901_409;

fn bad() -> Profile {
    Profile {
        id: "bad".into(),
        accounts: vec![
            Account::default(),
            Account {
                likes_micros: Some(-1),
                ..Account::default()
            },
        ],
        ..Profile::default()
    }
}

fn people(n: i64) -> Vec<Profile> {
    (0..n)
        .map(|i| Profile {
            id: format!("p{i}"),
            accounts: vec![Account {
                followers_micros: count(i),
                likes_micros: count(i % 97),
                ..Account::default()
            }],
            ..Profile::default()
        })
        .collect()
}

fn audience_alone() -> Algorithm {
    Algorithm {
        id: "acme/v1".into(),
        rows: vec![Row {
            factor: Factor::Audience.into(),
            weight_micropoints: 100_000_000,
            full_marks_micros: 1_000_000_000,
            half_life_units: 0,
            counts: vec![SignalValue {
                signal: Signal::Followers.into(),
                value_micros: 1_000_000,
            }],
        }],
        ..Algorithm::default()
    }
}

fn status<T>(result: Result<T, influence::Error>) -> Option<Status> {
    Some(result.err()?.status())
}

#[test]
fn the_score_is_the_specifications() -> Outcome {
    let engine = Engine::new("v1")?;
    let scored = engine.score(&[ada()])?;
    let ledger = scored[0].outcome.as_ref().map_err(ToString::to_string)?;
    assert_eq!(ledger.score_micropoints, ADA_SCORE);
    let sum: i64 = ledger
        .lines
        .iter()
        .map(|line| line.points_micropoints)
        .sum();
    assert_eq!(sum, ADA_SCORE);
    assert_eq!(scored[0].id, "ada");
    assert_eq!(scored[0].text, "");
    Ok(())
}

#[test]
fn options_are_obeyed() -> Outcome {
    let engine = Engine::new("v1")?;
    let one = |options: Options| engine.score_with(&[ada()], &options);
    let short = &one(Options::new().score_only())?[0].outcome;
    assert_eq!(short.as_ref().map(|ledger| ledger.lines.len()), Ok(0));
    assert!(one(Options::new().text())?[0].text.contains("13.369371"));
    assert!(one(Options::new().markdown())?[0].text.contains('#'));
    assert!(one(Options::new().as_of_days(20_000)).is_ok());
    let day = one(Options::new().as_of_days(-1));
    assert_eq!(status(day), Some(Status::OutOfRange));
    let words = one(Options::new().score_only().text());
    assert_eq!(status(words), Some(Status::InvalidArgument));
    assert!(one(Options::new().fingerprint(engine.fingerprint())).is_ok());
    let other = Options::new().fingerprint("0".repeat(64));
    assert_eq!(
        status(engine.score_with(&[], &other)),
        Some(Status::AlgorithmMismatch)
    );
    Ok(())
}

#[test]
fn profiles_and_a_request_and_its_bytes_are_one_score() -> Outcome {
    let engine = Engine::new("v1")?;
    let request = ScoreRequest {
        algorithm: "v1".into(),
        profiles: vec![ada(), bad()],
        rendering: Rendering::Text.into(),
        ..ScoreRequest::default()
    };
    let bytes = engine.score_bytes(&request.encode_to_vec())?;
    let response = ScoreResponse::decode(&bytes[..])?;
    assert_eq!(engine.score_request(&request)?, response);
    let scored = engine.score_with(&request.profiles, &Options::new().text())?;
    for (person, result) in scored.into_iter().zip(response.results) {
        assert_eq!(person.id, result.id);
        assert_eq!(person.text, result.text);
        match (person.outcome, result.outcome) {
            (Ok(ledger), Some(result::Outcome::Ledger(other))) => assert_eq!(ledger, other),
            (Err(why), Some(result::Outcome::Error(error))) => {
                assert_eq!(why.status().code(), error.code);
                assert_eq!(format!("profiles[1].{}", why.field()), error.field);
                assert_eq!(why.row(), Some(1));
                assert_eq!(why.text(), error.message);
            }
            different => panic!("{different:?}"),
        }
    }
    Ok(())
}

// Also across calls of the library, and with people who fill one alone.
#[test]
fn any_number_of_profiles_keeps_its_order() -> Outcome {
    let engine = Engine::new("v1")?;
    let mut profiles = people(70_000);
    let large = Account {
        network: "x".repeat(64),
        likes_micros: count(1),
        ..Account::default()
    };
    for profile in profiles.iter_mut().step_by(10) {
        profile.accounts = vec![large.clone(); 64];
    }
    profiles[33_333] = bad();
    let scored = engine.score_with(&profiles, &Options::new().score_only())?;
    assert_eq!(scored.len(), profiles.len());
    for (person, profile) in scored.iter().zip(&profiles) {
        assert_eq!(person.id, profile.id);
        assert_eq!(person.outcome.is_err(), person.id == "bad");
    }
    let why = scored[33_333].outcome.as_ref().expect_err("-1 likes");
    assert_eq!(why.row(), Some(33_333));
    assert_eq!(engine.score(&[])?, []);
    Ok(())
}

// 4,096 of these would have a response of more than the 256 MiB of a call.
#[test]
fn the_largest_ledgers_fit() -> Outcome {
    let account = |i: i64| Account {
        network: format!("{i:064}"),
        mentions_micros: count(i),
        replies_micros: count(i),
        saves_micros: count(i),
        likes_micros: count(i),
        reshares_micros: count(i),
        quotes_micros: count(i),
        listings_micros: count(i),
        followers_micros: count(i),
        standing_micros: count(i),
        endorsements_micros: count(i),
    };
    let profile = Profile {
        id: "x".repeat(256),
        accounts: (1..=64).map(account).collect(),
        ..Profile::default()
    };
    let scored = Engine::new("v1")?.score_with(&vec![profile; 4_096], &Options::new().text())?;
    assert_eq!(scored.len(), 4_096);
    assert!(scored.iter().all(|person| person.outcome.is_ok()));
    Ok(())
}

#[test]
fn a_bad_profile_affects_no_other() -> Outcome {
    let scored = Engine::new("v1")?.score(&[ada(), bad(), ada()])?;
    let why = scored[1].outcome.as_ref().expect_err("-1 likes");
    assert_eq!(why.status(), Status::OutOfRange);
    assert_eq!(why.field(), "accounts[1].likes_micros");
    assert_eq!(
        why.to_string(),
        format!(
            "OUT_OF_RANGE: row 1: accounts[1].likes_micros: {}",
            why.text()
        )
    );
    assert_eq!(scored[0].outcome, scored[2].outcome);
    assert!(scored[0].outcome.is_ok());
    Ok(())
}

// The others need tallies, graphs or pages, see handles.rs. No test can provoke
// OUT_OF_MEMORY and INTERNAL; error.rs maps them.
#[test]
fn an_engine_fails_with_every_status() -> Outcome {
    let engine = Engine::new("v1")?;
    let of = |change: fn(&mut ScoreRequest)| {
        let mut request = ScoreRequest {
            algorithm: "v1".into(),
            profiles: vec![ada()],
            ..ScoreRequest::default()
        };
        change(&mut request);
        status(engine.score_request(&request))
    };
    assert_eq!(of(|_| {}), None);
    assert_eq!(of(|r| r.detail = 99), Some(Status::InvalidArgument));
    assert_eq!(
        of(|r| r.algorithm = "v2".into()),
        Some(Status::AlgorithmMismatch)
    );
    assert_eq!(of(|r| r.as_of_days = Some(-1)), Some(Status::OutOfRange));
    assert_eq!(of(|r| r.profiles = people(65_537)), Some(Status::TooLarge));
    assert_eq!(status(engine.score_bytes(&[0xff])), Some(Status::Malformed));
    assert_eq!(
        status(engine.score_bytes(&[])),
        Some(Status::AlgorithmMismatch)
    );
    let large = vec![0; (16 << 20) + 1];
    assert_eq!(status(engine.score_bytes(&large)), Some(Status::TooLarge));
    assert_eq!(status(Engine::new("v0")), Some(Status::UnknownAlgorithm));
    assert_eq!(status(Engine::new("")), Some(Status::UnknownAlgorithm));
    assert_eq!(status(Engine::new("v1\0")), Some(Status::InvalidArgument));
    let no_rows = Algorithm {
        rows: vec![],
        ..audience_alone()
    };
    assert_eq!(
        status(Engine::custom(&no_rows)),
        Some(Status::InvalidAlgorithm)
    );
    assert_eq!(
        status(Engine::custom_bytes(&[0xff])),
        Some(Status::Malformed)
    );
    // Text that is not UTF-8 cannot be in a String, only in bytes.
    assert_eq!(
        status(Engine::custom_bytes(b"\x0a\x01\xff")),
        Some(Status::InvalidUtf8)
    );
    let bytes = engine.score_bytes(b"\x0a\x02v1\x1a\x03\x0a\x01\xff")?;
    match &ScoreResponse::decode(&bytes[..])?.results[0].outcome {
        Some(result::Outcome::Error(why)) => {
            assert_eq!(Status::from_code(why.code), Status::InvalidUtf8);
        }
        other => panic!("{other:?}"),
    }
    Ok(())
}

#[test]
fn a_failure_says_what_and_where() -> Outcome {
    let why = Engine::new("v0").expect_err("there is no v0");
    assert!(why.text().contains("v0"), "{why}");
    assert!(why.to_string().starts_with("UNKNOWN_ALGORITHM: "));
    assert_eq!(why.row(), None);
    let mut table = audience_alone();
    table.rows[0].counts[0].value_micros = 0;
    let why = Engine::custom(&table).expect_err("a value of 0");
    assert_eq!(why.status(), Status::InvalidAlgorithm);
    assert_eq!(why.field(), "rows[0].counts[0].value_micros");
    let request = ScoreRequest {
        algorithm: "v1".into(),
        as_of_days: Some(-1),
        ..ScoreRequest::default()
    };
    let why = Engine::new("v1")?
        .score_request(&request)
        .expect_err("a day before 1970");
    assert_eq!(why.field(), "as_of_days");
    Ok(())
}

#[test]
fn who_opted_out_has_no_number() -> Outcome {
    let mut profile = ada();
    profile.opted_out = true;
    let scored = Engine::new("v1")?.score(&[profile, ada()])?;
    let why = scored[0].outcome.as_ref().expect_err("opted out");
    assert_eq!(why.status(), Status::OptedOut);
    assert!(scored[1].outcome.is_ok());
    Ok(())
}

#[test]
fn plain_counts_are_the_score_of_one_account() -> Outcome {
    let engine = Engine::new("v1")?;
    let every = Counts::new()
        .mentions(120)
        .replies(40)
        .saves(16)
        .likes(300)
        .reshares(85)
        .quotes(12)
        .listings(31)
        .followers(2_400);
    let some = Counts::new().likes(3).followers(None);
    for (counts, account) in [
        (every, ada().accounts.remove(0)),
        (
            some,
            Account {
                likes_micros: count(3),
                ..Account::default()
            },
        ),
        (Counts::new(), Account::default()),
    ] {
        let profile = Profile {
            accounts: vec![account],
            ..Profile::default()
        };
        let ledger = engine.score(&[profile])?.remove(0).outcome?;
        let score = engine.score_counts(&counts)?;
        assert_eq!(score.score_micropoints, ledger.score_micropoints);
        assert_eq!(score.low_micropoints, ledger.low_micropoints);
        assert_eq!(score.high_micropoints, ledger.high_micropoints);
        assert_eq!(score.coverage_micropoints, ledger.coverage_micropoints);
    }
    let score = engine.score_counts(&every)?;
    assert_eq!(score.score_micropoints, ADA_SCORE);
    assert_eq!(
        format!("{score}|{score:.1}|{score:.0}|{score:6.1}|{score:.9}"),
        "36.901409|36.9|37|  36.9|36.901409"
    );
    for refused in [-1, i64::MIN, 10_000_000_001, i64::MAX] {
        let why = engine
            .score_counts(&every.quotes(refused))
            .expect_err("out of range");
        assert_eq!(why.status(), Status::OutOfRange);
        assert_eq!(why.field(), "counts[5]");
        assert!(why.text().contains("quotes"), "{why}");
    }
    Ok(())
}

#[test]
fn points_in_decimal() -> Outcome {
    assert_eq!(format_points(-1_500_000, 0)?, "-2"); // ties to even
    assert_eq!(format_points(2_500_000, 0)?, "2");
    let longest = format_points(i64::MIN, 6)?;
    assert_eq!(longest, "-9223372036854.775808");
    for decimals in [7, u32::MAX] {
        let why = format_points(0, decimals).expect_err("too many");
        assert_eq!(why.status(), Status::InvalidArgument);
        assert_eq!(why.field(), "decimals");
    }
    Ok(())
}

#[test]
fn the_library_tells_its_limits_and_its_kernel() {
    assert!(limit(Limit::RequestBytes) >= 16 << 20);
    assert!(limit(Limit::ResponseBytes) >= 256 << 20);
    assert!(limit(Limit::AlgorithmBytes) >= 65_536);
    assert!(limit(Limit::Profiles) >= 65_536);
    assert!(limit(Limit::Accounts) >= 64);
    assert!(limit(Limit::IdBytes) >= 256);
    assert!(limit(Limit::NetworkBytes) >= 64);
    assert!(limit(Limit::TopicBytes) >= 64);
    assert!(limit(Limit::EventCount) >= 1_000_000);
    assert!(limit(Limit::Threads) >= 1_024);
    let kernels = ["integer", "sse2", "avx2", "avx512", "neon"];
    assert!(kernels.contains(&kernel_name()), "{}", kernel_name());
}

#[test]
fn a_table_of_ones_own_scores() -> Outcome {
    let engine = Engine::custom(&audience_alone())?;
    assert_eq!(engine.algorithm(), "acme/v1");
    assert!(!engine.description().released);
    let full = Profile {
        accounts: vec![Account {
            followers_micros: count(1_000),
            ..Account::default()
        }],
        ..Profile::default()
    };
    let ledger = engine.score(&[full])?.remove(0).outcome?;
    assert_eq!(ledger.score_micropoints, 100_000_000);
    let same = Engine::custom_bytes(&audience_alone().encode_to_vec())?;
    assert_eq!(same.description(), engine.description());
    Ok(())
}

#[test]
fn the_library_says_what_it_is() -> Outcome {
    let list = influence::algorithms()?;
    assert_eq!(list.library_version, influence::library_version());
    assert_eq!(list.abi_version, influence::abi_version());
    let engine = Engine::new("v1")?;
    assert_eq!(list.algorithms.first(), Some(engine.description()));
    assert_eq!(engine.algorithm(), "v1");
    assert!(engine.description().released);
    Ok(())
}

#[test]
fn a_count_too_large_stays_too_large() -> Outcome {
    for units in [i64::MAX, i64::MIN, 10_000_000_001] {
        let mut profile = ada();
        profile.accounts[0].likes_micros = count(units);
        let outcome = Engine::new("v1")?.score(&[profile])?.remove(0).outcome;
        assert_eq!(outcome.map_err(|why| why.status()), Err(Status::OutOfRange));
    }
    Ok(())
}

#[test]
fn sixteen_threads_share_an_engine() -> Outcome {
    let engine = Arc::new(Engine::new("v1")?);
    let profiles = Arc::new(people(500));
    let want = Arc::new(engine.score(&profiles)?);
    let threads: Vec<_> = (0..16)
        .map(|_| {
            let (engine, profiles, want) = (engine.clone(), profiles.clone(), want.clone());
            std::thread::spawn(move || {
                for _ in 0..5 {
                    assert_eq!(engine.score(&profiles).as_ref(), Ok(&*want));
                }
            })
        })
        .collect();
    drop(engine); // the last thread releases it
    for thread in threads {
        thread.join().expect("no panic");
    }
    Ok(())
}

#[test]
fn bytes_outlive_their_engine_and_their_thread() -> Outcome {
    let request = ScoreRequest {
        algorithm: "v1".into(),
        profiles: vec![ada()],
        ..ScoreRequest::default()
    };
    let bytes = std::thread::spawn(move || {
        let engine = Engine::new("v1")?;
        let bytes = engine.score_bytes(&request.encode_to_vec());
        engine.close();
        bytes
    });
    let bytes = bytes.join().expect("no panic")?;
    assert_eq!(ScoreResponse::decode(bytes.as_ref())?.results.len(), 1);
    assert_eq!(
        format!("{bytes:?}"),
        format!("Bytes({} bytes)", bytes.len())
    );
    Ok(())
}

fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// A million rounds with `INFLUENCE_ROUNDS=1000000`, in a process of its own:
/// the other tests of this one would be measured too.
#[test]
fn nothing_grows() -> Outcome {
    let program = std::env::current_exe()?;
    let arguments = ["--exact", "rounds", "--ignored", "--nocapture"];
    let output = std::process::Command::new(program)
        .args(arguments)
        .output()?;
    print!("{}", String::from_utf8_lossy(&output.stdout));
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
        Ok(words) => words.parse()?,
        Err(_) => 20_000,
    };
    let profiles = [ada(), bad()];
    let round = || -> Outcome {
        let engine = Engine::new("v1")?;
        assert_eq!(engine.score(&profiles)?.len(), 2);
        assert!(engine.score_bytes(&[0xff]).is_err());
        assert!(Engine::new("v0").is_err());
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
    // A leak of one byte a round would be more, in a million.
    assert!(after <= before + 512, "{before} KiB before, {after} after");
    Ok(())
}

#[cfg(feature = "serde")]
#[test]
fn messages_go_through_json() -> Outcome {
    let text = r#"{"id": "ada", "accounts": [{"likes_micros": 3000000}]}"#;
    let profile: Profile = serde_json::from_str(text)?;
    assert_eq!(profile.accounts[0].likes_micros, count(3));
    assert_eq!(profile.accounts[0].replies_micros, None);
    let request = ScoreRequest {
        algorithm: "v1".into(),
        profiles: vec![profile, bad()],
        ..ScoreRequest::default()
    };
    let response = Engine::new("v1")?.score_request(&request)?;
    let text = serde_json::to_string(&response)?;
    assert_eq!(serde_json::from_str::<ScoreResponse>(&text)?, response);
    Ok(())
}
