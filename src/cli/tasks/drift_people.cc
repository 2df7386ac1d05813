// Adds a population to a drift, a batch of columns at a time, so that memory
// does not grow with the file. Rows that the fast parsers set aside, and
// populations that are held whole, go as messages.
#include "cli/tasks/drift_people.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/client/insight_calls.h"
#include "cli/read/csv_reader.h"
#include "cli/read/inputs.h"
#include "cli/read/people/id_ledger.h"
#include "cli/read/people/row_stream.h"

namespace influence::cli {
namespace {

// People at a time: a batch of rows holds all their accounts.
constexpr size_t kMostAtOnce = 1000;

void AddPeople(const std::vector<Person>& people, Drift* drift) {
  abi1::ScoreRequest request;
  for (const Person& person : people) {
    *request.add_profiles() = person.profile;
    if (static_cast<size_t>(request.profiles_size()) < kMostAtOnce) continue;
    drift->Add(request);
    request.Clear();
  }
  drift->Add(request);
}

// The careful readers judge the rows that the fast parsers set aside: a bad row
// stops the command, with line and reason. The drift counts people whom only
// the library refuses; for them it could not tell the slice, so with --by they
// stop the command as well.
void AddCarefully(const RowStream& stream, const RowBatch& batch,
                  bool is_sliced, Drift* drift) {
  const std::vector<BatchPerson>& people = batch.people();
  for (size_t i = 0; i < people.size();) {
    const size_t first = i;
    while (i < people.size() && people[i].set_aside) ++i;
    if (i > first) {
      std::string_view text;
      const Population::Options options =
          stream.Careful(batch, first, i, &text);
      const Population population(text, options);
      if (is_sliced) {
        throw Failure(kBadData,
                      absl::StrCat(options.name, ":", people[first].line, ": ",
                                   Quoted(batch.id(people[first])),
                                   " has too many accounts, or a name that is "
                                   "too long"));
      }
      AddPeople(population.people(), drift);
    }
    if (i < people.size()) ++i;
  }
}

// The library's name for a column that people are told apart by. Any column may
// be one, also those that are scored, which have their own names there.
constexpr absl::string_view kSlicePrefix = "column ";

// Returns the index of each named column in a record.
std::vector<size_t> FindColumns(const std::vector<std::string>& header,
                                const std::vector<std::string>& names,
                                const std::string& file) {
  std::vector<size_t> places;
  for (const std::string& name : names) {
    const auto count = std::count(header.begin(), header.end(), name);
    if (count != 1) {
      throw Failure(kBadData, absl::StrCat(file, ": there ",
                                           count == 0 ? "is no column "
                                                      : "are several columns ",
                                           Quoted(name)));
    }
    places.push_back(static_cast<size_t>(
        std::find(header.begin(), header.end(), name) - header.begin()));
  }
  return places;
}

// Joins the values of a person's rows: each once, in order, with plus signs
// between.
std::string Joined(std::vector<std::string> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return absl::StrJoin(values, " + ");
}

// The values of everybody in a batch's columns, from the text of their rows.
class SliceReader {
 public:
  SliceReader(const std::vector<std::string>& names,
              const std::vector<std::string>& header, const std::string& file)
      : names_(names), places_(FindColumns(header, names, file)) {}

  void AddTo(const RowBatch& batch, BatchTable* table) {
    const std::vector<BatchPerson>& people = batch.people();
    std::vector<std::vector<std::string>> slices(names_.size());
    for (size_t i = 0; i < people.size(); ++i) {
      if (people[i].set_aside) continue;
      const size_t end =
          i + 1 < people.size() ? people[i + 1].text : batch.text_end();
      ReadPerson(batch.text().substr(people[i].text, end - people[i].text));
      for (size_t c = 0; c < places_.size(); ++c) {
        slices[c].push_back(Joined(std::move(values_[c])));
      }
    }
    for (size_t c = 0; c < places_.size(); ++c) {
      table->AddText(absl::StrCat(kSlicePrefix, names_[c]),
                     {slices[c].begin(), slices[c].end()});
    }
  }

 private:
  // The fast parser took these rows for good.
  void ReadPerson(std::string_view rows) {
    values_.assign(places_.size(), {});
    CsvReader reader(rows, /*first_line=*/2);
    while (reader.Next(&record_) == CsvReader::Outcome::kRecord) {
      for (size_t c = 0; c < places_.size(); ++c) {
        values_[c].push_back(record_[places_[c]].text);
      }
    }
  }

  const std::vector<std::string>& names_;
  std::vector<size_t> places_;
  std::vector<Cell> record_;
  std::vector<std::vector<std::string>> values_;  // by column, of a person
};

// In memory that does not grow with the input. Ids that come back are counted
// again only if the ledger of ids has grown too large to notice them.
void AddStream(const DriftOptions& command, Population::Options options,
               Drift* drift) {
  const bool is_sliced = !command.by.empty();
  if (is_sliced && options.format != InputFormat::kCsv) {
    throw Failure(kUsage, "--by needs a CSV file");
  }
  options.allow_extra_columns = options.allow_extra_columns || is_sliced;
  InputFile input(command.input.file);
  RowStream stream(
      [&input](char* to, size_t size) { return input.Read(to, size); },
      {options});
  RowBatch batch;
  IdLedger ledger;
  std::string continued;
  std::optional<SliceReader> slices;
  while (stream.Next(&batch)) {
    const std::vector<BatchPerson>& people = batch.people();
    std::vector<std::string_view> ids;
    for (size_t i = 0; i < people.size(); ++i) {
      const std::string_view id = batch.id(people[i]);
      if (!people[i].set_aside) ids.push_back(id);
      if (id.empty() || (i == 0 && id == continued)) continue;
      const size_t before = ledger.Enter(id, people[i].line);
      if (before != 0) {
        throw Failure(kBadData,
                      ComesBack(options.name, people[i].line, id, before));
      }
    }
    BatchTable table(batch);
    table.AddText("id", ids);
    if (is_sliced) {
      if (!slices.has_value()) {
        slices.emplace(command.by, stream.column_names(), options.name);
      }
      slices->AddTo(batch, &table);
    }
    drift->Add(&table);
    AddCarefully(stream, batch, is_sliced, drift);
    continued = stream.condemned();
  }
}

}  // namespace

abi1::DriftReport DriftOf(const DriftOptions& command,
                          const Standing* standing) {
  const Population::Options options = PopulationOptions(command.input);
  const Engine before = ChooseEngine(command.before);
  const Engine after = ChooseEngine(command.after);
  abi1::DriftOptions drift_options;
  drift_options.set_threads(command.threads);
  drift_options.set_top(command.top);
  for (const std::string& name : command.by) {
    drift_options.add_slices(absl::StrCat(kSlicePrefix, name));
  }
  Drift drift(before, after, drift_options);
  if (standing != nullptr) {
    if (!command.by.empty()) {
      throw Failure(kUsage, "--by does not go with --edges");
    }
    const std::string text = ReadAll(command.input.file);
    Population population(text, options);
    GiveStanding(*standing, &population);
    AddPeople(population.people(), &drift);
  } else if (options.format == InputFormat::kProto && command.by.empty()) {
    const std::string text = ReadAll(command.input.file);
    AddPeople(Population(text, options).people(), &drift);
  } else {
    AddStream(command, options, &drift);
  }
  abi1::DriftReport report = drift.Report();
  for (abi1::DriftSlice& slice : *report.mutable_slices()) {
    slice.mutable_column()->erase(0, kSlicePrefix.size());
  }
  return report;
}

}  // namespace influence::cli
