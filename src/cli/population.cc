#include "cli/population.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/csv_reader.h"
#include "cli/decimal.h"
#include "cli/failure.h"
#include "cli/jsonl_reader.h"
#include "influence/influence.h"

namespace influence::cli {

const std::array<std::string_view, kSignals> kSignalColumns = {
    "mentions", "replies",  "saves",     "likes",    "reshares",
    "quotes",   "listings", "followers", "standing", "endorsements"};

namespace {

constexpr size_t kNoColumn = SIZE_MAX;

// Which cell of a record holds what.
struct Columns {
  size_t id = kNoColumn;
  size_t network = kNoColumn;
  std::array<size_t, kSignals> signals;

  Columns() { signals.fill(kNoColumn); }

  size_t* Find(std::string_view name) {
    if (name == "id") return &id;
    if (name == "network") return &network;
    for (size_t i = 0; i < kSignals; ++i) {
      if (kSignalColumns[i] == name) return &signals[i];
    }
    return nullptr;
  }
};

// What is wrong with a header cell, or "".
std::string TakeHeader(const std::vector<Cell>& header, size_t i,
                       bool allow_extra, Columns* columns) {
  size_t* column = columns->Find(header[i].text);
  if (column == nullptr) {
    return allow_extra ? ""
                       : absl::StrCat("unknown column '", header[i].text,
                                      "'; --allow-extra ignores such columns");
  }
  if (*column != kNoColumn) {
    return absl::StrCat("column '", header[i].text, "' occurs twice");
  }
  *column = i;
  return "";
}

}  // namespace

void SetSignal(wire::Account* account, size_t i, int64_t micros) {
  using Setter = void (wire::Account::*)(int64_t);
  constexpr std::array<Setter, kSignals> kSetters = {
      &wire::Account::set_mentions_micros,
      &wire::Account::set_replies_micros,
      &wire::Account::set_saves_micros,
      &wire::Account::set_likes_micros,
      &wire::Account::set_reshares_micros,
      &wire::Account::set_quotes_micros,
      &wire::Account::set_listings_micros,
      &wire::Account::set_followers_micros,
      &wire::Account::set_standing_micros,
      &wire::Account::set_endorsements_micros};
  (account->*kSetters[i])(micros);
}

Population::Population(std::string_view text, const Options& options)
    : options_(options) {
  switch (options.format) {
    case InputFormat::kCsv:
      ReadCsv(text);
      break;
    case InputFormat::kJsonl:
      ReadJsonl(text);
      break;
    case InputFormat::kProto:
      ReadProto(text);
      break;
  }
  LeaveOutBadPeople();
}

std::string Population::Describe(const Complaint& complaint) const {
  if (complaint.line == 0) {
    return absl::StrCat(options_.name, ": ", complaint.reason);
  }
  return absl::StrCat(options_.name, ":", complaint.line, ":", complaint.column,
                      ": ", complaint.reason);
}

void Population::Complain(const Complaint& complaint, const std::string& id) {
  if (!options_.skip_bad_rows) throw Failure(kBadData, Describe(complaint));
  complaints_.push_back(complaint);
  if (!id.empty()) bad_ids_.emplace(id, complaint.line);
}

void Population::Add(const std::string& id, const wire::Account& account,
                     const RowSource& source) {
  const auto [entry, is_new] = index_.emplace(id, people_.size());
  if (is_new) {
    people_.emplace_back();
    people_.back().profile.set_id(id);
  }
  Person& person = people_[entry->second];
  person.rows.push_back(source);
  // A person over the limit is refused by the library, which sees one account
  // too many; what comes after that need not be kept.
  if (person.rows.size() <= INFLUENCE_MAX_ACCOUNTS + 1) {
    *person.profile.add_accounts() = account;
  }
}

void Population::ReadCsv(std::string_view text) {
  CsvReader reader(text);
  std::vector<Cell> record;
  Columns columns;
  // A bad header leaves nothing to go on with.
  const auto refuse_header = [&](size_t line, size_t column,
                                 const std::string& reason) {
    throw Failure(kBadData, Describe({line, column, reason, ""}));
  };
  switch (reader.Next(&record)) {
    case CsvReader::Outcome::kEnd:
      refuse_header(1, 1, "there is no header line");
      break;
    case CsvReader::Outcome::kFault:
      refuse_header(reader.fault().line, reader.fault().column,
                    reader.fault().reason);
      break;
    case CsvReader::Outcome::kRecord:
      break;
  }
  for (size_t i = 0; i < record.size(); ++i) {
    const std::string fault =
        TakeHeader(record, i, options_.allow_extra_columns, &columns);
    if (!fault.empty()) refuse_header(record[i].line, record[i].column, fault);
  }
  if (columns.id == kNoColumn) {
    refuse_header(record[0].line, 1, "there is no column 'id'");
  }
  const size_t width = record.size();

  for (;;) {
    const CsvReader::Outcome outcome = reader.Next(&record);
    if (outcome == CsvReader::Outcome::kEnd) return;
    const std::string raw(reader.raw());
    if (outcome == CsvReader::Outcome::kFault) {
      const CsvReader::Fault& fault = reader.fault();
      Complain({fault.line, fault.column, fault.reason, raw}, "");
      continue;
    }
    const std::string id =
        columns.id < record.size() ? record[columns.id].text : "";
    if (record.size() != width) {
      Complain({record[0].line, 1,
                absl::StrCat("the row has ", record.size(),
                             " cells, the header has ", width),
                raw},
               id);
      continue;
    }
    if (id.empty()) {
      const Cell& cell = record[columns.id];
      Complain({cell.line, cell.column, "id is empty", raw}, "");
      continue;
    }
    wire::Account account;
    RowSource source;
    source.line = record[0].line;
    source.raw = reader.raw();
    if (columns.network != kNoColumn) {
      account.set_network(record[columns.network].text);
    }
    bool good = true;
    for (size_t i = 0; i < kSignals && good; ++i) {
      if (columns.signals[i] == kNoColumn) continue;
      const Cell& cell = record[columns.signals[i]];
      if (cell.text.empty()) continue;  // unknown
      std::string why;
      const auto micros = ParseMicros(cell.text, &why);
      if (!micros.has_value()) {
        Complain({cell.line, cell.column,
                  absl::StrCat(std::string(kSignalColumns[i]), ": '", cell.text,
                               "' ", why),
                  raw},
                 id);
        good = false;
        break;
      }
      SetSignal(&account, i, *micros);
      source.columns[i] = cell.column;
    }
    if (good) Add(id, account, source);
  }
}

void Population::ReadJsonl(std::string_view text) {
  size_t line = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view raw = text.substr(0, end);
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
    ++line;
    if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
    if (raw.find_first_not_of(" \t") == std::string_view::npos) continue;
    const JsonRow row = ReadJsonRow(raw, options_.allow_extra_columns);
    if (!row.fault.empty()) {
      Complain({line, row.column, row.fault, std::string(raw)}, row.id);
      continue;
    }
    RowSource source;
    source.line = line;
    source.raw = raw;
    for (size_t i = 0; i < kSignals; ++i) {
      if (row.stated[i]) source.columns[i] = 1;
    }
    Add(row.id, row.account, source);
  }
}

void Population::ReadProto(std::string_view text) {
  wire::ScoreRequest request;
  if (text.size() > INT32_MAX ||
      !request.ParseFromArray(text.data(), static_cast<int>(text.size()))) {
    throw Failure(kBadData, options_.name + ": is not a ScoreRequest");
  }
  for (wire::Profile& profile : *request.mutable_profiles()) {
    people_.emplace_back();
    people_.back().profile = std::move(profile);
  }
}

void Population::Refuse(size_t index, const wire::Error& error) {
  const Person& person = people_[index];
  // "profiles[3].accounts[1].followers_micros": the account is the row.
  size_t row = 0;
  size_t column = 1;
  const size_t at = error.field().find(".accounts[");
  std::string field = error.field();
  if (at != std::string::npos) {
    row = std::stoul(field.substr(at + 10));
    const size_t dot = field.find("].", at);
    field = dot == std::string::npos ? "accounts" : field.substr(dot + 2);
  } else if (const size_t dot = field.find("]."); dot != std::string::npos) {
    field = field.substr(dot + 2);
  }
  const std::string unit = "_micros";
  if (field.size() > unit.size() &&
      field.compare(field.size() - unit.size(), unit.size(), unit) == 0) {
    field.resize(field.size() - unit.size());
  }
  std::string reason = absl::StrCat(field, ": ", error.message());
  if (person.rows.empty()) {
    reason = absl::StrCat(error.field(), ": ", error.message());
    Complain({0, 0, reason, ""}, person.profile.id());
    return;
  }
  if (row >= person.rows.size()) row = 0;
  for (size_t i = 0; i < kSignals; ++i) {
    if (kSignalColumns[i] == field && person.rows[row].columns[i] != 0) {
      column = person.rows[row].columns[i];
    }
  }
  const size_t bad_line = person.rows[row].line;
  Complain({bad_line, column, reason, std::string(person.rows[row].raw)},
           person.profile.id());
  for (size_t i = 0; i < person.rows.size(); ++i) {
    if (i == row) continue;
    Complain({person.rows[i].line, 1,
              absl::StrCat("left out, because line ", bad_line,
                           " of the same person is bad"),
              std::string(person.rows[i].raw)},
             person.profile.id());
  }
}

// No half people: a score from some of someone's accounts would look like a
// score.
void Population::LeaveOutBadPeople() {
  if (bad_ids_.empty()) return;
  std::vector<Person> good;
  for (Person& person : people_) {
    const auto bad = bad_ids_.find(person.profile.id());
    if (bad == bad_ids_.end()) {
      good.push_back(std::move(person));
      continue;
    }
    for (const RowSource& row : person.rows) {
      Complain({row.line, 1,
                absl::StrCat("left out, because line ", bad->second,
                             " of the same person is bad"),
                std::string(row.raw)},
               "");
    }
  }
  people_ = std::move(good);
}

}  // namespace influence::cli
