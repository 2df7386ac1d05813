//! The calls of this crate, and the same calls made from C:
//!
//!     cargo bench --features arrow -- BINDING_BENCH
//!
//! `BINDING_BENCH` is bench/binding_bench.c, compiled. Both take turns, a few
//! times each; the best of each counts, which is the one disturbed least.
//! Prints millions of profiles a second. Fails if the bytes or the columns of
//! this crate take more than 1.05 times as long as C's.

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use arrow::array::{ArrayRef, Int64Array, RecordBatch};
use arrow::buffer::{Buffer, MutableBuffer, ScalarBuffer};
use influence::messages::Detail;
use influence::prost::Message;
use influence::{Account, ColumnsOptions, Engine, Options, Profile, ScoreRequest, count};

const TURNS: usize = 5;
const MOST: f64 = 1.05;
const PEOPLE: usize = 1_000;
const ROWS: usize = 65_536;

fn main() -> Result<(), Box<dyn Error>> {
    let rival = std::env::args()
        .skip(1)
        .find(|word| !word.starts_with("--"))
        .map(PathBuf::from)
        .ok_or("cargo bench --features arrow -- BINDING_BENCH")?;
    let engine = Engine::new("v1")?;
    let profiles: Vec<_> = (0..PEOPLE as i64).map(person).collect();
    let request = |detail: Detail| {
        ScoreRequest {
            algorithm: "v1".into(),
            profiles: profiles.clone(),
            detail: detail.into(),
            ..ScoreRequest::default()
        }
        .encode_to_vec()
    };
    let (ledgers, scores) = (request(Detail::Ledger), request(Detail::Score));
    let columns = columns()?;
    let (all, score_only) = (Options::new(), Options::new().score_only());

    let mut best = BTreeMap::<&str, f64>::new();
    let mut keep = |name, rate: f64| {
        let known = best.entry(name).or_default();
        *known = known.max(rate);
    };
    for _ in 0..TURNS {
        let c = run(&rival, "ledgers", &ledgers)?;
        keep("C: bytes, ledgers", c[0]);
        keep("C: columns", c[1]);
        keep("C: bytes, scores alone", run(&rival, "scores", &scores)?[0]);
        keep(
            "bytes, ledgers",
            rate(100, PEOPLE, || {
                black_box(engine.score_bytes(&ledgers).is_ok())
            }),
        );
        keep(
            "bytes, scores alone",
            rate(100, PEOPLE, || {
                black_box(engine.score_bytes(&scores).is_ok())
            }),
        );
        keep(
            "profiles, ledgers",
            rate(50, PEOPLE, || {
                black_box(engine.score_with(&profiles, &all).is_ok())
            }),
        );
        keep(
            "profiles, scores alone",
            rate(50, PEOPLE, || {
                black_box(engine.score_with(&profiles, &score_only).is_ok())
            }),
        );
        keep(
            "columns",
            rate(200, ROWS, || {
                black_box(
                    engine
                        .score_batch(&columns, &ColumnsOptions::default())
                        .is_ok(),
                )
            }),
        );
    }

    let mut too_slow = false;
    for (ours, c, is_bounded) in [
        ("bytes, ledgers", "C: bytes, ledgers", true),
        ("bytes, scores alone", "C: bytes, scores alone", true),
        ("columns", "C: columns", true),
        // These also encode and decode, which C does not.
        ("profiles, ledgers", "C: bytes, ledgers", false),
        ("profiles, scores alone", "C: bytes, scores alone", false),
    ] {
        let ratio = best[c] / best[ours];
        println!(
            "{ours:<23} {:8.3}   C {:8.3}   {ratio:.3} of C's time",
            best[ours], best[c]
        );
        too_slow |= is_bounded && ratio > MOST;
    }
    if too_slow {
        return Err(format!("more than {MOST} of C's time").into());
    }
    Ok(())
}

/// One account with all ten signals.
fn person(i: i64) -> Profile {
    Profile {
        id: format!("person {i}"),
        accounts: vec![Account {
            network: "net".into(),
            mentions_micros: count(120 + i),
            replies_micros: count(40),
            saves_micros: count(16),
            likes_micros: count(300 + i),
            reshares_micros: count(85),
            quotes_micros: count(12),
            listings_micros: count(31),
            followers_micros: count(2_400 + i),
            standing_micros: count(i),
            endorsements_micros: count(i % 7),
        }],
        ..Profile::default()
    }
}

/// The table that binding_bench.c has; as there, each column begins a cache
/// line, which a `Vec` of this size does not, and which is a tenth of the time.
fn columns() -> Result<RecordBatch, Box<dyn Error>> {
    let names = [
        "mentions",
        "replies",
        "likes",
        "reshares",
        "listings",
        "followers",
    ];
    let columns = names.iter().zip(1..).map(|(name, factor)| {
        let mut values = MutableBuffer::new(ROWS * size_of::<i64>());
        values.extend((0..ROWS as i64).map(|row| row * factor));
        let values = ScalarBuffer::from(Buffer::from(values));
        (*name, Arc::new(Int64Array::new(values, None)) as ArrayRef)
    });
    Ok(RecordBatch::try_from_iter(columns)?)
}

/// What C does in a turn: bytes, columns.
fn run(rival: &Path, name: &str, request: &[u8]) -> Result<[f64; 2], Box<dyn Error>> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, request)?;
    let output = Command::new(rival).arg(&file).output()?;
    let printed = String::from_utf8(output.stdout)?;
    let mut rates = printed
        .lines()
        .filter_map(|line| line.split_once(' ')?.1.parse().ok());
    let mut next = || rates.next().ok_or("no rate");
    Ok([next()?, next()?])
}

/// Millions of rows a second: the median of eleven runs, as in C.
fn rate(calls: usize, rows: usize, call: impl Fn() -> bool) -> f64 {
    assert!(call());
    let mut rates = [(); 11].map(|()| {
        let begin = Instant::now();
        for _ in 0..calls {
            call();
        }
        (calls * rows) as f64 / begin.elapsed().as_secs_f64() / 1e6
    });
    rates.sort_by(f64::total_cmp);
    rates[5]
}
