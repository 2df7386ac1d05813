// A batch of rows as a table over the Arrow C data interface.
#ifndef INFLUENCE_CLI_CLIENT_BATCH_TABLE_H_
#define INFLUENCE_CLI_CLIENT_BATCH_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "cli/client/borrowed_arrow.h"
#include "cli/client/row_batch.h"

namespace influence::cli {

// A batch as a table: of signals, or of lists of accounts if anybody has
// several. The signals that no row of the batch states may be left out; what
// is not there is unknown.
class BatchTable {
 public:
  // The batch must outlive the table.
  explicit BatchTable(const RowBatch& batch);

  // Adds a column of text, one for each person in the table's order; at most
  // one beside an id when nobody has several accounts.
  void AddText(const std::string& name,
               const std::vector<std::string_view>& texts);

  BorrowedSchema schema;
  BorrowedArray array;

 private:
  std::array<std::string, kSignals> names_;
  std::array<BorrowedSchema, kSignals> signal_schemas_;
  std::array<BorrowedArray, kSignals> signals_;
  BorrowedSchema item_schema_;
  BorrowedArray items_;
  BorrowedSchema list_schema_;
  BorrowedArray lists_;
  std::vector<int32_t> offsets_;
  struct Text {
    std::string name;
    std::vector<int32_t> ends;
    std::string bytes;
    BorrowedSchema schema;
    BorrowedArray array;
  };
  std::deque<Text> texts_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_BATCH_TABLE_H_
