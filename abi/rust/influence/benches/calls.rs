//! The calls of bench/binding_bench.c from here: millions of profiles a second,
//! the median of eleven runs. `calls REQUEST` writes the request that both use.

use std::time::Instant;

use influence::{count, wire, Account, Engine, Profile};
use prost::Message;

fn measure(name: &str, rows: usize, mut call: impl FnMut()) {
    let mut rates: Vec<f64> = (0..11)
        .map(|_| {
            let begin = Instant::now();
            (0..100).for_each(|_| call());
            (100 * rows) as f64 / begin.elapsed().as_secs_f64() / 1e6
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    println!("{name} {:.4}", rates[5]);
}

fn main() {
    let profiles: Vec<Profile> = (0..1000)
        .map(|i| Profile {
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
                standing_micros: count(i),
                endorsements_micros: count(i % 7),
                ..Default::default()
            }],
        })
        .collect();
    let engine = Engine::new("v1").unwrap();
    let request = wire::ScoreRequest {
        algorithm: "v1".into(),
        profiles: profiles.clone(),
        ..Default::default()
    }
    .encode_to_vec();
    if let Some(path) = std::env::args().nth(1).filter(|word| !word.starts_with("--")) {
        std::fs::write(path, &request).unwrap();
    }
    measure("score_bytes", 1000, || {
        engine.score_bytes(&request).unwrap();
    });
    measure("score", 1000, || {
        engine.score(&profiles).unwrap();
    });
}
