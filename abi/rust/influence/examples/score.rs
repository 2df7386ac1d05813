//! Scores people, explains one, pins the algorithm, and meets a bad profile.

use influence::{Account, Engine, Options, Profile, Status, count};

const FINGERPRINT: &str = "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0";

fn main() -> Result<(), influence::Error> {
    let engine = Engine::new("v1")?;
    let people = [
        Profile {
            id: "ada".into(),
            accounts: vec![Account {
                mentions_micros: count(120),
                reshares_micros: count(85),
                followers_micros: count(2_400),
                ..Account::default()
            }],
        },
        Profile {
            id: "bob".into(),
            accounts: vec![Account {
                likes_micros: count(-3),
                ..Account::default()
            }],
        },
    ];
    // v1, and no other table.
    let pinned = Options::new().fingerprint(FINGERPRINT);
    for person in engine.score_with(&people, &pinned)? {
        let ledger = match person.outcome {
            Ok(ledger) => ledger,
            Err(why) if why.status == Status::OutOfRange => {
                println!("{} has no score: {}: {}", person.id, why.field, why.message);
                continue;
            }
            Err(why) => panic!("{}: {why}", person.id),
        };
        println!(
            "{}: {} points",
            person.id,
            decimal(ledger.score_micropoints)
        );
        let mut sum = 0;
        for line in &ledger.lines {
            println!(
                "  {:<20} {:>12} {:>10}",
                line.factor().as_str_name(),
                decimal(line.quantity_micros),
                decimal(line.points_micropoints)
            );
            sum += line.points_micropoints;
        }
        println!("  {:<20} {:>12} {:>10}", "sum", "", decimal(sum));
    }
    Ok(())
}

/// Millionths as a decimal number; none here is negative.
fn decimal(micros: i64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}
