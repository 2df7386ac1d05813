// `influence drift`: what another algorithm would do to a population.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "cli/basics/decimal.h"
#include "cli/basics/printable.h"
#include "cli/client/insight_calls.h"
#include "cli/commands/commands.h"
#include "cli/commands/pages.h"
#include "cli/read/csv_reader.h"
#include "cli/read/inputs.h"
#include "cli/read/people/id_ledger.h"
#include "cli/read/people/row_stream.h"
#include "cli/write/output.h"
#include "text/escape.h"
#include "text/numbers.h"

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

// What the fast parsers set aside, the careful readers judge: someone bad stops
// the command, with line and reason. Whom only the library refuses it counts as
// refused; by column it would not know where, which stops the command as well.
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

// ------------------------------------------------------------------- by column

// The library's name for a column that people are told apart by. Any column may
// be one, also those that are scored, which have their own names there.
constexpr absl::string_view kSlicePrefix = "column ";

// Which cells of a record the columns are.
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

// What all rows of a person say: one value, or several, each once and in order,
// with plus signs between.
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
void AddStream(const DriftCommand& command, Population::Options options,
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

// ---------------------------------------------------------------- the report

// "12.34 %" of a whole, rounded half up.
std::string Percent(uint64_t part, uint64_t whole) {
  if (whole == 0) return "-";
  const uint64_t hundredths = (part * 20'000 + whole) / (2 * whole);
  std::string cents = std::to_string(hundredths % 100);
  if (cents.size() < 2) cents.insert(0, 1, '0');
  return absl::StrCat(hundredths / 100, ".", cents, " %");
}

std::string Agreement(bool known, int64_t micros) {
  return known ? FormatMicros(micros) : "-";
}

// "-1.13": to the nearest hundredth of a point, half up.
std::string SignedHundredths(int64_t micros) {
  const int64_t hundredths = (micros + 100'005'000) / 10'000 - 10'000;
  const int64_t size = std::abs(hundredths);
  return absl::StrCat(hundredths < 0   ? "-"
                      : hundredths > 0 ? "+"
                                       : "",
                      size / 100, size % 100 < 10 ? ".0" : ".", size % 100);
}

// One line: what a CHANGELOG quotes.
std::string AsLine(const abi1::DriftReport& report) {
  const abi1::DriftSummary& all = report.all();
  std::string median = "-";
  for (const abi1::DriftQuantile& quantile : all.quantiles()) {
    if (quantile.permyriad() == 5'000) {
      median = SignedHundredths(quantile.change_micropoints());
    }
  }
  return absl::StrCat(
      Printable(report.before().algorithm()), " to ",
      Printable(report.after().algorithm()), ": ", all.people(), " people, ",
      all.unchanged(), " unchanged, ", all.up(), " up, ", all.down(), " down, ",
      all.beyond(), " by 6 points or more, median ", median, ", Spearman ",
      Agreement(all.has_spearman_micros(), all.spearman_micros()),
      " by half points\n");
}

// The gate, in millionths: "5%" or "0.05".
int64_t ParseGate(const std::string& text) {
  std::string why;
  absl::string_view number = text;
  const bool percent = absl::ConsumeSuffix(&number, "%");
  const std::string digits(number);
  const auto micros = ParseMicros(digits, &why);
  if (!micros.has_value() || *micros > (percent ? 100'000'000 : 1'000'000)) {
    throw Failure(kUsage, absl::StrCat("--max-moved: ", Quoted(text),
                                       " is no share such as 5%"));
  }
  return percent ? *micros / 100 : *micros;
}

}  // namespace

abi1::DriftReport DriftOf(const DriftCommand& command,
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

ExitCode RunDrift(const DriftCommand& command) {
  CheckWords(command.language, command.format);
  CheckFiles({command.input.file, command.before.file, command.after.file,
              command.language.messages},
             {command.output});
  const int64_t gate =
      command.max_moved.empty() ? 1'000'000 : ParseGate(command.max_moved);
  const abi1::DriftReport report = DriftOf(command);
  Output output(command.output);
  if (command.format == "json") {
    output.Write(ToJson(report));
  } else if (command.format == "line") {
    output.Write(AsLine(report));
  } else {
    abi1::RenderRequest page;
    *page.mutable_drift() = report;
    output.Write(Page(std::move(page), command.format, command.language));
  }
  output.Finish();
  const abi1::DriftSummary& all = report.all();
  if (!command.max_moved.empty() && all.people() == 0) {
    std::fputs(
        "influence: nobody has a score: nothing was measured, so that the "
        "limit is not kept\n",
        stderr);
    return kCheckFailed;
  }
  const bool too_many = static_cast<int64_t>(all.beyond()) * 1'000'000 >
                        gate * static_cast<int64_t>(all.people());
  if (too_many) {
    std::fprintf(stderr,
                 "influence: %s of the people move by 6 points or more; the "
                 "limit is %s\n",
                 Percent(all.beyond(), all.people()).c_str(),
                 command.max_moved.c_str());
  }
  return too_many ? kCheckFailed : kFine;
}

}  // namespace influence::cli
