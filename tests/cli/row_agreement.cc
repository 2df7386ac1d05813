#include "tests/cli/row_agreement.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/read/csv_reader.h"
#include "cli/read/csv_rows.h"
#include "cli/read/people/jsonl_reader.h"
#include "cli/read/people/row_stream.h"
#include "influence/influence.h"

namespace influence::cli {
namespace {

using Lines = std::vector<std::string>;

// What a text says: people and complaints, as lines, each in order.
struct Said {
  Lines people;
  Lines complaints;
};

std::string Written(const Said& said) {
  std::string text;
  for (const auto* lines : {&said.people, &said.complaints}) {
    for (const std::string& line : *lines) {
      absl::StrAppend(&text, "  ", absl::CHexEscape(line), "\n");
    }
    text += "  --\n";
  }
  return text;
}

std::string Written(const abi1::Account& account) {
  std::string text = "(";
  for (size_t i = kFirstSignalColumn; i < kColumns; ++i) {
    const auto micros = GetSignal(account, i);
    absl::StrAppend(&text, i > kFirstSignalColumn ? " " : "",
                    micros.has_value() ? absl::StrCat(*micros) : "-");
  }
  return text + ")";
}

std::string Written(const Complaint& c) {
  return absl::StrCat(c.line, ":", c.column, " ", c.reason, " <", c.raw, ">");
}

std::string Written(size_t line, const abi1::Profile& profile) {
  std::string text = absl::StrCat(line, " ", profile.id());
  for (const auto& account : profile.accounts()) text += Written(account);
  return text;
}

struct Row {
  std::string id;
  abi1::Account account;
  Complaint complaint;  // its reason is empty if the row is good
  size_t line;          // where the row begins
};

std::vector<Row> CsvRows(std::string_view text, bool allow_extra) {
  CsvReader reader(text);
  const CsvHeader header = ReadCsvHeader(&reader, "", allow_extra);
  std::vector<Row> rows;
  std::vector<Cell> record;
  CsvRow row;
  while (NextCsvRow(&reader, header, &record, &row)) {
    const auto before = std::string_view(
        text.data(), static_cast<size_t>(reader.raw().data() - text.data()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    rows.push_back(
        {row.id,
         row.account,
         {row.line, row.column, row.fault, std::string(reader.raw())},
         static_cast<size_t>(line)});
  }
  return rows;
}

std::vector<Row> JsonlRows(std::string_view text, bool allow_extra) {
  std::vector<Row> rows;
  for (size_t line = 1; !text.empty(); ++line) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view raw = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
    if (raw.find_first_not_of(" \t") == std::string_view::npos) continue;
    const JsonRow row = ReadJsonRow(raw, allow_extra);
    rows.push_back({row.id,
                    row.account,
                    {line, row.column, row.fault, std::string(raw)},
                    line});
  }
  return rows;
}

bool IsLeftOut(const Complaint& complaint) {
  return absl::StartsWith(complaint.reason, "left out, because line ");
}

// Rows of one id that stand together are one person, whole or left out; a row
// without an id is left out alone. People with more rows than a person may have
// are the library's to refuse, which is not asked here: nothing is said of them
// but of their own bad rows, and `crowded` gets the lines of the others.
Said Expected(const std::vector<Row>& rows, std::set<size_t>* crowded) {
  Said said;
  for (size_t i = 0; i < rows.size();) {
    if (rows[i].id.empty()) {
      said.complaints.push_back(Written(rows[i++].complaint));
      continue;
    }
    std::vector<size_t> person;
    size_t bad_line = 0;
    const size_t first = i;
    size_t last = i;
    for (; i < rows.size(); ++i) {
      if (rows[i].id.empty()) continue;
      if (rows[i].id != rows[first].id) break;
      person.push_back(i);
      last = i;
      const Complaint& complaint = rows[i].complaint;
      if (bad_line == 0 && !complaint.reason.empty()) bad_line = complaint.line;
    }
    i = last + 1;
    const bool is_crowded = person.size() > INFLUENCE_MAX_ACCOUNTS;
    abi1::Profile profile;
    profile.set_id(rows[first].id);
    for (size_t k = first; k < i; ++k) {
      Complaint complaint = rows[k].complaint;
      if (rows[k].id.empty()) {
        said.complaints.push_back(Written(complaint));
        continue;
      }
      *profile.add_accounts() = rows[k].account;
      if (is_crowded && complaint.reason.empty()) {
        crowded->insert(rows[k].line);
        continue;
      }
      if (bad_line == 0) continue;
      if (complaint.reason.empty()) {
        complaint.column = 1;
        complaint.line = rows[k].line;
        complaint.reason = absl::StrCat("left out, because line ", bad_line,
                                        " of the same person is bad");
      }
      said.complaints.push_back(Written(complaint));
    }
    if (bad_line == 0 && !is_crowded) {
      said.people.push_back(Written(rows[first].line, profile));
    }
  }
  return said;
}

struct Parsed {
  Said said;
  size_t careful = 0;  // people who were set aside
};

Parsed Parse(std::string_view text, InputFormat format, bool allow_extra,
             size_t block, const std::set<size_t>& crowded) {
  RowStream::Options options;
  options.population.format = format;
  options.population.skip_bad_rows = true;
  options.population.allow_extra_columns = allow_extra;
  options.block_bytes = block;
  RowStream stream(
      [&text](char* to, size_t size) {
        size = std::min(size, text.size());
        std::memcpy(to, text.data(), size);
        text.remove_prefix(size);
        return size;
      },
      options);
  Parsed parsed;
  static RowBatch batch;  // it is large
  std::string condemned;
  size_t bad_line = 0;
  while (stream.Next(&batch)) {
    const auto& people = batch.people();
    for (size_t i = 0; i < people.size();) {
      if (!people[i].set_aside) {
        abi1::Profile profile;
        profile.set_id(std::string(batch.id(people[i])));
        size_t end = i + 1;
        while (end < people.size() && people[end].set_aside) ++end;
        const size_t rows =
            end == people.size() ? batch.rows() : people[end].row;
        for (size_t row = people[i].row; row < rows; ++row) {
          abi1::Account* account = profile.add_accounts();
          for (size_t s = 0; s < kSignals; ++s) {
            if ((batch.known(s)[row / 8] >> (row % 8) & 1) == 0) continue;
            SetSignal(account, kFirstSignalColumn + s, batch.values(s)[row]);
          }
        }
        parsed.said.people.push_back(Written(people[i].line, profile));
        ++i;
        continue;
      }
      const size_t first = i++;
      ++parsed.careful;
      std::string_view part;
      Population::Options careful = stream.Careful(batch, first, i, &part);
      careful.bad_id = first == 0 ? condemned : "";
      careful.bad_line = bad_line;
      const Population population(part, careful);
      for (const Person& person : population.people()) {
        if (person.rows.size() > INFLUENCE_MAX_ACCOUNTS) continue;
        parsed.said.people.push_back(
            Written(person.rows[0].line, person.profile));
      }
      for (const Complaint& c : population.complaints()) {
        if (IsLeftOut(c) && crowded.count(c.line) > 0) continue;
        parsed.said.complaints.push_back(Written(c));
      }
      if (i == people.size()) bad_line = population.BadLine(stream.condemned());
    }
    condemned = stream.condemned();
  }
  return parsed;
}

// What `read` says, or how it failed.
template <typename Read>
std::string Words(Read read) {
  try {
    Said said = read();
    std::sort(said.complaints.begin(), said.complaints.end());
    return Written(said);
  } catch (const Failure& failure) {
    return absl::StrCat("failure ", failure.code(), ": ", failure.what());
  }
}

}  // namespace

std::string Disagreement(const std::string& text, InputFormat format,
                         bool allow_extra, size_t block, size_t* careful) {
  std::set<size_t> crowded;
  const std::string want = Words([&] {
    return Expected(format == InputFormat::kCsv ? CsvRows(text, allow_extra)
                                                : JsonlRows(text, allow_extra),
                    &crowded);
  });
  const std::string got = Words([&] {
    Parsed parsed = Parse(text, format, allow_extra, block, crowded);
    if (careful != nullptr) *careful = parsed.careful;
    return std::move(parsed.said);
  });
  if (got == want) return "";
  return absl::StrCat("by blocks of ", block, ":\n", got, "instead of:\n",
                      want);
}

}  // namespace influence::cli
