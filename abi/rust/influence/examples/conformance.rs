//! Replays the published corpus through this crate and prints the digest of the
//! answers: `conformance CORPUS`. tests/conformance/README.md has the
//! format. Fails at the first block that is not the corpus's.

use std::error::Error;
use std::fmt::{self, Display, Write};
use std::fs::File;
use std::io::{BufRead, BufReader};

use influence::messages::{Reason, result};
use influence::prost::Message;
use influence::{Account, Engine, Ledger, ScoreResponse};
use sha2::{Digest, Sha256};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("conformance CORPUS")?;
    let mut corpus = BufReader::new(File::open(path)?);
    let mut digest = Sha256::new();
    let mut engines = Vec::new();
    let mut cases = 0;
    while let Some(block) = read_block(&mut corpus)? {
        let made = match block.split(' ').next() {
            Some("engine") => {
                let (engine, made) = make_engine(&block)?;
                engines.push(engine);
                made
            }
            Some("case") => {
                cases += 1;
                answer(&block, &engines)?
            }
            _ => block.clone(),
        };
        if made != block {
            return Err(format!("the corpus has\n{block}this library gives\n{made}").into());
        }
        digest.update(made);
        digest.update("\n");
    }
    println!("{}  {cases} cases", Hex(&digest.finalize()));
    Ok(())
}

/// The lines up to an empty one, without that.
fn read_block(corpus: &mut impl BufRead) -> Result<Option<String>, Box<dyn Error>> {
    let mut block = String::new();
    loop {
        let begin = block.len();
        if corpus.read_line(&mut block)? == 0 {
            return match begin {
                0 => Ok(None),
                _ => Err("the corpus ends within a block".into()),
            };
        }
        if &block[begin..] == "\n" {
            block.truncate(begin);
            return Ok(Some(block));
        }
    }
}

fn make_engine(block: &str) -> Result<(Option<Engine>, String), Box<dyn Error>> {
    let line = block.lines().next().unwrap_or_default();
    let words: Vec<_> = line.split(' ').collect();
    let made = match words[..] {
        [_, _, "table"] => Engine::custom_bytes(&[]),
        [_, _, "table", table] => Engine::custom_bytes(&unhex(table)?),
        [_, _, id] => Engine::new(id),
        _ => return Err(format!("no engine: {line}").into()),
    };
    let mut out = format!("{line}\n");
    let engine = match made {
        Ok(engine) => engine,
        Err(why) => {
            writeln!(out, "status {}", why.status().code())?;
            return Ok((None, out));
        }
    };
    let described = engine.description();
    writeln!(out, "status 0")?;
    writeln!(
        out,
        "algorithm {} {} {}",
        Name(engine.algorithm()),
        described.fingerprint,
        u8::from(described.released)
    )?;
    for row in described.algorithm.iter().flat_map(|table| &table.rows) {
        let (weight, full_marks) = (row.weight_micropoints, row.full_marks_micros);
        write!(
            out,
            "row {} {weight} {full_marks} {}",
            row.factor, row.half_life_units
        )?;
        for count in &row.counts {
            write!(out, " {} {}", count.signal, count.value_micros)?;
        }
        out.push('\n');
    }
    for price in &described.prices {
        writeln!(
            out,
            "price {} {} {} {}",
            price.factor,
            price.doubled_micropoints,
            price.tenfold_micropoints,
            price.silent_30_days_micropoints
        )?;
    }
    Ok((Some(engine), out))
}

/// The questions of a block as they are, and our answers.
fn answer(block: &str, engines: &[Option<Engine>]) -> Result<String, Box<dyn Error>> {
    let mut out = String::new();
    let mut engine = None;
    let mut request = Vec::new();
    for line in block.lines() {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("status", _) => break,
            ("by", number) => engine = engines.get(number.parse::<usize>()?),
            ("request", hex) => request = unhex(hex)?,
            _ => {}
        }
        writeln!(out, "{line}")?;
    }
    let engine = engine.and_then(Option::as_ref).ok_or("no such engine")?;
    let bytes = match engine.score_bytes(&request) {
        Ok(bytes) => bytes,
        Err(why) => {
            writeln!(out, "status {}", why.status().code())?;
            return Ok(out);
        }
    };
    writeln!(out, "status 0")?;
    let response = ScoreResponse::decode(&bytes[..])?;
    let identity = response.identity.unwrap_or_default();
    if identity.input_digest != Hex(&Sha256::digest(&request)).to_string() {
        writeln!(out, "broken input_digest")?;
    }
    let day = identity
        .as_of_days
        .map_or("-".into(), |day| day.to_string());
    writeln!(
        out,
        "identity {} {} {day}",
        Name(&identity.algorithm),
        identity.fingerprint
    )?;
    for (index, result) in response.results.iter().enumerate() {
        let has_words = u8::from(!result.text.is_empty());
        writeln!(out, "result {} {has_words}", Name(&result.id))?;
        match &result.outcome {
            Some(result::Outcome::Ledger(ledger)) => write_ledger(ledger, &mut out)?,
            Some(result::Outcome::Error(why)) => {
                let profile = format!("profiles[{index}]");
                let field = why.field.strip_prefix(&profile).unwrap_or(&why.field);
                let field = field.strip_prefix('.').unwrap_or(field);
                writeln!(out, "error {} {}", why.code, Name(field))?;
            }
            None => writeln!(out, "broken outcome")?,
        }
    }
    Ok(out)
}

fn write_ledger(ledger: &Ledger, out: &mut String) -> fmt::Result {
    write_line(
        out,
        "ledger",
        &[
            ledger.score_micropoints,
            ledger.low_micropoints,
            ledger.high_micropoints,
            ledger.coverage_micropoints,
            ledger.band.into(),
        ],
    )?;
    for line in &ledger.lines {
        write_line(
            out,
            "line",
            &[
                line.factor.into(),
                line.quantity_micros,
                line.full_marks_micros,
                line.share_micros,
                line.weight_micropoints,
                line.points_micropoints,
                line.cap.into(),
                line.covered_micropoints,
                line.missing_micropoints,
            ],
        )?;
        for part in &line.parts {
            let word = format!("part {}", Name(&part.network));
            write_line(out, &word, &[part.quantity_micros, part.points_micropoints])?;
        }
    }
    write_reasons(out, "lifted", &ledger.lifted)?;
    write_reasons(out, "held_back", &ledger.held_back)?;
    for account in &ledger.accounts {
        write!(out, "account {}", Name(&account.network))?;
        for signal in signals(account) {
            match signal {
                Some(micros) => write!(out, " {micros}")?,
                None => out.push_str(" -"),
            }
        }
        out.push('\n');
    }
    Ok(())
}

fn write_reasons(out: &mut String, word: &str, reasons: &[Reason]) -> fmt::Result {
    for reason in reasons {
        write_line(
            out,
            word,
            &[
                reason.code.into(),
                reason.factor.into(),
                reason.points_micropoints,
                reason.quantity_micros,
                reason.full_marks_micros,
            ],
        )?;
    }
    Ok(())
}

fn write_line(out: &mut String, word: &str, numbers: &[i64]) -> fmt::Result {
    out.push_str(word);
    for number in numbers {
        write!(out, " {number}")?;
    }
    out.push('\n');
    Ok(())
}

fn signals(account: &Account) -> [Option<i64>; 10] {
    [
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
}

/// Any text as one word.
struct Name<'a>(&'a str);

impl Display for Name<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return out.write_str("%");
        }
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"._-[]".contains(&byte) {
                out.write_char(byte.into())?;
            } else {
                write!(out, "%{byte:02x}")?;
            }
        }
        Ok(())
    }
}

struct Hex<'a>(&'a [u8]);

impl Display for Hex<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

fn unhex(text: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?))
        .collect()
}
