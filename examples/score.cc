// Scores the people of a CSV file, line by line of the sum; pins the algorithm,
// and meets a bad profile. C++17 with protobuf's classes of the messages:
//
//     proto=$(pkg-config --variable=protodir influence)
//     protoc -I $proto --cpp_out=. influence.proto
//     libs=$(pkg-config --cflags --libs influence protobuf)
//     c++ -std=c++17 -I. score.cc influence.pb.cc $libs -o score
//     ./score people.csv
#include <influence/influence.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "influence.pb.h"

namespace wire = influence::wire;

namespace {

constexpr char kFingerprint[] =
    "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0";

// id,mentions,reshares,followers,likes; an empty cell is unknown, which is not
// zero.
void ReadPerson(const std::string& row, wire::Profile* person) {
  std::istringstream cells(row);
  std::string cell;
  std::getline(cells, cell, ',');
  person->set_id(cell);
  wire::Account* account = person->add_accounts();
  for (const auto set : {&wire::Account::set_mentions_micros,
                         &wire::Account::set_reshares_micros,
                         &wire::Account::set_followers_micros,
                         &wire::Account::set_likes_micros}) {
    if (!std::getline(cells, cell, ',') || cell.empty()) continue;
    (account->*set)(std::strtoll(cell.c_str(), nullptr, 10) * 1'000'000);
  }
}

std::string Points(int64_t micropoints) {
  char text[32];
  std::snprintf(text, sizeof text, "%lld.%06lld",
                static_cast<long long>(micropoints / 1'000'000),
                static_cast<long long>(micropoints % 1'000'000));
  return text;
}

void Print(const wire::Result& result) {
  if (result.has_error()) {
    std::printf("%s has no score: %s: %s\n", result.id().c_str(),
                result.error().field().c_str(),
                result.error().message().c_str());
    return;
  }
  std::printf("%s: %s points\n", result.id().c_str(),
              Points(result.ledger().score_micropoints()).c_str());
  for (const wire::Line& line : result.ledger().lines()) {
    std::printf("  %-21s %s\n", wire::Factor_Name(line.factor()).c_str(),
                Points(line.points_micropoints()).c_str());
  }
}

struct FreeEngine {
  void operator()(influence_engine* engine) { influence_engine_free(engine); }
};

}  // namespace

int main(int argc, char** argv) {
  std::ifstream file(argc == 2 ? argv[1] : "");
  std::string row;
  if (!std::getline(file, row)) {  // the header
    std::fprintf(stderr, "score FILE\n");
    return 2;
  }
  wire::ScoreRequest request;
  request.set_algorithm("v1");
  request.set_fingerprint(kFingerprint);  // and no other table
  while (std::getline(file, row)) ReadPerson(row, request.add_profiles());

  influence_engine* made = nullptr;
  influence_bytes bytes = {};
  influence_bytes message = {};
  influence_status status = influence_engine_new("v1", 2, &made, &message);
  const std::unique_ptr<influence_engine, FreeEngine> engine(made);
  if (status == INFLUENCE_OK) {
    const std::string data = request.SerializeAsString();
    status = influence_score(engine.get(),
                             reinterpret_cast<const uint8_t*>(data.data()),
                             data.size(), &bytes, &message);
  }
  wire::ScoreResponse response;
  if (status == INFLUENCE_OK &&
      response.ParseFromArray(bytes.data, static_cast<int>(bytes.size))) {
    for (const wire::Result& result : response.results()) Print(result);
  } else {
    std::fprintf(
        stderr, "%s: %s\n", influence_status_name(status),
        message.data ? reinterpret_cast<const char*>(message.data) : "");
  }
  influence_bytes_free(&bytes);
  influence_bytes_free(&message);
  return status == INFLUENCE_OK ? 0 : 1;
}
