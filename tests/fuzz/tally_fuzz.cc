// Events of any kind, and saved tallies of any bytes: no order, split or way
// through a file shows, and whatever was taken can be finished and scored.
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "cli/conformance/corpus_sha256.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "input_bytes.h"
#include "laws.h"

namespace {

namespace abi1 = influence::abi1;

constexpr int64_t kAsOf = 1'728'000'000;
// What a saved tally begins with, before as_of: the format and a fingerprint.
constexpr size_t kSavedPrefix = 18 + 64;

struct FreeTally {
  void operator()(influence_tally* tally) const { influence_tally_free(tally); }
};
using Tally = std::unique_ptr<influence_tally, FreeTally>;

const uint8_t* Data(const std::string& bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

Tally NewTally() {
  abi1::TallyOptions options;
  options.set_as_of_seconds(kAsOf);
  options.set_future(abi1::FUTURE_IGNORED);
  const std::string bytes = options.SerializeAsString();
  influence_tally* tally = nullptr;
  Require(influence_tally_new(V1(), Data(bytes), bytes.size(), &tally,
                              nullptr) == INFLUENCE_OK,
          "a tally is made");
  return Tally(tally);
}

influence_status Add(const Tally& tally, const std::string& events) {
  influence_error* error = nullptr;
  const influence_status status =
      influence_tally_add(tally.get(), Data(events), events.size(), &error);
  CheckError(status, error);
  return status;
}

std::string Save(const Tally& tally) {
  std::string saved;
  const auto append = [](void* context, const uint8_t* data, size_t size) {
    static_cast<std::string*>(context)->append(
        reinterpret_cast<const char*>(data), size);
    return int32_t{0};
  };
  Require(influence_tally_save(tally.get(), append, &saved, nullptr) ==
              INFLUENCE_OK,
          "a tally is saved");
  return saved;
}

// A file being read. Where its bytes end, the digest of all that was read is
// the right one, so that what is behind the digest is reached.
struct File {
  std::string bytes;
  size_t at = 0;

  static int32_t Read(void* context, uint8_t* data, size_t size) {
    auto* file = static_cast<File*>(context);
    const size_t left = file->bytes.size() - file->at;
    if (left == 0 && size == 32) {
      const std::string hex = influence::conformance::Sha256Hex(file->bytes);
      std::array<uint8_t, 32> digest;
      for (size_t i = 0; i < digest.size(); ++i) {
        digest[i] =
            static_cast<uint8_t>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
      }
      std::copy(digest.begin(), digest.end(), data);
      file->bytes.append(digest.begin(), digest.end());
      file->at = file->bytes.size();
      return 0;
    }
    if (size > left) return 1;
    if (size > 0) std::memcpy(data, file->bytes.data() + file->at, size);
    file->at += size;
    return 0;
  }
};

Tally Load(File* file) {
  influence_tally* tally = nullptr;
  influence_error* error = nullptr;
  const influence_status status =
      influence_tally_load(V1(), File::Read, file, &tally, &error);
  CheckError(status, error);
  Require((status == INFLUENCE_OK) == (tally != nullptr),
          "a tally is there exactly if it was loaded");
  return Tally(tally);
}

void CheckReport(const Tally& tally) {
  influence_bytes bytes;
  Require(influence_tally_report(tally.get(), &bytes, nullptr) == INFLUENCE_OK,
          "a tally reports");
  abi1::TallyReport report;
  Require(report.ParseFromArray(bytes.data, static_cast<int>(bytes.size)),
          "a report is a report");
  influence_bytes_free(&bytes);
  const abi1::IgnoredEvents& why = report.ignored();
  const uint64_t ignored =
      why.no_actor() + why.no_subject() + why.unknown_kind() +
      why.not_counted() + why.network_too_long() + why.topic_too_long() +
      why.event_id_too_long() + why.bad_quality() + why.bad_count() +
      why.self_reaction() + why.after_as_of() + why.faded() + why.duplicate() +
      why.not_utf8();
  Require(report.counted() + ignored == report.events(),
          "every event counts or is ignored for a reason");
}

// Whatever is in a tally, its profiles are scored.
void CheckScores(const Tally& tally) {
  ArrowArrayStream profiles;
  Require(influence_tally_profiles(tally.get(), nullptr, 0, &profiles,
                                   nullptr) == INFLUENCE_OK,
          "a tally is finished");
  ArrowArrayStream scores;
  Require(influence_score_stream(V1(), nullptr, 0, &profiles, &scores,
                                 nullptr) == INFLUENCE_OK,
          "its profiles are what scoring takes");
  for (bool is_end = false; !is_end;) {
    ArrowArray batch;
    Require(scores.get_next(&scores, &batch) == 0, "profiles can be scored");
    is_end = batch.release == nullptr;
    if (!is_end) batch.release(&batch);
  }
  scores.release(&scores);
}

void CheckSubject(const Tally& tally, const std::string& id) {
  abi1::SubjectRequest request;
  request.set_id(id);
  request.set_top(2);
  const std::string bytes = request.SerializeAsString();
  influence_bytes response;
  influence_error* error = nullptr;
  const influence_status status = influence_tally_subject(
      tally.get(), Data(bytes), bytes.size(), &response, &error);
  CheckError(status, error);
  if (status != INFLUENCE_OK) return;
  abi1::SubjectReport report;
  Require(report.ParseFromArray(response.data, static_cast<int>(response.size)),
          "a subject's report is one");
  influence_bytes_free(&response);
  for (const abi1::FactorSources& from : report.sources()) {
    int64_t points = from.others().points_micropoints() +
                     from.remainder_points_micropoints();
    int64_t quantity =
        from.others().quantity_micros() + from.remainder_quantity_micros();
    for (const abi1::Source& source : from.top()) {
      points += source.points_micropoints();
      quantity += source.quantity_micros();
    }
    Require(points == from.points_micropoints(), "points sum exactly");
    Require(quantity == from.quantity_micros(), "quantities sum exactly");
  }
}

// Everything about a tally that holds events.
void CheckTally(const Tally& tally) {
  const std::string saved = Save(tally);
  File file = {saved};
  const Tally loaded = Load(&file);
  Require(loaded != nullptr, "what was saved is loaded");
  Require(Save(loaded) == saved, "and saved again by the same bytes");
  CheckReport(tally);
  for (const char* id : {"a", "b", ""}) CheckSubject(tally, id);
  CheckScores(tally);
}

abi1::Event AnyEvent(InputBytes* input) {
  const auto id = [input] {
    return input->Rarely(8) ? input->Text(300)
                            : std::string(1, "abcd"[input->Below(4)]);
  };
  abi1::Event event;
  event.set_actor(id());
  event.set_subject(id());
  event.set_kind(static_cast<abi1::Signal>(input->Below(13)));
  event.set_time_seconds(input->Rarely(8)
                             ? input->Int64()
                             : kAsOf - int64_t{input->Byte()} * 86'400);
  if (input->Rarely(2)) event.set_network(input->Rarely(8) ? id() : "x");
  if (input->Rarely(2)) event.set_topic(input->Rarely(8) ? id() : "go");
  if (input->Rarely(3)) event.set_event_id(id());
  if (input->Rarely(4)) event.set_quality_micros(input->Int64() % 1'100'000);
  if (input->Rarely(4)) event.set_count(input->Int64() % 1'100'000);
  return event;
}

// The same events in one tally, and backwards in two that are merged.
void CheckAnyEvents(InputBytes* input) {
  std::vector<abi1::Event> events;
  while (!input->empty()) events.push_back(AnyEvent(input));
  const Tally whole = NewTally(), one = NewTally(), other = NewTally();
  abi1::EventBatch batch, parts[2];
  for (const abi1::Event& event : events) *batch.add_events() = event;
  for (size_t i = events.size(); i-- > 0;) {
    *parts[i % 2].add_events() = events[i];
  }
  Require(Add(whole, batch.SerializeAsString()) == INFLUENCE_OK &&
              Add(one, parts[0].SerializeAsString()) == INFLUENCE_OK &&
              Add(other, parts[1].SerializeAsString()) == INFLUENCE_OK,
          "any event is taken");
  Require(
      influence_tally_merge(one.get(), other.get(), nullptr) == INFLUENCE_OK,
      "tallies are merged");
  Require(Save(whole) == Save(one), "no order or split shows");
  CheckTally(whole);
}

void CheckAnyBytes(const std::string& bytes) {
  const Tally tally = NewTally();
  const std::string empty = Save(tally);
  if (Add(tally, bytes) != INFLUENCE_OK) {
    Require(Save(tally) == empty, "a batch that is refused leaves nothing");
  }
  CheckTally(tally);
}

// Any bytes as a question about b, to whom a reacted.
void CheckAnyRequest(const std::string& bytes) {
  const Tally tally = NewTally();
  abi1::EventBatch batch;
  abi1::Event& event = *batch.add_events();
  event.set_actor("a");
  event.set_subject("b");
  event.set_kind(abi1::SIGNAL_MENTIONS);
  event.set_time_seconds(kAsOf);
  Require(Add(tally, batch.SerializeAsString()) == INFLUENCE_OK,
          "an event is taken");
  influence_bytes response;
  influence_error* error = nullptr;
  const influence_status status = influence_tally_subject(
      tally.get(), Data(bytes), bytes.size(), &response, &error);
  CheckError(status, error);
  if (status != INFLUENCE_OK) return;
  abi1::SubjectReport report;
  Require(report.ParseFromArray(response.data, static_cast<int>(response.size)),
          "a subject's report is one");
  influence_bytes_free(&response);
  if (!report.has_node()) return;
  const abi1::NodeReport& node = report.node();
  Require(node.id() == "b", "a node is the one that was asked about");
  Require(node.graph().digest() == report.graph().digest(),
          "a node is of the graph that is named");
  uint64_t rank =
      node.seed_rank() + node.remainder_rank() + node.others().rank();
  for (const abi1::NodeShare& share : node.top()) rank += share.rank();
  Require(rank == node.rank(), "a node's rank sums exactly");
}

void CheckAnyFile(const std::string& bytes) {
  File file = {Save(NewTally()).substr(0, kSavedPrefix) + bytes};
  const Tally loaded = Load(&file);
  if (loaded == nullptr) return;
  Require(Save(loaded) == file.bytes.substr(0, file.at),
          "a file that is taken is the only one of its contents");
  CheckTally(loaded);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // protobuf would print a line for each string that is not UTF-8.
  google::protobuf::SetLogHandler(nullptr);
  InputBytes input(data, size);
  const size_t what = input.Below(3);
  const std::string rest(reinterpret_cast<const char*>(data) + (size > 0),
                         size - (size > 0));
  if (what == 0) CheckAnyEvents(&input);
  if (what == 1) {
    CheckAnyBytes(rest);
    CheckAnyRequest(rest);
  }
  if (what == 2) CheckAnyFile(rest);
  return 0;
}
