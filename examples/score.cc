// Scores the people of a CSV file, line by line of the sum; pins the algorithm,
// and meets a bad profile. C++17 with protobuf's classes of the messages:
//
//     proto=$(pkg-config --variable=protodir influence)
//     protoc -I $proto --cpp_out=. influence/abi1/influence.proto
//     libs=$(pkg-config --cflags --libs influence protobuf)
//     c++ -std=c++17 -I. score.cc influence/abi1/influence.pb.cc $libs -o score
//     ./score people.csv
#include <influence/influence.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "influence/abi1/influence.pb.h"

namespace abi1 = influence::abi1;

namespace {

constexpr char kFingerprint[] =
    "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0";

// id,mentions,reshares,followers,likes; an empty cell is unknown, which is not
// zero.
void ReadPerson(const std::string& row, abi1::Profile* person) {
  std::istringstream cells(row);
  std::string cell;
  std::getline(cells, cell, ',');
  person->set_id(cell);
  abi1::Account* account = person->add_accounts();
  for (const auto set : {&abi1::Account::set_mentions_micros,
                         &abi1::Account::set_reshares_micros,
                         &abi1::Account::set_followers_micros,
                         &abi1::Account::set_likes_micros}) {
    if (!std::getline(cells, cell, ',') || cell.empty()) continue;
    (account->*set)(std::strtoll(cell.c_str(), nullptr, 10) * 1'000'000);
  }
}

std::string Points(int64_t micropoints) {
  char text[INFLUENCE_POINTS_BYTES];
  influence_format_points(micropoints, 6, text, sizeof text);
  return text;
}

void Print(const abi1::Result& result) {
  if (result.has_error()) {
    std::printf("%s has no score: %s: %s\n", result.id().c_str(),
                result.error().field().c_str(),
                result.error().message().c_str());
    return;
  }
  std::printf("%s: %s points\n", result.id().c_str(),
              Points(result.ledger().score_micropoints()).c_str());
  for (const abi1::Line& line : result.ledger().lines()) {
    std::printf("  %-21s %s\n", abi1::Factor_Name(line.factor()).c_str(),
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
  abi1::ScoreRequest request;
  request.set_algorithm("v1");
  request.set_fingerprint(kFingerprint);  // and no other table
  while (std::getline(file, row)) ReadPerson(row, request.add_profiles());

  influence_engine* made = nullptr;
  influence_bytes bytes = {};
  influence_error* error = nullptr;
  influence_status status = influence_engine_open("v1", &made, &error);
  const std::unique_ptr<influence_engine, FreeEngine> engine(made);
  if (status == INFLUENCE_OK) {
    const std::string data = request.SerializeAsString();
    status = influence_score(engine.get(),
                             reinterpret_cast<const uint8_t*>(data.data()),
                             data.size(), &bytes, &error);
  }
  abi1::ScoreResponse response;
  if (status == INFLUENCE_OK &&
      response.ParseFromArray(bytes.data, static_cast<int>(bytes.size))) {
    for (const abi1::Result& result : response.results()) Print(result);
  } else {
    std::fprintf(stderr, "%s: %s\n", influence_error_field(error),
                 influence_error_text(error));
  }
  influence_bytes_free(&bytes);
  influence_error_free(error);
  return status == INFLUENCE_OK ? 0 : 1;
}
