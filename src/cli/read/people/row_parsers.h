// The fast parsers: rows from text into columns. They take what they know to be
// good and hand every other row to the careful reader of its format.
#ifndef INFLUENCE_CLI_READ_PEOPLE_ROW_PARSERS_H_
#define INFLUENCE_CLI_READ_PEOPLE_ROW_PARSERS_H_

#include <cstddef>
#include <memory>
#include <string>

#include "cli/client/row_batch.h"
#include "cli/read/csv_rows.h"

namespace influence::cli {

class RowParser {
 public:
  virtual ~RowParser() = default;

  // Parses rows from a place of the batch's text on, until the text ends or the
  // batch is full, and says where it stopped. The text ends in a line feed,
  // unless `is_final`; it is followed by a line feed, if it has none, and by
  // kPadding bytes. Unless it is final, it stops before a quote that the text
  // does not close.
  virtual RowBatch::Place Parse(RowBatch::Place from, bool is_final,
                                RowBatch* batch) = 0;
};

std::unique_ptr<RowParser> NewCsvParser(const CsvHeader& header);
std::unique_ptr<RowParser> NewJsonlParser(bool allow_extra);

// Adds a row that a careful reader has read, or sets it aside.
void AddCarefully(const std::string& id, const abi1::Account& account,
                  bool is_good, RowBatch::Place place, RowBatch* batch);

// Whether the library takes an id or a network of that size.
bool IsIdSize(size_t size);
bool IsNetworkSize(size_t size);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_PEOPLE_ROW_PARSERS_H_
