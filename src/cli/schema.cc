// `influence schema`: the command's files and exit codes, as documentation.
#include "cli/commands.h"
#include "cli/files.h"

namespace influence::cli {
namespace {

constexpr char kSchema[] =
    R"(INPUT, CSV (RFC 4180, UTF-8; the first line names the columns, in any order)
  id            required; the person
  network       the account's network; may be left out
  mentions      other people's posts that name the account
  replies       other people's answers to its posts
  saves         bookmarks of its posts
  likes         likes, favourites, reactions without words
  reshares      retweets, reblogs, shares unchanged
  quotes        reshares with words of their own
  listings      people who listed, starred, pinned or tagged the account
  followers     followers, subscribers, connections
  standing      n x share of the seeded propagation
  endorsements  explicit vouches, at most one a giver and topic

  Several rows of one id, anywhere in the file, are that person's accounts.
  An empty cell is unknown, which is not zero: it earns nothing, and the result
  says what it could have given. Numbers are decimal (12, 12.5, .5), exact to
  six places and rounded half-even beyond, at most 10,000,000,000; no exponents,
  no separators, no spaces. Counts with a half-life are expected decayed. A
  column that is not listed here is an error unless --allow-extra is given.

INPUT, JSONL
  One object a line with the same names; null is unknown, numbers are numbers.
    {"id":"ada","network":"x","followers":2400,"likes":300}

INPUT, PROTO
  A serialized influence.wire.ScoreRequest. Its profiles are scored; algorithm,
  day and detail are the command's options.

A BAD ROW
  stops with file:line:column: reason (bytes from 1) and exit code 3; what was
  printed before it stands. With --on-error=skip --errors FILE the person of a
  bad row is left out whole, and every row left out is in FILE: columns file,
  line, column, reason, row.

OUTPUT OF score
  table, markdown  id, whole points, band, weight on stated facts, low, high
  csv, jsonl       id, score, coverage, low, high, then the points of each
                   factor; all in points with six decimals; coverage is the
                   weight that rests on stated facts, of 100 points
  json, proto      one influence.wire.ScoreResponse: full ledgers and identity,
                   fit for `influence verify`; the population must fit one
                   request: 65,536 people and 16 MiB

EXIT CODES
  0  fine
  1  a check failed (verify)
  2  usage
  3  bad data
  4  unknown algorithm, or a fingerprint that does not match
  5  internal; also output that cannot be written
)";

}  // namespace

ExitCode RunSchema() {
  Output output("");
  output.Write(kSchema);
  output.Finish();
  return kFine;
}

}  // namespace influence::cli
