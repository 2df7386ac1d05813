//! Scores of plain counts.

use std::fmt;

use influence_sys as sys;

use crate::engine::Engine;
use crate::error::{Error, Status};
use crate::messages::Signal;
use crate::owned::tell;

/// The counts of one person with one account. A count that you do not set, or set
/// to `None`, is unknown. Unknown is not zero: it earns nothing, and widens the
/// range from [`Score::low_micropoints`] to [`Score::high_micropoints`].
///
/// ```
/// use influence::Counts;
///
/// let replies: Option<i64> = None; // say, from an empty cell
/// let counts = Counts::new().mentions(120).replies(replies).likes(300);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Counts([i64; 10]);

macro_rules! signals {
    ($($name:ident $place:ident $doc:literal;)*) => {$(
        #[doc = $doc]
        #[must_use]
        pub fn $name(self, count: impl Into<Option<i64>>) -> Self {
            self.at(sys::$place, count.into())
        }
    )*};
}

impl Counts {
    /// All counts are unknown.
    #[must_use]
    pub const fn new() -> Self {
        Self([sys::INFLUENCE_UNKNOWN; 10])
    }

    signals! {
        mentions INFLUENCE_MENTIONS "Other people's posts that name the account.";
        replies INFLUENCE_REPLIES "Other people's answers to its posts.";
        saves INFLUENCE_SAVES "Bookmarks of its posts.";
        likes INFLUENCE_LIKES "Likes, favourites, reactions without words.";
        reshares INFLUENCE_RESHARES "Its posts passed on unchanged.";
        quotes INFLUENCE_QUOTES "Its posts passed on with words added.";
        listings INFLUENCE_LISTINGS "People who listed, starred or tagged it.";
        followers INFLUENCE_FOLLOWERS "Followers, subscribers, connections.";
        standing INFLUENCE_STANDING "Whole units of standing; see [`Standing`](crate::Standing).";
        endorsements INFLUENCE_ENDORSEMENTS "Explicit vouches.";
    }

    /// The count of a signal that the program learns at run time.
    /// [`Signal::Unspecified`] changes nothing.
    #[must_use]
    pub fn with(self, signal: Signal, count: impl Into<Option<i64>>) -> Self {
        match (signal as usize).checked_sub(1) {
            Some(place) => self.at(place, count.into()),
            None => self,
        }
    }

    fn at(mut self, place: usize, count: Option<i64>) -> Self {
        // The least number means unknown to the library; a known count that is as
        // low is refused like its neighbour.
        self.0[place] = count.map_or(sys::INFLUENCE_UNKNOWN, |known| known.max(-i64::MAX));
        self
    }
}

impl Default for Counts {
    fn default() -> Self {
        Self::new()
    }
}

/// A score, in millionths of a point. It prints as points: `{}` with all six
/// decimals, `{:.1}` with one.
///
/// ```
/// use influence::{Counts, Engine};
///
/// let score = Engine::new("v1")?.score_counts(&Counts::new().followers(2_400))?;
/// assert_eq!(format!("{score:.1}"), "8.7");
/// # Ok::<(), influence::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Score {
    /// The score, 0 to 100,000,000.
    pub score_micropoints: i64,
    /// The lowest score that the unknown counts could give.
    pub low_micropoints: i64,
    /// The highest score that the unknown counts could give.
    pub high_micropoints: i64,
    /// The weight that rests on known counts, of 100,000,000.
    pub coverage_micropoints: i64,
}

impl fmt::Display for Score {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = out.precision().unwrap_or(6).min(6) as u32;
        let text = format_points(self.score_micropoints, decimals).map_err(|_| fmt::Error)?;
        // The text has its decimals already; pad() would cut it to `precision`.
        match out.width() {
            Some(width) => write!(out, "{text:>width$}"),
            None => out.write_str(&text),
        }
    }
}

impl Engine {
    /// Scores one person with one account by plain counts. The whole explanation
    /// is [`Engine::score`]'s.
    ///
    /// # Errors
    /// [`Status::OutOfRange`] if a count is negative or above 10,000,000,000; the
    /// error names it.
    pub fn score_counts(&self, counts: &Counts) -> Result<Score, Error> {
        let [mut score, mut low, mut high, mut coverage] = [0; 4];
        tell(|error| {
            // SAFETY: the engine lives as long as `self`, `counts` has as many
            // entries as it says; the others are ours.
            unsafe {
                sys::influence_score_counts(
                    self.as_ptr(),
                    counts.0.as_ptr(),
                    counts.0.len(),
                    &raw mut score,
                    &raw mut low,
                    &raw mut high,
                    &raw mut coverage,
                    error,
                )
            }
        })?;
        Ok(Score {
            score_micropoints: score,
            low_micropoints: low,
            high_micropoints: high,
            coverage_micropoints: coverage,
        })
    }
}

/// Writes micropoints, or any count of millionths, in decimal. It rounds ties to
/// even.
///
/// ```
/// use influence::format_points;
///
/// assert_eq!(format_points(36_901_409, 6)?, "36.901409");
/// assert_eq!(format_points(36_901_409, 1)?, "36.9");
/// assert_eq!(format_points(36_901_409, 0)?, "37");
/// # Ok::<(), influence::Error>(())
/// ```
///
/// # Errors
/// [`Status::InvalidArgument`] for more than 6 decimals.
pub fn format_points(micropoints: i64, decimals: u32) -> Result<String, Error> {
    let mut text = [0_u8; sys::INFLUENCE_POINTS_BYTES as usize];
    let wanted = i32::try_from(decimals).unwrap_or(i32::MAX);
    // SAFETY: `text` has room for as many bytes as it says.
    let status = unsafe {
        sys::influence_format_points(micropoints, wanted, text.as_mut_ptr().cast(), text.len())
    };
    if status != sys::INFLUENCE_OK {
        let text = format!("{decimals} is not in 0 .. 6");
        return Err(Error::new(Status::from_code(status), "decimals", text));
    }
    let text = text.split(|&byte| byte == 0).next().unwrap_or_default();
    Ok(String::from_utf8_lossy(text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_has_the_place_before_its_number() {
        for (place, signal) in [
            (sys::INFLUENCE_MENTIONS, Signal::Mentions),
            (sys::INFLUENCE_REPLIES, Signal::Replies),
            (sys::INFLUENCE_SAVES, Signal::Saves),
            (sys::INFLUENCE_LIKES, Signal::Likes),
            (sys::INFLUENCE_RESHARES, Signal::Reshares),
            (sys::INFLUENCE_QUOTES, Signal::Quotes),
            (sys::INFLUENCE_LISTINGS, Signal::Listings),
            (sys::INFLUENCE_FOLLOWERS, Signal::Followers),
            (sys::INFLUENCE_STANDING, Signal::Standing),
            (sys::INFLUENCE_ENDORSEMENTS, Signal::Endorsements),
        ] {
            assert_eq!(place + 1, signal as usize);
            let counts = Counts::new().with(signal, 7);
            let known = counts.0.iter().position(|&count| count == 7);
            assert_eq!(known, Some(place));
            assert_eq!(counts.with(signal, None), Counts::default());
        }
        assert_eq!(
            Counts::new().with(Signal::Unspecified, 7),
            Counts::default()
        );
        let every = Counts::new()
            .mentions(1)
            .replies(2)
            .saves(3)
            .likes(4)
            .reshares(5)
            .quotes(6)
            .listings(7)
            .followers(8)
            .standing(9)
            .endorsements(10);
        assert_eq!(every.0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }

    #[test]
    fn the_least_number_is_no_unknown_count() {
        assert_ne!(Counts::new().likes(i64::MIN), Counts::new());
    }
}
