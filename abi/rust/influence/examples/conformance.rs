//! Replays the published corpus through this crate and prints the digest of
//! what it gives: conformance CORPUS. tests/conformance/README.md has the
//! format. Ends with 1 if a line is not the corpus's.

use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::process::ExitCode;

use influence::{wire, Engine, Error};
use prost::Message;
use sha2::{Digest, Sha256};

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("conformance CORPUS");
        return ExitCode::from(2);
    };
    match std::fs::File::open(path)
        .map_err(|e| e.to_string())
        .and_then(|f| replay(BufReader::new(f)))
    {
        Ok((digest, cases)) => {
            println!("{digest}  {cases} cases");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// The digest of the corpus written anew, and how many cases it has.
fn replay(mut corpus: impl BufRead) -> Result<(String, usize), String> {
    let mut hash = Sha256::new();
    let mut engines = Vec::new();
    let mut cases = 0;
    while let Some(block) = read_block(&mut corpus)? {
        let mut made = String::new();
        let words: Vec<&str> = block.split_whitespace().collect();
        match words[0] {
            "engine" => {
                made += block.lines().next().unwrap_or_default();
                made += "\n";
                engines.push(make_engine(block.lines().next().unwrap_or_default(), &mut made)?);
            }
            "case" => {
                cases += 1;
                answer(&block, &engines, &mut made)?;
            }
            _ => made.clone_from(&block),
        }
        if made != block {
            return Err(format!("the corpus has\n{block}\nthis library gives\n{made}"));
        }
        made += "\n";
        hash.update(&made);
    }
    Ok((hex(&hash.finalize()), cases))
}

fn read_block(corpus: &mut impl BufRead) -> Result<Option<String>, String> {
    let mut block = String::new();
    loop {
        let before = block.len();
        let read = corpus.read_line(&mut block).map_err(|e| e.to_string())?;
        if read == 0 && block.is_empty() {
            return Ok(None);
        }
        if !block.ends_with('\n') {
            return Err("the corpus ends within a block".into());
        }
        if &block[before..] == "\n" {
            block.pop();
            return Ok(Some(block));
        }
    }
}

fn unhex(text: &str) -> Result<Vec<u8>, String> {
    (0..text.len() / 2)
        .map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|e| e.to_string()))
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Any text as one word.
fn name(text: &str) -> String {
    if text.is_empty() {
        return "%".into();
    }
    text.bytes().fold(String::new(), |mut word, byte| {
        if byte.is_ascii_alphanumeric() || b"._-[]".contains(&byte) {
            word.push(byte.into());
        } else {
            let _ = write!(word, "%{byte:02x}");
        }
        word
    })
}

/// A line: a word, and numbers.
macro_rules! line {
    ($out:expr, $word:expr $(, $value:expr)*) => {{
        *$out += $word;
        $( let _ = write!($out, " {}", $value); )*
        *$out += "\n";
    }};
}

fn make_engine(head: &str, out: &mut String) -> Result<Option<Engine>, String> {
    let words: Vec<&str> = head.split(' ').collect();
    let made = if words[2] == "table" {
        Engine::custom_bytes(&unhex(words.get(3).unwrap_or(&""))?)
    } else {
        Engine::new(words[2])
    };
    let engine = match made {
        Ok(engine) => engine,
        Err(error) => {
            line!(out, "status", error.status.code());
            return Ok(None);
        }
    };
    line!(out, "status", 0);
    let table = engine.describe().map_err(|e| e.to_string())?;
    let algorithm = table.algorithm.unwrap_or_default();
    line!(out, "algorithm", name(&algorithm.id), table.fingerprint, u8::from(table.released));
    for row in algorithm.rows {
        let counts = row.counts.iter().fold(String::new(), |mut text, count| {
            let _ = write!(text, " {} {}", count.signal, count.value_micros);
            text
        });
        let half_life = format!("{}{counts}", row.half_life_days);
        line!(out, "row", row.factor, row.weight_micropoints, row.full_marks_micros, half_life);
    }
    for price in table.prices {
        line!(
            out,
            "price",
            price.factor,
            price.doubled_micropoints,
            price.tenfold_micropoints,
            price.silent_30_days_micropoints
        );
    }
    Ok(Some(engine))
}

fn answer(block: &str, engines: &[Option<Engine>], out: &mut String) -> Result<(), String> {
    let mut engine = None;
    let mut request = Vec::new();
    for line in block.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "by" => {
                let number: usize = rest.parse().map_err(|_| format!("no engine {rest}"))?;
                engine = engines.get(number).and_then(Option::as_ref);
            }
            "request" => request = unhex(rest)?,
            "status" => {
                let engine = engine.ok_or("no engine")?;
                return render(engine.score_bytes(&request), &request, out);
            }
            _ => {}
        }
        line!(out, line);
    }
    Err("no answer".into())
}

fn render(
    answer: Result<influence::Bytes, Error>,
    request: &[u8],
    out: &mut String,
) -> Result<(), String> {
    let bytes = match answer {
        Ok(bytes) => bytes,
        Err(error) => {
            line!(out, "status", error.status.code());
            return Ok(());
        }
    };
    line!(out, "status", 0);
    let response = wire::ScoreResponse::decode(&*bytes).map_err(|e| e.to_string())?;
    let identity = response.identity.unwrap_or_default();
    if identity.input_digest != hex(&Sha256::digest(request)) {
        line!(out, "broken input_digest");
    }
    let day = identity.as_of_days.map_or("-".into(), |day| day.to_string());
    line!(out, "identity", name(&identity.algorithm), identity.fingerprint, day);
    for (i, result) in response.results.iter().enumerate() {
        line!(out, "result", name(&result.id), u8::from(!result.text.is_empty()));
        match &result.outcome {
            Some(wire::result::Outcome::Ledger(ledger)) => render_ledger(ledger, out),
            Some(wire::result::Outcome::Error(error)) => {
                let field = error.field.strip_prefix(&format!("profiles[{i}]"));
                let field = field.unwrap_or(&error.field);
                line!(out, "error", error.code, name(field.strip_prefix('.').unwrap_or(field)));
            }
            None => line!(out, "broken result"),
        }
    }
    Ok(())
}

fn render_ledger(ledger: &wire::Ledger, out: &mut String) {
    line!(
        out,
        "ledger",
        ledger.score_micropoints,
        ledger.low_micropoints,
        ledger.high_micropoints,
        ledger.coverage_micropoints,
        ledger.band
    );
    for line in &ledger.lines {
        line!(
            out,
            "line",
            line.factor,
            line.quantity_micros,
            line.full_marks_micros,
            line.share_micros,
            line.weight_micropoints,
            line.points_micropoints,
            line.cap,
            line.covered_micropoints,
            line.missing_micropoints
        );
        for part in &line.parts {
            line!(out, "part", name(&part.network), part.quantity_micros, part.points_micropoints);
        }
    }
    for (word, reasons) in [("lifted", &ledger.lifted), ("held_back", &ledger.held_back)] {
        for reason in reasons {
            line!(
                out,
                word,
                reason.code,
                reason.factor,
                reason.points_micropoints,
                reason.quantity_micros,
                reason.full_marks_micros
            );
        }
    }
    for account in &ledger.accounts {
        let signals = [
            account.mentions_micros,
            account.replies_micros,
            account.saves_micros,
            account.likes_micros,
            account.reshares_micros,
            account.quotes_micros,
            account.listings_micros,
            account.followers_micros,
            account.standing_micros,
            account.endorsements_micros,
        ]
        .map(|signal| signal.map_or("-".into(), |micros| micros.to_string()))
        .join(" ");
        line!(out, "account", name(&account.network), signals);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> String {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");
        std::fs::read_to_string(format!("{root}/tests/conformance/v1/corpus_sample.txt")).unwrap()
    }

    #[test]
    fn the_sample() {
        let text = sample();
        let (digest, cases) = replay(text.as_bytes()).unwrap();
        assert_eq!(digest, hex(&Sha256::digest(&text)));
        assert!(cases >= 500);
    }

    #[test]
    fn a_difference_is_noticed() {
        let text = sample();
        for kind in [
            "status",
            "identity",
            "ledger",
            "line",
            "part",
            "lifted",
            "held_back",
            "account",
            "error",
            "row",
            "price",
            "algorithm",
        ] {
            let start = text.find(&format!("\n{kind} ")).unwrap() + 1;
            let end = start + text[start..].find('\n').unwrap() - 1;
            let mut changed = text.clone().into_bytes();
            changed[end] ^= 1;
            assert!(replay(&changed[..]).is_err(), "another {kind} is not noticed");
        }
        assert!(replay(&text.as_bytes()[..text.len() - 100]).is_err());
    }
}
