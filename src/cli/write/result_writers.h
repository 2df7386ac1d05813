// The shapes in which `influence score` prints one result after the other.
#ifndef INFLUENCE_CLI_WRITE_RESULT_WRITERS_H_
#define INFLUENCE_CLI_WRITE_RESULT_WRITERS_H_

#include <memory>
#include <string>
#include <vector>

#include "influence/abi1/influence.pb.h"

namespace influence::cli {

// A heading, a text for each result, an ending.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual abi1::Detail detail() const { return abi1::DETAIL_LEDGER; }
  virtual std::string Head() { return ""; }
  // Requires a result with a ledger.
  virtual std::string Row(const abi1::Result& result) = 0;
  virtual std::string Tail() { return ""; }
};

// For the format table, markdown, csv or jsonl.
std::unique_ptr<Writer> NewWriter(const std::string& format,
                                  const abi1::AlgorithmDescription& algorithm);

// The names of a result's numbers in csv and jsonl, in order.
std::vector<std::string> NumberNames(const abi1::Algorithm& algorithm);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_WRITE_RESULT_WRITERS_H_
