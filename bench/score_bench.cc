// A thousand profiles through the library, step by step and as a whole, beside
// what libprotobuf needs for the same messages without scoring anything: no
// evaluation, no digest of the request.
//
// items_per_second is profiles per second on one core.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "algorithm/registry.h"
#include "base/byte_buffer.h"
#include "benchmark/benchmark.h"
#include "codec/hot/score_request.h"
#include "codec/hot/score_response.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "scoring/evaluator.h"

namespace influence {
namespace {

constexpr int kProfiles = 1'000;

// How much of a profile is stated.
enum Facts : int { kAllSignals, kFourSignals };

// Log-uniform in `low` .. `high` units: like real counts, of every magnitude.
Micros Count(std::mt19937_64& random, double low, double high) {
  const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
  return static_cast<Micros>(low * std::pow(high / low, unit) * 1e6);
}
Micros WholeCount(std::mt19937_64& random, double low, double high) {
  return Count(random, low, high) / kOne * kOne;
}

// Followers and listings are whole; reactions are decayed, so they are not.
abi1::ScoreRequest MakeRequest(Facts facts, abi1::Detail detail) {
  std::mt19937_64 random(1);
  abi1::ScoreRequest request;
  request.set_algorithm("v1");
  request.set_as_of_days(20'000);
  request.set_detail(detail);
  for (int i = 0; i < kProfiles; ++i) {
    abi1::Profile* profile = request.add_profiles();
    profile->set_id("user" + std::to_string(1000 + i));
    abi1::Account* account = profile->add_accounts();
    account->set_network("mastodon");
    account->set_followers_micros(WholeCount(random, 10, 1e6));
    account->set_listings_micros(WholeCount(random, 1, 1e4));
    account->set_mentions_micros(Count(random, 1, 1e4));
    account->set_reshares_micros(Count(random, 1, 1e4));
    if (facts == kFourSignals) continue;
    account->set_replies_micros(Count(random, 1, 1e4));
    account->set_saves_micros(Count(random, 1, 1e3));
    account->set_likes_micros(Count(random, 1, 1e5));
    account->set_quotes_micros(Count(random, 0.1, 1e3));
    account->set_standing_micros(Count(random, 0.01, 1e3));
    account->set_endorsements_micros(Count(random, 0.1, 100));
  }
  return request;
}

Facts FactsOf(const benchmark::State& state) {
  return static_cast<Facts>(state.range(0));
}
Detail DetailOf(const benchmark::State& state) {
  return static_cast<Detail>(state.range(1));
}
std::string BytesOf(const benchmark::State& state) {
  return MakeRequest(FactsOf(state), static_cast<abi1::Detail>(state.range(1)))
      .SerializeAsString();
}

// `request` must outlive the profiles.
std::vector<Profile> Parse(const std::string& request) {
  Request outer;
  if (!ReadRequest(request, &outer).ok()) std::abort();
  std::vector<Profile> profiles(outer.profiles.size());
  for (size_t i = 0; i < profiles.size(); ++i) {
    if (!ReadProfile(outer.profiles[i], &profiles[i]).ok()) std::abort();
  }
  return profiles;
}

std::vector<Ledger> Score(const std::vector<Profile>& profiles, Detail detail) {
  const Evaluator evaluator(*FindReleased("v1"));
  std::vector<Ledger> ledgers(profiles.size());
  for (size_t i = 0; i < profiles.size(); ++i) {
    evaluator.Score(profiles[i], detail, &ledgers[i]);
  }
  return ledgers;
}

void CountItems(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * kProfiles);
}

void FactsAndDetail(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"four_signals", "score_only"})
      ->ArgsProduct({{kAllSignals, kFourSignals},
                     {abi1::DETAIL_LEDGER, abi1::DETAIL_SCORE}});
}

// ------------------------------------------------------------- step by step

void BM_ReadRequest(benchmark::State& state) {
  const std::string request = BytesOf(state);
  Profile profile;
  for (auto _ : state) {
    Request outer;
    benchmark::DoNotOptimize(ReadRequest(request, &outer).ok());
    for (const std::string_view bytes : outer.profiles) {
      benchmark::DoNotOptimize(ReadProfile(bytes, &profile).ok());
    }
  }
  CountItems(state);
}
BENCHMARK(BM_ReadRequest)
    ->ArgNames({"four_signals", "score_only"})
    ->Args({kAllSignals, abi1::DETAIL_LEDGER})
    ->Args({kFourSignals, abi1::DETAIL_LEDGER});

void BM_Evaluate(benchmark::State& state) {
  const std::string request = BytesOf(state);
  const std::vector<Profile> profiles = Parse(request);
  const Evaluator evaluator(*FindReleased("v1"));
  Ledger ledger;
  for (auto _ : state) {
    for (const Profile& profile : profiles) {
      evaluator.Score(profile, DetailOf(state), &ledger);
      benchmark::DoNotOptimize(ledger.score);
    }
  }
  CountItems(state);
}
BENCHMARK(BM_Evaluate)->Apply(FactsAndDetail);

void BM_WriteResults(benchmark::State& state) {
  const std::string request = BytesOf(state);
  const std::vector<Profile> profiles = Parse(request);
  const std::vector<Ledger> ledgers = Score(profiles, DetailOf(state));
  for (auto _ : state) {
    ByteBuffer response;
    for (size_t i = 0; i < profiles.size(); ++i) {
      AppendResult(profiles[i], ledgers[i], DetailOf(state), "", &response);
    }
    benchmark::DoNotOptimize(response.data());
  }
  CountItems(state);
}
BENCHMARK(BM_WriteResults)->Apply(FactsAndDetail);

// --------------------------------------------------------- the whole call

void BM_InfluenceScore(benchmark::State& state) {
  const std::string request = BytesOf(state);
  influence_engine* engine = nullptr;
  if (influence_engine_open("v1", &engine, nullptr) != INFLUENCE_OK) {
    std::abort();
  }
  size_t response_bytes = 0;
  for (auto _ : state) {
    influence_bytes response;
    if (influence_score(engine,
                        reinterpret_cast<const uint8_t*>(request.data()),
                        request.size(), &response, nullptr) != INFLUENCE_OK) {
      std::abort();
    }
    response_bytes = response.size;
    influence_bytes_free(&response);
  }
  influence_engine_free(engine);
  CountItems(state);
  state.counters["request_bytes"] = static_cast<double>(request.size());
  state.counters["response_bytes"] = static_cast<double>(response_bytes);
}
BENCHMARK(BM_InfluenceScore)->Apply(FactsAndDetail);

// The same bytes by libprotobuf: parse the request, copy ledgers that are
// ready into the response, serialize it.

void Fill(const Reason& reason, abi1::Reason* out) {
  out->set_code(static_cast<abi1::ReasonCode>(reason.code));
  out->set_factor(static_cast<abi1::Factor>(reason.factor));
  out->set_points_micropoints(reason.points);
  out->set_quantity_micros(reason.quantity);
  out->set_full_marks_micros(reason.full_marks);
}

void Fill(const Ledger& ledger, const abi1::Profile& profile, Detail detail,
          abi1::Ledger* out) {
  out->set_score_micropoints(ledger.score);
  out->set_low_micropoints(ledger.low);
  out->set_high_micropoints(ledger.high);
  out->set_coverage_micropoints(ledger.coverage);
  out->set_band(static_cast<abi1::Band>(ledger.band));
  if (detail == Detail::kScore) return;
  for (const Line& line : ledger.lines) {
    abi1::Line* to = out->add_lines();
    to->set_factor(static_cast<abi1::Factor>(line.factor));
    to->set_quantity_micros(line.quantity);
    to->set_full_marks_micros(line.full_marks);
    to->set_share_micros(line.share);
    to->set_weight_micropoints(line.weight);
    to->set_points_micropoints(line.points);
    to->set_cap(static_cast<abi1::Cap>(line.cap));
    to->set_covered_micropoints(line.covered);
    to->set_missing_micropoints(line.missing);
    for (uint32_t i = line.parts_begin; i < line.parts_end; ++i) {
      const Part& part = ledger.parts[i];
      abi1::Part* part_to = to->add_parts();
      part_to->set_network(
          profile.accounts(static_cast<int>(part.account)).network());
      part_to->set_quantity_micros(part.quantity);
      part_to->set_points_micropoints(part.points);
    }
  }
  for (const Reason& r : ledger.lifted) Fill(r, out->add_lifted());
  for (const Reason& r : ledger.held_back) Fill(r, out->add_held_back());
  *out->mutable_accounts() = profile.accounts();
}

void Answer(const std::string& bytes, const std::vector<Ledger>& ledgers,
            Detail detail, abi1::ScoreRequest* request,
            abi1::ScoreResponse* response, std::string* out) {
  if (!request->ParseFromString(bytes)) std::abort();
  response->Clear();
  for (int i = 0; i < request->profiles_size(); ++i) {
    const abi1::Profile& profile = request->profiles(i);
    abi1::Result* result = response->add_results();
    result->set_id(profile.id());
    Fill(ledgers[static_cast<size_t>(i)], profile, detail,
         result->mutable_ledger());
  }
  response->SerializeToString(out);
  benchmark::DoNotOptimize(out->data());
}

void BM_ProtobufAloneReused(benchmark::State& state) {
  const std::string bytes = BytesOf(state);
  const std::vector<Ledger> ledgers = Score(Parse(bytes), DetailOf(state));
  abi1::ScoreRequest request;
  abi1::ScoreResponse response;
  std::string out;
  for (auto _ : state) {
    Answer(bytes, ledgers, DetailOf(state), &request, &response, &out);
  }
  CountItems(state);
  state.counters["response_bytes"] = static_cast<double>(out.size());
}
BENCHMARK(BM_ProtobufAloneReused)->Apply(FactsAndDetail);

// As BM_InfluenceScore: nothing is kept from call to call.
void BM_ProtobufAloneFresh(benchmark::State& state) {
  const std::string bytes = BytesOf(state);
  const std::vector<Ledger> ledgers = Score(Parse(bytes), DetailOf(state));
  for (auto _ : state) {
    abi1::ScoreRequest request;
    abi1::ScoreResponse response;
    std::string out;
    Answer(bytes, ledgers, DetailOf(state), &request, &response, &out);
  }
  CountItems(state);
}
BENCHMARK(BM_ProtobufAloneFresh)->Apply(FactsAndDetail);

}  // namespace
}  // namespace influence
