// Names of enumerations as people read them, and text that is safe to print.
#ifndef INFLUENCE_CLI_TEXT_H_
#define INFLUENCE_CLI_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "influence.pb.h"

namespace influence::cli {

// "attention", "mentions", "very high".
std::string FactorName(wire::Factor factor);
std::string SignalName(wire::Signal signal);
std::string BandName(wire::Band band);

// Control characters, and bytes that are not UTF-8 on a terminal's behalf,
// become \x escapes.
std::string Printable(std::string_view text);

// RFC 4180: quoted if it has to be.
std::string CsvCell(std::string_view text);
// With its quotes.
std::string JsonString(std::string_view text);
// Escaped for a Markdown table.
std::string MarkdownCell(std::string_view text);

using Grid = std::vector<std::vector<std::string>>;

// Columns aligned, the first to the left and the rest to the right; the first
// row is the heading.
std::string AlignedTable(const Grid& grid);
std::string MarkdownTable(const Grid& grid);

// protobuf's JSON mapping with the field names of the .proto; zeros printed.
std::string ToJson(const google::protobuf::Message& message, bool pretty);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_TEXT_H_
