// What the functions behind the C boundary give that no corpus of requests
// reaches: one digest each, of the bytes and numbers they return.
//
//   functions FILE      compares with FILE, which has a line for each
//   functions           prints such lines
//
// Exit code: 0 if all are equal, 1 if not, 2 if a call fails.
#include <cstdio>
#include <protozero/pbf_writer.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "cli/conformance/bytes.h"
#include "cli/conformance/corpus_sha256.h"
#include "cli/conformance/random.h"
#include "influence/influence.h"

namespace influence::conformance {
namespace {

using protozero::pbf_writer;

constexpr int64_t kAsOf = 1'700'000'000;

const uint8_t* Data(const std::string& bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

void Require(influence_status status, const char* function) {
  if (status != INFLUENCE_OK) {
    throw std::runtime_error(std::string(function) + ": " +
                             influence_status_name(status));
  }
}

const influence_engine* EngineOf(const char* id) {
  influence_engine* engine = nullptr;
  Require(influence_engine_open(id, &engine, nullptr), "influence_engine_open");
  return engine;  // for as long as the process runs
}
const influence_engine* V1() {
  static const influence_engine* const engine = EngineOf("v1");
  return engine;
}
const influence_engine* V2() {
  static const influence_engine* const engine = EngineOf("v2");
  return engine;
}

// Numbers as text, so that no byte order shows.
class Lines {
 public:
  void Add(int64_t number) { text_ += std::to_string(number) + '\n'; }
  void Add(uint64_t number) { text_ += std::to_string(number) + '\n'; }
  void Add(std::string_view bytes) {
    text_ += Sha256Hex(std::string(bytes)) + '\n';
  }
  std::string Digest() const { return Sha256Hex(text_); }

 private:
  std::string text_;
};

int32_t Append(void* context, const uint8_t* data, size_t size) {
  static_cast<std::string*>(context)->append(
      reinterpret_cast<const char*>(data), size);
  return 0;
}

std::string IdOf(Random* random, uint64_t people) {
  // Some are famous.
  return "n" + std::to_string(random->Below(1 + random->Below(people)));
}

std::string Events(Random* random, int count) {
  std::string bytes;
  pbf_writer batch(bytes);
  for (int i = 0; i < count; ++i) {
    pbf_writer event(batch, 1);
    event.add_string(1, IdOf(random, 400));
    event.add_string(2, IdOf(random, 400));
    const uint64_t kind = 1 + random->Below(9);
    event.add_enum(3, static_cast<int32_t>(kind == 9 ? 10 : kind));
    event.add_sint64(4,
                     kAsOf - static_cast<int64_t>(random->Below(20'000'000)));
    if (random->Below(2) == 0) event.add_string(5, "x");
    if (random->Below(2) == 0) {
      event.add_string(6, random->Below(2) == 0 ? "go" : "rust");
    }
    if (random->Below(8) == 0) {
      event.add_string(7, std::to_string(random->Below(100)));
    }
    if (random->Below(8) == 0) {
      event.add_int64(8, static_cast<int64_t>(random->Below(1'000'001)));
    }
    if (random->Below(8) == 0) {
      event.add_int64(9, static_cast<int64_t>(1 + random->Below(5)));
    }
  }
  return bytes;
}

influence_tally* NewTally() {
  std::string options;
  pbf_writer writer(options);
  writer.add_int64(3, kAsOf);
  influence_tally* tally = nullptr;
  Require(
      influence_tally_new(V1(), Data(options), options.size(), &tally, nullptr),
      "influence_tally_new");
  Random random(1);
  for (int i = 0; i < 10; ++i) {
    const std::string events = Events(&random, 2'000);
    Require(influence_tally_add(tally, Data(events), events.size(), nullptr),
            "influence_tally_add");
  }
  return tally;
}

void AddScores(ArrowArrayStream* people, Lines* lines) {
  std::string options;
  pbf_writer(options).add_enum(8, 1);  // micropoints
  ArrowArrayStream scores;
  Require(influence_score_stream(V1(), Data(options), options.size(), people,
                                 &scores, nullptr),
          "influence_score_stream");
  for (;;) {
    ArrowArray table;
    if (scores.get_next(&scores, &table) != 0) {
      throw std::runtime_error("influence_score_stream: a table");
    }
    if (table.release == nullptr) break;
    for (int64_t row = 0; row < table.length; ++row) {
      for (const int column : {1, 2, 3, 4}) {
        const ArrowArray& values = *table.children[column];
        lines->Add(static_cast<const int64_t*>(
            values.buffers[1])[values.offset + row]);
      }
    }
    table.release(&table);
  }
  scores.release(&scores);
}

std::string TallyDigest() {
  Lines lines;
  influence_tally* tally = NewTally();
  std::string saved;
  Require(influence_tally_save(tally, Append, &saved, nullptr),
          "influence_tally_save");
  lines.Add(saved);
  ArrowArrayStream people;
  Require(influence_tally_profiles(tally, nullptr, 0, &people, nullptr),
          "influence_tally_profiles");
  AddScores(&people, &lines);
  for (int i = 0; i < 20; ++i) {
    std::string request;
    pbf_writer writer(request);
    writer.add_string(1, "n" + std::to_string(i));
    writer.add_uint32(2, 3);
    OwnedBytes report;
    Require(influence_tally_subject(tally, Data(request), request.size(),
                                    report.out(), nullptr),
            "influence_tally_subject");
    lines.Add(report.view());
  }
  influence_tally_free(tally);
  return lines.Digest();
}

std::string StandingDigest() {
  Lines lines;
  influence_graph* graph = nullptr;
  Require(influence_graph_new(V1(), nullptr, 0, &graph, nullptr),
          "influence_graph_new");
  influence_tally* tally = NewTally();
  Require(influence_graph_add_tally(graph, tally, nullptr),
          "influence_graph_add_tally");
  // Enough for several threads, in batches.
  Random random(2);
  for (int i = 0; i < 10; ++i) {
    std::string edges;
    pbf_writer batch(edges);
    for (int j = 0; j < 12'000; ++j) {
      pbf_writer edge(batch, 1);
      edge.add_string(1, IdOf(&random, 30'000));
      edge.add_string(2, IdOf(&random, 30'000));
      if (random.Below(2) == 0) edge.add_uint64(3, random.Next() >> 24);
    }
    Require(influence_graph_add(graph, Data(edges), edges.size(), nullptr),
            "influence_graph_add");
  }
  std::string seeds;
  pbf_writer list(seeds);
  for (int i = 0; i < 100; ++i) {
    pbf_writer seed(list, 1);
    seed.add_string(1, IdOf(&random, 3'000));
    seed.add_uint64(2, random.Below(1'000));
  }
  Require(influence_graph_seed(graph, Data(seeds), seeds.size(), nullptr),
          "influence_graph_seed");
  std::string options;
  pbf_writer run(options);
  run.add_uint32(1, 3);
  influence_standing* standing = nullptr;
  Require(influence_graph_run(graph, Data(options), options.size(), nullptr,
                              nullptr, &standing, nullptr),
          "influence_graph_run");
  ArrowArrayStream ranks;
  Require(influence_standing_ranks(standing, nullptr, 0, &ranks, nullptr),
          "influence_standing_ranks");
  for (;;) {
    ArrowArray table;
    if (ranks.get_next(&ranks, &table) != 0) {
      throw std::runtime_error("influence_standing_ranks: a table");
    }
    if (table.release == nullptr) break;
    for (int64_t row = 0; row < table.length; ++row) {
      lines.Add(
          static_cast<const uint64_t*>(table.children[1]->buffers[1])[row]);
      lines.Add(
          static_cast<const int64_t*>(table.children[2]->buffers[1])[row]);
    }
    table.release(&table);
  }
  ranks.release(&ranks);
  for (int i = 0; i < 20; ++i) {
    std::string request;
    pbf_writer writer(request);
    writer.add_string(1, "n" + std::to_string(i));
    OwnedBytes report;
    Require(influence_standing_explain(standing, Data(request), request.size(),
                                       report.out(), nullptr),
            "influence_standing_explain");
    lines.Add(report.view());
  }
  ArrowArrayStream people, joined;
  Require(influence_tally_profiles(tally, nullptr, 0, &people, nullptr),
          "influence_tally_profiles");
  Require(influence_standing_join(standing, &people, &joined, nullptr),
          "influence_standing_join");
  AddScores(&joined, &lines);
  influence_standing_free(standing);
  influence_graph_free(graph);
  influence_tally_free(tally);
  return lines.Digest();
}

std::string ProfileOf(Random* random) {
  std::string bytes;
  pbf_writer profile(bytes);
  profile.add_string(1, "ada");
  for (uint64_t i = random->Below(4); i > 0; --i) {
    pbf_writer account(profile, 2);
    account.add_string(1, random->Below(2) == 0 ? "x" : "y");
    for (uint32_t signal = 2; signal <= 11; ++signal) {
      if (random->Below(4) == 0) continue;
      account.add_int64(signal, static_cast<int64_t>(random->Below(
                                    uint64_t{1} << random->Below(50))));
    }
  }
  return bytes;
}

std::string CompareDigest() {
  Lines lines;
  Random random(3);
  for (int i = 0; i < 500; ++i) {
    std::string request;
    pbf_writer writer(request);
    for (const uint32_t side : {1u, 2u}) {
      pbf_writer one(writer, side);
      one.add_message(1, ProfileOf(&random));
      pbf_writer identity(one, 2);
      identity.add_string(3, "any");  // or it would be the library's version
    }
    OwnedBytes response;
    Require(influence_compare(V1(), i % 2 == 0 ? V1() : V2(), Data(request),
                              request.size(), response.out(), nullptr),
            "influence_compare");
    lines.Add(response.view());
  }
  return lines.Digest();
}

std::string WhatIfDigest() {
  Lines lines;
  Random random(4);
  for (int i = 0; i < 300; ++i) {
    std::string request;
    pbf_writer writer(request);
    writer.add_message(1, ProfileOf(&random));
    {
      pbf_writer identity(writer, 2);
      identity.add_string(3, "any");
    }
    {
      pbf_writer change(writer, 3);
      change.add_enum(1, static_cast<int32_t>(1 + random.Below(10)));
      change.add_int64(2, static_cast<int64_t>(random.Below(1'000'000'000)));
    }
    {
      pbf_writer goal(writer, 5);
      goal.add_enum(1, static_cast<int32_t>(1 + random.Below(10)));
      goal.add_int64(3, static_cast<int64_t>(1 + random.Below(9'000'000)));
    }
    OwnedBytes response;
    // Not every person has the account that is asked about.
    lines.Add(
        int64_t{influence_what_if(i % 2 == 0 ? V1() : V2(), Data(request),
                                  request.size(), response.out(), nullptr)});
    lines.Add(response.view());
  }
  return lines.Digest();
}

std::string DriftDigest() {
  influence_drift* drift = nullptr;
  std::string options;
  pbf_writer writer(options);
  writer.add_uint32(3, 20);
  Require(influence_drift_new(V1(), V2(), Data(options), options.size(), &drift,
                              nullptr),
          "influence_drift_new");
  Random random(5);
  for (int i = 0; i < 10; ++i) {
    std::string request;
    pbf_writer people(request);
    people.add_string(1, "v1");
    for (int person = 0; person < 500; ++person) {
      people.add_message(3, ProfileOf(&random));
    }
    Require(influence_drift_add(drift, Data(request), request.size(), nullptr),
            "influence_drift_add");
  }
  OwnedBytes saved;
  Require(influence_drift_save(drift, saved.out(), nullptr),
          "influence_drift_save");
  Lines lines;
  lines.Add(saved.view());
  influence_drift_free(drift);
  return lines.Digest();
}

std::string AllLines() {
  const struct {
    const char* name;
    std::string (*digest)();
  } kFunctions[] = {{"tally", TallyDigest},
                    {"standing", StandingDigest},
                    {"compare", CompareDigest},
                    {"what-if", WhatIfDigest},
                    {"drift", DriftDigest}};
  std::string lines;
  for (const auto& [name, digest] : kFunctions) {
    lines += digest() + "  " + name + "\n";
  }
  return lines;
}

int Main(int argc, char** argv) {
  const std::string lines = AllLines();
  std::fputs(lines.c_str(), stdout);
  if (argc < 2) return 0;
  std::FILE* in = std::fopen(argv[1], "r");
  if (in == nullptr) throw std::runtime_error("cannot read the file");
  std::string want(4096, '\0');
  want.resize(std::fread(want.data(), 1, want.size(), in));
  std::fclose(in);
  if (lines == want) return 0;
  std::fprintf(stderr, "%s has\n%s", argv[1], want.c_str());
  return 1;
}

}  // namespace
}  // namespace influence::conformance

int main(int argc, char** argv) {
  try {
    return influence::conformance::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
