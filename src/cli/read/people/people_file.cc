// Gathers rows to people and remembers where each row stands, so that a fault
// that the library finds gets a line and a column.
#include "cli/read/people/people_file.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/client/library.h"
#include "cli/read/csv_reader.h"
#include "cli/read/people/jsonl_reader.h"
#include "influence/influence.h"

namespace influence::cli {

Population::Population(std::string_view text, const Options& options)
    : options_(options) {
  if (!options.bad_id.empty()) {
    bad_ids_.emplace(options.bad_id, options.bad_line);
    last_id_ = options.bad_id;
  }
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
  complaints_.back().is_nobodys = id.empty();
  if (!id.empty()) bad_ids_.emplace(id, complaint.line);
}

size_t Population::BadLine(const std::string& id) const {
  const auto bad = bad_ids_.find(id);
  return bad == bad_ids_.end() ? 0 : bad->second;
}

std::string ComesBack(const std::string& name, size_t line, std::string_view id,
                      size_t first_line) {
  return absl::StrCat(name, ":", line, ":1: id: ", Quoted(id), " was on line ",
                      first_line,
                      " already; rows of one person stand together: sort the "
                      "file by id");
}

// The next row that has an id has this one.
void Population::Follow(const std::string& id, size_t line) {
  if (id == last_id_) return;
  last_id_ = id;
  const auto [before, is_new] = lines_.emplace(id, line);
  if (!is_new) {
    throw Failure(kBadData, ComesBack(options_.name, line, id, before->second));
  }
}

void Population::Add(const std::string& id, const abi1::Account& account,
                     const RowSource& source) {
  if (people_.empty() || people_.back().profile.id() != id) {
    people_.emplace_back();
    people_.back().profile.set_id(id);
  }
  Person& person = people_.back();
  person.rows.push_back(source);
  // A person over the limit is refused by the library, which sees one account
  // too many; what comes after that need not be kept.
  if (person.rows.size() <= INFLUENCE_MAX_ACCOUNTS + 1) {
    *person.profile.add_accounts() = account;
  }
}

void Population::ReadJsonl(std::string_view text) {
  text = text.substr(0, options_.size);
  for (size_t line = options_.first_line; !text.empty(); ++line) {
    const size_t end = text.find('\n');
    std::string_view raw = text.substr(0, end);
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
    if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
    if (raw.find_first_not_of(" \t") == std::string_view::npos) continue;
    const JsonRow row = ReadJsonRow(raw, options_.allow_extra_columns);
    if (!row.id.empty()) Follow(row.id, line);
    if (row.fault.empty()) {
      Add(row.id, row.account, {line, raw});
    } else {
      Complain({line, row.column, row.fault, std::string(raw)}, row.id);
    }
  }
}

// Finds the value of a column in a good row, or else the row's first byte.
Population::Place Population::Locate(const RowSource& row,
                                     std::string_view field) const {
  const std::optional<size_t> column = FindColumn(field);
  if (!column.has_value()) return {row.line, 1};
  if (options_.format == InputFormat::kJsonl) {
    const size_t at = ReadJsonRow(row.raw, true).columns[*column];
    return {row.line, at == 0 ? 1 : at};
  }
  CsvReader reader(row.raw, row.line);
  std::vector<Cell> record;
  const std::optional<size_t> cell = header_.cells[*column];
  if (reader.Next(&record) != CsvReader::Outcome::kRecord ||
      !cell.has_value() || *cell >= record.size()) {
    return {row.line, 1};
  }
  return {record[*cell].line, record[*cell].column};
}

void Population::SetStanding(size_t index, int64_t micros) {
  abi1::Profile& profile = people_[index].profile;
  for (const abi1::Account& account : profile.accounts()) {
    if (!account.has_standing_micros()) continue;
    throw Failure(kBadData,
                  absl::StrCat(options_.name, ": ", Quoted(profile.id()),
                               " states a standing already; give "
                               "that or edges, not both"));
  }
  if (profile.accounts().empty()) profile.add_accounts();
  profile.mutable_accounts(0)->set_standing_micros(micros);
}

void Population::Refuse(size_t index, const abi1::Error& error) {
  const Person& person = people_[index];
  const std::string& id = person.profile.id();
  if (person.rows.empty()) {
    Complain({0, 0,
              absl::StrCat("profile ", person.position, " (", Quoted(id),
                           "): ", error.field(),
                           error.field().empty() ? "" : ": ", error.message()),
              person.profile.ShortDebugString()},
             id);
    return;
  }
  // "profiles[3].accounts[1].followers_micros": the account is the row, and the
  // end of it a column if the fault is in one.
  FieldPath path = SplitPath(error.field());
  if (path.list == "profiles" && path.index.has_value()) {
    path = SplitPath(path.rest);
  }
  const bool in_account = path.list == "accounts" &&
                          path.index.value_or(SIZE_MAX) < person.rows.size();
  const size_t row = in_account ? *path.index : 0;
  const std::string& name = in_account ? path.rest : path.list;
  const std::string kUnit = "_micros";
  const bool in_micros = absl::EndsWith(name, kUnit);
  const std::string column =
      name.substr(0, name.size() - (in_micros ? kUnit.size() : 0));
  const Place place = Locate(person.rows[row], column);
  Complain({place.line, place.column,
            absl::StrCat(column, column.empty() ? "" : ": ", error.message(),
                         in_micros ? ", in millionths" : ""),
            std::string(person.rows[row].raw)},
           id);
  LeaveOutRows(person, row, place.line);
}

// Complains of every row of a person but the bad one.
void Population::LeaveOutRows(const Person& person, size_t but,
                              size_t bad_line) {
  for (size_t i = 0; i < person.rows.size(); ++i) {
    if (i == but) continue;
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
  if (bad_ids_.empty() || options_.format == InputFormat::kProto) return;
  std::vector<Person> good;
  for (Person& person : people_) {
    const auto bad = bad_ids_.find(person.profile.id());
    if (bad == bad_ids_.end()) {
      good.push_back(std::move(person));
    } else {
      LeaveOutRows(person, person.rows.size(), bad->second);
    }
  }
  people_ = std::move(good);
}

void GiveStanding(const Standing& standing, Population* population) {
  absl::flat_hash_map<std::string, size_t> people;
  for (size_t i = 0; i < population->people().size(); ++i) {
    people.emplace(population->people()[i].profile.id(), i);
  }
  standing.ForEach([&](const Standing::Node& node) {
    const auto person =
        people.find(absl::string_view(node.id.data(), node.id.size()));
    if (person == people.end()) return;
    population->SetStanding(person->second, node.standing_micros);
  });
}

}  // namespace influence::cli
