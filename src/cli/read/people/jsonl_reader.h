// One line of JSONL: one account of one person, by the names of the columns.
#ifndef INFLUENCE_CLI_READ_PEOPLE_JSONL_READER_H_
#define INFLUENCE_CLI_READ_PEOPLE_JSONL_READER_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "cli/basics/input_columns.h"

namespace influence::cli {

struct JsonRow {
  std::string id;  // also of a faulty row, if it was readable
  abi1::Account account;
  std::array<size_t, kColumns> columns{};  // of each value, from 1; 0: none
  std::string fault;                       // empty if the row is good
  size_t column = 1;                       // of the fault, in bytes from 1
};

// Numbers are read from their text, so they are exact; null is unknown. A
// value of another type, a key that occurs twice, an unknown key (unless
// allowed) and anything that is not one JSON object is a fault.
JsonRow ReadJsonRow(std::string_view line, bool allow_extra);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_PEOPLE_JSONL_READER_H_
