// A host in whatever environment it is started in. Calls every function that
// has a result and writes all of it to a file, which has to be the same file
// whatever the environment.
//
//   environment_host FILE [--locale NAME] [--close] [--mark]
//
// --locale sets the locale of C and of C++, --close closes the standard
// streams, --mark calls getppid() before the first call of the library and
// after the last, for who looks at the system calls between. Exits with 77 if
// there is no such locale.
#include <sys/syscall.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <fstream>
#include <locale>
#include <random>
#include <stdexcept>
#include <string>

#include "influence.pb.h"
#include "influence/influence.h"
#include "tests/population/arrow_table.h"
#include "tests/population/scored_table.h"
#include "tests/random_profiles.h"

namespace influence::testing {
namespace {

constexpr int kProfiles = 400;

// Everything that is asked of the library, made before and judged after.
struct Inputs {
  std::string request;
  std::string refused;  // a request for another algorithm
  std::string algorithm;
  std::string options;
  Column table;
};

Inputs NewInputs() {
  Inputs inputs;
  std::mt19937_64 rng(1);
  wire::ScoreRequest request;
  request.set_algorithm("v1");
  request.set_rendering(wire::RENDERING_TEXT);
  std::vector<int64_t> followers;
  std::vector<double> likes;
  for (int i = 0; i < kProfiles; ++i) {
    wire::Profile* profile = request.add_profiles();
    *profile = RandomProfile(rng);
    // "I" and "i", which Turkish has two of each; what is no text; a fault.
    profile->set_id(i % 3 == 0 ? "ID-\xc4\xb0\xc4\xb1 i" : "\x01\n\"Ii\"");
    if (i % 50 == 0) profile->add_accounts()->set_likes_micros(-1);
    followers.push_back(RandomMicros(rng));
    likes.push_back(static_cast<double>(RandomMicros(rng)) / 7e6);
  }
  inputs.request = request.SerializeAsString();
  request.set_algorithm("v\xc4\xb1");
  inputs.refused = request.SerializeAsString();

  wire::Algorithm algorithm;
  algorithm.set_id("acme/INFLUENCE-i");
  wire::Row* row = algorithm.add_rows();
  row->set_factor(wire::FACTOR_AUDIENCE);
  row->set_weight_micropoints(100'000'000);
  row->set_full_marks_micros(1'234'567'891);
  wire::SignalValue* count = row->add_counts();
  count->set_signal(wire::SIGNAL_FOLLOWERS);
  count->set_value_micros(1'000'000);
  inputs.algorithm = algorithm.SerializeAsString();

  wire::ColumnsOptions options;
  options.set_float_rounding(wire::FLOAT_HALF_EVEN);
  options.set_points(true);
  options.set_reasons(true);
  inputs.options = options.SerializeAsString();
  inputs.table = Column::Struct("", kProfiles,
                                {Column::Of("followers_micros", "l", followers),
                                 Column::Of("likes", "g", likes)});
  return inputs;
}

const uint8_t* Data(const std::string& bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

// What came back, all of it.
struct Outputs {
  static constexpr int kMost = 32;
  influence_status statuses[kMost] = {};
  influence_bytes bytes[kMost] = {};
  int count = 0;
  Scored table;

  void Add(influence_status status, influence_bytes* got) {
    statuses[count] = status;
    bytes[count++] = *got;
    *got = {};
  }
  void Write(std::ostream* out) {
    for (int i = 0; i < count; ++i) {
      *out << statuses[i] << " "
           << std::string(reinterpret_cast<const char*>(bytes[i].data),
                          bytes[i].size)
           << "\n";
      influence_bytes_free(&bytes[i]);
    }
    *out << table.Dump();
  }
};

// Everything here is the library's, or nothing at all: no system call of the
// host's own is between the marks.
void Call(const Inputs& inputs, Export* table, Outputs* out) {
  influence_bytes got = {}, message = {};
  influence_status status = influence_algorithm_list(&got);
  out->Add(status, &got);
  influence_engine *v1 = nullptr, *custom = nullptr, *none = nullptr;
  out->Add(influence_engine_new("v1", 2, &v1, &message), &message);
  out->Add(influence_engine_new("V1", 2, &none, &message), &message);
  out->Add(influence_engine_new(nullptr, 1, &none, &message), &message);
  out->Add(
      influence_engine_new_custom(Data(inputs.algorithm),
                                  inputs.algorithm.size(), &custom, &message),
      &message);
  for (const influence_engine* engine : {v1, custom}) {
    status = influence_engine_describe(engine, &got);
    out->Add(status, &got);
  }
  for (const std::string* request : {&inputs.request, &inputs.refused}) {
    status =
        influence_score(v1, Data(*request), request->size(), &got, &message);
    out->Add(status, &got);
    out->Add(status, &message);
  }
  status = influence_score_columns(
      v1, Data(inputs.options), inputs.options.size(), &table->schema,
      &table->array, &out->table.schema, &out->table.array, &message);
  out->Add(status, &message);
  influence_engine_free(v1);
  influence_engine_free(custom);
}

}  // namespace

int Main(int argc, char** argv) {
  if (argc < 2) return 2;
  bool mark = false;
  for (int i = 2; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--locale" && i + 1 < argc) {
      const char* const name = argv[++i];
      if (std::setlocale(LC_ALL, name) == nullptr) return 77;
      try {
        std::locale::global(std::locale(name));
      } catch (const std::runtime_error&) {
        return 77;
      }
    } else if (argument == "--close") {
      for (const int descriptor : {0, 1, 2}) close(descriptor);
    } else if (argument == "--mark") {
      mark = true;
    } else {
      return 2;
    }
  }
  const Inputs inputs = NewInputs();
  Outputs outputs;
  Export table(inputs.table);
  if (mark) syscall(SYS_getppid);
  Call(inputs, &table, &outputs);
  if (mark) syscall(SYS_getppid);
  std::ofstream file(argv[1], std::ios::binary);
  file.imbue(std::locale::classic());
  outputs.Write(&file);
  file.flush();
  return file.good() ? 0 : 1;
}

}  // namespace influence::testing

int main(int argc, char** argv) { return influence::testing::Main(argc, argv); }
