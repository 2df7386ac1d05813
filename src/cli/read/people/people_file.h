// The people in a file, as messages, with where each fact stands in the file.
#ifndef INFLUENCE_CLI_READ_PEOPLE_PEOPLE_FILE_H_
#define INFLUENCE_CLI_READ_PEOPLE_PEOPLE_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "cli/basics/input_columns.h"
#include "cli/client/standing_handle.h"
#include "cli/read/csv_rows.h"
#include "cli/read/inputs.h"
#include "cli/write/complaint_writer.h"
#include "influence/abi1/influence.pb.h"

namespace influence::cli {

// One row of the input: one account of one person.
struct RowSource {
  size_t line = 0;
  std::string_view raw;  // the row as it stands in the input
};

struct Person {
  abi1::Profile profile;
  std::vector<RowSource> rows;  // one for each account; none for protobuf
  size_t position = 0;          // in protobuf input, from 0
};

// The message for a person whose rows are before and after another's.
std::string ComesBack(const std::string& name, size_t line, std::string_view id,
                      size_t first_line);

class Population {
 public:
  struct Options {
    std::string name;  // of the input, for messages
    InputFormat format = InputFormat::kCsv;
    bool allow_extra_columns = false;
    bool skip_bad_rows = false;

    // For a part of a file: the line it begins on, the header of its CSV, and
    // how many bytes to read rows from; what comes after those bytes is only
    // looked at for the end of a quoted cell. Someone whose rows began in an
    // earlier part may be known to be bad there.
    size_t first_line = 1;
    const CsvHeader* header = nullptr;
    size_t size = SIZE_MAX;
    std::string bad_id;
    size_t bad_line = 0;
  };

  // `text` must outlive the population. Throws Failure(kBadData) at the first
  // bad row, or with skip_bad_rows collects complaints: a person with a bad
  // row is left out whole, every row of theirs in a complaint. Rows of one
  // person that do not stand together are a Failure either way.
  Population(std::string_view text, const Options& options);

  const std::vector<Person>& people() const { return people_; }
  const std::vector<Complaint>& complaints() const { return complaints_; }

  // The first bad line of someone, or 0.
  size_t BadLine(const std::string& id) const;

  // Protobuf input without its profiles; empty for other input.
  const abi1::ScoreRequest& head() const { return head_; }

  // "file:line:column: reason", as far as known.
  std::string Describe(const Complaint& complaint) const;

  // Gives person `index` a standing. Throws Failure(kBadData) if they state
  // one.
  void SetStanding(size_t index, int64_t micros);

  // Records why the library refused person `index`, at the place in the input
  // of the field at fault. Throws or collects, as the constructor does.
  void Refuse(size_t index, const abi1::Error& error);

 private:
  struct Place {
    size_t line;
    size_t column;
  };

  void ReadCsv(std::string_view text);
  void ReadJsonl(std::string_view text);
  void ReadProto(std::string_view text);
  void Follow(const std::string& id, size_t line);
  void Add(const std::string& id, const abi1::Account& account,
           const RowSource& source);
  void Complain(const Complaint& complaint, const std::string& id);
  void LeaveOutRows(const Person& person, size_t but, size_t bad_line);
  void LeaveOutBadPeople();
  Place Locate(const RowSource& row, std::string_view field) const;

  Options options_;
  CsvHeader header_;
  abi1::ScoreRequest head_;
  std::vector<Person> people_;
  std::vector<Complaint> complaints_;
  absl::flat_hash_map<std::string, size_t> lines_;    // id -> first line
  absl::flat_hash_map<std::string, size_t> bad_ids_;  // id -> first bad line
  std::string last_id_;                               // of a row that has one
};

// Gives everybody their standing who is a node and has a profile.
void GiveStanding(const Standing& standing, Population* population);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_PEOPLE_PEOPLE_FILE_H_
