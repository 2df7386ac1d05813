// The people in a file, as messages, with where each fact stands in the file.
#ifndef INFLUENCE_CLI_POPULATION_H_
#define INFLUENCE_CLI_POPULATION_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "influence.pb.h"

namespace influence::cli {

inline constexpr size_t kSignals = 10;

// Column names of the signals, in the order of proto/influence.proto.
extern const std::array<std::string_view, kSignals> kSignalColumns;

// One row of the input: one account of one person.
struct RowSource {
  size_t line = 0;
  std::array<size_t, kSignals> columns{};  // of each signal; 0: not stated
  std::string_view raw;                    // the row as it stands in the input
};

struct Person {
  wire::Profile profile;
  std::vector<RowSource> rows;  // one for each account; none for protobuf
};

// Something wrong at one place of the input.
struct Complaint {
  size_t line = 0;  // 0: not known, as in protobuf input
  size_t column = 0;
  std::string reason;
  std::string raw;
};

enum class InputFormat { kCsv, kJsonl, kProto };

class Population {
 public:
  struct Options {
    std::string name;  // of the input, for messages
    InputFormat format = InputFormat::kCsv;
    bool allow_extra_columns = false;
    bool skip_bad_rows = false;
  };

  // `text` must outlive the population. Throws Failure(kBadData) at the first
  // bad row, or with skip_bad_rows collects complaints: a person with a bad
  // row is left out whole, every row of theirs in a complaint.
  Population(std::string_view text, const Options& options);

  std::vector<Person>& people() { return people_; }
  const std::vector<Complaint>& complaints() const { return complaints_; }

  // "file:line:column: reason", as far as known.
  std::string Describe(const Complaint& complaint) const;

  // What the library refused in person `index`: its field is turned into a
  // place in the input. All rows of the person become complaints.
  void Refuse(size_t index, const wire::Error& error);

 private:
  void ReadCsv(std::string_view text);
  void ReadJsonl(std::string_view text);
  void ReadProto(std::string_view text);
  void Add(const std::string& id, const wire::Account& account,
           const RowSource& source);
  void Complain(const Complaint& complaint, const std::string& id);
  void LeaveOutBadPeople();

  Options options_;
  std::vector<Person> people_;
  std::vector<Complaint> complaints_;
  absl::flat_hash_map<std::string, size_t> index_;    // id -> people_
  absl::flat_hash_map<std::string, size_t> bad_ids_;  // id -> first bad line
};

// Sets signal i of an account; i is an index into kSignalColumns.
void SetSignal(wire::Account* account, size_t i, int64_t micros);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_POPULATION_H_
