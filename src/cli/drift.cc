// `influence drift`: what another algorithm would do to a population.
#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/csv_reader.h"
#include "cli/decimal.h"
#include "cli/files.h"
#include "cli/id_ledger.h"
#include "cli/insight_calls.h"
#include "cli/insight_commands.h"
#include "cli/pages.h"
#include "cli/row_stream.h"
#include "cli/text.h"

namespace influence::cli {
namespace {

// People at a time: a batch of rows holds all their accounts.
constexpr size_t kMostAtOnce = 1000;

void AddPeople(const std::vector<Person>& people, Drift* drift) {
  wire::ScoreRequest request;
  for (const Person& person : people) {
    *request.add_profiles() = person.profile;
    if (static_cast<size_t>(request.profiles_size()) < kMostAtOnce) continue;
    drift->Add(request);
    request.Clear();
  }
  drift->Add(request);
}

// What the fast parsers set aside, the careful readers judge: someone bad stops
// the command, with line and reason.
void AddCarefully(const RowStream& stream, const RowBatch& batch,
                  Drift* drift) {
  const std::vector<BatchPerson>& people = batch.people();
  for (size_t i = 0; i < people.size();) {
    const size_t first = i;
    while (i < people.size() && people[i].set_aside) ++i;
    if (i > first) {
      std::string_view text;
      const Population::Options options =
          stream.Careful(batch, first, i, &text);
      AddPeople(Population(text, options).people(), drift);
    }
    if (i < people.size()) ++i;
  }
}

// In memory that does not grow with the input. Ids that come back are counted
// again only if the ledger of ids has grown too large to notice them.
void AddStream(const DriftCommand& command, const Population::Options& options,
               Drift* drift) {
  InputFile input(command.input.file);
  RowStream stream(
      [&input](char* to, size_t size) { return input.Read(to, size); },
      {options});
  RowBatch batch;
  IdLedger ledger;
  std::string continued;
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
    drift->Add(&table);
    AddCarefully(stream, batch, drift);
    continued = stream.condemned();
  }
}

// Where in its record each of the names stands.
std::vector<size_t> FindColumns(const std::string& text,
                                const std::vector<std::string>& names,
                                const std::string& file) {
  CsvReader reader(text);
  std::vector<Cell> record;
  if (reader.Next(&record) != CsvReader::Outcome::kRecord) return {};
  std::vector<size_t> places;
  for (const std::string& name : names) {
    const auto found =
        std::find_if(record.begin(), record.end(),
                     [&name](const Cell& cell) { return cell.text == name; });
    if (found == record.end()) {
      throw Failure(kBadData,
                    absl::StrCat(file, ": there is no column ", Quoted(name)));
    }
    places.push_back(static_cast<size_t>(found - record.begin()));
  }
  return places;
}

// With slices: what a person's first row says in other columns.
void AddSliced(const DriftCommand& command, Population::Options options,
               Drift* drift) {
  if (options.format != InputFormat::kCsv) {
    throw Failure(kUsage, "--by needs a CSV file");
  }
  options.allow_extra_columns = true;
  const std::string text = ReadAll(command.input.file);
  const Population population(text, options);
  const std::vector<size_t> places =
      FindColumns(text, command.by, options.name);
  const std::vector<Person>& people = population.people();
  RowBatch batch;
  for (size_t from = 0; from < people.size(); from += kMostAtOnce) {
    const size_t to = std::min(people.size(), from + kMostAtOnce);
    size_t id_bytes = 0;
    for (size_t i = from; i < to; ++i) {
      id_bytes += people[i].profile.id().size();
    }
    batch.buffer()->resize(std::max(batch.buffer()->size(), id_bytes));
    batch.Clear();  // makes room for as many bytes of ids
    std::vector<std::string_view> ids;
    std::vector<std::vector<std::string>> slices(places.size());
    for (size_t i = from; i < to; ++i) {
      const Person& person = people[i];
      for (const wire::Account& account : person.profile.accounts()) {
        for (size_t s = 0; s < kSignals; ++s) {
          const auto value = GetSignal(account, s + kFirstSignalColumn);
          if (value.has_value()) batch.Set(s, *value);
        }
        batch.Add(person.profile.id(), 0, 0);
      }
      ids.push_back(person.profile.id());
      std::vector<Cell> record;
      CsvReader(person.rows[0].raw, /*first_line=*/2).Next(&record);
      for (size_t c = 0; c < places.size(); ++c) {
        slices[c].push_back(std::string(record[places[c]].text));
      }
    }
    batch.Close({0, 0}, /*is_all=*/true);
    for (const BatchPerson& person : batch.people()) {
      if (!person.set_aside) continue;
      throw Failure(kBadData,
                    absl::StrCat(options.name, ": ", Quoted(batch.id(person)),
                                 " has too many accounts"));
    }
    BatchTable table(batch);
    table.AddText("id", ids);
    for (size_t c = 0; c < places.size(); ++c) {
      table.AddText(command.by[c], {slices[c].begin(), slices[c].end()});
    }
    drift->Add(&table);
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

std::string Signed(int64_t micros) {
  return (micros > 0 ? "+" : "") + FormatMicros(micros);
}

std::string Agreement(bool known, int64_t micros) {
  return known ? FormatMicros(micros) : "-";
}

// One line: what a CHANGELOG quotes.
std::string AsLine(const wire::DriftReport& report) {
  const wire::DriftSummary& all = report.all();
  std::string median = "-";
  for (const wire::DriftQuantile& quantile : all.quantiles()) {
    if (quantile.permyriad() == 5'000) {
      median = Signed(quantile.change_micropoints());
    }
  }
  return absl::StrCat(
      Printable(report.before().algorithm()), " to ",
      Printable(report.after().algorithm()), ": ", all.people(), " people, ",
      all.unchanged(), " unchanged, ", all.up(), " up, ", all.down(), " down, ",
      all.beyond(), " by 6 points or more, median ", median, ", Spearman ",
      Agreement(all.has_spearman_micros(), all.spearman_micros()), "\n");
}

// The gate, in millionths: "5%" or "0.05".
int64_t ParseGate(const std::string& text) {
  std::string why;
  absl::string_view number = text;
  const bool percent = absl::ConsumeSuffix(&number, "%");
  const auto micros = ParseMicros(std::string(number), &why);
  if (!micros.has_value() || *micros > (percent ? 100'000'000 : 1'000'000)) {
    throw Failure(kUsage, absl::StrCat("--max-moved: ", Quoted(text),
                                       " is no share such as 5%"));
  }
  return percent ? *micros / 100 : *micros;
}

}  // namespace

wire::DriftReport DriftOf(const DriftCommand& command,
                          const Standing* standing) {
  const Population::Options options = PopulationOptions(command.input);
  const Engine before = ChooseEngine(command.before);
  const Engine after = ChooseEngine(command.after);
  wire::DriftOptions drift_options;
  drift_options.set_threads(command.threads);
  drift_options.set_top(command.top);
  for (const std::string& name : command.by) drift_options.add_slices(name);
  Drift drift(before, after, drift_options);
  if (standing != nullptr) {
    if (!command.by.empty()) {
      throw Failure(kUsage, "--by does not go with --edges");
    }
    const std::string text = ReadAll(command.input.file);
    Population population(text, options);
    GiveStanding(*standing, &population);
    AddPeople(population.people(), &drift);
  } else if (!command.by.empty()) {
    AddSliced(command, options, &drift);
  } else if (options.format == InputFormat::kProto) {
    const std::string text = ReadAll(command.input.file);
    AddPeople(Population(text, options).people(), &drift);
  } else {
    AddStream(command, options, &drift);
  }
  return drift.Finish();
}

ExitCode RunDrift(const DriftCommand& command) {
  CheckWords(command.language, command.format);
  CheckFiles({command.input.file, command.before.file, command.after.file,
              command.language.messages},
             {command.output});
  const int64_t gate =
      command.max_moved.empty() ? 1'000'000 : ParseGate(command.max_moved);
  const wire::DriftReport report = DriftOf(command);
  Output output(command.output);
  if (command.format == "json") {
    output.Write(ToJson(report));
  } else if (command.format == "line") {
    output.Write(AsLine(report));
  } else {
    wire::RenderRequest page;
    page.set_drift(report.SerializeAsString());
    output.Write(Page(std::move(page), command.format, command.language));
  }
  output.Finish();
  const wire::DriftSummary& all = report.all();
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
