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

#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "tests/columns/arrow_table.h"
#include "tests/columns/scored_table.h"
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
  abi1::ScoreRequest request;
  request.set_algorithm("v1");
  request.set_rendering(abi1::RENDERING_TEXT);
  std::vector<int64_t> followers;
  std::vector<double> likes;
  for (int i = 0; i < kProfiles; ++i) {
    abi1::Profile* profile = request.add_profiles();
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

  abi1::Algorithm algorithm;
  algorithm.set_id("acme/INFLUENCE-i");
  abi1::Row* row = algorithm.add_rows();
  row->set_factor(abi1::FACTOR_AUDIENCE);
  row->set_weight_micropoints(100'000'000);
  row->set_full_marks_micros(1'234'567'891);
  abi1::SignalValue* count = row->add_counts();
  count->set_signal(abi1::SIGNAL_FOLLOWERS);
  count->set_value_micros(1'000'000);
  inputs.algorithm = algorithm.SerializeAsString();

  abi1::ColumnsOptions options;
  options.set_float_rounding(abi1::FLOAT_ROUNDING_HALF_EVEN);
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
  influence_error* errors[kMost] = {};
  std::string texts[kMost];
  int count = 0;
  Scored table;

  void Add(influence_status status, influence_bytes* got) {
    statuses[count] = status;
    bytes[count++] = *got;
    *got = {};
  }
  void Add(influence_status status, influence_error** got) {
    statuses[count] = status;
    errors[count++] = *got;
    *got = nullptr;
  }
  void Add(influence_status status, const char* got) {
    statuses[count] = status;
    texts[count++] = got;
  }
  void Write(std::ostream* out) {
    for (int i = 0; i < count; ++i) {
      *out << statuses[i] << " "
           << std::string(reinterpret_cast<const char*>(bytes[i].data),
                          bytes[i].size)
           << influence_error_status(errors[i])
           << influence_error_field(errors[i]) << influence_error_row(errors[i])
           << influence_error_text(errors[i]) << texts[i] << "\n";
      influence_bytes_free(&bytes[i]);
      influence_error_free(errors[i]);
    }
    *out << table.Dump();
  }
};

// Everything here is the library's, or nothing at all: no system call of the
// host's own is between the marks.
void Call(const Inputs& inputs, Export* table, Outputs* out) {
  influence_bytes got = {};
  influence_error* error = nullptr;
  influence_status status = influence_algorithm_list(&got, nullptr);
  out->Add(status, &got);
  influence_engine *v1 = nullptr, *custom = nullptr, *none = nullptr;
  status = influence_engine_open("v1", &v1, &error);
  out->Add(status, &error);
  status = influence_engine_open("V1", &none, &error);
  out->Add(status, &error);
  status = influence_engine_open(nullptr, &none, &error);
  out->Add(status, &error);
  status = influence_engine_open_custom(
      Data(inputs.algorithm), inputs.algorithm.size(), &custom, &error);
  out->Add(status, &error);
  for (const influence_engine* engine : {v1, custom}) {
    status = influence_engine_describe(engine, &got, nullptr);
    out->Add(status, &got);
  }
  for (const std::string* request : {&inputs.request, &inputs.refused}) {
    status = influence_score(v1, Data(*request), request->size(), &got, &error);
    out->Add(status, &got);
    out->Add(status, &error);
  }
  const int64_t counts[] = {120, 40, 16, 300, 85, 12, 31, 2400};
  const int64_t bad = -1;
  int64_t points = 0;
  char text[INFLUENCE_POINTS_BYTES];
  status = influence_score_counts(v1, counts, 8, &points, nullptr, nullptr,
                                  nullptr, nullptr);
  influence_format_points(points, 3, text, sizeof text);
  out->Add(status, text);
  status = influence_score_counts(v1, &bad, 1, &points, nullptr, nullptr,
                                  nullptr, &error);
  out->Add(status, &error);
  status = influence_score_columns(
      v1, Data(inputs.options), inputs.options.size(), &table->schema,
      &table->array, &out->table.schema, &out->table.array, &error);
  out->Add(status, &error);
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
