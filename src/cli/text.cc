#include "cli/text.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/failure.h"

namespace influence::cli {
namespace {

// "FACTOR_VERY_HIGH" without its prefix, as words.
std::string Words(const std::string& name, size_t prefix) {
  std::string words = name.size() > prefix ? name.substr(prefix) : "?";
  for (char& c : words) {
    c = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return words;
}

}  // namespace

std::string FactorName(wire::Factor factor) {
  return Words(wire::Factor_Name(factor), sizeof "FACTOR_" - 1);
}

std::string SignalName(wire::Signal signal) {
  return Words(wire::Signal_Name(signal), sizeof "SIGNAL_" - 1);
}

std::string BandName(wire::Band band) {
  return Words(wire::Band_Name(band), sizeof "BAND_" - 1);
}

std::string Printable(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // C0 controls, DEL, and the C1 controls U+0080 .. U+009F after their lead.
    const bool c1 = byte >= 0x80 && byte <= 0x9f && i > 0 &&
                    static_cast<unsigned char>(text[i - 1]) == 0xc2;
    if (byte < 0x20 || byte == 0x7f || c1) {
      out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string CsvCell(std::string_view text) {
  if (text.find_first_of("\",\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string JsonString(std::string_view text) {
  return nlohmann::json(std::string(text)).dump();
}

std::string MarkdownCell(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_{}[]<>|&~";
  std::string out;
  for (const char c : Printable(text)) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string AlignedTable(const Grid& grid) {
  std::vector<size_t> widths;
  for (const auto& row : grid) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t c = 0; c < row.size(); ++c) {
      widths[c] = std::max(widths[c], row[c].size());
    }
  }
  std::string out;
  for (const auto& row : grid) {
    std::string line;
    for (size_t c = 0; c < row.size(); ++c) {
      const std::string padding(widths[c] - row[c].size(), ' ');
      if (c > 0) line += "  ";
      line += c == 0 ? row[c] + padding : padding + row[c];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string MarkdownTable(const Grid& grid) {
  std::string out;
  for (size_t r = 0; r < grid.size(); ++r) {
    out += "|";
    for (const std::string& cell : grid[r])
      out += " " + MarkdownCell(cell) + " |";
    out += "\n";
    if (r > 0) continue;
    out += "|---|";
    for (size_t c = 1; c < grid[r].size(); ++c) out += "---:|";
    out += "\n";
  }
  return out;
}

std::string ToJson(const google::protobuf::Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  options.add_whitespace = pretty;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options)
           .ok()) {
    throw Failure(kInternal, "the answer cannot be written as JSON");
  }
  if (!pretty) json += "\n";
  return json;
}

}  // namespace influence::cli
