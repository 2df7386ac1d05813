// `influence schema`: the command's files and exit codes, as documentation.
#include <CLI/CLI.hpp>

#include "cli/commands/commands.h"
#include "cli/write/output_file.h"

namespace influence::cli {
namespace {

constexpr char kSchema[] =
    R"(INPUT, CSV (RFC 4180, UTF-8; the first line names the columns, in any order)
  id            required; the person
  network       the account's network; may be left out
  mentions      other people's posts that name the account
  replies       other people's answers to its posts; comments
  saves         bookmarks of its posts
  likes         likes, favourites, reactions without words
  reshares      retweets, reblogs, shares unchanged
  quotes        reshares with words of their own
  listings      people who listed, starred, pinned or tagged it
  followers     followers, subscribers, connections
  standing      n x share of the seeded propagation
  endorsements  explicit vouches, at most one a giver and topic

  Several rows of one id are that person's accounts. They stand together: an id
  that comes back after another is an error, also with --on-error=skip; sort the
  file by id. With more than three million people in no order, not every id
  that comes back is noticed, and stderr says so. An empty cell is unknown,
  which is not zero: it earns nothing, and the result says what it could have
  given. Numbers are decimal (12, 12.5, .5, +3) of any length, exact to six
  places and rounded half-even beyond, from 0 to 10,000,000,000; no minus sign,
  exponent, separator or space. Counts with a half-life are expected decayed.
  A column that is not listed here is an error unless --allow-extra is given.
  Cells are not trimmed; lines without any character are skipped. Text has no
  NUL, and ids, networks and topics are UTF-8; other bytes are a bad row. No
  output may be a file that is read, or the other output.

INPUT, JSONL
  One object a line with the same names; null is unknown, numbers are numbers.
    {"id":"ada","network":"x","followers":2400,"likes":300}

INPUT, PROTO
  A serialized influence.abi1.ScoreRequest. If it names an algorithm or a
  fingerprint, they must be those of the options; its day holds unless --as-of
  is given; its detail and rendering hold for the formats json and proto. If
  the options change nothing of it, identity.input_digest is the file's SHA-256.

  The format is that of --input-format, otherwise of the file's name: .csv,
  .jsonl or .ndjson, .pb or .binpb. Any input may be compressed with gzip or
  zstd, which is seen by how it begins; .gz or .zst after the name is ignored.

EVENTS, CSV AND JSONL, of tally and topics, and --events of score, explain and
  standing
  actor         required; who reacted
  subject       required; to whom
  kind          required; mention, reply, save, like, reshare, quote, listing,
                follower or endorsement, or the plural
  time          required; Unix seconds (1341100972), a day (2012-07-01: its
                first second), or a day and a time (2012-07-01T00:02:52Z, with
                another offset, or with none: UTC); fractions are dropped
  network       where; may be left out, as what follows
  topic         what it was about
  event_id      its name: of several events of one name one counts
  quality       how much the actor is worth, 0.1 to 1
  count         how many such reactions this is, 1 to 1000000

  In any order, in any number of files. An empty cell is not stated. The names
  of JSONL are the same; time may be a number or text. What the rule leaves out
  (a reaction to oneself, an unknown kind, a name that is too long) is counted
  by its reason: on stderr, and in --report FILE as an
  influence.abi1.TallyReport. A row that cannot be read is a bad row; so is an
  event after --as-of, unless --future ignore leaves it out. Rows of events
  stand for themselves: with --on-error=skip only the bad row is left out.
  A day as --as-of is the whole day: what happened on it counts.

EVENTS, PROTO
  A stream of influence.abi1.EventBatch messages, at most 16 MiB each, each
  after its size as a varint (protobuf's writeDelimitedTo).

  With --memory 512M (64M at least) what does not fit is in
  a file without a name in --temporary-folder, $TMPDIR or /tmp, which is gone
  with the command however it ends; the bytes that come out are the same. Where
  there is a standing, edges have as much again, and a file of their own.

EDGES, of standing, score --edges and explain --edges, and SEEDS
  from          required; who reacts
  to            required; to whom
  weight        a whole number, 0 to 9223372036854775807, in any unit that is
                the same for all (of decimals, so many thousandths); 1 if it is
                empty or left out

  id            required; a seed, whose influence it is that flows
  weight        likewise

  CSV, JSONL, or a stream of influence.abi1.EdgeBatch (of seeds: SeedList)
  messages, plain or compressed, in any order. Edges of one pair add up, and so
  do seeds of one id. An edge from somebody to themselves, or of weight 0, a
  seed that is in no edge, or of weight 0, is ignored and counted on stderr. A
  bad row of seeds always stops, and so does one of --edges. With --events and
  without edges, the reactions are the edges: src/algorithm/v1/STANDING.md.
  --expect-graph and --expect-seeds refuse what has another digest than a report
  of standing says. Beside --edges and --seeds, --input-format is of those of
  them whose names do not say what they are.

JSON OF A MESSAGE
  is protobuf's own mapping, so that it can be read as that message again, with
  the names of influence/abi1/influence.proto: 64-bit integers are text.

A BAD ROW
  stops with file:line:column: reason (both from 1, columns in bytes) and exit
  code 3; rows printed before it stand, a file of --output does not appear.
  With --on-error=skip --errors FILE a person with a bad row is left out whole.
  Every row left out is in FILE, a CSV of file, line, column, reason, row;
  stderr says how many; the exit code is 0. A row so broken that its id cannot
  be read is left out alone. For protobuf input, line and column are empty and
  the row is the profile as text, or in hexadecimal if it does not parse.

OUTPUT OF score
  table, markdown  id, score, band, coverage, low, high: in whole points,
                   rounded half-even; coverage in percent
  csv, jsonl       id, score, coverage, low, high, then the points of each
                   factor by its name; all with six decimals; coverage is the
                   percentage of the weight that rests on stated facts
  json, proto      one influence.abi1.ScoreResponse: full ledgers and identity,
                   fit for `influence verify`. Its identity holds the digest of
                   one request, so the population must fit one: 65,536 people
                   and 16 MiB; more is a usage error. A person whom the library
                   refuses has an error in it

OUTPUT OF explain
  text, markdown   the ledger in words
  json, proto      the ScoreResponse of that one person
  csv              the lines of the ledger

  With --seeds: text and markdown add where the standing comes from, and the
  digests of graph and seeds.
  With --events: text and markdown add where the points come from, by network
  and actor, and the topics; json and proto are the SubjectReport, with the
  NodeReport of the standing and its graph; csv has
  factor,network,actor,count,quantity,points: the --top actors, all others
  (without a name, by their count), and what rounding left (a count of 0), so
  that the rows of a factor sum to its line.

OUTPUT OF tally
  csv, jsonl       profiles, ascending by id, as score reads them; a signal that
                   nobody gave or that the algorithm does not count is empty
  proto            one influence.abi1.ScoreRequest

  standing with --memory 512M (64M at least) puts edges that do not fit into
  such a file, too: twice at 16 bytes an edge, and once in order. Nodes stay in
  memory. Every step reads all edges, on one thread; the ranks are the same.

OUTPUT OF standing
  table            the --top nodes of the highest rank; how large the graph is,
                   and the digests of graph, seeds and ranks
  csv, jsonl       id, standing, rank of every node, ascending by id: the column
                   standing is what score reads (with --allow-extra). Standing 1
                   is what everybody would have if all were alike; ranks are of
                   2^62, and sum to it
  json             an influence.abi1.StandingReport, as in the file of --report
  With --id: that node alone, and who its standing comes from: the --top, all
  others, being a seed and rounding, which sum exactly; in words, or with json
  an influence.abi1.NodeReport. Without --algorithm it is the rule that all
  released algorithms have; with --events, whose kinds it values, it has to be
  named.

OUTPUT OF topics
  table, csv, jsonl  id, topic, score, people, quantity: the quantity of all
                     reactions in the topic, how many other people they are
                     from, and score = quantity * people / (people + 5)

INPUT AND OUTPUT OF compare, drift, what-if AND report
  compare          two ScoreResponses, as score --format json or proto writes
                   them, or two files of profiles; what explains the difference,
                   summing exactly
  drift            profiles, under two algorithms: how many move, how far, and
                   between which bands. Rank agreements are of scores in half
                   points: who is in the same one is tied. Quantiles between the
                   least and the most are to the nearest hundredth of a point.
                   --by COLUMN tells people apart by any column of the CSV file,
                   also one that is scored; together the columns may have 256
                   values. Somebody whose rows say several things is of all of
                   them, joined by ' + '. --max-moved 5% exits with 1 if more
                   of those who have a score move by 6 points or more, and also
                   if nobody has one: then nothing was measured
  what-if          profiles, or events, of which one, with other facts: --set,
                   --curve, --gain; with --edges and --seeds as score has them.
                   With --events it also says whose reactions and which topics
                   carry most of the score: these are taken out, and the
                   standing, which is the graph's, stays as it is
  report           profiles, of which one, or with --population all; with
                   --edges and --seeds as score has them; or with --result a
                   stored ScoreResponse, of which one; or with --drift,
                   --comparison or --what-if what these commands gave as json
  Of one person (these, and explain), bad rows of others are passed over, and
  stderr says so. An option that would do nothing is a usage error.

WHAT verify CHECKS
  that the algorithm is here and has the result's fingerprint; that every ledger
  adds up; that the facts in it, scored again, give the same ledger; and with
  --request FILE that FILE, a ScoreRequest or the CSV or JSONL file that was
  scored, has the result's digest and, scored again, gives the whole result.
  With --edges (or --events) and --seeds it makes the standing again: graph,
  seeds and rule must be those that the result names, and everybody's standing
  the graph's.
  --expect-graph and --expect-seeds refuse a result of another digest.
  Words that a result carries must be the ledger's, if this library version
  wrote them; another version's are named and not checked.
  A page in HTML is computed anew from the facts inside it, to the last
  character. One of a population, or of a stored comparison or what-if, has no
  facts inside: the sums of what it has are checked, and the answer says that it
  was not recomputed.

WHAT selftest CHECKS
  that the library gives the results that every other gives: a hundred thousand
  requests are made and scored, and the SHA-256 of them all, as text, is the one
  that was published for the algorithm. With --write FILE that text is kept;
  with --corpus FILE the requests in such a text are scored again, and the
  first result that differs is shown. tests/conformance/README.md describes it.

ALGORITHM
  --algorithm ID or --algorithm-file FILE is always required to score: there
  is no default. FILE is an influence.abi1.Algorithm, in JSON or bytes.

EXIT CODES
  0  fine
  1  a check failed: verify, selftest, drift --max-moved
  2  usage
  3  bad data
  4  unknown algorithm, or a fingerprint that does not match
  5  internal; also output that cannot be written
)";

ExitCode RunSchema() {
  Output output("");
  output.Write(kSchema);
  output.Finish();
  return kFine;
}

}  // namespace

void AddSchema(CLI::App* app, ExitCode* code) {
  app->add_subcommand("schema", "columns, formats and exit codes")
      ->final_callback([=] { *code = RunSchema(); });
}

}  // namespace influence::cli
